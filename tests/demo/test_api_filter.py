# SPDX-License-Identifier: Apache-2.0
"""The filter before Neutron's API: which calls fail, and what is written of each."""

import json

from gbp_demo import api_filter
import pytest


@pytest.fixture
def call(tmp_path):
    """Return a function that sends one GET through the filter and returns (status line, body)."""

    def application(environ, start_response):
        environ['HTTP_X_USER_ID'], environ['HTTP_X_PROJECT_ID'] = 'u1', 'p1'
        start_response('200 OK', [])
        return [environ.get('body', b'fine')]

    before = api_filter.CallFilter(application, str(tmp_path), str(tmp_path / 'calls'))

    def _call(path, query='', **more):
        started = []
        environ = {'REQUEST_METHOD': 'GET', 'PATH_INFO': path, 'QUERY_STRING': query, **more}
        body = b''.join(before(environ, lambda status, headers, *_: started.append(status)))
        return started[0], body

    return _call


@pytest.mark.parametrize(
    ('path', 'collection'),
    [
        ('/v2.0/grouppolicy/l3_policies', 'l3_policies'),
        ('/v2.0/grouppolicy/l3_policies.json', 'l3_policies'),
        ('/v2.0/grouppolicy/policy_target_groups/1f', 'policy_target_groups'),
        ('/v2.0/servicechain/servicechain_instances/1f', 'servicechain_instances'),
        ('/v2.0/networks', 'networks'),
        ('/v2.0/security-groups', 'security_groups'),
        ('/', ''),
    ],
)
def test_the_collection_of_a_path(path, collection):
    assert api_filter.collection_of(path) == collection


def test_a_call_without_a_fault_passes_and_is_logged(call, tmp_path):
    assert call('/v2.0/grouppolicy/l3_policies', 'id=1') == ('200 OK', b'fine')
    logged = json.loads((tmp_path / 'calls').read_text())
    assert logged['end'] >= logged['start']
    assert {key: logged[key] for key in ('method', 'path', 'query', 'status', 'user', 'project')} == {
        'method': 'GET',
        'path': '/v2.0/grouppolicy/l3_policies',
        'query': 'id=1',
        'status': 200,
        'user': 'u1',
        'project': 'p1',
    }


@pytest.mark.parametrize(
    ('agent', 'headers'),
    [
        ('gunicorn keystoneauth1/5.18.1 python-requests/2.34.2 CPython/3.11.7', [('Connection', 'close')]),
        ('python-neutronclient', []),
    ],
)
def test_of_clients_horizons_own_alone_are_told_to_close_their_connection(tmp_path, agent, headers):
    def application(environ, start_response):
        start_response('200 OK', [])
        return [b'fine']

    started = []
    before = api_filter.CallFilter(application, str(tmp_path), str(tmp_path / 'calls'))
    before({'HTTP_USER_AGENT': agent}, lambda *answer: started.append(answer))
    assert started == [('200 OK', headers)]


def test_only_the_named_collection_fails(call, tmp_path):
    (tmp_path / 'faults.json').write_text('{"l3_policies": {"status": 500}}')
    status, body = call('/v2.0/grouppolicy/l3_policies')
    assert status == '500 Internal Server Error'
    assert json.loads(body)['NeutronError']['type'] == 'DemoFault'
    assert call('/v2.0/grouppolicy/l2_policies')[0] == '200 OK'
    assert [json.loads(line)['status'] for line in (tmp_path / 'calls').read_text().splitlines()] == [500, 200]


def test_a_collection_of_its_own_comes_before_all(call, tmp_path):
    (tmp_path / 'faults.json').write_text('{"*": {"status": 503}, "l3_policies": {}}')
    assert call('/v2.0/grouppolicy/l3_policies')[0] == '200 OK'
    assert call('/v2.0/grouppolicy/nat_pools')[0] == '503 Service Unavailable'


def test_a_delayed_call_waits_and_passes(call, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr(api_filter.time, 'sleep', waited.append)
    (tmp_path / 'faults.json').write_text('{"l3_policies": {"delay": 3.0}}')
    assert call('/v2.0/grouppolicy/l3_policies')[0] == '200 OK'
    assert waited == [3.0]


def test_a_held_call_passes_once_the_fault_is_taken_away(call, tmp_path, monkeypatch):
    waited = []

    def wait(seconds):
        waited.append(seconds)
        if len(waited) == 3:
            (tmp_path / 'faults.json').unlink()

    monkeypatch.setattr(api_filter.time, 'sleep', wait)
    (tmp_path / 'faults.json').write_text('{"l3_policies": {"hold": true}}')
    assert call('/v2.0/grouppolicy/l3_policies')[0] == '200 OK'
    assert waited == [api_filter.HOLD_POLL_SECONDS] * 3


@pytest.mark.parametrize(
    ('path', 'query', 'status'),
    [
        ('/v2.0/grouppolicy/l3_policies', 'fields=id&fields=status', '500 Internal Server Error'),
        ('/v2.0/grouppolicy/l3_policies', 'fields=id&tenant_id=demo', '500 Internal Server Error'),
        ('/v2.0/grouppolicy/l3_policies', 'shared=True', '500 Internal Server Error'),
        ('/v2.0/grouppolicy/l3_policies', 'fields=id&status=ERROR', '200 OK'),
        ('/v2.0/grouppolicy/l3_policies/c1f3a9d2-0000-4000-8000-5e5b1c0f9a11', '', '200 OK'),
        ('/v2.0/grouppolicy/l2_policies', '', '200 OK'),
    ],
)
def test_a_fault_of_full_lists_leaves_those_with_a_filter(call, tmp_path, path, query, status):
    (tmp_path / 'faults.json').write_text('{"l3_policies": {"status": 500, "full": true}}')
    assert call(path, query)[0] == status


def test_a_fault_of_gbps_client_leaves_horizons_own(call, tmp_path):
    (tmp_path / 'faults.json').write_text('{"*": {"status": 500, "gbp": true}}')
    assert call('/v2.0/extensions', HTTP_USER_AGENT='gunicorn keystoneauth1/5.18.1')[0] == '200 OK'
    assert call('/v2.0/extensions', HTTP_USER_AGENT='python-neutronclient')[0] == '500 Internal Server Error'


def test_texts_are_replaced_and_ids_are_not(call, tmp_path):
    id_ = 'c1f3a9d2-0000-4000-8000-5e5b1c0f9a11'
    row = {'id': id_, 'tenant_id': 32 * 'a', 'name': 'web', 'status': 'ERROR', 'shared': False, 'rules': [id_, 'r']}
    (tmp_path / 'faults.json').write_text('{"l3_policies": {"say": "\\u0000\\ud800", "keep": ["status"]}}')
    status, body = call('/v2.0/grouppolicy/l3_policies', body=json.dumps({'l3_policies': [row]}).encode())

    assert status == '200 OK'
    assert json.loads(body) == {'l3_policies': [row | {'name': '\0\ud800', 'rules': [id_, '\0\ud800']}]}


def test_each_row_may_say_something_else(call, tmp_path):
    rows = [{'id': 32 * number, 'name': 'web', 'status': 'ERROR'} for number in '123']
    speeches = [{'say': 'a', 'keep': ['status']}, {'say': 'b'}]
    (tmp_path / 'faults.json').write_text(json.dumps({'l3_policies': {'rows': speeches}}))
    _, listed = call('/v2.0/grouppolicy/l3_policies', body=json.dumps({'l3_policies': rows}).encode())
    _, shown = call('/v2.0/grouppolicy/l3_policies/1', body=json.dumps({'l3_policy': rows[0]}).encode())

    said = [('a', 'ERROR'), ('b', 'b'), ('a', 'ERROR')]
    assert [(row['name'], row['status']) for row in json.loads(listed)['l3_policies']] == said
    assert json.loads(shown) == {'l3_policy': rows[0] | {'name': 'a'}}


@pytest.fixture
def worked(monkeypatch):
    """What the backend's processor was asked to work for, in seconds."""
    seconds = []
    monkeypatch.setattr(api_filter.costs.Processor, 'work', lambda self, some, goes_on: seconds.append(some))
    return seconds


@pytest.mark.parametrize(
    ('path', 'query', 'seconds'),
    [
        ('/v2.0/grouppolicy/l2_policies', 'fields=id&fields=status', 0.35),
        ('/v2.0/grouppolicy/l2_policies', 'fields=id', 0.004),
        ('/v2.0/grouppolicy/policy_target_groups', '', 0.024),
        ('/v2.0/grouppolicy/policy_target_groups', 'id=1&id=2', 0.04),
        ('/v2.0/networks', '', 0),
    ],
)
def test_an_answer_costs_by_its_rows_and_what_was_asked(call, tmp_path, worked, path, query, seconds):
    (tmp_path / 'costs.json').write_text('{"like": "apic"}')
    call(path, query, body=b'{"rows": [{"id": "1"}, {"id": "2"}]}')

    assert worked == [pytest.approx(seconds)]
    assert json.loads((tmp_path / 'calls').read_text())['cost'] == pytest.approx(seconds)


def test_a_show_costs_one_row_by_its_id(call, tmp_path, worked):
    (tmp_path / 'costs.json').write_text('{"like": "apic"}')
    call('/v2.0/grouppolicy/policy_target_groups/1', body=b'{"policy_target_group": {"id": "1"}}')
    assert worked == [0.02]


@pytest.mark.parametrize('body', [b'fine', b'[1]', b'{}', b'{"a": [], "b": []}'])
def test_what_has_no_rows_costs_nothing(call, tmp_path, worked, body):
    (tmp_path / 'costs.json').write_text('{"like": "apic"}')
    assert call('/v2.0/grouppolicy/l2_policies', body=body) == ('200 OK', body)
    assert worked == [0]


def test_costs_that_are_cleared_end_the_work_of_calls_under_way(call, tmp_path, monkeypatch):
    (tmp_path / 'costs.json').write_text('{"like": "apic"}')
    said = []

    def work(_processor, _seconds, goes_on):
        said.append(goes_on())
        (tmp_path / 'costs.json').unlink()
        said.append(goes_on())

    monkeypatch.setattr(api_filter.costs.Processor, 'work', work)
    call('/v2.0/grouppolicy/l2_policies', body=b'{"l2_policies": [{}]}')
    assert said == [True, False]


def test_without_costs_nothing_works(call, worked):
    call('/v2.0/grouppolicy/l2_policies', body=b'{"l2_policies": [{}]}')
    assert worked == []


def test_while_an_answer_costs_others_are_served(tmp_path, monkeypatch):
    def application(environ, start_response):
        start_response('200 OK', [])
        return [b'{"l2_policies": [{}]}']

    (tmp_path / 'costs.json').write_text('{"like": "apic"}')
    before = api_filter.CallFilter(application, str(tmp_path), str(tmp_path / 'calls'))
    locked = []
    monkeypatch.setattr(before._processor, 'work', lambda *_: locked.append(before._one_at_a_time.locked()))
    before({'REQUEST_METHOD': 'GET', 'PATH_INFO': '/v2.0/grouppolicy/l2_policies'}, lambda *answer: None)

    assert locked == [False]
