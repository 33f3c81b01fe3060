# SPDX-License-Identifier: Apache-2.0
"""The poll: the statuses of ids, each with its badge, in one answer that says nothing where nothing changed."""

from __future__ import annotations

from collections.abc import Iterable
import hashlib

from django.http import HttpResponse
from django.http import JsonResponse
from django.http import QueryDict
from django.utils.cache import get_conditional_response
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from gbp_status_ui import conf
from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import sightings
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Request
from gbp_status_ui.templatetags.gbp_status import iso
from gbp_status_ui.views.badges import badge
from gbp_status_ui.views.base import ScopedView


class BadQuestion(ValueError):
    """What a poll asks cannot be answered; the message says why."""


class StatusesView(ScopedView):
    """``GET statuses/?<kind>=<id>,<id>&<kind>=<id>``: contract in docs/details.rst."""

    background = True

    @property
    def will_retry(self) -> bool:
        return self.gbp.is_pending

    def get(self, request: Request) -> HttpResponse:
        """Answer 200 with JSON, 304 where the asker holds the same already, or 400 with what is wrong."""
        try:
            wanted = _question(self.parameters)
        except BadQuestion as fault:
            return JsonResponse({'error': str(fault)}, status=400)
        response = JsonResponse(self._answer(wanted))
        response.headers['Cache-Control'] = 'private, no-cache'
        patch_vary_headers(response, ['Cookie', 'Accept-Language'])
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        response.headers['ETag'] = etag
        return get_conditional_response(request, etag=etag, response=response)

    def _answer(self, wanted: Ids) -> dict[str, object]:
        served = {kind.collection for kind in self.gbp.served(registry.BY_COLLECTION[name] for name in wanted)}
        found = self.gbp.poll({name: ids for name, ids in wanted.items() if name in served})
        rows = found.by_key.values()
        automatic.name(self.gbp, rows)
        beneath.of(self.gbp, rows)
        sightings.note(self.gbp, rows)
        pending = _with_unfinished(found.pending, rows)
        answer = {
            'rows': {
                collection: {id_: self._row(row) for id_, row in of_kind.items()}
                for collection, of_kind in found.rows.items()
                if of_kind
            },
            'gone': found.gone,
            'unavailable': sorted({*found.unavailable, *(set(wanted) - served)}),
        }
        reasons = {name: failure.reason.value for name, failure in found.unavailable.items()}
        return answer | _filled(reasons=reasons, pending=pending)

    def _row(self, resource: Resource) -> dict[str, object]:
        row = {
            'status': resource.status.value,
            'details': resource.details,
            'transient': resource.status.transient,
            'badge': badge(resource, self.scope, self.request).strip(),
        }
        row |= {'since': iso(resource.since)} if resource.since else {}
        return row | ({'below': resource.beneath.records} if resource.beneath and resource.badge_note else {})


def _filled(**entries: object) -> dict[str, object]:
    return {name: entry for name, entry in entries.items() if entry}


def _with_unfinished(pending: Ids, rows: Iterable[Resource]) -> Ids:
    """Return {collection: ids} of what the page asks for again: also rows beneath which something is being read."""
    found = {name: list(ids) for name, ids in pending.items()}
    for row in rows:
        if row.beneath and row.beneath.is_pending:
            found.setdefault(row.kind.collection, []).append(row.id)
    return found


def _question(parameters: QueryDict) -> Ids:
    """Return {collection: [ids]} of a poll's parameters, each id once."""
    wanted = {collection: _ids(collection, ','.join(values)) for collection, values in parameters.lists()}
    if not any(wanted.values()):
        raise BadQuestion(_('Name at least one resource: ?policy_target_groups=<id>.'))
    if sum(map(len, wanted.values())) > conf.MAX_CALL_IDS:
        raise BadQuestion(_('One request may name %s resources at most.') % conf.MAX_CALL_IDS)
    return wanted


def _ids(collection: str, text: str) -> list[str]:
    if collection not in registry.BY_COLLECTION:
        raise BadQuestion(_('There is no kind of resource named %s.') % collection)
    ids = list(dict.fromkeys(filter(None, text.split(','))))
    for id_ in ids:
        if not is_id(id_):
            raise BadQuestion(_('%s is not the id of a resource.') % id_)
    return ids
