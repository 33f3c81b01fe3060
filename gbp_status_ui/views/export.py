# SPDX-License-Identifier: Apache-2.0
"""The rows that an address asks for as a file: CSV or JSON, all pages of them."""

import datetime

from django.http import HttpResponse
from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from gbp_status_ui.health.board import Board
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.query import TAB_GROUP
from gbp_status_ui.model import registry
from gbp_status_ui.views import spreadsheet
from gbp_status_ui.views.base import ScopedView

COLUMNS = ('kind', 'id', 'name', 'description', 'project_id', 'project', 'shared', 'status', 'status_details')


class ExportView(ScopedView, View):
    """``GET export/?format=csv|json`` with the parameters of the index page; the page number does not count."""

    def get(self, request):
        """Answer a file, 400 for a format or a tab that there is not, or 503 where a kind could not be read."""
        write = {'csv': _csv, 'json': _json}.get(self.parameters.get('format'))
        if write is None:
            return _refusal(_('The format must be csv or json.'), status=400)
        tab = self.parameters.get('tab', '').removeprefix(f'{TAB_GROUP}__')
        if tab not in [known.slug for known in registry.TABS]:
            return _refusal(_('Only a tab of tables can be exported: name one of them.'), status=400)
        board = Board(self.gbp, Query.of(self.parameters, tab), self.project_names)
        board.freshen([row for kind in board.kinds for row in board.rows(kind)])
        rows = [row for kind in board.kinds for row in board.rows(kind)]
        unread = _unread(board, rows)
        if unread:
            return _refusal(_('%s could not be read.') % ', '.join(unread), status=503)
        response = write([self._record(row) for row in rows])
        name = _file_name(board.query, self.parameters['format'])
        patch_cache_control(response, no_store=True)
        response.headers['Content-Disposition'] = f'attachment; filename="{name}"'
        return response

    def _record(self, row):
        return {
            'kind': row.kind.collection,
            'id': row.id,
            'name': row.attributes.get('name') or '',
            'description': row.description,
            'project_id': row.project_id,
            'project': self.project_names[row.project_id],
            'shared': row.shared,
            'status': row.status.value,
            'status_details': row.details,
        }


def _unread(board, rows):
    """Return the names of the kinds that failed, or of which a row would carry a status only as last reported."""
    failed = [listing.kind for listing in board.listings.values() if listing.failure]
    stale = [row.kind for row in rows if not row.fresh]
    return list(dict.fromkeys(str(kind.label_plural) for kind in (*failed, *stale)))


def _file_name(query, ending):
    moment = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
    return f'policy-status-{query.kind or query.tab}-{moment}.{ending}'


def _refusal(text, status):
    return HttpResponse(text, status=status, content_type='text/plain; charset=utf-8')


def _csv(records):
    response = HttpResponse(content_type='text/csv; charset=utf-8')
    spreadsheet.write(records, COLUMNS, response)
    return response


def _json(records):
    return JsonResponse(records, safe=False, json_dumps_params={'ensure_ascii': False, 'indent': 1})
