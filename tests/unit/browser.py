# SPDX-License-Identifier: Apache-2.0
"""What a page of the dashboard asks for by itself, as its scripts do, in simulated time."""

import dataclasses

from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.model import scope

from tests import markup
from tests.unit.viewing import calls

SCRIPT = {'X-Requested-With': 'XMLHttpRequest'}

#: For how many seconds a page retries what is pending.
WAIT_SECONDS = 600

#: Of how many rows one poll asks at most.
MAX_IDS = 100


@dataclasses.dataclass
class Asked:
    """One request of the page: when it was sent, how long it was held, and what came."""

    view: str
    parameters: dict
    at: float
    seconds: float
    answer: object


class Browser:
    """One page that is open; what it has asked for stands in ``asked``."""

    def __init__(self, client, simulation, panel=scope.PROJECT):
        self._client = client
        self._simulation = simulation
        self._panel = panel
        self.asked = []
        self.document = None
        self.fragments = {}
        self.not_before = ''

    @property
    def calls(self):
        """How many calls to GBP the requests say that they have made."""
        return sum(calls(one.answer) for one in self.asked)

    def get(self, view, parameters, headers=None, expected=(200, 202, 304)):
        """Send one request and return its answer."""
        at = self._simulation.monotonic()
        answer = self._client.get(self._panel.url(view), parameters, headers=headers or {})
        self.asked.append(Asked(view, parameters, at, self._simulation.monotonic() - at, answer))
        assert answer.status_code in expected, answer.content
        return answer

    def open(self, headers=None, **parameters):
        """Open the panel's page; return its document."""
        self.document = markup.page(self.get('index', parameters, headers))
        root = self.document.query_one('[data-gbp-status-not-before]')
        self.not_before = root.attrs['data-gbp-status-not-before']
        return self.document

    # The overview

    def pending_fragments(self):
        """Return the names of the fragments that the page still lacks."""
        sections = self.document.query('[data-gbp-status-fragment]')
        return [one.attrs['data-gbp-status-fragment'] for one in sections if 'data-gbp-status-pending' in one.attrs]

    def retry_fragments(self, wait_seconds=WAIT_SECONDS):
        """Ask for the fragments that are pending until they are there; return what is still pending."""
        return self._fragments_until_done(self.pending_fragments(), {NOT_BEFORE: self.not_before}, wait_seconds)

    def heartbeat(self, **headers):
        """Read all fragments of the overview again."""
        sections = self.document.query('[data-gbp-status-fragment]')
        names = [one.attrs['data-gbp-status-fragment'] for one in sections]
        return self._fragments_until_done(names, {'Cache-Control': 'max-age=2', **headers})

    def _fragments_until_done(self, pending, headers, wait_seconds=WAIT_SECONDS):
        ends = self._simulation.monotonic() + wait_seconds
        while pending and self._simulation.monotonic() < ends:
            answer = self.get('lines', {'kind': pending}, {**SCRIPT, **headers})
            said = answer.json()
            self.fragments |= said['fragments']
            pending = said['pending']
            if pending:
                headers = headers | {NOT_BEFORE: answer.headers[NOT_BEFORE]}
                self._simulation.let_pass(int(answer.headers['Retry-After']))
        return pending

    # Tables

    def statuses(self):
        """Return {id: status} of the badges of the page."""
        return {
            badge.attrs['data-gbp-status-id']: badge.attrs['data-gbp-status']
            for badge in self.document.query('td .gbp-status-badge')
        }

    def unread(self):
        """Return {collection: ids} of the rows on the page whose statuses have not been read yet."""
        return {
            collection: ids[:MAX_IDS]
            for collection in sorted({self._kind(badge) for badge in self._unread_badges()})
            if (ids := [self._id(badge) for badge in self._unread_badges() if self._kind(badge) == collection])
        }

    def _unread_badges(self):
        return [one for one in self.document.query('td .gbp-status-badge') if not one.attrs['data-gbp-status']]

    def _kind(self, badge):
        return badge.attrs['data-gbp-status-kind']

    def _id(self, badge):
        return badge.attrs['data-gbp-status-id']

    def poll(self, wanted, wait_seconds=WAIT_SECONDS, **headers):
        """Ask for rows, {collection: ids}, until all have come; return {id: status}, None for what is gone."""
        found, headers = {}, {NOT_BEFORE: self.not_before, **headers}
        ends = self._simulation.monotonic() + wait_seconds
        while wanted and self._simulation.monotonic() < ends:
            answer = self.get('statuses', {kind: ','.join(ids) for kind, ids in wanted.items()}, {**SCRIPT, **headers})
            said = answer.json()
            found |= {id_: row['status'] for rows in said['rows'].values() for id_, row in rows.items()}
            found |= {id_: None for ids in said['gone'].values() for id_ in ids}
            wanted = said.get('pending', {})
            if wanted:
                headers[NOT_BEFORE] = answer.headers[NOT_BEFORE]
                self._simulation.let_pass(int(answer.headers['Retry-After']))
        return found

    def retry_list(self, **parameters):
        """Ask for the fragment of the page that is its list until that has been made; return its document."""
        return self._list_until_done({NOT_BEFORE: self.not_before}, parameters)

    def refresh(self, **parameters):
        """Have all read anew, as by the button; return the document of the list."""
        return self._list_until_done({'Cache-Control': 'max-age=0'}, parameters)

    def _list_until_done(self, headers, parameters):
        headers = {'Gbp-Status-Fragment': 'list', **SCRIPT, **headers}
        ends = self._simulation.monotonic() + WAIT_SECONDS
        while self._simulation.monotonic() < ends:
            answer = self.get('index', parameters, headers)
            if answer.status_code == 200:
                self.document = markup.fragment(answer.content.decode())
                return self.document
            headers[NOT_BEFORE] = answer.headers[NOT_BEFORE]
            self._simulation.let_pass(int(answer.headers['Retry-After']))
        raise AssertionError('The list is still being read.')
