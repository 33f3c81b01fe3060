# SPDX-License-Identifier: Apache-2.0
"""No control character gets in, and no text that UTF-8 cannot hold."""

import itertools
import json
import re
import unicodedata

import pytest

from gbp_status_ui.model import texts

MARK = '\N{REPLACEMENT CHARACTER}'
UNFIT = {char for char in map(chr, range(0x110000)) if unicodedata.category(char) in {'Cc', 'Cs'}}
BREAKS = {'\t', '\n', '\r'}


def test_control_characters_and_half_surrogates_are_marked():
    assert {char for char in UNFIT if texts.clean(char) != MARK} == BREAKS


def test_all_other_characters_stay():
    fit = ''.join(char for char in map(chr, range(0x110000)) if char not in UNFIT)

    assert texts.clean(fit) == fit


@pytest.mark.parametrize('text', ['a\tb\nc', '', 'Äpfel \U0001f525 \u202bשגיאה\u202c', 'a\u2028b'])
def test_a_fit_text_stays(text):
    assert texts.clean(text) == text


@pytest.mark.parametrize(
    ('text', 'shown'),
    [('a\r\nb', 'a\nb'), ('a\rb', 'a\nb'), ('a\r\r\nb', 'a\n\nb'), ('{\0$1$\0}', f'{{{MARK}$1${MARK}}}')],
)
def test_unfit_characters_are_marked_where_they_stand(text, shown):
    assert texts.clean(text) == shown


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('\x1b[31mfailed\x1b[0m', 'failed'),
        ('\x1b[1;31;48mfailed\x1b[K', 'failed'),
        ('\x9b31mfailed', 'failed'),
        ('[31mfailed', '[31mfailed'),
        ('\x1b[31', f'{MARK}[31'),
    ],
)
def test_the_colours_of_a_terminal_leave_no_trace(text, shown):
    assert texts.clean(text) == shown


def test_a_value_is_clean_at_any_depth():
    value = {'na\0me': [{'a': ['\x1b', 1, None, True, 1.5]}, '\ud800'], 'b': '\x9b'}

    assert texts.cleaned(value) == {f'na{MARK}me': [{'a': [MARK, 1, None, True, 1.5]}, MARK], 'b': MARK}


#: What JSON may write a text by; some are escapes only where no backslash stands before them.
PIECES = (r'\ud83d', r'\uDE00', r'\\', r'\"', 'ud83d', 'ude00', 'b', r'\b', r'\n', r'\u009B', 'a')


def test_a_document_with_all_fit_characters_needs_no_second_look():
    fit = {'a': ''.join(char for char in map(chr, range(0x110000)) if char not in UNFIT), 'b': ['\t', '\n']}

    assert not texts.may_be_unfit(json.dumps(fit))
    assert not texts.may_be_unfit(json.dumps(fit, ensure_ascii=False))


@pytest.mark.parametrize('ensure_ascii', [True, False])
def test_no_unfit_character_is_overlooked_in_a_document(ensure_ascii):
    unfit = UNFIT - {'\t', '\n'}
    documents = {char: json.dumps({f'a{char}b': 1}, ensure_ascii=ensure_ascii) for char in unfit}

    assert [char for char, document in documents.items() if not texts.may_be_unfit(document)] == []
    upper = {
        char: re.sub('(?<=u)[0-9a-f]{4}', lambda escape: escape[0].upper(), one) for char, one in documents.items()
    }
    assert [char for char, document in upper.items() if not texts.may_be_unfit(document)] == []


def test_no_row_of_escapes_hides_what_is_unfit():
    documents = ['"%s"' % ''.join(pieces) for pieces in itertools.product(PIECES, repeat=4)]
    overlooked = [
        document
        for document in documents
        if not texts.may_be_unfit(document) and texts.cleaned(json.loads(document)) != json.loads(document)
    ]

    assert overlooked == []
    assert any(not texts.may_be_unfit(document) for document in documents if r'\ud83d\uDE00' in document)
