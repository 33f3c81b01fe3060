# SPDX-License-Identifier: Apache-2.0
"""A file that a spreadsheet opens as text, wherever its language puts the ends of cells."""

import csv
import io
import unicodedata

import pytest

from gbp_status_ui.views import spreadsheet

#: Whatever Unicode folds to the first character of a formula.
SIGNS = [
    char for char in map(chr, range(0x110000)) if unicodedata.normalize('NFKC', char).startswith(('=', '+', '-', '@'))
]
UNSEEN = ['\t', ' ', '\n', '\u00a0', '\u3000', '\u2028', '\u200b', '\ufeff', '\u202e', '"', "'", ' \t\u200f"']


def written(*texts):
    stream = io.StringIO(newline='')
    spreadsheet.write([{'a': text, 'b': 1} for text in texts], ['a', 'b'], stream)
    return stream.getvalue()


def test_every_cell_is_quoted_and_every_line_ends_as_the_standard_says():
    assert written('x,"y"\n', None) == '\ufeff"a","b"\r\n"x,""y""\n","1"\r\n"","1"\r\n'


@pytest.mark.parametrize('sign', [*SIGNS, '\u2212'])
def test_whatever_folds_to_a_sign_begins_no_formula(sign):
    assert spreadsheet.guarded(f'{sign}1') == f"'{sign}1"


@pytest.mark.parametrize('unseen', UNSEEN, ids=ascii)
def test_what_is_stripped_hides_no_formula(unseen):
    assert spreadsheet.guarded(f'{unseen}=1') == f"'{unseen}=1"


@pytest.mark.parametrize('separator', ',;|\t\n')
@pytest.mark.parametrize('between', ['', ' ', '"', ' "\u200b'], ids=ascii)
def test_no_formula_begins_after_what_ends_a_cell_elsewhere(separator, between):
    assert spreadsheet.guarded(f'a{separator}{between}=1') == f"a{separator}'{between}=1"


def test_each_of_many_formulas_is_guarded():
    assert spreadsheet.guarded('=1;=2;b;-3') == "'=1;'=2;b;'-3"


@pytest.mark.parametrize('text', ['', 'web', 'a-b', 'a = b', 'x, y', "it's", '1 + 1', 'Äpfel, Öl'])
def test_other_texts_stay(text):
    assert spreadsheet.guarded(text) == text
    assert next(csv.reader(io.StringIO(written(text).split('\r\n')[1]))) == [text, '1']


@pytest.mark.parametrize('value', [True, None, -1])
def test_what_is_no_text_stays(value):
    assert spreadsheet.guarded(value) is value
