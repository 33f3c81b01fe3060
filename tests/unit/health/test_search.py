# SPDX-License-Identifier: Apache-2.0
"""What a search finds, and what it does not."""

import random
import unicodedata

import pytest

from gbp_status_ui.health import folding
from gbp_status_ui.health.search import Search
from gbp_status_ui.health.search import Words

DECOMPOSED = unicodedata.normalize('NFD', 'Äpfel')


@pytest.mark.slow
@pytest.mark.parametrize(
    ('text', 'name'),
    [
        ('', 'anything'),
        ('   ', 'anything'),
        ('WEB', 'web-1'),
        ('eb-', 'web-1'),
        ('Äpfel', DECOMPOSED),
        (DECOMPOSED, 'Äpfel'),
        ('apfel', 'Äpfel'),
        ('ÄPFEL', 'äpfel'),
        ('istanbul', 'İSTANBUL'),
        ('ISTANBUL', 'ıstanbul'),
        ('İSTANBUL', 'İstanbul'),
        ('strasse', 'Große Straße'),
        ('STRASSE', 'straße'),
        ('straße', 'STRASSE'),
        ('web', '\uff37\uff45\uff42'),
        ('\uff37\uff45\uff42', 'web'),
        ('lodz', 'Łódź'),
        ('web shop', 'shop of the web'),
        ('"web shop"', 'the web shop'),
        ('web -db', 'web'),
        ('-db', 'web'),
        ('-"web shop"', 'shop web'),
        ('"-web"', 'a -web'),
        ('a-b', 'a-b'),
        ('-', 'a-b'),
        ('"', 'anything'),
        ('データ', 'データベース'),
        ('aero', 'Ærø'),
        ('ae', 'Ærø'),
        ('Ærø', 'ærø'),
        ('oeuvre', 'Œuvre'),
        ('“web shop”', 'the web shop'),
        ('„web shop“', 'the web shop'),
        ('«\u00a0web shop\u00a0»', 'the web shop'),
        ('‘web shop’', 'the web shop'),
        ('‚web shop‘', 'the web shop'),
        ('\uff02web shop\uff02', 'the web shop'),
        ('「web shop」', 'the web shop'),
        ('web”', 'web-1'),
        ('web"', 'web-1'),
        ('“web', 'web-1'),
        ('19"', 'a rack of 19"'),
        ('w\u200beb\ufeff', 'web-1'),
        ('web', 'w\u00ade\u2060b'),
        ('web\u2011shop', 'web-shop'),
        ('web-shop', 'web\u2010shop'),
        ('web-shop', 'web\u2013shop'),
        ('web-shop', 'web\u2212shop'),
        ('web, shop;', 'shop of the web'),
        ('web，', 'web-1'),
        (',', 'a, b'),
        ('--', 'gone -- for ever'),
        ('--web', 'use --web'),
        ('web — db', 'web - db'),
        ('\u200b', 'anything'),
        ('-\u200b', 'anything'),
        ('-\u201cdb shop\u201d', 'db web shop'),
        ('テ', 'デ'),
    ],
)
def test_found(text, name):
    assert Search(text).matches([name])


@pytest.mark.parametrize(
    ('text', 'name'),
    [
        ('db', 'web'),
        ('Äpfel', 'Apfel'),
        ('web db', 'web'),
        ('"web shop"', 'shop web'),
        ('web -db', 'web db'),
        ('-äpfel', 'ÄPFEL'),
        ('-apfel', 'ÄPFEL'),
        ('-"web shop"', 'web shop'),
        ('"-web"', 'web'),
        ('a.b', 'aXb'),
        ('æro', 'aero'),
        ('“web shop”', 'shop web'),
        ('„web shop“', 'shop web'),
        ('«\u00a0web shop\u00a0»', 'shop web'),
        ('‘web shop’', 'shop web'),
        ('-„web shop“', 'the web shop'),
        ('--', 'a-b'),
        ('--web', 'web'),
        ('web -db,', 'web db'),
    ],
)
def test_not_found(text, name):
    assert not Search(text).matches([name])


def test_the_words_may_stand_in_different_texts():
    assert Search('web shop').matches(['web', 'Shop'])


def test_no_word_is_found_across_two_texts():
    assert not Search('"web shop"').matches(['web', 'shop'])
    assert not Search('webshop').matches(['web', 'shop'])


def test_excluded_is_what_has_the_word_in_any_text():
    assert not Search('web -shop').matches(['web', 'Shop'])


@pytest.mark.slow
def test_each_letter_is_found_by_its_plain_form_and_by_itself():
    letters = [chr(code) for code in (*range(0x21, 0xD800), *range(0xE000, 0x10000))]
    letters = [letter for letter in letters if folding.plain(letter).strip() not in {'', letter}]
    unfound = [
        letter
        for letter in letters
        for term in {letter, folding.plain(letter)}
        if not Search(f'"{term}"').matches(['漢', letter])
    ]

    assert unfound == []


@pytest.mark.slow
@pytest.mark.parametrize('end', ['WEB', 'Web', 'w\u0117b', '\uff37eb', '\u212a'])
def test_at_the_end_of_very_long_texts_accents_count(end):
    text = '漢' * folding.MAX_FOLDED_CHARACTERS + end
    terms = {'web', 'k', 'wėb'}

    assert {term for term in terms if Search(term).matches([text])} == {
        'WEB': {'web'},
        'Web': {'web'},
        'w\u0117b': {'wėb'},
        '\uff37eb': set(),
        '\u212a': {'k'},
    }[end]


@pytest.fixture
def folded(monkeypatch):
    """The texts of rows that are folded; a term has no newline."""
    found, fold = [], folding._folded
    monkeypatch.setattr(
        folding, '_folded', lambda text, *rest: found.extend([text] * ('\n' in text)) or fold(text, *rest)
    )
    return found


@pytest.mark.parametrize('letter', ['\ufdfa', 'Ä', 'デ', '한', 'a\u0301', '\U0001f525'])
def test_a_text_that_lacks_a_letter_of_the_term_is_not_folded(folded, letter):
    assert not Search('web "-shop"').matches([letter * 255, letter * 255])
    assert folded == []


def test_a_text_is_folded_once_for_all_terms(folded):
    assert Search('web shop -bw').matches(['Wéb', 'Shöp'])
    assert folded == ['Wéb\nShöp']


def test_so_many_words_of_a_search_count_and_no_more():
    words = [f'w{number}.' for number in range(40)]

    assert Search(' '.join(words)).matches([' '.join(words[:32])])
    assert not Search(' '.join(words)).matches([' '.join(words[:31])])
    assert Search(' '.join(f'-{word}' for word in words)).matches(['w32.'])
    assert not Search(' '.join(f'-{word}' for word in words)).matches(['w31.'])


def test_a_search_says_whether_some_words_do_not_count():
    words = [f'w{number}' for number in range(33)]

    assert Search(' '.join(words)).is_cut
    assert not Search(' '.join(words[:32] * 9)).is_cut


PIECES = [*'aefiswx19Ä漢데デﬁßＷﷺ', '\u0301', '\u0323', '\u2168', '\u33a2', '\U0001d400', '\U0001f525', '\u0130', ' ']


def test_what_is_not_folded_would_not_have_been_found():
    for _text in range(3000):
        text = ''.join(random.choices(PIECES, k=9))  # noqa: S311 - no secret.
        term = (''.join(random.sample(PIECES, 2)) + 'x' * (_text % 2)).strip()
        plainly = folding.plain(term) == folding.accented(term)
        fold = folding.plain if plainly else folding.accented

        assert Search(f'"{term}"').matches([text]) is (fold(term) in fold(text)), (term, text)


@pytest.mark.parametrize('before', ['w', 'w\u0301', 'ｗ\u0301\u0301'])
def test_a_word_is_found_where_the_letters_with_accents_end(before):
    assert Search('we').matches(['漢' * (folding.MAX_FOLDED_CHARACTERS - len(before)) + before + 'E'])


@pytest.mark.parametrize(
    'text', ['error', 'ERR', 'l3', 'l3 policy', '"l3 policies"', 'policies', 'web error', '-active']
)
def test_a_word_for_a_kind_or_a_state_is_found_by_its_beginning(text):
    assert Search(text).matches(['web'], Words(['L3 Policy', 'L3 Policies', 'Error']))


@pytest.mark.parametrize('text', ['ror', 'olicy', '"policy error"', '-error', 'web active'])
def test_a_word_for_a_kind_or_a_state_is_not_found_by_its_middle(text):
    assert not Search(text).matches(['web'], Words(['L3 Policy', 'L3 Policies', 'Error']))
