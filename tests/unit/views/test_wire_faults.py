# SPDX-License-Identifier: Apache-2.0
"""Whatever happens on the wire, each view answers, says that it could not read, and never that all is well or gone."""

import gc
from http import HTTPStatus
import re
import warnings

from django.test import override_settings
import pytest
import requests

from openstack_dashboard.api import keystone

from gbp_status_ui.caching import store
from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.model import scope
from gbp_status_ui.service import projects
from gbp_status_ui.views.base import FRAGMENT

from tests import faulty_service
from tests import markup
from tests.clients import Client
from tests.unit import population
from tests.unit import sessions
from tests.unit import stand_in
from tests.unit import wire_faults
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS
from tests.unit.viewing import said

EXTERNAL, RULE_SETS = 'external_policies', 'policy_rule_sets'
SCRIPT = {'X-Requested-With': 'XMLHttpRequest'}
PART_OF_PAGE = {**SCRIPT, FRAGMENT: 'list'}
#: So that a test can wait for it.
SHORT = {'time_limit': 0.2}
#: What a view says where something could not be read.
SAYS_SO = re.compile(
    'could not be read|gave no usable answer|did not answer within|did not list them in time'
    '|does not allow you to read|does not accept your login'
)
#: What nobody may say of what nobody has read.
SAYS_WELL = re.compile(
    'no error, and|There are none|Nothing depends on|reports? no error of|data-gbp-status-empty'
    '|has been deleted|There is no such (?:resource|group)|does not know this kind|data-gbp-status="(?!ERROR)'
    '|No rule set joins|no rule set joins it|No way|Nothing is allowed|Works as far|Allowed: '
)
#: Or that it is still being read, where the service takes longer than a request waits.
SAYS_SO_OR_WAITS = re.compile(f'{SAYS_SO.pattern}|being read|pending\n[a-z]')


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def gbp():
    """The stand-in, to be reached by a real socket."""
    return stand_in.StandIn(sessions.EVERYBODY)


@pytest.fixture(autouse=True)
def keystone_projects():
    """Keystone is not asked, but for those tests that are about it."""


@pytest.fixture
def well(gbp):
    """Answer as the stand-in does."""

    def answer(handler):
        asked = requests.Request('GET', sessions.NETWORK_URL + handler.path, headers=dict(handler.headers)).prepare()
        response = gbp.send(asked)
        body = response.raw.read()
        handler.wfile.write(
            b'HTTP/1.1 %d Said\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s'
            % (response.status_code, len(body), body)
        )

    return answer


@pytest.fixture
def service(well, monkeypatch):
    with faulty_service.running(well) as running:
        monkeypatch.setattr(sessions, 'NETWORK_URL', running.url)
        yield running


@pytest.fixture
def ids(gbp):
    return population.fill(gbp, 1, status='ERROR', details='leaf-203 is down')


@pytest.fixture
def client(service):
    return sessions.MEMBER.log_in(Client())


def views(ids):
    """Return {name: (address, headers)} of the views."""
    of = scope.PROJECT.url
    group, chain = ids[GROUPS][0], ids[CHAINS][0]
    return {
        'page': (of('index') + '?tab=gbp_status_tabs__groups', PART_OF_PAGE),
        'page of chains': (of('index') + '?tab=gbp_status_tabs__service_chains', PART_OF_PAGE),
        'problems': (of('lines') + '?kind=problems', SCRIPT),
        'line': (f'{of("lines")}?kind={GROUPS}&kind={CHAINS}', SCRIPT),
        'poll': (f'{of("statuses")}?{GROUPS}={group}&{CHAINS}={chain}', SCRIPT),
        'explanation': (of('explanation', GROUPS, group), SCRIPT),
        'dependants': (f'{of("fragments", GROUPS, group)}?kind=affected', SCRIPT),
        'ways': (f'{of("fragments", GROUPS, group)}?kind=ways', SCRIPT),
        'ways over': (f'{of("fragments", RULE_SETS, ids[RULE_SETS][0])}?kind=carried', SCRIPT),
        'ways of two': (f'{of("pair_fragment")}?from={GROUPS}/{group}&to={EXTERNAL}/{ids[EXTERNAL][0]}', SCRIPT),
        'map': (of('lines') + '?kind=map&view=map', SCRIPT),
        'resource': (of('detail', GROUPS, group), PART_OF_PAGE),
        'chain': (of('detail', CHAINS, chain), PART_OF_PAGE),
        'csv': (of('export') + '?tab=gbp_status_tabs__groups&format=csv', {}),
        'json': (of('export') + '?tab=gbp_status_tabs__overview&format=json', {}),
    }


#: Those that need no more than one kind and what is built from it, or builds it.
OF_A_GROUP = ('problems', 'explanation', 'dependants', 'resource', 'json')


#: How often a page retries at most; each time it waits as long as a request holds its worker.
MAX_RETRIES = 50


def look(client, ids, names=()):
    """Return {name of a view: (status, text)}."""
    found = {}
    for name, (address, headers) in views(ids).items():
        if not names or name in names:
            store.backend().clear()
            response = read(client, address, headers)
            found[name] = response.status_code, said(response)
    return found


def read(client, address, headers):
    """Return what a page gets that retries until nothing is pending any more."""
    response = client.get(address, headers=headers)
    for _ in range(MAX_RETRIES):
        if response.status_code != HTTPStatus.ACCEPTED:
            break
        headers = {**headers, NOT_BEFORE: response.headers[NOT_BEFORE]}
        response = client.get(address, headers=headers)
    return response


def require_said(found, words=SAYS_SO):
    """Each view says that it could not read, and none what nobody has read."""
    assert {name: seen for name, seen in found.items() if seen[0] not in {200, 403, 503}} == {}
    assert {name: seen for name, seen in found.items() if name != 'poll' and not words.search(seen[1])} == {}
    assert {name: SAYS_WELL.findall(text) for name, (_, text) in found.items() if SAYS_WELL.search(text)} == {}


def unwell(client, ids, *names):
    """Return {name of a view: (status, text)} of those that say that something could not be read."""
    found = look(client, ids, names)
    return {name: seen for name, seen in found.items() if seen[0] != 200 or SAYS_SO.search(seen[1])}


def require_well(client, ids, *names):
    assert unwell(client, ids, *names) == {}


def require_well_at_last(client, ids, *names):
    """Calls that began while the service was silent end first: who asks meanwhile shares their failure."""
    assert any(unwell(client, ids, *names) == {} for _ in range(MAX_RETRIES))


@pytest.mark.parametrize('fault', wire_faults.FEW.values(), ids=wire_faults.FEW)
def test_a_poll_says_that_nothing_is_gone(service, client, ids, fault):
    service.answer = fault

    answer = client.get(views(ids)['poll'][0]).json()

    assert (answer['rows'], answer['gone'], answer['unavailable']) == ({}, {}, [GROUPS, CHAINS])
    assert set(answer['reasons']) == {GROUPS, CHAINS}


def views_for(name, ids):
    """Return the names of the views that ask: all for some faults, a list, a show and one more for each other one."""
    if name in wire_faults.FEW or name == 'silent':
        return ()
    names = list(views(ids))
    return 'poll', 'chain', names[list(wire_faults.QUICK | wire_faults.SLOW).index(name) % len(names)]


@pytest.mark.slow
@pytest.mark.parametrize('name', wire_faults.QUICK)
def test_each_view_says_what_happened_on_the_wire(service, client, ids, well, name):
    service.answer = wire_faults.QUICK[name]
    require_said(look(client, ids, views_for(name, ids)))
    assert not [path for path, _headers in service.requests if wire_faults.ELSEWHERE in path]
    service.answer = well
    require_well(client, ids, 'poll')


@pytest.mark.slow
@pytest.mark.parametrize('name', wire_faults.SLOW)
def test_each_view_answers_while_the_service_does_not(service, client, ids, well, name):
    service.answer = wire_faults.failing(wire_faults.SLOW[name], well, ['extensions'])
    with override_settings(GBP_STATUS_UI=SHORT):
        require_said(look(client, ids, views_for(name, ids)), SAYS_SO_OR_WAITS)
    service.answer = well
    require_well_at_last(client, ids, 'page', 'poll')


@pytest.mark.slow
@pytest.mark.parametrize('fault', wire_faults.FEW.values(), ids=wire_faults.FEW)
def test_what_is_read_is_shown_beside_what_is_not(service, client, ids, well, fault):
    service.answer = wire_faults.failing(fault, well, ['extensions', GROUPS])
    found = look(client, ids, OF_A_GROUP)

    require_said(found)
    # A file that lacks rows is none, and nothing but what depends on the group is said of what depends on it.
    assert [name for name, (_status, text) in found.items() if ids[GROUPS][0] not in text] == ['dependants', 'json']


def test_a_service_that_takes_no_connection_is_said(service, client, ids):
    service.shutdown()
    service.server_close()

    require_said(look(client, ids))


@pytest.mark.slow
def test_one_refusal_of_a_token_is_said_and_passes(service, client, ids, well):
    for name in views(ids):
        service.answer = wire_faults.failing(wire_faults.once(wire_faults.UNAUTHORIZED, well), well, ['extensions'])
        ((status, text),) = look(client, ids, [name]).values()

        assert status == (302 if name in {'csv', 'json'} else 503)
        assert not SAYS_WELL.search(text)
        require_well(client, ids, name)


@pytest.fixture
def keystone_service(monkeypatch):
    # To read the rules of Horizon's policies takes seconds.
    monkeypatch.setattr(keystone.policy, 'check', lambda *_: True)
    with faulty_service.running(faulty_service.silent) as running:
        monkeypatch.setattr(keystone, '_get_endpoint_url', lambda *_: running.url)
        yield running


@pytest.mark.slow
@pytest.mark.parametrize(
    'fault', [*wire_faults.FEW.values(), *wire_faults.SLOW.values()], ids=[*wire_faults.FEW, *wire_faults.SLOW]
)
def test_a_keystone_that_fails_costs_the_names_of_projects_alone(service, keystone_service, ids, monkeypatch, fault):
    monkeypatch.setattr(projects, 'LIMIT_SECONDS', 0.3)
    keystone_service.answer = fault
    administrator = sessions.ADMINISTRATOR.log_in(Client())
    with warnings.catch_warnings():
        # Of an answer that it refuses ("two lengths") urllib3 leaves the socket to the garbage collector.
        warnings.simplefilter('ignore', ResourceWarning)
        response = administrator.get(scope.ADMIN.url('index'), {'tab': 'gbp_status_tabs__groups'}, headers=PART_OF_PAGE)
        gc.collect()

    assert keystone_service.requests
    assert ids[GROUPS][0] in said(response)
    assert markup.texts(markup.fragment(response.content.decode()), 'td.gbp-status-column-project') == ['demo', 'demo']
    assert not SAYS_SO.search(said(response))
