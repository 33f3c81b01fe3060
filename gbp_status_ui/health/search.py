# SPDX-License-Identifier: Apache-2.0
"""A search as people type it: several words, each anywhere in a row; ``-word`` excludes, ``"two words"`` is one."""

import re

from gbp_status_ui.health import folding

_TERM = re.compile(r'(?P<without>-?)(?:"(?P<phrase>[^"]+)"|(?P<word>[^\s"]\S*))')


class Search:
    """The terms of one search text. A row matches that has each of them somewhere, and none of the excluded."""

    def __init__(self, text):
        self._wanted, self._unwanted = [], []
        for found in _TERM.finditer(text):
            term = found['phrase'] or found['word']
            (self._unwanted if found['without'] else self._wanted).append(_Term(term))

    def matches(self, texts):
        """Say whether the texts of one row match."""
        texts = _Texts(texts)
        return all(term.occurs(texts) for term in self._wanted) and not any(
            term.occurs(texts) for term in self._unwanted
        )


class _Texts:
    """The texts of one row, folded when a term asks for them first."""

    def __init__(self, texts):
        # No term has a line feed in it, so that none is found across two texts.
        self._text = '\n'.join(texts)
        self._folded = {}

    def folded(self, fold):
        if fold not in self._folded:
            self._folded[fold] = fold(self._text)
        return self._folded[fold]


class _Term:
    """One word or phrase; accents count where they were typed."""

    def __init__(self, text):
        typed_plainly = folding.plain(text) == folding.accented(text)
        self._fold = folding.plain if typed_plainly else folding.accented
        self._text = self._fold(text)

    def occurs(self, texts):
        return self._text in texts.folded(self._fold)
