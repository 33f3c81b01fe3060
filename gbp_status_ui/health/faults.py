# SPDX-License-Identifier: Apache-2.0
"""The fault of a resource: its details without the words that belong to that resource or moment alone.

This module leaves out ids and names of the resource, of its project and of related resources.
:mod:`gbp_status_ui.health.varying` leaves out the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
import re

from gbp_status_ui.health import causes
from gbp_status_ui.health.varying import LEFT_OUT
from gbp_status_ui.health.varying import left_out
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import ProjectNames

#: How many ids and names are looked for in details, the nearest ones first: some resources have thousands of relations.
MAX_NAMES = 64

#: Letters and digits of scripts that have blanks between their words.
_LETTER = re.compile(r'[^\W\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7ff]')
#: What backends put in front of the names of resources to make their own.
_PREFIX = re.compile(
    r'(?:^|[^\w-])(?:tn|ap|epg|bd|ctx|vrf|brc|subj|flt|fltCnsm|out|instp|l2p|l3p|ptg|prs|pt|net|router|subnet)[-_]$',
    re.IGNORECASE,
)
_QUOTES = frozenset('"\'`‘’“”„«»「」『』')
_SHORT_ID = re.compile('(?<![0-9A-Za-z-])[0-9a-f]{6,8}(?:-[0-9a-f]{1,4}){0,3}(?![0-9A-Za-z-])')
_SPACE = re.compile(r'\s+')


def pattern(
    resource: Resource, known: Mapping[str, Resource] | None = None, project_names: ProjectNames | None = None
) -> str:
    """Return the fault of a resource's details; '' where the backend gives none, and nothing beneath is in error.

    ``known`` is {id: Resource} of what may be related to it.
    """
    if resource.beneath and (resource.has_problem_beneath or not resource.details):
        # In the reader's language.
        return resource.beneath.words
    text = resource.details
    if not text:
        return ''
    words = _words(resource, known or {}, project_names or {})
    for word in sorted(words, key=len, reverse=True):
        if word in text:
            text = _without(text, word)
    text = _SHORT_ID.sub(lambda found: LEFT_OUT if found[0] in _beginnings(words, len(found[0])) else found[0], text)
    return _SPACE.sub(' ', left_out(text)).strip()


def _words(resource: Resource, known: Mapping[str, Resource], project_names: ProjectNames) -> list[str]:
    """Return the ids and names that belong to a resource."""
    project_id = resource.project_id
    own = [resource.id, resource.attributes.get('name'), project_id, project_names.get(project_id)]
    words = dict.fromkeys(word for word in (*own, *_related(resource, known)) if word)
    return list(words)[:MAX_NAMES]


def _related(resource: Resource, known: Mapping[str, Resource]) -> list[str]:
    """Return the ids and names of what a resource is related to, and then of what that is built from."""
    ids = _first(_ids(resource, resource.kind.relations))
    words: dict[str, None] = {}
    for _step in range(causes.MAX_STEPS):
        rows = [known[id_] for id_ in ids if id_ in known]
        words |= dict.fromkeys([*ids, *(row.name for row in rows)])
        ids = _first(id_ for row in rows for id_ in _ids(row, row.kind.built_from))
    return list(words)


def _ids(resource: Resource, relations: Iterable[Relation]) -> Iterator[str]:
    return (id_ for relation in relations for id_ in relation.named(resource.attributes) if is_id(id_))


def _first(ids: Iterable[str]) -> list[str]:
    """Return so many different ids as are looked for; the others are not even looked at."""
    found: dict[str, None] = {}
    for id_ in ids:
        found[id_] = None
        if len(found) == MAX_NAMES:
            break
    return list(found)


def _beginnings(words: Iterable[str], length: int) -> set[str]:
    return {word[:length] for word in words}


def _without(text: str, word: str) -> str:
    """Return a text without a word where it stands alone: ``web`` is not ``web-2``."""
    parts, start, found = [], 0, text.find(word)
    while found >= 0:
        end = found + len(word)
        if _stands_alone(text, found, end):
            parts += [text[start:found], LEFT_OUT]
            start = end
        found = text.find(word, end)
    return ''.join(parts) + text[start:]


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if end - start == 1 or text[start:end].isdigit():
        # Without quotes that may be any number, or any letter.
        return before in _QUOTES and after in _QUOTES
    return not _goes_on(text, end) and (
        not _is_begun(text, start) or bool(_PREFIX.search(text[max(0, start - 12) : start]))
    )


def _is_begun(text: str, start: int) -> bool:
    """Say whether letters or a hyphen stand directly before a place in a text."""
    return (
        bool(_LETTER.match(text, start))
        and start > 0
        and bool(text[start - 1] == '-' or _LETTER.match(text, start - 1))
    )


def _goes_on(text: str, end: int) -> bool:
    after = end + 1 if text[end : end + 1] == '-' else end
    return bool(_LETTER.match(text, end - 1) and _LETTER.match(text, after))
