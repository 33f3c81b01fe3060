# SPDX-License-Identifier: Apache-2.0
"""A search as people type it: several words, each anywhere in a row; ``-word`` excludes, ``"two words"`` is one.

Quotes are those of any language, and one that stands alone is none. A comma or semicolon behind a word belongs to the
sentence that it was copied from. With the words for kinds and states a term has to begin: *build*
finds what is building.

A search of any length costs no more than one of MAX_TERMS words, since it is made for each row.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
import functools
import itertools
import re

from gbp_status_ui.health import folding

#: How many different words and phrases of a search count, in the order in which they were typed.
MAX_TERMS = 32

#: The letters from rare to frequent ones in names and English; digits and spaces, which most names have, come last.
_BY_FREQUENCY = 'qzjxkvwybfgmhpucdlsnrtioae-0123456789 '

_QUOTES = str.maketrans(dict.fromkeys('“”„‟«»＂「」『』', '"'))
#: Single quotes around words, and no apostrophes.
_SINGLE_QUOTED = re.compile(r'(?<!\w)[‘’‚‛‹](?=\S)([^‘’‚‛‹›"]*)[‘’›](?!\w)')
_TERM = re.compile(r'(?P<without>-(?!-))?(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]+))')
_PUNCTUATION = ',;，；、'


class Search:
    """The terms of one search text. A row matches that has each of them somewhere, and none of the excluded.

    ``is_cut`` says that there are more than MAX_TERMS; those that are too many do not count.
    """

    def __init__(self, text: str) -> None:
        found = dict.fromkeys(_terms(text))
        terms = [(without, _Term(term)) for without, term in itertools.islice(found, MAX_TERMS)]
        self.is_cut = len(found) > MAX_TERMS
        self._wanted = [term for without, term in terms if not without]
        self._unwanted = [term for without, term in terms if without]

    def matches(self, texts: Iterable[str], words: Words | None = None) -> bool:
        """Say whether the texts of one row match, or the words for it."""
        row = _Texts(texts)
        return all(self._has(term, row, words) for term in self._wanted) and not any(
            self._has(term, row, words) for term in self._unwanted
        )

    def _has(self, term: _Term, row: _Texts, words: Words | None) -> bool:
        return term.occurs(row) or (words is not None and term.begins(words))


def _terms(text: str) -> Iterator[tuple[bool, str]]:
    """Yield (whether it is excluded, the term)."""
    quoted = _SINGLE_QUOTED.sub(r'"\1"', text).translate(_QUOTES)
    for one in _TERM.finditer(quoted):
        term = one['phrase'].strip() if one['phrase'] else one['word'].rstrip(_PUNCTUATION) or one['word']
        if folding.accented(term):
            yield bool(one['without']), term


class _Texts:
    """The texts of one row, folded when a term asks for them first."""

    def __init__(self, texts: Iterable[str]) -> None:
        # No term has a line feed in it, so that none is found across two texts.
        self.joined = '\n'.join(texts)
        self._folded: dict[folding.Fold, str] = {}

    def folded(self, fold: folding.Fold) -> str:
        if fold not in self._folded:
            self._folded[fold] = fold(self.joined)
        return self._folded[fold]


class Words(_Texts):
    """The words for a kind and a state, which many rows have in common."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(f' {text}' for text in texts)


class _Term:
    """One word or phrase; accents count where they were typed."""

    def __init__(self, text: str) -> None:
        self._is_plain = folding.plain(text) == folding.accented(text)
        self._fold = folding.plain if self._is_plain else folding.accented
        self._text = self._fold(text)

    @functools.cached_property
    def _rarest(self) -> str:
        """The rarest letter of the term, with the next one: what lacks these lacks the term."""
        text = folding.plain(self._text)
        pairs = [text[start : start + 2] for start in range(max(1, len(text) - 1))]
        known = [pair for pair in pairs if pair and all(map(folding.in_first_plane, pair))]
        return min(known, key=lambda pair: _BY_FREQUENCY.find(pair[0]), default='')

    def occurs(self, texts: _Texts) -> bool:
        return self._may_occur(texts.joined) and self._text in texts.folded(self._fold)

    def begins(self, words: Words) -> bool:
        """Say whether the term is the beginning of one of the words, or of some in a row."""
        return f' {self._text}' in words.folded(self._fold)

    def _may_occur(self, text: str) -> bool:
        """Say whether a text may have the term, which is quicker than to fold the text."""
        if text.isascii() or not self._rarest:
            return True
        find = folding.finder(self._rarest).search
        if not self._is_plain:
            return bool(find(text))
        end = folding.MAX_FOLDED_CHARACTERS
        # After that there is less to look for: letters with accents are others.
        return bool(find(text, 0, end + 1)) or any(
            text.find(letter, end) >= 0 for letter in folding.cases(self._rarest[0])
        )
