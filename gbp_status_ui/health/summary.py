# SPDX-License-Identifier: Apache-2.0
"""The first sentence of the overview: how many resources are broken, by how many causes, and what is unknown."""

from __future__ import annotations

from collections.abc import Iterable
import dataclasses

from django.utils.translation import gettext
from django.utils.translation import ngettext

from gbp_status_ui.health import certainty
from gbp_status_ui.health.certainty import Certainty
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource


@dataclasses.dataclass(frozen=True)
class Summary:
    """The numbers of what a search finds, in any state; those of the chips.

    ``causes`` counts the groups of *By cause* that hold what is broken; 0 where that is not known. ``of_rows`` says how
    far the numbers can be believed, ``of_broken`` the number of what is broken: what is beneath counts there, too.
    ``is_part`` says that the address asks for a part of what there is: what was not looked at may be broken.
    """

    total: int
    broken: int
    causes: int
    building: int
    silent: int
    of_rows: Certainty
    of_broken: Certainty
    is_anything_read: bool
    reads_beneath: bool
    is_part: bool

    @property
    def is_well(self) -> bool:
        """Whether all has been read, and nothing is broken or being built, as far as anything reports that."""
        return self.of_broken.is_exact and not (self.broken or self.building) and not self._is_silent

    @property
    def urgent(self) -> int:
        """How many are broken or being built."""
        return self.broken + self.building

    @property
    def of_urgent(self) -> Certainty:
        """How far that number can be believed."""
        return certainty.worst([self.of_rows, self.of_broken])

    @property
    def _is_silent(self) -> bool:
        return bool(self.total) and self.silent == self.total

    @property
    def words(self) -> str:
        if not self.is_anything_read:
            return self._nothing_read()
        if self.broken or self.building:
            return _sentence(self._clauses())
        if self.of_broken.is_pending:
            return gettext('Nothing broken has been found so far; not everything has been read yet.')
        if not self.of_broken.is_exact:
            return gettext('Nothing broken was found in what could be read.')
        return (
            self._all_silent()
            if self._is_silent
            else _sentence([self._well(), *_silent(self.silent, str(self.silent))])
        )

    def _nothing_read(self) -> str:
        if self.of_rows.is_pending:
            return gettext('Nothing is known yet: everything is still being read.')
        return gettext('Nothing could be read, so it is not known what is broken.')

    def _all_silent(self) -> str:
        if self.is_part:
            return gettext('Nothing that was found reports a status.')
        if self.reads_beneath:
            return gettext('No resource reports a status; Neutron reports no error of what is beneath.')
        return gettext('No resource reports a status, so nothing is known to be broken.')

    def _well(self) -> str:
        if self.is_part:
            return gettext('Nothing that was found is broken or being built')
        if self.reads_beneath:
            return gettext('GBP and Neutron report no error, and GBP is building nothing')
        return gettext('GBP reports no error, and is building nothing')

    def _clauses(self) -> list[str]:
        broken = [self._broken()] if self.broken else []
        building = [self._building(is_first=not broken)] if self.building else []
        return [*broken, *building, *_silent(self.silent, _number(self.silent, self.of_rows))]

    def _broken(self) -> str:
        values = {'number': _number(self.broken, self.of_broken), 'total': self.total}
        if not self.of_rows.is_exact:
            return ngettext('%(number)s resource is broken', '%(number)s resources are broken', self.broken) % values
        text = ngettext(
            '%(number)s of %(total)s resources is broken', '%(number)s of %(total)s resources are broken', self.broken
        )
        return text % values + self._by_causes()

    def _by_causes(self) -> str:
        if not (self.causes and self.of_broken.is_exact):
            return ''
        return ngettext(', by %s cause', ', by %s causes', self.causes) % self.causes

    def _building(self, is_first: bool) -> str:
        values = {'number': _number(self.building, self.of_rows), 'total': self.total}
        if not is_first:
            text = ngettext('%(number)s is being built', '%(number)s are being built', self.building)
        elif self.of_rows.is_exact:
            text = ngettext(
                '%(number)s of %(total)s resources is being built',
                '%(number)s of %(total)s resources are being built',
                self.building,
            )
        else:
            text = ngettext('%(number)s resource is being built', '%(number)s resources are being built', self.building)
        return text % values


def of(problems: Problems) -> Summary:
    """Return what there is to say of the problems of a scope."""
    rows = [row for row in problems.all_found if 'status' in row.attributes]
    broken = [row for row in rows if row.condition.problem]
    return Summary(
        total=len(rows),
        broken=len(broken),
        causes=problems.causes_of(broken),
        building=sum(row.status.building for row in rows),
        silent=sum(row.status.slug == statuses.NONE.slug for row in rows),
        of_rows=problems.certainty,
        of_broken=_of_broken(problems, rows, is_any=bool(broken)),
        is_anything_read=problems.is_anything_read,
        reads_beneath=problems.reads_beneath,
        is_part=problems.query.looks_at_part,
    )


def _of_broken(problems: Problems, rows: Iterable[Resource], is_any: bool) -> Certainty:
    """If nothing is broken, a resource whose status is only as last reported may be."""
    found = [problems.certainty]
    if problems.reads_beneath:
        found.append(certainty.of_beneath(problems.in_neutron))
    if not is_any and any(row.is_stale for row in rows):
        found.append(Certainty.AT_LEAST)
    return certainty.worst(found)


def _number(count: int, known: Certainty) -> str:
    return str(count) if known.is_exact else gettext('at least %s') % count


def _silent(count: int, number: str) -> list[str]:
    if not count:
        return []
    return [ngettext('%(number)s reports nothing', '%(number)s report nothing', count) % {'number': number}]


def _sentence(clauses: list[str]) -> str:
    text = gettext('; ').join(clauses)
    return gettext('%s.') % (text[:1].upper() + text[1:])
