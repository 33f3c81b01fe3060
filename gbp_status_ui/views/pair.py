# SPDX-License-Identifier: Apache-2.0
"""The ways between two groups, in both directions: a page that the address of both leads to, and its part."""

import dataclasses

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views import View

from horizon import views

from gbp_status_ui.health.ways import answer
from gbp_status_ui.health.ways import ends
from gbp_status_ui.health.ways import joined
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import reading
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import words
from gbp_status_ui.model import registry
from gbp_status_ui.views import ways
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.page import page_settings
from gbp_status_ui.views.page import read_state

#: What the part of the page is called.
NAME = 'ways'

#: The parameters of the address: a whole name or an id each.
FROM, TO = 'from', 'to'


@dataclasses.dataclass(frozen=True)
class End:
    """One end as the address says it, and the groups and external groups that are called so."""

    parameter: str
    label: str
    text: str
    found: list

    @property
    def row(self):
        """The only one; None where there is none, or several."""
        return self.found[0] if len(self.found) == 1 else None


class _OfPair(ScopedView):
    """What the address says."""

    def _ends(self):
        return [
            End(name, label, text, ends.called(self.gbp, text))
            for name, label, text in (
                (FROM, _('From'), self.parameters.get(FROM, '').strip()),
                (TO, _('To'), self.parameters.get(TO, '').strip()),
            )
        ]


class PairView(_OfPair, views.HorizonTemplateView):
    """``GET <panel>/ways/?from=<name or id>&to=<name or id>``."""

    template_name = 'gbp_status_ui/pair.html'
    page_title = _('Ways between groups')
    opens_page = True

    def get_context_data(self, **kwargs):
        found = self._ends()
        first, second = found
        return super().get_context_data(
            scope=self.scope,
            ends=found,
            is_asked=bool(first.text and second.text),
            is_same=first.row is not None and second.row is not None and first.row.id == second.row.id,
            pair=(first.row, second.row) if first.row and second.row else None,
            within='' if first.row is None or facts.is_external(first.row) else words.within(first.row),
            project_names=SimpleLazyObject(lambda: self.project_names),
            **page_settings(self.request, self.scope),
            **read_state(self.gbp),
            **kwargs,
        )


class PairPartView(_OfPair, View):
    """``GET <panel>/ways/part/?from=…&to=…`` -> ``{"fragments": {"ways": "<HTML>"}, "pending": []}``."""

    background = True
    is_waiting = False

    @property
    def comes_back(self):
        return self.is_waiting

    def get(self, request):
        """Answer 200, or 404 where an end is not there, or is not the only one that is called so."""
        rows = [end.row for end in self._ends()]
        if None in rows:
            return JsonResponse({'error': str(_('There is no such group, or more than one.'))}, status=404)
        read = reading.between(self.gbp, *((row.kind.collection, row.id) for row in rows))
        html, self.is_waiting = self._part(read, rows)
        return JsonResponse({'fragments': {NAME: html}, 'pending': [NAME] if self.is_waiting else []})

    def _part(self, read, rows):
        # What was found by its name has not all attributes; what cannot be read any more has gone.
        one, other = (read.known.get(row.kind.collection, row.id) or row for row in rows)
        is_pending = ways.read_stops(self, read, joined.between(read.known, one, other)[: ways.SHOWN])
        context = {
            **_said(read.known, one, other),
            'resource': one,
            'scope': self.scope,
            'project_names': SimpleLazyObject(lambda: self.project_names),
            'is_read': not read.is_pending,
            'unread': [(registry.BY_COLLECTION[name], failure) for name, failure in read.failures.items()],
            'unreadable': unreadable(self.gbp),
        }
        # Not with the request: Horizon's context processors would ask Keystone for the user's projects.
        return render_to_string('gbp_status_ui/_pair.html', context), is_pending


def _said(known, one, other):
    """Return the context of what is known of two parties."""
    found = joined.worst_first(joined.between(known, one, other))
    answers = [answer.towards(known, *pair) for pair in ((one, other), (other, one))]
    return {
        'answers': [(each, words.between(each)) for each in answers],
        'pictures': [ways.picture(known, way, one) for way in found[: ways.SHOWN]],
        'others': max(0, len(found) - ways.SHOWN),
        'rule_sets': [] if found else [_rule_sets(known, row) for row in (one, other)],
        'automatic': remarks.automatic() if one.is_automatic or other.is_automatic else '',
    }


def _rule_sets(known, row):
    """Return (party, [(what it does with them, those that can be seen, how many cannot)])."""
    found = []
    for label, attribute in ((_('provides'), facts.PROVIDED), (_('consumes'), facts.CONSUMED)):
        rows = [known.get(facts.RULE_SETS, id_) for id_ in facts.ids(row, attribute)]
        found.append((label, list(filter(None, rows)), rows.count(None)))
    return row, found
