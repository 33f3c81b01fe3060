# SPDX-License-Identifier: Apache-2.0
"""The map of a scope: an L3 policy is a frame, its L2 policies are boxes, their groups and external groups are cells.

A map needs no layout: each cell stands in its box. A map has at most MAX_NODES nodes: if there are many groups, cells
lose their names, and frames without room show counts alone.
"""

from __future__ import annotations

import collections
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
import dataclasses
import functools

from gbp_status_ui.health import order
from gbp_status_ui.health.ways.way_counts import WayCounts
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status

GROUPS = registry.BY_COLLECTION['policy_target_groups']
EXTERNAL = registry.BY_COLLECTION['external_policies']
L2_POLICIES = registry.BY_COLLECTION['l2_policies']
L3_POLICIES = registry.BY_COLLECTION['l3_policies']

#: The kinds whose lists a map is made of; of rule sets it needs the names alone.
KINDS = (GROUPS, EXTERNAL, L2_POLICIES, L3_POLICIES)

#: How many nodes, elements and texts, all frames have together; the page around them has some hundreds.
MAX_NODES = 1500
#: How many frames are drawn, open or folded; the others are counted.
MAX_FRAMES = 40
#: How many boxes an open frame has; the others are counted.
MAX_BOXES = 60
#: How many external groups have a cell.
MAX_OUTSIDE_CELLS = 100
#: So many cells have their names in them.
MAX_NAMED_CELLS = 300

#: How many nodes the templates make of a frame or a box, open or folded, and of a cell with and without its name.
AREA_NODES = 16
NAMED_CELL_NODES = 3
CELL_NODES = 1


@dataclasses.dataclass(frozen=True)
class Count:
    """How many are in a state."""

    status: Status
    count: int


@dataclasses.dataclass(eq=False)
class Area:
    """What contains others: an L3 policy its L2 policies, an L2 policy its groups, the outside the external groups.

    ``resource`` is None where no list has the policy that the ``id`` names; the id is '' where nothing is named.
    """

    kind: Kind
    id: str = ''
    resource: Resource | None = None
    inner: list[Area] = dataclasses.field(default_factory=list)
    own: list[Resource] = dataclasses.field(default_factory=list)

    @functools.cached_property
    def size(self) -> int:
        """How many groups, or external groups, are in it."""
        return len(self.own) + sum(area.size for area in self.inner)

    @functools.cached_property
    def states(self) -> list[tuple[Status, list[Resource]]]:
        """The parties that are in no area within it, by their states, the most urgent first."""
        return by_state(self.own)

    @functools.cached_property
    def counts(self) -> list[Count]:
        """How many parties are in each state, the most urgent first."""
        own = [Count(status, len(rows)) for status, rows in self.states]
        return added([*own, *(one for area in self.inner for one in area.counts)])

    @property
    def inner_counts(self) -> list[Count]:
        """How many of the areas within it are in each state, as far as they are listed."""
        return counted(area.resource for area in self.inner if area.resource)

    @property
    def urgency(self) -> order.SortKey:
        """The most urgent first: what is worst in it, then how much of it is; then by name, what is not listed last."""
        states = [*counted([self.resource] if self.resource else []), *self.inner_counts, *self.counts]
        worst = min((one.status.severity for one in states), default=_LOWEST_SEVERITY)
        number = sum(one.count for one in states if one.status.severity == worst)
        is_broken = any(one.status.problem for one in states)
        name = order.by_name(self.resource) if self.resource else (self.id,)
        return not is_broken, worst, -number, not self.resource, name


@dataclasses.dataclass(frozen=True)
class Drawn:
    """An area on the map: with cells or areas in it, or folded to its counts. ``others`` is what has no place in it."""

    area: Area
    is_folded: bool = False
    inner: list[Drawn] = dataclasses.field(default_factory=list)
    cells: list[Resource] = dataclasses.field(default_factory=list)
    others: Others | None = None

    @property
    def all_cells(self) -> list[Resource]:
        return self.cells + [row for one in self.inner for row in one.all_cells]


@dataclasses.dataclass(frozen=True)
class Others:
    """What is counted in place of being drawn: some areas, and the parties in them."""

    areas: int
    counts: list[Count]


class Map:
    """The map of some rows.

    ``rows`` is {collection: resources} of all that is listed, ``parties`` those groups and external groups that the
    page asks for. Areas without any are left out if ``is_narrowed``. ``frame`` is the id of the only L3 policy to draw.
    """

    def __init__(
        self,
        rows: Mapping[str, Collection[Resource]],
        parties: Iterable[Resource],
        is_narrowed: bool = False,
        frame: str = '',
    ) -> None:
        self._is_narrowed = is_narrowed
        parties = list(parties)
        outside = [row for row in parties if row.kind is EXTERNAL]
        self.way_counts = WayCounts([*rows.get(GROUPS.collection, ()), *rows.get(EXTERNAL.collection, ())])
        areas = self._kept(_areas(rows, parties))
        chosen = [area for area in areas if area.id == frame] if frame else []
        #: Whether one frame alone is drawn, of several.
        self.is_one = bool(chosen) and len(areas) > 1
        drawn = sorted(chosen or areas, key=lambda area: area.urgency)
        #: Whether cells have their names in them.
        self.is_named = min(len(outside), MAX_OUTSIDE_CELLS) + sum(area.size for area in drawn) <= MAX_NAMED_CELLS
        self.outside = _box(Area(EXTERNAL, own=outside), MAX_OUTSIDE_CELLS) if outside else None
        self.frames = self._frames(drawn[:MAX_FRAMES])
        self.others = _others(drawn[MAX_FRAMES:])

    @functools.cached_property
    def cells(self) -> list[Resource]:
        """The parties that have a cell."""
        drawn = [*self.frames, self.outside] if self.outside else self.frames
        return [row for one in drawn for row in one.all_cells]

    def _kept(self, areas: Iterable[Area]) -> list[Area]:
        kept = [area for area in areas if area.size or not self._is_narrowed]
        for area in kept:
            area.inner = self._kept(area.inner)
        return kept

    @property
    def _cell_nodes(self) -> int:
        return NAMED_CELL_NODES if self.is_named else CELL_NODES

    def _frames(self, areas: list[Area]) -> list[Drawn]:
        """Open as many frames as there is room for; the first one opens as far as there is."""
        left = MAX_NODES - AREA_NODES * len(areas)
        found: list[Drawn] = []
        for area in areas:
            wanted = self._nodes_within(area)
            is_open = wanted <= left or not found
            found.append(self._opened(area, left) if is_open else Drawn(area, is_folded=True))
            left -= min(wanted, left) if is_open else 0
        return found

    def _nodes_within(self, area: Area) -> int:
        return AREA_NODES * len(area.inner) + self._cell_nodes * area.size

    def _opened(self, area: Area, nodes: int) -> Drawn:
        """Draw the boxes of a frame; those that there is room for have cells, the most urgent first."""
        inner = sorted(area.inner, key=lambda area: area.urgency)
        shown = inner[: min(MAX_BOXES, max(1, nodes // AREA_NODES))]
        cells = max(0, nodes - AREA_NODES * len(shown)) // self._cell_nodes
        boxes = []
        for one in shown:
            boxes.append(_box(one, cells))
            cells -= len(boxes[-1].cells)
        return Drawn(area, inner=boxes, others=_others(inner[len(shown) :]))


def by_state(rows: Iterable[Resource]) -> list[tuple[Status, list[Resource]]]:
    """Return the rows of each state, the most urgent first."""
    found: dict[tuple[int, str], tuple[Status, list[Resource]]] = {}
    for row in rows:
        status = row.condition
        # Not by the state itself: its label is translated whenever it is looked up.
        found.setdefault((status.severity, status.slug), (status, []))[1].append(row)
    return [found[place] for place in sorted(found)]


def counted(rows: Iterable[Resource]) -> list[Count]:
    """Return how many of the rows are in each state, the most urgent first."""
    return [Count(status, len(found)) for status, found in by_state(rows)]


def added(counts: Iterable[Count]) -> list[Count]:
    """Return the sums of counts, the most urgent first."""
    found: dict[tuple[int, str], list[Count]] = collections.defaultdict(list)
    for one in counts:
        found[one.status.severity, one.status.slug].append(one)
    return [Count(found[place][0].status, sum(one.count for one in found[place])) for place in sorted(found)]


#: What has nothing in it comes after all that has.
_LOWEST_SEVERITY = 100


def _others(areas: list[Area]) -> Others | None:
    return Others(len(areas), added(one for area in areas for one in area.counts)) if areas else None


def _box(area: Area, most: int) -> Drawn:
    """Draw the cells of an area, so many at most; one that has room for none is folded."""
    cells: list[Resource] = []
    hidden: list[Count] = []
    for status, rows in area.states:
        shown = _first(rows, max(0, most - len(cells)))
        cells += shown
        hidden += [Count(status, len(rows) - len(shown))] if len(shown) < len(rows) else []
    is_folded = bool(area.own) and not cells
    return Drawn(area, is_folded, cells=cells, others=Others(1, hidden) if hidden and not is_folded else None)


def _first(rows: list[Resource], most: int) -> list[Resource]:
    """Return so many rows by name; of thousands, most of which are not shown, those whose letters come first."""
    some = rows if len(rows) <= most else sorted(rows, key=lambda row: (row.name, row.id))[:most]
    return sorted(some, key=order.by_name)


def _areas(rows: Mapping[str, Collection[Resource]], parties: Iterable[Resource]) -> list[Area]:
    """Return the frames, with their boxes and the groups in these.

    What names a policy that no list has, or none, is in an area of its own: what is not listed may be another
    project's, gone, or not read.
    """
    boxes = _listed(L2_POLICIES, rows)
    for group in (row for row in parties if row.kind is GROUPS):
        _area(boxes, L2_POLICIES, group.attributes.get('l2_policy_id')).own.append(group)
    frames = _listed(L3_POLICIES, rows)
    for box in boxes.values():
        named = box.resource.attributes.get('l3_policy_id') if box.resource else ''
        _area(frames, L3_POLICIES, named).inner.append(box)
    return list(frames.values())


def _listed(kind: Kind, rows: Mapping[str, Collection[Resource]]) -> dict[str, Area]:
    return {row.id: Area(kind, row.id, row) for row in rows.get(kind.collection, ())}


def _area(areas: dict[str, Area], kind: Kind, named: object) -> Area:
    if isinstance(named, str) and named in areas:
        return areas[named]
    id_ = named if isinstance(named, str) and is_id(named) else ''
    return areas.setdefault(id_, Area(kind, id_))
