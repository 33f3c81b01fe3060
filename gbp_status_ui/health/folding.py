# SPDX-License-Identifier: Apache-2.0
"""Compares texts as people do: a search ignores case and accents, and an order sorts numbers by size.

Unicode normalization is that of UAX #15, case folding that of the Unicode standard, chapter 3.13. The order is close to
the root order of the Unicode Collation Algorithm; it knows no rules of single languages.

Tenants choose these texts, and everybody who sorts or searches pays for them. So no text may cost much more than
another one of its length, whatever letters it has:

* Each letter is folded by itself, by a table. One that unfolds into more than MAX_UNFOLDED_CHARACTERS letters stays as
  it is; the only one today is U+FDFA, a phrase of 18. Of letters beyond the first 65,536 (emoji, letters of formulas,
  historic scripts) case does not count, all else does.
* After MAX_FOLDED_CHARACTERS of a text accents count, and in a sort key after MAX_PLAIN_CHARACTERS. In a sort key case
  counts, too, after MAX_SORTED_CHARACTERS. Of texts of ASCII alone all letters are folded.
* In a sort key MAX_SORTED_NUMBERS compare by size; the digits of others are text.
* A text with more than MAX_MARKS combining marks in a row keeps their order. They are sorted one by one, and the
  Stream-Safe Text Format of UAX #15 allows no more.
"""

import collections
from collections.abc import Callable
import functools
import ipaddress
import itertools
import re
from typing import Any
import unicodedata

#: A letter stays as it is if its folded form is longer: long phrases of few letters would cost many times their length.
MAX_UNFOLDED_CHARACTERS = 8

#: How many letters of a text are searched without accents.
MAX_FOLDED_CHARACTERS = 1024

#: How many letters of a name or description are sorted without accents, how many without case, and how many numbers in
#: it by size.
MAX_PLAIN_CHARACTERS, MAX_SORTED_CHARACTERS, MAX_SORTED_NUMBERS = 32, 128, 8

#: How many combining marks in a row are put in their canonical order.
MAX_MARKS = 30

#: Letters that Unicode takes for letters of their own, and people who cannot type them write so.
_PLAIN = str.maketrans({**dict(zip('łøđħŧıŋð', 'lodhtind')), 'æ': 'ae', 'œ': 'oe', 'þ': 'th'})

#: Signs that nobody sees and that come along where a text is copied: soft hyphens, joiners, marks of direction.
_UNSEEN = frozenset('\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff')

#: Hyphens, dashes and the minus sign; U+FE58 and its like are these in the compatibility form.
_HYPHENS = frozenset('\u2010\u2011\u2012\u2013\u2014\u2015\u2212')

#: Runs of digits; the parentheses make ``split`` return them, too.
_DIGITS = re.compile('([0-9]+)')

#: How many letters a table holds; there are 140,000.
_MAX_ENTRIES = 20_000

#: The letters of Unicode's first plane. Patterns that name others, too, are three times as slow.
_FIRST_PLANE = range(0x10000)

#: What folds a text.
Fold = Callable[[str], str]

#: A text's parts without accents, texts and sizes of numbers in turn; its beginning with accents; the text.
NaturalKey = tuple[list[Any], str, str]

#: 0 for networks, each as (IP version, address, length of the prefix); 1 for what is none, in its natural order.
AddressesKey = tuple[int, tuple[tuple[int, int, int], ...], NaturalKey]


class _Table(dict[int, str]):
    """The folded form of each letter that has occurred, for ``str.translate``."""

    def __init__(self, fold: Fold) -> None:
        super().__init__()
        self._fold = fold

    def __missing__(self, code: int) -> str:
        if len(self) >= _MAX_ENTRIES:
            self.clear()
        self[code] = folded = self._fold(chr(code))
        return folded


def _accented_letter(letter: str) -> str:
    if not in_first_plane(letter):
        return letter.casefold()
    if letter in _UNSEEN:
        return ''
    folded = unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', letter).casefold())
    if folded in _HYPHENS:
        return '-'
    return folded if len(folded) <= MAX_UNFOLDED_CHARACTERS else letter


def _plain_letter(letter: str) -> str:
    return ''.join(itertools.filterfalse(unicodedata.combining, _accented_letter(letter))).translate(_PLAIN)


_ACCENTED, _WITHOUT_ACCENTS = _Table(_accented_letter), _Table(_plain_letter)


def accented(text: str) -> str:
    """Return a text without case, in the compatibility form: ß as ss, full-width letters as narrow ones."""
    folded = _folded(text, _ACCENTED, MAX_FOLDED_CHARACTERS)
    if folded.isascii() or _long_run().search(folded):
        return folded
    # All letters are decomposed already: this sorts the marks.
    return unicodedata.normalize('NFD', folded)


def plain(text: str) -> str:
    """Return a text without case and accents: Äpfel and ÄPFEL as apfel."""
    return _folded(text, _WITHOUT_ACCENTS, MAX_FOLDED_CHARACTERS)


def _folded(text: str, table: _Table, letters: int) -> str:
    if text.isascii():
        return text.lower()
    if not _foldable().search(text, 0, letters):
        return text.casefold()
    return text[:letters].translate(table) + text[letters:].casefold()


def in_first_plane(letter: str) -> bool:
    return ord(letter) in _FIRST_PLANE


@functools.lru_cache(maxsize=128)
def finder(letters: str) -> re.Pattern[str]:
    """Return a pattern that finds one or two letters of the first plane in a text that is plain only after folding.

    It also finds some that are not there, as in letters that have them in them. To fold the text takes ten times as
    long.
    """
    apart = f'[{_joined("")}]*'.join(f'[{re.escape(letter)}{_joined(letter)}]' for letter in letters)
    together = [one for one in _letters(_plain_letter)[letters[0]] if letters in _plain_letter(one)]
    # Alternatives are slow to look for, and few pairs stand in one letter, as in a ligature.
    return re.compile(f'{apart}|[{"".join(together)}]' if together and letters[1:] else apart)


@functools.lru_cache(maxsize=128)
def cases(letter: str) -> tuple[str, ...]:
    """Return a letter, and those that have it in them without case."""
    return letter, *_letters(str.casefold)[letter]


def _joined(letter: str) -> str:
    return re.escape(''.join(_letters(_plain_letter)[letter]))


@functools.cache
def _foldable() -> re.Pattern[str]:
    """Return what finds a letter of which folding takes more than its case: texts without any are folded quickly."""
    folding = [letter for letter in map(chr, _FIRST_PLANE) if _plain_letter(letter) != letter.casefold()]
    return re.compile(f'[{"".join(folding)}]')


@functools.cache
def _letters(fold: Fold) -> dict[str, list[str]]:
    """Return {letter: other letters of the first plane that have it when they are folded}; '': those that disappear."""
    found = collections.defaultdict(list)
    for letter in map(chr, _FIRST_PLANE):
        for part in set(fold(letter) or ['']) - {letter}:
            found[part].append(letter)
    return found


@functools.cache
def _long_run() -> re.Pattern[str]:
    """Return what finds more marks in a row than are sorted."""
    marks = ''.join(filter(unicodedata.combining, map(chr, _FIRST_PLANE)))
    return re.compile(f'[{marks}\U00010000-\U0010ffff]{{{MAX_MARKS + 1}}}')


def natural(text: str) -> NaturalKey:
    """Return a key that sorts node2 before node10, Äpfel beside Apfel and before Birne; equal ones by their accents."""
    head = text if text.isascii() else text[:MAX_SORTED_CHARACTERS]
    parts: list[Any] = _DIGITS.split(_folded(head, _WITHOUT_ACCENTS, MAX_PLAIN_CHARACTERS), MAX_SORTED_NUMBERS)
    # split puts digits at the odd places, so that a number is compared with a number.
    parts[1::2] = map(_size, parts[1::2])
    return parts, head[:MAX_PLAIN_CHARACTERS].casefold(), text


def _size(digits: str) -> tuple[int, str]:
    """Numbers of any length; Python refuses to convert a very long one."""
    significant = digits.lstrip('0')
    return len(significant), significant


def addresses(text: str) -> AddressesKey:
    """Return a key that sorts networks of one or several IP versions, ``10.9.0.0/16, fd00::/48``, by their numbers.

    IPv4 comes before IPv6; what is no network comes last, in its natural order.
    """
    try:
        networks = [ipaddress.ip_network(part.strip(), strict=False) for part in text.split(',')]
    except ValueError:
        return 1, (), natural(text)
    return 0, tuple((found.version, int(found.network_address), found.prefixlen) for found in networks), natural('')
