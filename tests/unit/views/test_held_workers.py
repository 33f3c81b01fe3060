# SPDX-License-Identifier: Apache-2.0
"""No request holds its worker for what its page can retry; in simulated time."""

import pytest

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import asking
from tests import markup
from tests.unit import population
from tests.unit.browser import Browser
from tests.unit.stand_in import is_full_list

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'
#: Longer than anybody waits.
HANG_SECONDS = 1000
SCRIPT = {'X-Requested-With': 'XMLHttpRequest'}
#: In all for a request that has something pending, see deadline.py; and what each further read may add.
HOLD_SECONDS = deadline.MAX_HOLD_FACTOR * conf.get('list_wait')
GRACE_SECONDS = deadline.GRACE_FACTOR * conf.get('list_wait')
PANELS = (scope.PROJECT, scope.ADMIN)


@pytest.fixture
def hang(gbp):
    """hang(): from now on GBP answers nothing but what is told."""

    def hung(but=lambda _asked: False):
        gbp.takes = lambda asked, _rows: 0 if but(asked) else HANG_SECONDS

    return hung


@pytest.fixture
def ids(gbp):
    return {collection: found[0] for collection, found in population.fill(gbp, 1, status='ERROR').items()}


def held(simulated, ask):
    """Return for how many seconds a request was held."""
    began = simulated.monotonic()
    ask()
    return simulated.monotonic() - began


def addresses(panel, ids):
    """Return {name: address} of all that can be retried."""
    tabs = ('overview', *(tab.slug for tab in registry.TABS))
    pages = {f'page {tab}': panel.url('index') + f'?tab=gbp_status_tabs__{tab}' for tab in tabs}
    files = {f'file {tab}': panel.url('export') + f'?format=csv&tab=gbp_status_tabs__{tab}' for tab in tabs}
    searches = {f'search {tab}': f'{address}&q=web' for tab, address in pages.items()}
    kinds = '&'.join(f'kind={kind}' for kind in ('problems', *ids))
    rows = '&'.join(f'{kind}={id_}' for kind, id_ in ids.items())
    others = {
        'lines': f'{panel.url("lines")}?{kinds}',
        'line': f'{panel.url("lines")}?kind={GROUPS}',
        'poll': f'{panel.url("statuses")}?{rows}',
        'poll of chains': f'{panel.url("statuses")}?{CHAINS}={ids[CHAINS]}',
    }
    return pages | searches | files | others


@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
def test_where_gbp_hangs_the_overview_leaves_a_quarter_of_a_second_for_the_log_in(
    administrator, simulated, hang, panel
):
    asking.gbp_of(administrator).has('servicechain')
    hang()

    assert held(simulated, lambda: administrator.get(panel.url('index'))) <= 0.75


def test_a_page_waits_once_for_the_extensions_that_nobody_knows(member, simulated, hang):
    """Its navigation asks for them, too, and both panels."""
    hang()
    seconds = held(simulated, lambda: member.get(scope.PROJECT.url('index')))

    assert seconds <= conf.get('list_wait') + HOLD_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
@pytest.mark.parametrize('fragment', [False, True], ids=['page', 'fragment'])
def test_where_gbp_hangs_nothing_is_held_for_longer_than_a_moment(administrator, simulated, ids, hang, panel, fragment):
    asking.gbp_of(administrator).has('servicechain')
    hang()
    headers = {'Gbp-Status-Fragment': 'list', **SCRIPT} if fragment else {}
    found = {
        name: held(simulated, lambda: administrator.get(address, headers=headers))  # noqa: B023 - called at once
        for name, address in addresses(panel, ids).items()
    }

    assert {name: seconds for name, seconds in found.items() if seconds > HOLD_SECONDS + 3 * GRACE_SECONDS} == {}


@pytest.mark.slow
@pytest.mark.parametrize('panel', PANELS, ids=lambda one: one.dashboard)
def test_where_lists_alone_hang_nothing_is_held_for_longer_than_a_moment(administrator, simulated, ids, hang, panel):
    asking.gbp_of(administrator).has('servicechain')
    hang(but=lambda asked: not is_full_list(asked))
    found = {
        name: held(simulated, lambda: administrator.get(address))  # noqa: B023 - called at once
        for name, address in addresses(panel, ids).items()
    }

    assert {name: seconds for name, seconds in found.items() if seconds > HOLD_SECONDS + GRACE_SECONDS} == {}


@pytest.mark.parametrize('view', ['detail', 'explanation', 'fragments'])
def test_what_is_about_one_resource_waits_for_that_up_to_the_limit(member, simulated, ids, hang, view):
    asking.gbp_of(member).has('servicechain')
    hang()
    address = scope.PROJECT.url(view, GROUPS, ids[GROUPS])
    seconds = held(simulated, lambda: member.get(address, headers=SCRIPT))

    assert HOLD_SECONDS < seconds <= conf.get('time_limit') + GRACE_SECONDS


@pytest.mark.parametrize('view', ['detail', 'fragments'])
def test_what_uses_a_resource_is_not_waited_for_as_long(member, simulated, ids, hang, view):
    asking.gbp_of(member).has('servicechain')
    hang(but=lambda asked: not is_full_list(asked))
    address = scope.PROJECT.url(view, 'policy_classifiers', ids['policy_classifiers'])

    assert held(simulated, lambda: member.get(address)) <= HOLD_SECONDS + 3 * GRACE_SECONDS


@pytest.fixture
def groups(gbp, member, simulated, hang):
    """Groups whose list GBP is still making; one of them is stored as a problem."""
    found = {name: gbp.make(GROUPS, name, l2_policy_id='l2') for name in ('web', 'db')}
    gbp.set(found['web'], 'ERROR', 'no VLAN left')
    # What is seen in a status is stored as well.
    member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'})
    simulated.run(120)
    gbp.requests.clear()
    return found


def late_lists(asked):
    return asked.collection != GROUPS or not is_full_list(asked)


def stored(gbp):
    """How often GBP was asked for the groups that it has stored as problems."""
    return sum(asked.collection == GROUPS and 'status' in asked.parameters for asked in gbp.requests)


def problems(client, **headers):
    """Return the answer to the list of problems: {fragments, pending}."""
    return client.get(scope.PROJECT.url('lines'), {'kind': 'problems'}, headers=headers).json()


def in_error(answer):
    found = markup.fragment(answer['fragments']['problems']).query('.gbp-status-problem')
    return [problem.attrs['data-object-id'] for problem in found]


def test_a_fragment_asks_for_nothing_that_its_page_has_just_seen(gbp, groups, member, simulated, hang):
    hang(but=late_lists)
    page = Browser(member, simulated)
    page.open()
    assert stored(gbp) == 1
    answer = problems(member, gbp_status_not_before=page.not_before)

    assert (in_error(answer), answer['pending'], stored(gbp)) == ([groups['web']], ['problems'], 1)
    simulated.run(10)
    problems(member)
    assert stored(gbp) == 2


@pytest.mark.slow
@pytest.mark.parametrize('said', ['', 'BANANA', '1e400', '99999999999', '-1', 'nan'])
def test_what_cannot_be_the_time_of_a_page_is_none(gbp, groups, member, simulated, hang, said):
    hang(but=late_lists)
    Browser(member, simulated).open()
    simulated.run(10)
    gbp.requests.clear()
    problems(member, gbp_status_not_before=said)

    assert stored(gbp) == 1


def test_where_not_even_the_stored_problems_come_the_others_are_there(gbp, groups, member, hang):
    pool = gbp.make('nat_pools', 'pool', status='ERROR')
    hang(but=lambda asked: asked.collection != GROUPS)
    answer = problems(member)

    assert (in_error(answer), answer['pending']) == ([pool], ['problems'])


def test_what_one_has_not_waited_for_is_no_failure_on_its_own_page(gbp, groups, member, hang):
    hang()
    document = markup.page(member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__l3_policies'}))

    assert 'could not be read.' not in document.text()


def test_causes_elsewhere_are_not_waited_for_either(groups, member, simulated, hang):
    hang()
    way = asking.gbp_of(member)
    way.listings([registry.BY_COLLECTION[GROUPS]])
    began = simulated.monotonic()

    found = way.read({GROUPS: [groups['web']]})

    assert (found.pending, found.unavailable) == ({GROUPS: [groups['web']]}, {})
    assert simulated.monotonic() - began <= HOLD_SECONDS


def test_what_one_has_not_waited_for_is_no_failure_of_another(gbp, groups, member, simulated, hang):
    gbp.takes = lambda asked, _rows: 3 * (asked.collection == GROUPS)
    problems(member)
    hang(but=late_lists)
    simulated.run(10)

    assert in_error(problems(member)) == [groups['web']]


def test_a_page_that_has_its_lists_waits_for_the_rest(gbp, groups, member, simulated, hang):
    gbp.takes = lambda asked, _rows: 4 * (asked.collection == 'l2_policies')
    gbp.make('l2_policies', 'front', id='l2')
    document = markup.page(member.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'}))

    assert markup.texts(document, 'td.gbp-status-column-l2_policy_id') == ['front', 'front']
