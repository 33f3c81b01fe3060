# SPDX-License-Identifier: Apache-2.0
"""Texts as people compare them: for the search without case and accents, for the order with numbers by size.

Unicode normalization is that of UAX #15, case folding that of the Unicode standard, chapter 3.13. The order is close to
the root order of the Unicode Collation Algorithm; it knows no rules of single languages.
"""

import ipaddress
import re
import unicodedata

#: Letters that Unicode takes for letters of their own, and people who cannot type them write so.
_PLAIN = str.maketrans('łøđħŧıŋ', 'lodhtin')

#: Runs of digits; the parentheses make ``split`` return them, too.
_DIGITS = re.compile('([0-9]+)')


def accented(text):
    """Return a text without case, in the compatibility form: ß as ss, full-width letters as narrow ones."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', text).casefold())


def plain(text):
    """Return a text without case and accents: Äpfel and ÄPFEL as apfel."""
    folded = accented(text)
    if folded.isascii():
        return folded
    return ''.join(letter for letter in folded if not unicodedata.combining(letter)).translate(_PLAIN)


def natural(text):
    """Return a key that sorts node2 before node10, Äpfel beside Apfel and before Birne; equal ones by their accents."""
    parts = _DIGITS.split(plain(text))
    # split puts digits at the odd places, so that a number is compared with a number.
    numbered = tuple((0, part) if place % 2 == 0 else _size(part) for place, part in enumerate(parts))
    return numbered, accented(text), text


def _size(digits):
    """Numbers of any length; Python refuses to convert a very long one."""
    significant = digits.lstrip('0')
    return len(significant), significant


def addresses(text):
    """Return a key that sorts networks of one or several IP versions, ``10.9.0.0/16, fd00::/48``, by their numbers.

    IPv4 comes before IPv6; what is no network comes last, in its natural order.
    """
    try:
        networks = [ipaddress.ip_network(part.strip(), strict=False) for part in text.split(',')]
    except ValueError:
        return 1, (), natural(text)
    return 0, tuple((found.version, int(found.network_address), found.prefixlen) for found in networks), natural('')
