# SPDX-License-Identifier: Apache-2.0
"""What Neutron says of the objects that GBP resources are realised by: a second voice, never mixed with that of GBP.

No error beneath is no proof: of an endpoint group, a contract or a filter neither GBP's lists nor Neutron may know that
it failed. docs/backends.rst has what is known.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
import dataclasses
from typing import NamedTuple
from typing import Union
import urllib.parse

from django.utils.translation import gettext

from gbp_status_ui import conf
from gbp_status_ui.health.graph import key
from gbp_status_ui.model import neutron as model
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
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

#: The states of an object that Neutron knows and has no complaint about.
_WELL = (model.OK, model.DOWN)

#: What names objects of Neutron: a resource, or another object.
_Holder = Union[Resource, NeutronObject]


class Said(NamedTuple):
    """What a badge says of what is beneath: the worst state, and in words what is worse than GBP's, if any."""

    state: str
    words: str

    @property
    def look(self) -> model.State:
        """What gives the words their tone and icon."""
        return model.read(self.state)


@dataclasses.dataclass(frozen=True)
class Beneath:
    """What is beneath one resource: its ``objects`` in Neutron that the user may see, in the order of its parts.

    ``is_pending`` says that some are still being read, ``unread`` are the kinds that could not be read.
    """

    resource: Resource = dataclasses.field(repr=False)
    objects: tuple[NeutronObject, ...] = ()
    is_pending: bool = False
    unread: tuple[NeutronKind, ...] = ()

    @property
    def state(self) -> model.State:
        """The worst state of the objects; of none :data:`gbp_status_ui.model.neutron.NONE`."""
        return model.worst(one.state for one in self.objects)

    @property
    def is_worse(self) -> bool:
        """Whether what is beneath is worse than GBP's word; not where that is still being read."""
        status = self.resource.status
        return status is not statuses.UNREAD and self.state.unwell and self.state.severity < status.severity

    @property
    def is_problem(self) -> bool:
        """Whether it is a problem of its own kind, such as *Active, network in error*."""
        return self.is_worse and self.state.problem

    @property
    def unwell(self) -> list[NeutronObject]:
        """The objects that are not well, the most urgent first."""
        return [one for one in self.remarkable if one.state.unwell]

    @property
    def failed(self) -> list[NeutronObject]:
        """The objects that are in error."""
        return [one for one in self.objects if one.state.problem]

    @property
    def words(self) -> str:
        """What is the matter beneath, in the middle of a sentence: 'network in error'; '' where nothing is."""
        return next((one.words for one in self.unwell), '')

    @property
    def said(self) -> Said | None:
        """What the badge says; None while something is still being read, or where no error is known of a part."""
        if self.is_pending or (self.unread and not self.state.unwell):
            return None
        return Said(self.state.value, str(self.words) if self.is_worse else '')

    @property
    def without_error(self) -> list[NeutronKind]:
        """The kinds of which each object has been read, and Neutron reports no error of any."""
        found = dict.fromkeys(one.kind for one in self.objects)
        faulty = {one.kind for one in self.objects if one.state not in _WELL} | set(self.unread)
        return [kind for kind in found if kind not in faulty]

    @property
    def well(self) -> str:
        """Those kinds in the middle of a sentence: 'network, subnets and router'; '' for none."""
        numbers = collections.Counter(one.kind for one in self.objects)
        words = [str(kind.word if numbers[kind] == 1 else kind.word_plural) for kind in self.without_error]
        *others, last = words or ['']
        return gettext('%(others)s and %(last)s') % {'others': ', '.join(others), 'last': last} if others else last

    @property
    def remarkable(self) -> list[NeutronObject]:
        """The objects of which a popover says something: those that are not well, and those that are down."""
        found = [one for one in self.objects if one.state.unwell or one.state is model.DOWN]
        return sorted(found, key=lambda one: one.state.severity)

    @property
    def fabric_names(self) -> list[tuple[str, str]]:
        """[(type, distinguished name)] of the resource and of what is beneath, each once."""
        names = [*self.resource.fabric_names, *(name for one in self.objects for name in one.fabric_names)]
        return list(dict.fromkeys(names))

    @property
    def records(self) -> list[dict[str, object]]:
        """What polls and exports say: [{kind, id, name, state, dn}], with all names of an object in the fabric."""
        return [
            {
                'kind': one.kind.collection,
                'id': one.id,
                'name': one.attributes.get('name') or '',
                'state': one.state.value,
                'dn': [name for _type, name in one.fabric_names],
            }
            for one in self.objects
        ]


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
        # Of a list of which rows are missing nothing is said there: these are counted.
        return [(kind, gbp.unread.get(kind.collection, Failure(Reason.ERROR))) for kind in self.unread]


def of(gbp: Gbp, rows: Iterable[Resource]) -> dict[Key, Beneath]:
    """Read what is beneath the resources of a page; return {key: :class:`Beneath`} of those that have parts in Neutron.

    Each of these carries it from then on. It costs a list for each kind of objects, and where the lists of networks are
    not right a show for each network.
    """
    asked = kinds()
    rows = [row for row in rows if row.kind in asked]
    found = neutron.by_ids(gbp, _named((part, row) for row in rows for part in row.kind.neutron))
    further = neutron.by_ids(gbp, _named(_further(rows, found)))
    whole = _merged(found, further)
    for row in rows:
        row.beneath = _beneath(row, whole)
    return {key(row): row.beneath for row in rows}


def kinds() -> list[Kind]:
    """Return the kinds that have parts in Neutron, which are read."""
    return [kind for kind in registry.KINDS if kind.neutron] if conf.get('neutron_states') else []


def is_unknown(row: Resource) -> bool:
    """Say whether it is not known what is beneath a row that has parts in Neutron."""
    return row.kind in kinds() and not (row.beneath and row.beneath.said)


def in_scope(gbp: Gbp, rows: Iterable[Resource], project_id: str = '') -> InScope:
    """Find the problems beneath the resources of a whole scope from lists of the objects; return :class:`InScope`.

    A resource that has something in error beneath carries that from then on. What is beneath those that are shown is
    then read by :func:`confirm`: in lists an error is true, but networks may have more of them.
    """
    found = neutron.of_scope(gbp, project_id)
    rows = [row for row in rows if row.kind.neutron]
    _note_failed(rows, found)
    problems = {key(row): row.beneath for row in rows if row.has_problem_beneath}
    is_complete = not (found.pending or found.unavailable)
    well = frozenset(row for row in rows if is_complete and not row.beneath and gbp.sees_all_of(row.project_id))
    return InScope(problems, bool(found.pending), _kinds(found.unavailable), well)


def _note_failed(rows: Iterable[Resource], found: Objects) -> None:
    # Mostly nothing has failed: there may be thousands of rows.
    if any(one.state.problem for objects in found.rows.values() for one in objects.values()):
        for row in rows:
            failed = tuple(one for one in _objects(row, found) if one.state.problem)
            row.beneath = Beneath(row, failed) if failed else None


def confirm(gbp: Gbp, rows: Iterable[Resource]) -> bool:
    """Read what is beneath rows that something is in error beneath, as far as was listed.

    What cannot be read now stays as it was listed. Return whether nothing is still being read.
    """
    listed = {row: row.beneath for row in rows}
    of(gbp, listed)
    is_complete = True
    for row, before in listed.items():
        if row.beneath.is_pending or row.beneath.unread:
            is_complete &= not row.beneath.is_pending
            row.beneath = before
    return is_complete


def of_any_number(gbp: Gbp, rows: Iterable[Resource], project_id: str) -> None:
    """Have rows carry what is beneath them; of more than one call can ask for, what is listed as failed."""
    rows = [row for row in rows if row.kind.neutron]
    if len(rows) <= conf.IDS_PER_CALL:
        of(gbp, rows)
    else:
        in_scope(gbp, rows, project_id)


def fabric_address(name: str) -> str:
    """Return the address of a distinguished name in the fabric's own dashboard; '' without the setting."""
    return conf.get('apic_url').replace(conf.NAME, urllib.parse.quote(name, safe=''))


def _named(holders: Iterable[tuple[Part, _Holder]]) -> Ids:
    """Return {collection: ids} of what parts of resources, or of objects, name."""
    wanted: dict[str, dict[str, None]] = {}
    for part, holder in holders:
        wanted.setdefault(part.to, {}).update(dict.fromkeys(part.ids(holder.attributes)))
    return {collection: list(ids) for collection, ids in wanted.items() if ids}


def _further(rows: Iterable[Resource], found: Objects) -> list[tuple[Part, _Holder]]:
    """Return (part, object) of the objects that name further ones."""
    return [
        (part.then, one) for row in rows for part in row.kind.neutron if part.then for one in _of_part(part, row, found)
    ]


def _of_part(part: Part, holder: _Holder, found: Objects) -> list[NeutronObject]:
    objects = found.rows.get(part.to, {})
    return [objects[id_] for id_ in part.ids(holder.attributes) if id_ in objects]


def _objects(row: Resource, found: Objects) -> tuple[NeutronObject, ...]:
    """Return the objects beneath a resource, each once."""
    objects: dict[Key, NeutronObject] = {}
    for part, holder in _parts(row, found):
        objects.update({(part.to, one.id): one for one in _of_part(part, holder, found)})
    return tuple(objects.values())


def _parts(row: Resource, found: Objects) -> list[tuple[Part, _Holder]]:
    """Return (part, resource or object that names it)."""
    own: list[tuple[Part, _Holder]] = [(part, row) for part in row.kind.neutron]
    return own + _further([row], found)


def _beneath(row: Resource, found: Objects) -> Beneath:
    parts = _parts(row, found)
    pending = any(set(part.ids(holder.attributes)) & set(found.pending.get(part.to, ())) for part, holder in parts)
    named = {part.to for part, holder in parts if part.ids(holder.attributes)}
    unread = _kinds([collection for collection in found.unavailable if collection in named])
    return Beneath(row, _objects(row, found), pending, unread)


def _kinds(collections: Iterable[str]) -> tuple[NeutronKind, ...]:
    return tuple(model.BY_COLLECTION[collection] for collection in collections)


def _merged(one: Objects, other: Objects) -> Objects:
    return Objects(
        {name: {**one.rows.get(name, {}), **other.rows.get(name, {})} for name in {**one.rows, **other.rows}},
        unavailable=one.unavailable | other.unavailable,
        pending={
            name: [*one.pending.get(name, ()), *other.pending.get(name, ())]
            for name in {**one.pending, **other.pending}
        },
    )
