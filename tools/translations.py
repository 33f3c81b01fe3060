# SPDX-License-Identifier: Apache-2.0
"""python -m tools.translations: list the share of the code's texts that each language says, the smallest first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
import shutil
import tempfile

import polib

from tools import messages

#: (translated texts, all texts).
Share = tuple[int, int]


def shares(plugin: Path) -> dict[str, dict[str, Share]]:
    """Return {language: {domain: (translated texts, all texts)}} of what the code says now, whatever was extracted."""
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory) / plugin.name
        shutil.copytree(plugin, copy)
        messages.extract(copy)
        languages = [place for place in (copy / 'locale').iterdir() if place.is_dir()]
        return {place.name: {domain: share(place, domain) for domain in messages.DOMAINS} for place in languages}


def share(language: Path, domain: str) -> Share:
    """Return how many texts of a catalogue are translated, guesses (``fuzzy``) left out, and how many it has."""
    catalogue = polib.pofile(str(language / 'LC_MESSAGES' / (domain + '.po')))
    return len(catalogue.translated_entries()), len(catalogue)


def lines(found: Mapping[str, Mapping[str, Share]]) -> list[str]:
    """Return one line a language, that with the fewest translated texts first."""
    order = sorted(found, key=lambda language: (translated(found[language]), language))
    return ['%-8s %s' % (language, '  '.join(map(column, found[language].items()))) for language in order]


def translated(domains: Mapping[str, Share]) -> int:
    return sum(count for count, _ in domains.values())


def column(item: tuple[str, Share]) -> str:
    domain, (count, total) = item
    # Rounded down: only a complete catalogue has 100 %.
    return '%s %d/%d %d %%' % (domain, count, total, count * 100 // max(total, 1))


if __name__ == '__main__':
    print('\n'.join(lines(shares(messages.PLUGIN))))
