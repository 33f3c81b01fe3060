# SPDX-License-Identifier: Apache-2.0
"""What ``gbp_status_report --from --to`` says: whether one group may open connections to another one, and how well."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
import dataclasses
import functools
from typing import Optional

from gbp_status_ui import conf
from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import ends
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.loading import Loader
from gbp_status_ui.management import report
from gbp_status_ui.management.login import Refused
from gbp_status_ui.model import registry
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.verdicts import Verdict
from gbp_status_ui.service.api import Gbp
from gbp_status_ui.views.base import in_words

_FAILED = Failure(Reason.ERROR)

#: The exit status of each verdict: what a step of a script that needs the way wants to know.
_STATUSES = {
    verdicts.WORKS: report.OK,
    verdicts.UNREPORTED: report.OK,
    verdicts.BUILDING: report.WARNING,
    verdicts.UNKNOWN: report.UNKNOWN,
}


class NotFound(Refused):
    """No group is called so, or not yet."""


@dataclasses.dataclass(frozen=True)
class WaysReport:
    """What one reading has found of the ways from ``opener`` to ``target``.

    ``unread`` are (kind, failure) of what could not be read, ``is_cut`` says that not all came in time.
    """

    asked: report.Asked
    found: reachability.Reachability
    known: facts.Known
    unread: list[tuple[Kind | NeutronKind, Failure]]
    read_at: float
    is_cut: bool = False

    @property
    def opener(self) -> Resource:
        return self.found.opener

    @property
    def target(self) -> Resource:
        return self.found.target

    @property
    def is_within(self) -> bool:
        """Whether both ends are one group."""
        return self.opener is self.target

    @property
    def is_complete(self) -> bool:
        return not (self.unread or self.is_cut)

    @functools.cached_property
    def sentence(self) -> str:
        return words.within(self.opener) if self.is_within else words.between(self.found)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the best way; None where there is none."""
        return self.found.verdict

    @property
    def exit_status(self) -> int:
        status = self._status
        return status if self.is_complete or status == report.CRITICAL else report.UNKNOWN

    @property
    def _status(self) -> int:
        if self.is_within:
            return report.OK if reachability.members_may_talk(self.opener) else report.CRITICAL
        if self.verdict:
            return _STATUSES.get(self.verdict, report.CRITICAL)
        return self._without_way

    @property
    def _without_way(self) -> int:
        """The status where no rule set lets the opener in: something else may."""
        if self.found.needs_no_way:
            return report.OK
        is_unsure = any(end.is_automatic or not facts.names_all_sets(end) for end in (self.opener, self.target))
        return report.UNKNOWN if is_unsure or self.known.is_aim is None else report.CRITICAL

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to wait for: what is forbidden stays so."""
        passes = any(not failure.is_lasting for _kind, failure in self.unread)
        return self._status == report.CRITICAL or not (passes or self.is_cut or self._status == report.WARNING)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways by which the opener may open connections; of none the others that join both."""
        return self.found.ways or self.found.others

    @property
    def rule_sets(self) -> list[tuple[Resource, str, list[Resource], int]]:
        """[(party, attribute, rule sets that can be seen, number of the others)], where nothing joins both."""
        if self.ways or self.is_within:
            return []
        return [
            (party, attribute, *self._rule_sets(facts.named(party, attribute)))
            for party in (self.opener, self.target)
            for attribute in (facts.PROVIDED, facts.CONSUMED)
        ]

    def _rule_sets(self, ids: Iterable[str | None]) -> tuple[list[Resource], int]:
        rows = [self.known.get(facts.RULE_SETS, id_) for id_ in ids]
        return list(filter(None, rows)), rows.count(None)


class WaysReader(report.Rounds[Optional[WaysReport]]):
    """Reads the ways between two groups, which names or ids say, until all is there or the time is over."""

    def __init__(self, about: report.Asked, seconds: float, opener: str, target: str) -> None:
        super().__init__(about, seconds)
        self._texts = opener, target

    def read(self) -> WaysReport:
        """Return the :class:`WaysReport` of one round.

        :raises NotFound: of an end nothing is known
        """
        found = super().read()
        if found is None:
            raise NotFound('The groups could not be read in time.')
        return found

    def watch(self, tell: Callable[[str], object]) -> WaysReport:
        """Read until nothing that the ways lead over is being built; both groups may come later."""
        said = ''
        while True:
            found, words_of_it = self._outcome()
            if found and (found.is_settled or self.is_over):
                return found
            if words_of_it != said:
                tell(words_of_it)
            said = words_of_it
            self._wait(conf.poll_interval() / 1000)

    def _outcome(self) -> tuple[WaysReport | None, str]:
        """Return (what has been found, or None, what is said of it)."""
        try:
            found = self.read()
        except NotFound as missing:
            if self.is_over:
                raise
            return None, str(missing)
        return found, f'{found.sentence}.' if found.is_complete else 'Not everything could be read yet.'

    def _read(self, gbp: Gbp) -> WaysReport | None:
        one, other = (self._party(gbp, text) for text in self._texts)
        if not (one and other):
            return None
        read = loading.between(gbp, one.key, other.key)
        if read.is_pending:
            return None
        rows = [read.known.get(*party.key) or party for party in (one, other)]
        below = _read_beneath(gbp, read.known, rows)
        is_cut = any(one.is_pending for one in below)
        found = reachability.towards(read.known, *rows)
        return WaysReport(self._asked, found, read.known, _failures(gbp, read, below), self.now, is_cut)

    def _party(self, gbp: Gbp, text: str) -> Resource | None:
        """Return the only group or external group of that name or id; None while it is being read."""
        rows, unread = ends.called(gbp, text, self._asked.query.project)
        if len(rows) > 1:
            raise Refused(f'{len(rows)} groups are called {text}: give the id of one.')
        if not rows and gbp.is_pending:
            return None
        if not rows and unread:
            kinds = ' and '.join(str(kind.label_plural) for kind, _failure in unread)
            raise NotFound(f'{kinds} could not be read. {in_words(unread[0][1])}')
        if not rows:
            raise NotFound(f'There is no group or external group {text} that you may read.')
        return rows[0]


def _read_beneath(gbp: Gbp, known: facts.Known, parties: Sequence[Resource]) -> list[Beneath]:
    """Read what is beneath all that the ways between two parties lead over; return what was found of each."""
    ways = all_ways.between(known, *parties)
    stops = list(dict.fromkeys([*parties, *(stop for way in ways for stop in way.stops)]))
    automatic.name(gbp, stops, automatic.names_of(stops))
    return list(beneath.of(gbp, stops).values())


def _failures(gbp: Gbp, read: Loader, below: Iterable[Beneath]) -> list[tuple[Kind | NeutronKind, Failure]]:
    """Return (kind, failure) of what could not be read, of GBP and of Neutron, each once."""
    failed = [(registry.BY_COLLECTION[name], failure) for name, failure in read.failures.items()]
    beneath_them = [(kind, gbp.unread.get(kind.collection, _FAILED)) for one in below for kind in one.unread]
    return list(dict.fromkeys([*failed, *beneath_them]))
