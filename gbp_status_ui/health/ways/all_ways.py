# SPDX-License-Identifier: Apache-2.0
"""The ways between parties, and the verdict on each: what GBP allows, and what is reported of what it leads over."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
import dataclasses
import functools

from gbp_status_ui.health.folding import natural
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import path as paths
from gbp_status_ui.health.ways import rules
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.health.ways.path import Path
from gbp_status_ui.health.ways.rules import Openings
from gbp_status_ui.health.ways.rules import Redirected
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.verdicts import Verdict


@dataclasses.dataclass(frozen=True)
class Way:
    """One rule set that one party consumes and another one provides.

    ``rule_set`` is None where it cannot be seen. ``openings`` are what its rules come to.
    """

    known: Known = dataclasses.field(repr=False, compare=False)
    consumer: Resource
    provider: Resource
    rule_set: Resource | None
    path: Path
    openings: Openings

    def other(self, party: Resource) -> Resource:
        """Return the party at the other end."""
        return self.provider if party is self.consumer else self.consumer

    @property
    def parent(self) -> Resource | None:
        """The parent of the rule set, where it can be seen."""
        return self.rule_set and self.known.get(facts.RULE_SETS, self.rule_set.attributes.get('parent_id'))

    @functools.cached_property
    def stops(self) -> tuple[Resource, ...]:
        """What all of its traffic depends on, the parties first; with a proxy group that is the chain, too."""
        stops = (self.consumer, self.provider, *self.path.stops)
        if self.rule_set is None:
            return stops
        chains = rules.serving(self.known, self.consumer, self.provider) if self.is_proxied else ()
        return (*stops, self.rule_set, *chains)

    @property
    def is_proxied(self) -> bool:
        """Whether all traffic of the provider goes through its chain."""
        return bool(self.provider.attributes.get('proxy_group_id'))

    @property
    def without_chain(self) -> list[Resource]:
        """The provider, or rules, of which the chain has not been read."""
        if self.known.all_chains:
            return []
        rules_ = [one.rule for one in self.openings.sure if one.rule and one.redirected is Redirected.UNREAD]
        return [self.provider] * self.is_proxied + rules_

    @functools.cached_property
    def broken_stops(self) -> list[Resource]:
        return [stop for stop in self.stops if facts.state_of(stop).problem]

    @property
    def failed(self) -> list[Resource]:
        """What is in error: what all of its traffic depends on, and what its rules consist of; each once."""
        return list(dict.fromkeys((*self.broken_stops, *self.openings.failed)))

    @property
    def all_stops(self) -> list[Resource]:
        """Those, and what its rules consist of, each once."""
        return list(dict.fromkeys((*self.stops, *self.openings.stops.values())))

    def leads_over(self, resource: Resource) -> bool:
        """Say whether it depends on a resource, or a part of its traffic does."""
        return resource.key in self.openings.stops or resource.key in (one.key for one in self.stops)

    @property
    def broken_beneath(self) -> list[Resource]:
        """What it leads over and is realised by something in error, as far as Neutron has been read."""
        return [stop for stop in self.stops if stop.failed_beneath]

    @functools.cached_property
    def states(self) -> list[Status]:
        """The states that the verdict is made of: those of its own stops, and of its rules that open something."""
        return [*map(facts.state_of, self.stops), *self.openings.states]

    @property
    def is_neutron_read(self) -> bool:
        """Whether Neutron has been read of all that it leads over, as far as that has parts there."""
        return all(stop.badge_note for stop in self.stops if stop.kind.neutron)

    @functools.cached_property
    def verdict(self) -> Verdict:
        """What can be said of it; the first that fits."""
        return next(verdict for verdict, fits in _VERDICTS if fits(self))

    def opened_by(self, party: Resource) -> Way:
        """Return the same with those openings alone by which the party at one end may open connections to the other."""
        return dataclasses.replace(self, openings=self._openings_of(party))

    def opens_from(self, party: Resource) -> bool:
        """Say whether the party at one end may open connections to the other, or nobody knows that it may not."""
        return self.rule_set is None or bool(self._openings_of(party))

    def _openings_of(self, party: Resource) -> Openings:
        return self.openings.by_consumer if party is self.consumer else self.openings.by_provider


def between(known: Known, one: Resource, other: Resource) -> list[Way]:
    """Return the ways between two parties: those that the first consumes, then those that it provides.

    Of two external groups, and of a group and itself, there are none.
    """
    if not (_may_join(one, other) and facts.is_party(one) and facts.is_party(other)):
        return []
    path = paths.between(known, one, other)
    provided = {party: set(facts.ids(party, facts.PROVIDED)) for party in (one, other)}
    return [
        _way(known, consumer, provider, id_, path)
        for consumer, provider in ((one, other), (other, one))
        for id_ in facts.ids(consumer, facts.CONSUMED)
        if id_ in provided[provider]
    ]


def _may_join(one: Resource, other: Resource) -> bool:
    return one is not other and not (facts.is_external(one) and facts.is_external(other))


#: The ends of a way, and the id of its rule set: (consumer, provider, id).
_Ends = tuple[Resource, Resource, str]


def of(known: Known, party: Resource) -> Iterator[Way]:
    """Yield the ways of a party to all others that can be seen, as they are made, by the names of these."""
    found = _ends_of(known, party)
    for other in _by_name(found):
        path = paths.between(known, party, other)
        for consumer, provider, id_ in found[other]:
            yield _way(known, consumer, provider, id_, path)


def _ends_of(known: Known, party: Resource) -> dict[Resource, list[_Ends]]:
    """Return {other party: [ends]} of all ways of a party."""
    found: dict[Resource, list[_Ends]] = {}
    for attribute, others in ((facts.CONSUMED, known.providers), (facts.PROVIDED, known.consumers)):
        for id_ in facts.ids(party, attribute) if facts.is_party(party) else ():
            for other in filter(functools.partial(_may_join, party), others.get(id_, ())):
                ends = (party, other, id_) if attribute == facts.CONSUMED else (other, party, id_)
                found.setdefault(other, []).append(ends)
    return found


def through(known: Known, rule_set_id: str) -> Iterator[Way]:
    """Yield the ways through one rule set, as they are made: there may be very many."""
    providers = _by_name(known.providers.get(rule_set_id, ()))
    for consumer in _by_name(known.consumers.get(rule_set_id, ())):
        for provider in providers:
            if _may_join(consumer, provider):
                yield _way(known, consumer, provider, rule_set_id, paths.between(known, consumer, provider))


def _by_name(parties: Iterable[Resource]) -> list[Resource]:
    return sorted(parties, key=lambda party: natural(party.title))


def _way(known: Known, consumer: Resource, provider: Resource, rule_set_id: str, path: Path) -> Way:
    rule_set = known.get(facts.RULE_SETS, rule_set_id)
    openings = Openings() if rule_set is None else rules.openings(known, rule_set, consumer, provider)
    return Way(known, consumer, provider, rule_set, path, openings)


def worst_first(ways: Iterable[Way]) -> list[Way]:
    """Return ways as they are shown; those with the same verdict stay in their order."""
    return sorted(ways, key=lambda way: _PLACES[way.verdict])


_PLACES = {verdict: place for place, verdict in enumerate(verdicts.VERDICTS)}


def _is_broken(way: Way) -> bool:
    return bool(way.broken_stops) or (bool(way.openings.sure) and not way.openings.well)


def _is_unknown(way: Way) -> bool:
    is_doubtful = way.path.unseen or way.without_chain or not way.openings.sure
    return bool(is_doubtful) or any(map(facts.is_undefined, way.states))


#: Each verdict and when it fits; of those that fit the first is said.
_VERDICTS = (
    (verdicts.UNKNOWN, lambda way: way.rule_set is None),
    (verdicts.NOTHING, lambda way: not way.openings.open),
    (verdicts.NO_PATH, lambda way: way.path.gap is not None),
    (verdicts.BROKEN, _is_broken),
    (verdicts.PARTLY, lambda way: len(way.openings.well) < len(way.openings.sure)),
    (verdicts.BENEATH, lambda way: bool(way.broken_beneath)),
    (verdicts.BUILDING, lambda way: any(state.building for state in way.states)),
    (verdicts.UNKNOWN, _is_unknown),
    (verdicts.WORKS, lambda way: any(state.well for state in way.states)),
    (verdicts.UNREPORTED, lambda way: True),
)
