# SPDX-License-Identifier: Apache-2.0
"""What a search finds, and what it does not."""

import unicodedata

import pytest

from gbp_status_ui.health.search import Search

DECOMPOSED = unicodedata.normalize('NFD', 'Äpfel')


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
