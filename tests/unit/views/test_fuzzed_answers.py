# SPDX-License-Identifier: Apache-2.0
"""Whole answers of GBP and Keystone, changed as hypothesis draws it, take no view down and make none of them lie.

test_malformed_answers.py says what users see of single faults; this looks for faults that nobody has thought of. FUZZ
multiplies the examples. A failure is printed with a line ``@reproduce_failure`` that repeats it.
"""

import dataclasses
import html
import json
import os
import re

import hypothesis
from hypothesis import configuration
from hypothesis import strategies as st
import pytest
import requests

from openstack_dashboard.api import keystone

from gbp_status_ui.caching import store
from gbp_status_ui.health.query import GROUPINGS
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses
from gbp_status_ui.model import texts
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.service import projects
from gbp_status_ui.views.base import FRAGMENT

from tests import markup
from tests import mutating
from tests.unit import addresses
from tests.unit import population
from tests.unit import stand_in
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.viewing import said
from tests.unit.viewing import UNFIT

TIMES = int(os.environ.get('FUZZ') or 1)
#: The view, and whether Horizon's frame is around it: that takes the most of a page's time.
VIEWS = {
    'index': 3,
    'part of index': 10,
    'detail': 2,
    'part of detail': 10,
    'statuses': 10,
    'lines': 6,
    'export': 6,
    'explanation': 6,
    'fragments': 6,
    'pair': 2,
    'pair_fragment': 6,
    'another page': 2,
}
#: What may stand in the address of a page of tables or problems, besides its tab.
FILTERS = (
    '',
    '&status=error',
    '&q=-BANANA',
    '&q=text',
    '&since=24h',
    '&size=1&page=2',
    '&project=other',
    *(f'&sort={name}' for name in ('name', '-status', 'project', 'description', '-shared', 'ip_pool', '-since')),
    *(f'&group={name}' for name in GROUPINGS),
)
WITH_FILTER = {'index', 'part of index', 'lines', 'export'}
SHOWN = re.compile('data-gbp-status="([^"]*)"')
SETTINGS = hypothesis.settings(
    database=None,
    deadline=None,
    phases=(hypothesis.Phase.generate, hypothesis.Phase.shrink),
    print_blob=True,
    suppress_health_check=list(hypothesis.HealthCheck),
)
STATUSES = (400, 401, 403, 404, 409, 429, 500, 503)
ALLOWED = {200, 302, 403, 404, 503}
ERROR = {'NeutronError': {'type': 'PolicyTargetGroupNotFound', 'message': 'There is none.', 'detail': ''}}
#: Damages after which a JSON value may still be read.
HARMLESS = {None, 'mark', 'utf-16'}
POLLED = [GROUPS, CHAINS]
NAMES = ['extensions', 'projects', *registry.BY_COLLECTION]


@dataclasses.dataclass
class Faults:
    """What becomes of each answer: changes of all, of single collections, and other bytes or a refusal in place of one.

    ``sent`` is [(call, HTTP status, JSON value, damage)].
    """

    everywhere: list
    single: dict
    spoiled: dict
    sent: list = dataclasses.field(default_factory=list)

    def rewrite(self, asked, answer):
        """Return what is sent instead of an answer (StandIn.rewrite)."""
        name = asked.collection
        status, damage = self.spoiled.get(name, (200, None))
        changes = self.single.get(name, []) + ([] if name in ('extensions', 'projects') else self.everywhere)
        changed = mutating.changed(answer if status == 200 else ERROR, changes)
        self.sent.append((asked, status, changed, damage))
        raise stand_in.Refused(status, body=mutating.encoded(changed, damage))

    @property
    def reported(self):
        """The statuses that rows of the answers have, as a page may show them."""
        words = [row.get('status') for _asked, _status, value, _damage in self.sent for row in _dicts(value)]
        return {statuses.read(_as_text(word)).value for word in (None, *words)}


def faults_of(view):
    """Return the strategy of what becomes of the answers that a view asks for."""
    names = st.sampled_from(POLLED if view == 'statuses' else NAMES)
    return st.builds(
        Faults,
        st.lists(mutating.CHANGES, max_size=3),
        st.dictionaries(names, st.lists(mutating.CHANGES, min_size=1, max_size=3), max_size=2),
        st.dictionaries(
            names,
            st.tuples(st.sampled_from((200, *STATUSES)), st.sampled_from((None, *mutating.DAMAGES))),
            max_size=1,
        ),
    )


@pytest.fixture(autouse=True, scope='module')
def home(tmp_path_factory):
    """Hypothesis keeps tables of its own in a directory, which must not be one of the tree."""
    configuration.set_hypothesis_home_dir(str(tmp_path_factory.mktemp('hypothesis')))


class KeystoneProjects(requests.adapters.BaseAdapter):
    """Keystone's list of projects, at the border of its client."""

    def __init__(self):
        super().__init__()
        self.faults = None

    def send(self, request, **_options):
        listed = [{'id': name, 'name': name.title(), 'domain_id': 'default'} for name in ('demo', 'other', 'admin')]
        return stand_in.respond(
            request,
            lambda: self.faults.rewrite(stand_in.Request('/projects', {}), {'projects': listed, 'links': {}}),
        )

    def close(self):
        """Nothing is open."""


@pytest.fixture(autouse=True)
def keystone_projects(monkeypatch):
    """The real client asks, and gets changed answers."""
    adapter = KeystoneProjects()
    # To read the rules of Horizon's policies takes seconds.
    monkeypatch.setattr(keystone.policy, 'check', lambda *_: True)
    monkeypatch.setattr(projects.transport, 'Adapter', lambda: adapter)
    return adapter


@pytest.fixture
def ids(gbp):
    return population.fill(gbp, 2, project='admin', status='ERROR', details='leaf-203 is down')


def _as_text(word):
    word = texts.cleaned(word)
    return word if word is None or isinstance(word, str) else json.dumps(word, ensure_ascii=False)


def _dicts(value):
    """Return all dicts in a JSON value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [one for part in inner for one in _dicts(part)]


def asked_of(view, panel, ids):
    """Return the addresses of a view."""
    if view == 'another page':
        return ['/project/api_access/']
    if view == 'statuses':
        return [panel.url(view) + '?' + '&'.join(f'{name}={",".join(ids[name])}' for name in POLLED)]
    if view == 'lines':
        return [f'{panel.url(view)}?kind={name}' for name in (*['problems'] * 10, *registry.BY_COLLECTION)]
    return addresses.by_view(panel, ids)[view.rpartition(' ')[2]]


def may_be_gone(faults, collection, id_):
    """Say whether what was sent says that a resource is gone: a list without it, or GBP's own 404."""
    return all(
        (_is_error_of_gbp(status, value) if asked.resource_id else _lacks(value[collection], id_))
        and damage in HARMLESS
        for asked, status, value, damage in faults.sent
        if asked.collection == collection
    )


def _is_error_of_gbp(status, value):
    return status == 404 and isinstance(value, dict) and isinstance(value.get('NeutronError'), dict)


def _lacks(rows, id_):
    return all(isinstance(row, dict) and is_id(row.get('id')) and row['id'] != id_ for row in rows)


def require_well_formed(view, response):
    """An answer is valid HTML, alone or in JSON."""
    if 'json' in response.headers['Content-Type']:
        for text in response.json().get('fragments', {}).values() if view != 'export' else ():
            markup.fragment(text)
    elif view.startswith('part of') and response.status_code == 200:
        markup.fragment(response.content.decode())


def require_truth(faults, response, ids):
    """A poll says of each resource how it is, that it is gone, or that it could not be read; and nobody's guess."""
    answer = response.json()
    for collection, id_ in ((name, id_) for name in POLLED for id_ in ids[name]):
        known = id_ in answer['rows'].get(collection, ()) or collection in answer['unavailable']
        assert known or (id_ in answer['gone'][collection] and may_be_gone(faults, collection, id_))


@pytest.mark.slow
@pytest.mark.parametrize('panel', [scope.PROJECT, scope.ADMIN], ids=['project', 'admin'])
@pytest.mark.parametrize('view', VIEWS)
def test_no_answer_takes_a_view_down_or_makes_it_lie(
    gbp, keystone_projects, administrator, ids, pytestconfig, panel, view
):
    order = pytestconfig.getoption('randomly_seed', 0)
    headers = {FRAGMENT: 'list'} if view.startswith('part of') else {}

    @hypothesis.seed(f'{order} {view} {panel.dashboard}')
    @hypothesis.settings(SETTINGS, max_examples=VIEWS[view] * TIMES)
    @hypothesis.given(faults_of(view), st.sampled_from(asked_of(view, panel, ids)), st.sampled_from(FILTERS))
    def look(faults, address, more):
        store.backend().clear()
        gbp.rewrite, keystone_projects.faults = faults.rewrite, faults
        response = administrator.get(address + more if view in WITH_FILTER else address, headers=headers)
        text = said(response)

        assert response.status_code in ALLOWED
        assert not UNFIT.search(text)
        assert {html.unescape(word) for word in SHOWN.findall(text)} <= faults.reported
        require_well_formed(view, response)
        if view == 'statuses' and response.status_code == 200 and panel.all_projects:
            require_truth(faults, response, ids)

    look()
