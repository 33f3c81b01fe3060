# SPDX-License-Identifier: Apache-2.0
"""Whom a group or an external group talks to: a fragment of its page, with the ways as short pictures, worst first."""

from __future__ import annotations

import collections
from collections.abc import Iterable
from collections.abc import Sequence
import dataclasses

from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import sightings
from gbp_status_ui.health.folding import natural
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import party_ways
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import traffic
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.loading import Loader
from gbp_status_ui.health.ways.rules import Opening
from gbp_status_ui.model import registry
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.verdicts import Verdict
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable

#: What this fragment of the page is called.
NAME = 'ways'

#: How many ways are shown; the others are counted.
MAX_SHOWN_WAYS = 20

#: How many more are named; those beyond are counted alone.
MAX_LISTED_WAYS = 500

#: How many rules of a way are named; the others are counted.
MAX_SHOWN_RULES = 5


@dataclasses.dataclass(frozen=True)
class Rule:
    """One line of a rule set's stop: what a rule opens, and who may open it."""

    opening: Opening

    @property
    def traffic(self) -> str:
        return traffic.words([self.opening]) if self.opening.classifier else ''

    @property
    def is_redirect(self) -> bool:
        return bool(self.opening.chain or self.opening.redirected)


@dataclasses.dataclass(frozen=True)
class Picture:
    """One way as it is drawn: consumer, rule set with its rules, nodes of its chains, provider."""

    way: Way
    party: Resource
    nodes: tuple[Resource, ...]

    @property
    def other(self) -> Resource:
        return self.way.other(self.party)

    @property
    def rules(self) -> list[Rule]:
        """Those in error first; GBP keeps no order of rules."""
        rules = map(Rule, self.way.openings.open)
        found = sorted(rules, key=lambda one: (not one.opening.state.problem, natural(one.traffic)))
        return found[:MAX_SHOWN_RULES]

    @property
    def other_rules(self) -> int:
        return max(0, len(self.way.openings.open) - MAX_SHOWN_RULES)


def has_fragment(kind: Kind) -> bool:
    """Say whether resources of a kind are ends of ways."""
    return kind.collection in (facts.GROUPS, facts.EXTERNAL)


def fragment(view: ScopedView, party: Resource) -> tuple[str, bool]:
    """Return the fragment's HTML, and whether something of it is still being read."""
    read = loading.of(view.gbp, party)
    found = party_ways.of(read.known, party)
    is_pending = read_stops(view, read, found.ways[:MAX_SHOWN_WAYS])
    # What is beneath those that are drawn may have changed verdicts.
    found = party_ways.judged_anew(found)
    context = {
        'resource': party,
        'is_read': not read.is_pending,
        'is_external': facts.is_external(party),
        'is_party': facts.is_party(party),
        'within': '' if facts.is_external(party) else words.within(party),
        'remarks': remarks_on(found.ways[:MAX_SHOWN_WAYS], party),
        'pictures': [picture(read.known, way, party) for way in found.ways[:MAX_SHOWN_WAYS]],
        'total': len(found.ways),
        'unjudged': found.unjudged,
        'others': max(0, len(found.ways) - MAX_SHOWN_WAYS),
        'listed': [(way.other(party), way) for way in found.ways[MAX_SHOWN_WAYS : MAX_SHOWN_WAYS + MAX_LISTED_WAYS]],
        'are_others_without_neutron': bool(found.ways[MAX_SHOWN_WAYS:] and beneath.kinds()),
        'unlisted': max(0, len(found.ways) - MAX_SHOWN_WAYS - MAX_LISTED_WAYS),
        'counts': counts(found.ways),
        'hidden': found.hidden,
        'hidden_rule_sets': found.hidden_rule_sets,
        'unread': [(registry.BY_COLLECTION[name], failure) for name, failure in read.failures.items()],
        'unreadable': unreadable(view.gbp),
    }
    return view.rendered('gbp_status_ui/_ways.html', context), is_pending


def read_stops(view: ScopedView, read: Loader, shown: Sequence[Way]) -> bool:
    """Read what the stops of some ways carry beside their statuses; say whether some is pending."""
    loading.read_nodes(read, shown)
    if read.is_pending:
        return True
    rows = list(dict.fromkeys(stop for way in shown for stop in way.stops))
    automatic.name(view.gbp, rows, automatic.names_of(rows))
    sightings.note(view.gbp, rows)
    return any(one.is_pending for one in beneath.of(view.gbp, rows).values())


def remarks_on(shown: Sequence[Way], *parties: Resource) -> list[remarks.Remark]:
    """Return the remarks on the ways that are drawn, and on those whose page it is."""
    found = {remark.slug: remark for remark in remarks.of(*shown)}
    if any(party.is_automatic for party in parties):
        found['automatic'] = remarks.Remark('automatic', remarks.automatic())
    return list(found.values())


def picture(known: facts.Known, way: Way, party: Resource) -> Picture:
    """Return the :class:`Picture` of a way, as the page of one of its ends has it."""
    used = dict.fromkeys(one.chain for one in way.openings if one.chain)
    specs = [known.get(facts.SPECS, id_) for chain in used for id_ in facts.ids(chain, 'servicechain_specs')]
    nodes = [known.get(facts.NODES, id_) for spec in specs if spec for id_ in facts.ids(spec, 'nodes')]
    return Picture(way, party, tuple(node for node in nodes if node))


def counts(ways: Iterable[Way]) -> list[tuple[Verdict, int]]:
    """Return [(verdict, number of ways)], in the order in which they are shown."""
    found = collections.Counter(way.verdict for way in ways)
    return [(verdict, found[verdict]) for verdict in verdicts.VERDICTS if verdict in found]
