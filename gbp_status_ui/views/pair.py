# SPDX-License-Identifier: Apache-2.0
"""The ways between two groups, in both directions: a page that the address of both leads to, and its fragment."""

from __future__ import annotations

import dataclasses
from typing import Any
import urllib.parse

from django.http import HttpResponse
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from horizon import views

from gbp_status_ui.health import automatic
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import ends
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.loading import Loader
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import ways
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import LaterView
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.page import page_settings
from gbp_status_ui.views.page import read_state
from gbp_status_ui.views.tables import GROUPS_TAB

#: What the fragment of the page is called.
NAME = 'ways'

#: The parameters of the address: a whole name or an id each.
FROM, TO = 'from', 'to'

#: The parameter of each row that was marked on the tab of groups: its id.
MARKED = 'marked'


_NO_END = _('There is no such group.')


@dataclasses.dataclass(frozen=True)
class End:
    """One end as the address says it, and the groups and external groups that are called so."""

    parameter: str
    label: str
    text: str
    found: list[Resource]
    unread: list[tuple[Kind, Failure]]

    @property
    def row(self) -> Resource | None:
        """The only one; None where there is none, or several."""
        return self.found[0] if len(self.found) == 1 else None


class PairView(ScopedView, views.HorizonTemplateView):
    """``GET <panel>/ways/?from=<name or id>&to=<name or id>``."""

    template_name = 'gbp_status_ui/pair.html'
    page_title = _('Ways between groups')
    opens_page = True

    def get(self, request: Request, *args: str, **kwargs: str) -> HttpResponse:
        """Answer the page; what was marked leads to the address that holds both ends."""
        if self.parameters.getlist(MARKED) and not self._too_many:
            named = urllib.parse.urlencode(dict(zip((FROM, TO), self._named)))
            return redirect(f'{self.scope.url("pair")}?{named}')
        return super().get(request, *args, **kwargs)

    @property
    def _named(self) -> list[str]:
        """What the address names: in the form, and by marks."""
        texts = [self.parameters.get(name, '').strip() for name in (FROM, TO)]
        return [text for text in (*texts, *self.parameters.getlist(MARKED)) if text]

    @property
    def _too_many(self) -> int:
        """How many groups are named, if these are more than two."""
        number = len(self._named)
        return number if number > len((FROM, TO)) else 0

    def _ends(self) -> list[End]:
        texts = [
            (name, label, self.parameters.get(name, '').strip()) for name, label in ((FROM, _('From')), (TO, _('To')))
        ]
        found = [End(name, label, text, *ends.called(self.gbp, text)) for name, label, text in texts]
        automatic.name(self.gbp, [row for end in found for row in end.found])
        return found

    def get_context_data(self, **kwargs: Any) -> Context:
        found = self._ends()
        first, second = found
        return super().get_context_data(
            scope=self.scope,
            ends=found,
            is_asked=bool(first.text and second.text) and not self._too_many,
            is_half_asked=bool(first.text) != bool(second.text),
            too_many=self._too_many,
            groups_url=self.scope.url('index') + Query(GROUPS_TAB).address(),
            unread=list(dict.fromkeys([*first.unread, *second.unread])),
            unreadable=unreadable(self.gbp),
            is_same=first.row is not None and second.row is not None and first.row.id == second.row.id,
            pair=(first.row, second.row) if first.row and second.row else None,
            within='' if first.row is None or facts.is_external(first.row) else words.within(first.row),
            project_names=SimpleLazyObject(lambda: self.project_names),
            **page_settings(self.request, self.scope),
            **read_state(self.gbp),
            **kwargs,
        )


class PairFragmentView(LaterView):
    """``GET ways/fragment/?from=<kind>/<id>&to=<kind>/<id>``: as FragmentsView, of which there is one, ``ways``."""

    def get(self, request: Request) -> JsonResponse:
        """Answer 200, 404 where an end is not there, or 503 where GBP does not say."""
        keys = [tuple(self.parameters.get(name, '').split('/', 1)) for name in (FROM, TO)]
        if not all(map(_may_be_end, keys)):
            return JsonResponse({'error': str(_NO_END)}, status=404)
        read = loading.between(self.gbp, *keys)
        one, other = (read.known.get(*key) for key in keys)
        if read.is_pending:
            return self.answer({NAME: ('', True)})
        if not (one and other):
            failure = read.failures.get(keys[1][0] if one else keys[0][0])
            return self.answer_failure(failure) if failure else JsonResponse({'error': str(_NO_END)}, status=404)
        return self.answer({NAME: self._fragment(read, one, other)})

    def _fragment(self, read: Loader, one: Resource, other: Resource) -> tuple[str, bool]:
        automatic.name(self.gbp, [one, other], automatic.names_of(read.known.of_kind(facts.L2_POLICIES)))
        is_pending = ways.read_stops(self, read, all_ways.between(read.known, one, other)[: ways.MAX_SHOWN_WAYS])
        context = {
            **_said(read.known, one, other),
            'resource': one,
            'unread': [(registry.BY_COLLECTION[name], failure) for name, failure in read.failures.items()],
            'unreadable': unreadable(self.gbp),
        }
        return self.rendered('gbp_status_ui/_pair.html', context), is_pending


def _may_be_end(key: tuple[str, ...]) -> bool:
    """Say whether (collection, id) of an address may be that of a group or an external group."""
    return len(key) == len((FROM, TO)) and key[0] in (facts.GROUPS, facts.EXTERNAL) and is_id(key[1])


def _said(known: facts.Known, one: Resource, other: Resource) -> Context:
    """Return the context of what is known of two parties."""
    found = all_ways.worst_first(all_ways.between(known, one, other))
    answers = [reachability.towards(known, *pair) for pair in ((one, other), (other, one))]
    return {
        'answers': [(each, words.between(each)) for each in answers],
        'pictures': [ways.picture(known, way, one) for way in found[: ways.MAX_SHOWN_WAYS]],
        # The answers say already what is to be said of one.
        'is_single': len(found) == 1 and any(each.verdict for each in answers),
        'others': max(0, len(found) - ways.MAX_SHOWN_WAYS),
        'rule_sets': [] if found else [_rule_sets(known, row) for row in (one, other)],
        'remarks': ways.remarks_on(found[: ways.MAX_SHOWN_WAYS], one, other),
    }


def _rule_sets(known: facts.Known, row: Resource) -> tuple[Resource, list[tuple[str, list[Resource], int]]]:
    """Return (party, [(what it does with them, those that can be seen, how many cannot)])."""
    found = []
    for label, attribute in ((_('provides'), facts.PROVIDED), (_('consumes'), facts.CONSUMED)):
        rows = [known.get(facts.RULE_SETS, id_) for id_ in facts.named(row, attribute)]
        found.append((label, list(filter(None, rows)), rows.count(None)))
    return row, found
