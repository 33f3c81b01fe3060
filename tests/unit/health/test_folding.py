# SPDX-License-Identifier: Apache-2.0
"""Texts in the order in which people look for them."""

import random
import re
import unicodedata

import pytest

from gbp_status_ui.health import folding


def shuffled(expected):
    found = list(expected)
    random.shuffle(found)
    return found


@pytest.mark.parametrize(
    'expected',
    [
        ['node2', 'node10', 'node10b'],
        ['Apfel', 'Äpfel', 'Birne'],
        ['Alpha', 'beta', 'Gamma'],
        ['Car', 'Čas', 'Cz', 'dom'],
        ['lodz', 'Łódź', 'Warszawa'],
        ['9a', '10', 'web'],
        ['a' + '9' * 5000, 'a1' + '0' * 5000],
        ['2', 'a2', 'a10', 'node'],
        ['\uff37\uff25\uff22', 'web2'],
        ['strasse', 'straße', 'straßen'],
        ['', '1', 'a'],
        ['rule', 'rule 1', 'rule 1 2', 'rule 1 10'],
        ['node', 'node002', 'node03'],
    ],
)
def test_names_are_in_their_natural_order(expected):
    assert sorted(shuffled(expected), key=folding.natural) == expected


@pytest.mark.parametrize(
    'expected',
    [
        ['ö' * 32 + 'b', 'ö' * 32 + 'ä', 'ö' * 33],
        ['ä' * 40 + '9', 'ä' * 40 + '10'],
        ['1 2 3 4 5 6 7 8 10', '1 2 3 4 5 6 7 8 9', '1 2 3 4 5 6 7 9 8'],
        ['ä' * 128 + 'B', 'ä' * 128 + 'a'],
        ['a' * 300 + 'B2', 'a' * 300 + 'b10'],
    ],
    ids=['accents', 'numbers', 'many numbers', 'case', 'ascii'],
)
def test_of_long_names_the_end_is_in_a_simpler_order(expected):
    assert sorted(shuffled(expected), key=folding.natural) == expected


@pytest.mark.parametrize(
    'expected',
    [
        ['10.9.0.0/16', '10.10.0.0/16', '192.168.0.0/24'],
        ['10.0.0.0/8', '10.0.0.0/16'],
        ['10.0.0.1/8', '10.0.1.0/24'],
        ['192.168.0.0/16', 'fd00::9/64', 'fd00::10:0/112'],
        ['10.0.0.0/16', '10.0.0.0/16, fd00::/48', '10.1.0.0/16'],
        ['fd00::/48', '10.0.0.0/99', 'unknown'],
    ],
)
def test_networks_are_in_the_order_of_their_numbers(expected):
    assert sorted(shuffled(expected), key=folding.addresses) == expected


def accented(text):
    """The definition: what Unicode calls a compatibility caseless match."""
    seen = re.sub('[\u00ad\u200b-\u200f\u2060\ufeff]', '', text)
    folded = unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', seen).casefold())
    return re.sub('[\u2010-\u2015\u2212]', '-', folded)


def plain(text):
    unmarked = ''.join(letter for letter in accented(text) if not unicodedata.combining(letter))
    return unmarked.translate(str.maketrans({**dict(zip('łøđħŧıŋð', 'lodhtind')), 'æ': 'ae', 'œ': 'oe', 'þ': 'th'}))


FIRST_PLANE = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000))]
LONG = '\ufdfa'


@pytest.mark.slow
@pytest.mark.releases
def test_each_letter_is_folded_as_unicode_says():
    assert [letter for letter in FIRST_PLANE if folding.accented(letter) != accented(letter)] == [LONG]
    assert [letter for letter in FIRST_PLANE if folding.plain(letter) != plain(letter)] == [LONG]


def test_of_letters_beyond_the_first_plane_case_alone_is_folded():
    """Bold A, and a capital letter of Deseret."""
    assert folding.plain('Ä\U0001d400\U00010400') == 'a\U0001d400\U00010428'
    assert folding.accented('\U0001d400\U00010400') == '\U0001d400\U00010428'


def test_marks_in_any_order_are_the_same_text():
    assert folding.accented('a\u0301\u0323') == folding.accented('\u1ea1\u0301') == accented('a\u0301\u0323')


def test_a_long_run_of_marks_is_not_sorted():
    """Python sorts marks one by one: thousands take as long as a page."""
    text = 'a' + '\u0301' * 20 + '\u0323' * 11
    assert folding.accented(text) == text
    assert folding.accented(text[:-1]) == accented(text[:-1]) != text[:-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    'letter', ['\ufdfa', '\ufdfb', '\u3316', '\u1f82', '\u0130', '\ud55c', '\U0001d400', '\U0001f525']
)
def test_no_letter_unfolds_into_many(letter):
    for fold in (folding.plain, folding.accented):
        assert len(fold(letter * 255)) <= 8 * 255


@pytest.mark.slow
@pytest.mark.parametrize('letter', [*'\ufdfa\u3316\u1f82\u0130\ud55cÄ1', 'a1', '\u0661a', 'a\u0301\u0323', '\u0345'])
def test_the_key_of_any_name_is_short(letter):
    parts, by_case, _text = folding.natural((letter * 255)[:255])

    assert len(parts) <= 2 * folding.MAX_SORTED_NUMBERS + 1
    assert sum(len(part) if isinstance(part, str) else part[0] for part in parts) <= 400
    assert len(by_case) <= 255


def test_very_long_texts_are_folded_in_part():
    assert folding.plain('ä' * 1025) == 'a' * 1024 + 'ä'
    assert folding.plain('Ä' * 1025)[-1] == 'ä'


def test_the_tables_stay_small():
    for code in range(0x80, 0x10000):
        folding.plain(f'ä{chr(code)}')
        folding.accented(f'ä{chr(code)}')

    assert max(len(folding._ACCENTED), len(folding._WITHOUT_ACCENTS)) <= 20_000
