# SPDX-License-Identifier: Apache-2.0
"""What Neutron reports of the objects that realise GBP resources; it stands beside GBP's status and never changes it.

No error beneath proves nothing: an endpoint group, a contract or a filter may fail, and neither GBP nor Neutron reports
it. docs/backends.rst says what is known.
"""

from __future__ import annotations

from collections.abc import Iterable
import dataclasses
import urllib.parse

from gbp_status_ui import conf
from gbp_status_ui.model import neutron as model
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.described import Described
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.neutron import NeutronObject
from gbp_status_ui.model.neutron import Objects
from gbp_status_ui.model.neutron import Part
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key
from gbp_status_ui.service import neutron
from gbp_status_ui.service.api import Gbp


@dataclasses.dataclass(frozen=True)
class InScope:
    """The problems beneath the resources of a scope, as {key: :class:`Beneath`} with the failed objects alone.

    ``is_pending`` says that a list is still being made, ``unread`` are the kinds that could not be listed. ``well`` are
    the resources of which it is known that nothing beneath is listed as failed.
    """

    problems: dict[Key, Beneath]
    is_pending: bool = False
    unread: tuple[NeutronKind, ...] = ()
    well: frozenset[Resource] = frozenset()

    @property
    def is_complete(self) -> bool:
        return not (self.is_pending or self.unread)

    def failures(self, gbp: Gbp) -> list[tuple[NeutronKind, Failure]]:
        """Return (kind, failure) of the kinds that could not be listed."""
        # A list that lacks rows has no failure in ``unread``; its missing rows are counted.
        return [(kind, gbp.unread.get(kind.collection, Failure(Reason.ERROR))) for kind in self.unread]


def of(gbp: Gbp, rows: Iterable[Resource]) -> dict[Key, Beneath]:
    """Read what is beneath the resources of a page; return {key: :class:`Beneath`} of those that have parts in Neutron.

    Each of these rows also gets it as its attribute ``beneath``. It costs a list for each kind of objects, and a show
    for each network if the lists of networks are not right.
    """
    asked = kinds()
    rows = [row for row in rows if row.kind in asked]
    found = neutron.by_ids(gbp, _named((part, row) for row in rows for part in row.kind.neutron))
    found.add(neutron.by_ids(gbp, _named(_further(rows, found))))
    made = {row: _beneath(row, found) for row in rows}
    for row, one in made.items():
        row.beneath = one
    return {row.key: one for row, one in made.items()}


def kinds() -> list[Kind]:
    """Return the kinds that have parts in Neutron, which are read."""
    return [kind for kind in registry.KINDS if kind.neutron] if conf.get('neutron_states') else []


def is_unknown(row: Resource) -> bool:
    """Say whether a row has parts in Neutron whose state is not known, or has not been asked for."""
    return bool(row.kind.neutron) and not row.badge_note


def in_scope(gbp: Gbp, rows: Iterable[Resource], project_id: str = '') -> InScope:
    """Find the problems beneath the resources of a whole scope from lists of the objects; return :class:`InScope`.

    A resource with an error beneath gets it as its attribute ``beneath``. :func:`confirm` then reads what is beneath
    the resources that are shown: errors in lists are true, but networks may have errors that lists lack.
    """
    found = neutron.of_scope(gbp, project_id)
    rows = [row for row in rows if row.kind.neutron]
    _note_failed(rows, found)
    is_complete = not (found.pending or found.unavailable)
    well = frozenset(row for row in rows if is_complete and not row.beneath and gbp.sees_all_of(row.project_id))
    return InScope(_problems(rows), bool(found.pending), _kinds(found.unavailable), well)


def _problems(rows: Iterable[Resource]) -> dict[Key, Beneath]:
    return {row.key: row.beneath for row in rows if row.beneath and row.has_problem_beneath}


def _note_failed(rows: Iterable[Resource], found: Objects) -> None:
    # There may be thousands of rows, and mostly nothing has failed.
    if any(one.state.problem for objects in found.rows.values() for one in objects.values()):
        for row in rows:
            failed = tuple(one for one in _objects(row, found) if one.state.problem)
            row.beneath = Beneath(row, failed) if failed else None


def confirm(gbp: Gbp, rows: Iterable[Resource]) -> bool:
    """Read by ids what is beneath rows that have an error beneath in the lists.

    If that cannot be read now, a row keeps what was listed. Return whether nothing is pending.
    """
    listed = {row: row.beneath for row in rows}
    of(gbp, listed)
    is_complete = True
    for row, before in listed.items():
        now = row.beneath
        if now and (now.is_pending or now.unread):
            is_complete &= not now.is_pending
            row.beneath = before
    return is_complete


def of_any_number(gbp: Gbp, rows: Iterable[Resource], project_id: str) -> None:
    """Give rows what is beneath them; if these are more than one call can name, only what is listed as failed."""
    rows = [row for row in rows if row.kind.neutron]
    if len(rows) <= conf.MAX_CALL_IDS:
        of(gbp, rows)
    else:
        in_scope(gbp, rows, project_id)


def fabric_address(name: str) -> str:
    """Return the address of a distinguished name in the fabric's own dashboard; '' without the setting."""
    return conf.get('apic_url').replace(conf.NAME, urllib.parse.quote(name, safe=''))


def _named(holders: Iterable[tuple[Part, Described]]) -> Ids:
    """Return {collection: ids} of what parts of resources, or of objects, name."""
    wanted: dict[str, dict[str, None]] = {}
    for part, holder in holders:
        wanted.setdefault(part.to, {}).update(dict.fromkeys(part.ids(holder.attributes)))
    return {collection: list(ids) for collection, ids in wanted.items() if ids}


def _further(rows: Iterable[Resource], found: Objects) -> list[tuple[Part, Described]]:
    """Return (part, object) of the objects that name further ones."""
    return [
        (part.then, one) for row in rows for part in row.kind.neutron if part.then for one in _of_part(part, row, found)
    ]


def _of_part(part: Part, holder: Described, found: Objects) -> list[NeutronObject]:
    objects = found.rows.get(part.to, {})
    return [objects[id_] for id_ in part.ids(holder.attributes) if id_ in objects]


def _objects(row: Resource, found: Objects) -> tuple[NeutronObject, ...]:
    """Return the objects beneath a resource, each once."""
    objects: dict[Key, NeutronObject] = {}
    for part, holder in _parts(row, found):
        objects.update({(part.to, one.id): one for one in _of_part(part, holder, found)})
    return tuple(objects.values())


def _parts(row: Resource, found: Objects) -> list[tuple[Part, Described]]:
    """Return (part, resource or object that names it)."""
    own: list[tuple[Part, Described]] = [(part, row) for part in row.kind.neutron]
    return own + _further([row], found)


def _beneath(row: Resource, found: Objects) -> Beneath:
    parts = _parts(row, found)
    pending = any(set(part.ids(holder.attributes)) & set(found.pending.get(part.to, ())) for part, holder in parts)
    named = {part.to for part, holder in parts if part.ids(holder.attributes)}
    unread = _kinds([collection for collection in found.unavailable if collection in named])
    return Beneath(row, _objects(row, found), pending, unread)


def _kinds(collections: Iterable[str]) -> tuple[NeutronKind, ...]:
    return tuple(model.BY_COLLECTION[collection] for collection in collections)
