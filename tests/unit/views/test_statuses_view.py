# SPDX-License-Identifier: Apache-2.0
"""The poll: what it refuses, what it answers, and that it says nothing where nothing changed."""

import uuid

import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.statuses import StatusesView

from tests import asking
from tests import building
from tests import hostile
from tests import markup

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
XHR = {'x-requested-with': 'XMLHttpRequest'}


def poll(client, panel_scope=scope.PROJECT, headers=None, **wanted):
    return client.get(
        panel_scope.url('statuses'),
        {collection: ids if isinstance(ids, str) else ','.join(ids) for collection, ids in wanted.items()},
        headers={**XHR, **(headers or {})},
    )


def refused(response):
    """Return why a poll was refused."""
    assert response.status_code == 400
    return response.json()['error']


def some_ids(number):
    return [str(uuid.uuid4()) for _ in range(number)]


# Refusals


def test_an_unknown_kind_is_refused_by_name(member):
    assert refused(poll(member, routers='some-id')) == 'There is no kind of resource named routers.'


@pytest.mark.parametrize('id_', ['../../etc', 'a b', 'a"b', '<img>', "' or 1=1", 'x' * 65, 'ä', 'a\n', '%00'], ids=repr)
def test_a_malformed_id_is_refused(member, gbp, id_):
    poll(member, policy_target_groups='known')
    gbp.requests.clear()

    assert id_ in refused(poll(member, policy_target_groups=id_))
    assert gbp.requests == []


@pytest.mark.parametrize('wanted', [{}, {GROUPS: ''}, {GROUPS: ',,'}, {GROUPS: '', 'l3_policies': ''}], ids=str)
def test_a_poll_without_ids_is_refused(member, wanted):
    assert refused(poll(member, **wanted)).startswith('Name at least one resource')


def test_151_ids_are_refused(member):
    assert refused(poll(member, policy_target_groups=some_ids(151))) == 'One request may name 150 resources at most.'


def test_151_ids_of_two_kinds_are_refused(member):
    assert '150' in refused(poll(member, policy_target_groups=some_ids(76), l3_policies=some_ids(75)))


def test_150_ids_are_answered(member):
    assert len(poll(member, policy_target_groups=some_ids(150)).json()['gone'][GROUPS]) == 150


def test_an_id_that_is_named_twice_counts_once(member, gbp):
    id_ = gbp.make(GROUPS, 'web')

    assert list(poll(member, policy_target_groups=[id_] * 151).json()['rows'][GROUPS]) == [id_]


@pytest.mark.parametrize('method', ['post', 'put', 'patch', 'delete'])
def test_a_poll_changes_nothing(member, method):
    assert getattr(member, method)(scope.PROJECT.url('statuses')).status_code == 405


def test_a_member_is_refused_in_the_scope_of_administrators(member, gbp):
    response = poll(member, scope.ADMIN, policy_target_groups=gbp.make(GROUPS, 'card-vault'))

    assert response.status_code == 403
    assert b'card-vault' not in response.content


@pytest.mark.releases
def test_somebody_who_is_not_logged_in_is_told_where_to(client):
    response = poll(client, policy_target_groups='an-id')

    assert response.status_code == 401
    assert '/auth/login/' in response.headers['X-Horizon-Location']


@pytest.mark.releases
@pytest.mark.parametrize('view', ['statuses', 'lines', 'explanation'])
def test_a_token_that_neutron_refuses_leads_nobody_to_the_log_in(member, gbp, view):
    id_ = gbp.make(GROUPS, 'web')
    gbp.people.clear()
    address = scope.PROJECT.url(view, *([GROUPS, id_] if view == 'explanation' else []))
    asked = {'policy_target_groups': id_} if view == 'statuses' else {'kind': GROUPS}
    response = member.get(address, asked, headers={'X-Requested-With': 'XMLHttpRequest'})

    assert response.status_code == 503
    assert 'X-Horizon-Location' not in response.headers
    assert 'login at the moment' in response.content.decode()


def test_other_projects_ids_are_gone(member, gbp):
    tills, chain = gbp.make(GROUPS, 'tills', project='other'), gbp.make(CHAINS, 'edge', project='other')
    answer = poll(member, policy_target_groups=tills, servicechain_instances=chain).json()

    assert answer == {'rows': {}, 'gone': {GROUPS: [tills], CHAINS: [chain]}, 'unavailable': []}


def test_other_projects_ids_are_gone_for_an_administrator_in_a_project(administrator, gbp):
    web = gbp.make(GROUPS, 'web')

    assert poll(administrator, policy_target_groups=web).json()['gone'] == {GROUPS: [web]}
    assert list(poll(administrator, scope.ADMIN, policy_target_groups=web).json()['rows'][GROUPS]) == [web]


# Answers


def test_a_row_tells_its_state_and_its_badge(member, gbp):
    id_ = gbp.make(GROUPS, 'web', status='build', details='1 of 3')
    row = poll(member, policy_target_groups=id_).json()['rows'][GROUPS][id_]
    badge = markup.fragment(row.pop('badge')).query_one('.gbp-status-badge')

    since = row.pop('since')
    assert since.endswith('Z')
    assert badge.attrs['data-gbp-status-since'] == since
    assert row == {'status': 'BUILD', 'details': '1 of 3', 'transient': True, 'below': []}
    assert badge.attrs['data-gbp-status'] == 'BUILD'
    assert badge.attrs['data-gbp-status-id'] == id_


@pytest.mark.parametrize(
    ('reported', 'status', 'transient'),
    [('ACTIVE', 'ACTIVE', False), ('error', 'ERROR', False), (None, 'NONE', False), ('Banana', 'Banana', False)],
)
def test_what_does_not_pass_by_itself_is_not_transient(member, gbp, reported, status, transient):
    id_ = gbp.make(GROUPS, 'web', status=reported, details=None)
    row = poll(member, policy_target_groups=id_).json()['rows'][GROUPS][id_]

    assert (row['status'], row['transient'], row['details']) == (status, transient, '')


def test_the_badge_is_the_one_of_the_page(member, gbp):
    """Of a kind that has no parts in Neutron, which a page does not wait for."""
    id_ = gbp.make('external_policies', 'web', status='ERROR', details=hostile.DETAILS)
    page = markup.page(member.get(scope.PROJECT.url('index') + '?tab=gbp_status_tabs__groups'))
    polled = markup.fragment(poll(member, external_policies=id_).json()['rows']['external_policies'][id_]['badge'])

    assert page.query_one('td .gbp-status-badge').html() == polled.query_one('.gbp-status-badge').html()


@pytest.mark.releases
@pytest.mark.parametrize('name', hostile.NAMES)
def test_hostile_names_and_details_stay_text(member, gbp, name):
    id_ = gbp.make(GROUPS, name, status='ERROR', details=hostile.DETAILS)
    response = poll(member, policy_target_groups=id_)
    row = response.json()['rows'][GROUPS][id_]

    assert response.headers['Content-Type'] == 'application/json'
    assert row['details'] == hostile.DETAILS
    hostile.require_none(markup.fragment(row['badge']))


def test_a_chain_tells_what_the_backend_says_now(member, gbp):
    chain = building.chain(gbp, member, status='BUILD').id

    def state():
        return poll(member, servicechain_instances=chain).json()['rows'][CHAINS][chain]['status']

    states = [state()]
    for status in ('ACTIVE', 'ERROR', 'BUILD'):
        gbp.set(chain, status)
        states.append(state())

    assert states == ['BUILD', 'ACTIVE', 'ERROR', 'BUILD']


def test_a_deleted_resource_is_gone(member, gbp):
    group, chain = gbp.make(GROUPS, 'web'), building.chain(gbp, member).id
    gbp.delete(group)
    gbp.delete(chain)

    assert poll(member, policy_target_groups=group, servicechain_instances=chain).json()['gone'] == {
        GROUPS: [group],
        CHAINS: [chain],
    }


def test_one_call_reads_all_rows_of_a_kind(member, gbp):
    ids = [gbp.make(GROUPS, f'web-{number}', status='BUILD') for number in range(100)]
    response = poll(member, policy_target_groups=ids)

    assert len(response.json()['rows'][GROUPS]) == 100
    assert [asked.collection for asked in gbp.requests] == ['extensions', GROUPS]


@pytest.mark.parametrize('fault', [403, 500, requests.ConnectionError('refused')], ids=str)
@pytest.mark.parametrize('failing', ['l3_policies', CHAINS])
def test_a_kind_that_fails_is_unavailable_and_leaves_the_others(member, gbp, fault, failing):
    wanted = {GROUPS: gbp.make(GROUPS, 'web'), failing: gbp.make(failing, 'core')}
    gbp.fail(failing, fault)
    answer = poll(member, **wanted).json()

    assert list(answer['rows']) == [GROUPS]
    assert (answer['gone'], answer['unavailable']) == ({}, [failing])


def test_a_kind_that_takes_too_long_is_unavailable_and_leaves_the_others(member, gbp):
    wanted = {GROUPS: gbp.make(GROUPS, 'web'), 'l3_policies': gbp.make('l3_policies', 'core')}
    gbp.fail('l3_policies', requests.Timeout('late'))
    answer = poll(member, **wanted).json()

    assert (list(answer['rows']), answer['unavailable']) == ([GROUPS], ['l3_policies'])
    assert 'pending' not in answer


def test_a_kind_that_the_api_has_not_is_unavailable(member, gbp):
    gbp.extensions.discard('servicechain')
    answer = poll(member, servicechain_instances='an-id').json()

    assert answer == {'rows': {}, 'gone': {}, 'unavailable': [CHAINS]}


@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
def test_every_kind_is_polled(member, gbp, kind):
    id_ = gbp.make(kind.collection, 'one', status='ERROR')

    assert poll(member, **{kind.collection: id_}).json()['rows'][kind.collection][id_]['status'] == 'ERROR'


# Headers


@pytest.mark.releases
def test_an_answer_may_be_kept_by_its_asker_but_not_used_unasked(member, gbp):
    response = poll(member, policy_target_groups=gbp.make(GROUPS, 'web'))

    assert set(response.headers['Cache-Control'].split(', ')) == {'private', 'no-cache'}
    assert {'Cookie', 'Accept-Language'} <= set(response.headers['Vary'].split(', '))


def test_an_answer_says_what_it_cost(member, gbp):
    poll(member, policy_target_groups='known')

    assert poll(member, policy_target_groups='an-id').headers['Server-Timing'].endswith('desc="1"')


@pytest.mark.releases
def test_nothing_new_is_not_said_again(member, gbp):
    id_ = gbp.make(GROUPS, 'web', status='BUILD')
    etag = poll(member, policy_target_groups=id_).headers['ETag']
    again = poll(member, policy_target_groups=id_, headers={'if-none-match': etag})

    assert (again.status_code, again.content, again.headers['ETag']) == (304, b'', etag)
    assert again.headers['Server-Timing']


@pytest.mark.releases
@pytest.mark.parametrize('change', [('ERROR', ''), ('BUILD', '2 of 3'), (None, None)], ids=str)
def test_something_new_is_said(member, gbp, change):
    id_ = gbp.make(GROUPS, 'web', status='BUILD', details='1 of 3')
    etag = poll(member, policy_target_groups=id_).headers['ETag']
    gbp.set(id_, *change)

    assert poll(member, policy_target_groups=id_, headers={'if-none-match': etag}).status_code == 200


def test_a_new_name_is_said(member, gbp):
    """It stands in the badge."""
    id_ = gbp.make(GROUPS, 'web')
    etag = poll(member, policy_target_groups=id_).headers['ETag']
    gbp.change(id_, name='shop')

    assert poll(member, policy_target_groups=id_, headers={'if-none-match': etag}).status_code == 200


@pytest.mark.parametrize('same', [False, True], ids=['new', 'unchanged'])
def test_an_answer_says_for_whom_it_is_whatever_middleware_adds(gbp, member, same):
    """A cache on the way may keep it for one session and one language."""
    request = asking.request_of(member, f'{scope.PROJECT.url("statuses")}?{GROUPS}={gbp.make(GROUPS, "web")}')
    answer = StatusesView.as_view(scope=scope.PROJECT)(request)
    if same:
        request.META['HTTP_IF_NONE_MATCH'] = answer.headers['ETag']
        answer = StatusesView.as_view(scope=scope.PROJECT)(request)

    assert answer.status_code == (304 if same else 200)
    assert answer.headers['Vary'] == 'Cookie, Accept-Language'
