# SPDX-License-Identifier: Apache-2.0
"""What Neutron reports in error beneath resources that GBP reports no error of: problems of a kind of their own."""

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.health import board
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import neutron
from gbp_status_ui.model import scope as scopes
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Reason

from tests.asking import gbp_of
from tests.unit.health.test_problems import GROUPS
from tests.unit.health.test_problems import headings
from tests.unit.health.test_problems import NAMES
from tests.unit.health.test_problems import problems
from tests.unit.health.test_problems import sizes

SHORT_WAIT_SECONDS = 0.3


def front(gbp, sync='error', status='ACTIVE', name='front', project='demo'):
    """An L2 policy, its network as the fabric has it, and a group of it; return the ids of all three."""
    net = gbp.neutron.make('networks', f'l2p_{name}', project, sync=sync)
    policy = gbp.make('l2_policies', name, project, status=status, network_id=net)
    return policy, net, gbp.make(GROUPS, f'{name}-web', project, l2_policy_id=policy)


def counts(found):
    return {chip.status.value: (chip.count, chip.certainty.is_exact) for chip in found.chips}


def neutron_calls(gbp):
    return [asked for asked in gbp.requests if asked.collection in neutron.BY_COLLECTION]


@pytest.fixture
def held(aim, monkeypatch):
    """held(collection): from now on Neutron does not answer for it in time."""

    def hold(collection):
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: SHORT_WAIT_SECONDS)
        aim.hold(collection)

    return hold


@pytest.mark.parametrize('group', ['cause', 'fault', 'kind', 'none'])
def test_an_active_resource_above_an_error_is_a_problem(aim, member, group):
    front(aim)
    shown = problems(member, group=group)

    assert [row.name for row in shown.shown] == ['front']
    assert shown.shown[0].condition is statuses.BENEATH
    assert len(shown.groups) == 1


def test_what_is_well_or_being_built_beneath_is_none(aim, member):
    for sync in ('synced', 'build', 'N/A'):
        front(aim, sync, name=sync)
    aim.make('policy_targets', 'off', status=None, port_id=aim.neutron.make('ports', 'port', status='DOWN'))

    assert problems(member).shown == []


def test_a_resource_without_a_status_is_one_as_well(aim, member):
    outside = aim.neutron.make('networks', 'outside', sync='error')
    subnet = aim.neutron.make('subnets', 'outer', network_id=outside)
    segment = aim.make('external_segments', 'internet', status=None, subnet_id=subnet)
    aim.make('nat_pools', 'pool', status=None, subnet_id=subnet, external_segment_id=segment)
    aim.make('policy_targets', 'web', status=None, port_id=aim.neutron.make('ports', 'port', status='ERROR'))

    assert headings(member) == {'internet': ['pool'], 'web': []}


def test_it_is_the_cause_of_what_is_built_on_it(aim, member):
    _policy, _net, group = front(aim)
    aim.set(group, 'ERROR')

    assert headings(member) == {'front': ['front-web']}


def test_it_explains_more_than_what_is_being_built(aim, member):
    _policy, _net, group = front(aim)
    aim.set(group, 'BUILD')
    rules = aim.make('policy_rule_sets', 'http', status='BUILD')
    aim.change(group, provided_policy_rule_sets=[rules])

    assert headings(member) == {'front': ['front-web'], 'http': []}


def test_what_failed_beneath_a_resource_itself_is_a_reason_of_its_own(aim, member):
    _policy, _net, group = front(aim)
    aim.change(group, subnets=[aim.neutron.make('subnets', 'inner', sync='error')])
    found = problems(member)

    assert headings(member) == {'front': [], 'front-web': []}
    assert [str(row.beneath.words) for row in found.shown] == ['network in error', 'subnet in error']
    assert found.origins.also_broken(found.shown[1]) is found.shown[0]


def test_an_error_of_gbp_comes_first_and_carries_what_is_beneath_it(aim, member):
    aim.make(
        'l3_policies',
        'core',
        status='ERROR',
        address_scope_v4_id=aim.neutron.make('address_scopes', 'vrf', sync='error'),
    )
    front(aim)
    aim.make('nat_pools', 'pool', status='BUILD')
    shown = problems(member).shown

    assert [row.name for row in shown] == ['core', 'front', 'pool']
    assert str(shown[0].beneath.words) == 'address scope in error'
    assert shown[0].condition is statuses.ERROR


def test_it_has_a_chip_and_is_counted_by_gbps_word_as_well(aim, member):
    front(aim)
    front(aim, status='BUILD', name='slow')
    front(aim, status='ERROR', name='broken')

    assert counts(problems(member)) == {
        'ERROR': (1, True),
        'BELOW': (2, True),
        'BUILD': (1, True),
        'ACTIVE': (4, True),
        'NONE': (0, True),
    }


@pytest.mark.parametrize(
    ('status', 'names'),
    [
        (('below',), ['front']),
        (('error', 'below'), ['broken', 'front']),
        (('error',), ['broken']),
        (('active',), ['broken-web', 'front', 'front-web']),
    ],
)
def test_the_filter_lets_it_through_by_either_word(aim, member, status, names):
    front(aim)
    front(aim, status='ERROR', name='broken')

    assert sorted(row.name for row in problems(member, status=status).shown) == names


def test_the_search_finds_the_words(aim, member):
    front(aim)

    assert headings(member, q='"network in error"') == {'front': []}


def test_the_same_words_beneath_are_one_fault_and_explain_an_error_without_details(aim, member):
    for name in ('one', 'two'):
        front(aim, name=name)
    front(aim, status='ERROR', name='silent')
    aim.make('nat_pools', 'pool', status='ERROR')

    assert sizes(member, group='fault') == [
        (('BELOW', 'network in error'), 2),
        (('ERROR', ''), 1),
        (('ERROR', 'network in error'), 1),
    ]


def test_what_turns_out_well_is_no_problem(aim, member):
    """Lists that take long are some minutes old."""
    _policy, net, _group = front(aim)
    found = problems(member)
    assert [row.name for row in found.shown] == ['front']
    aim.neutron.set(net, sync='synced')
    found.confirm()

    assert (found.shown, found.groups) == ([], [])


def test_what_could_not_be_confirmed_stays_as_it_was_listed(aim, member):
    front(aim)
    found = problems(member)
    assert found.shown
    aim.fail('networks', 500)
    found.confirm()

    assert [str(row.beneath.words) for row in found.shown] == ['network in error']


@pytest.mark.parametrize('panel_scope', [scopes.PROJECT, scopes.ADMIN], ids=lambda one: one.dashboard)
@pytest.mark.parametrize('number', [1, 30])
def test_it_costs_a_list_a_kind_however_many_there_are(aim, member, administrator, number, panel_scope):
    for one in range(number):
        front(aim, name=f'front-{one}')
    client = administrator if panel_scope.all_projects else member
    aim.requests.clear()
    found = problems(client, panel_scope)
    assert len(found.shown) == number

    assert sorted(asked.collection for asked in neutron_calls(aim)) == sorted(neutron.BY_COLLECTION)


def test_without_the_extensions_only_what_neutron_calls_failed_is_listed(gbp, member):
    front(gbp, status=None)
    net = gbp.neutron.make('networks', 'net')
    gbp.neutron.set(net, status='ERROR')
    gbp.make('l2_policies', 'other', status=None, network_id=net)

    assert headings(member) == {'other': []}
    assert sorted(asked.collection for asked in neutron_calls(gbp)) == ['networks', 'ports', 'routers']
    assert all(asked.parameters['status'] == ['ERROR'] for asked in neutron_calls(gbp))


def test_one_project_of_an_administrator_has_its_own_and_the_causes_elsewhere(aim, administrator):
    policy, _net, _group = front(aim, project='other')
    aim.make(GROUPS, 'till', 'demo', status='ERROR', l2_policy_id=policy)
    front(aim, name='own')
    groups = problems(administrator, scopes.ADMIN, project='demo').groups

    assert {one.about.name: [row.name for row in one.members] for one in groups} == {'front': ['till'], 'own': []}


def test_what_the_user_may_not_see_is_not_counted(aim, member):
    router = aim.neutron.make('routers', 'theirs', 'other', sync='error')
    aim.make('l3_policies', 'borrowed', 'other', shared=True, routers=[router])
    found = problems(member)

    assert (found.shown, counts(found)['BELOW']) == ([], (0, True))


def test_problems_of_gbp_do_not_wait_for_neutron(aim, member, held):
    front(aim)
    aim.make('nat_pools', 'pool', status='ERROR')
    held('networks')
    found = problems(member)

    assert [row.name for row in found.shown] == ['pool']
    assert found.is_pending_beneath
    assert counts(found)['BELOW'] == (0, False)


def test_what_is_shown_is_pending_until_it_is_confirmed(aim, member, held):
    front(aim)
    found = problems(member)
    assert found.shown
    held('networks')
    found.confirm()

    assert found.is_pending_beneath
    assert [row.name for row in found.shown] == ['front']


def test_what_could_not_be_read_is_said_by_kind(aim, member):
    front(aim)
    aim.fail('networks', 500)
    found = problems(member)

    assert found.shown == []
    assert [(kind.collection, failure.reason) for kind, failure in found.unread_beneath] == [('networks', Reason.ERROR)]
    assert found.failed == []
    assert counts(found)['BELOW'] == (0, False)


def test_the_setting_turns_it_off(aim, member):
    front(aim)
    with override_settings(GBP_STATUS_UI={'neutron_states': False}):
        found = problems(member)
        assert found.shown == []
        assert 'BELOW' not in counts(found)

    assert neutron_calls(aim) == []


def test_a_rule_that_is_built_for_ever_is_no_problem_and_no_cause(aim, member):
    rule = aim.make('policy_rules', 'allow', status='BUILD')
    rules = aim.make('policy_rule_sets', 'http', status='ERROR', policy_rules=[rule])
    found = problems(member)

    assert headings(member) == {'http': []}
    assert counts(found)['BUILD'] == (0, True)
    assert counts(found)['NONE'] == (1, True)
    assert [row.id for row in found.shown] == [rules]


def since(client):
    (row,) = problems(client).shown
    return row.since


def test_since_when_is_remembered_whatever_tables_show_meanwhile(aim, member):
    front(aim)
    first = since(member)
    board.Board(gbp_of(member), Query('l3_policies'), NAMES)

    assert first
    assert since(member) == first


def test_that_it_is_over_ends_what_is_remembered(aim, member):
    _policy, net, _group = front(aim)
    first = since(member)
    aim.neutron.set(net, sync='synced')
    assert problems(member).shown == []
    aim.neutron.set(net, sync='error')

    assert since(member) > first
