# SPDX-License-Identifier: Apache-2.0
"""What a resource is built from and what uses it, each with a fresh status; and which of them explains an error."""

from collections.abc import Container
import dataclasses
import functools
from typing import Optional

from gbp_status_ui import conf
from gbp_status_ui.health.graph import by_collection
from gbp_status_ui.health.graph import Link
from gbp_status_ui.health.graph import links
from gbp_status_ui.health.graph import walk
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.kinds import Role
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Key
from gbp_status_ui.service.api import Gbp

#: A chain's service profiles are three steps away: instance, spec, node, profile.
MAX_STEPS = 3


@dataclasses.dataclass(frozen=True)
class Related:
    """One related resource.

    ``label`` says what it is to the resource, ``attribute`` where ``parent`` names it, ``steps`` how far away it
    stands.
    """

    resource: Resource
    label: str
    role: Role
    attribute: str = ''
    parent: Optional[Resource] = None
    steps: int = 1

    @property
    def is_unfinished(self) -> bool:
        """Whether it, or what is beneath it, is neither well nor broken yet."""
        beneath = self.resource.beneath
        return self.resource.status.explained or (beneath is not None and beneath.is_worse)


def built_from(gbp: Gbp, resource: Resource, depth: int = MAX_STEPS) -> list[Related]:
    """Return what a resource is built from, the nearest first; a step costs one read a kind, side by side."""
    found: list[Related] = []
    walked = walk([resource], functools.partial(_links, gbp), functools.partial(_read, gbp), depth)
    for steps, (named, rows) in enumerate(walked, 1):
        found += [_related(link, rows[link.key], steps) for link in named if link.key in rows]
    return found


def used_by(gbp: Gbp, resource: Resource) -> list[Related]:
    """Return what uses a resource: what it keeps a list of itself, and what names it without its knowing."""
    own = [relation for relation in resource.kind.relations if relation.role is Role.USED_BY]
    listed = [(relation.to, id_, relation.label) for relation in own for id_ in relation.ids(resource.attributes)]
    found = [
        (collection, id_, registry.BY_COLLECTION[collection].label_plural)
        for collection, ids in gbp.users(resource.kind, resource.id).items()
        for id_ in ids
    ]
    users = list(dict.fromkeys(listed + found))
    rows = _read_users(gbp, [(collection, id_) for collection, id_, _ in users])
    return [
        Related(rows[collection, id_], _of_one(label, collection), Role.USED_BY)
        for collection, id_, label in users
        if (collection, id_) in rows
    ]


def explaining(resource: Resource, related: list[Related]) -> list[Related]:
    """Return those of ``related`` that explain why a resource does not work: what is in error, else what is built.

    What is beneath them counts if it has been read. Each resource occurs once, the nearest first.
    """
    if not resource.condition.explained:
        return []
    once = {one.resource.key: one for one in reversed(related)}
    nearest = sorted(once.values(), key=lambda one: one.steps)
    broken = [one for one in nearest if one.resource.condition.problem]
    return broken or [one for one in nearest if one.is_unfinished]


def _related(link: Link, resource: Resource, steps: int) -> Related:
    label = _of_one(link.relation.label, link.relation.to)
    return Related(resource, label, Role.BUILT_FROM, link.relation.attribute, link.parent, steps)


def _of_one(label: str, collection: str) -> str:
    """A relation that is called as its kind is, in the plural, has one resource here."""
    kind = registry.BY_COLLECTION[collection]
    return kind.label if label == kind.label_plural else label


def _links(gbp: Gbp, parent: Resource, seen: Container[Key]) -> list[Link]:
    """Leave out links to kinds that this cloud does not have."""
    return [link for link in links(parent, seen) if gbp.has(registry.BY_COLLECTION[link.relation.to].extension)]


def _read(gbp: Gbp, keys: list[Key]) -> Resources:
    return gbp.read(by_collection(keys)).by_key


def _read_users(gbp: Gbp, keys: list[Key]) -> Resources:
    """There may be thousands of users; the number of calls does not grow with them.

    If one address cannot name all, the list of the kind is read. Resources that only a show reads truly are read up to
    the number that a table shows.
    """
    wanted = by_collection(keys)
    many = [collection for collection, ids in wanted.items() if len(ids) > conf.MAX_CALL_IDS]
    listed = [kind for kind in map(registry.BY_COLLECTION.__getitem__, many) if kind.read_by is ReadBy.LIST]
    few = {collection: ids[: conf.get('chain_shows')] for collection, ids in wanted.items()}
    rows = gbp.read({name: ids for name, ids in few.items() if registry.BY_COLLECTION[name] not in listed}).by_key
    for listing in gbp.listings(listed).values():
        rows |= {row.key: row for row in listing.rows}
    return rows
