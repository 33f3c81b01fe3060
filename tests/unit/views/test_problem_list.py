# SPDX-License-Identifier: Apache-2.0
"""The overview's list of problems: at once what was stored, then all; in groups, with links to what is not shown."""

import types

from django.utils import timezone
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.health.query import GROUPINGS
from gbp_status_ui.model import scope
from gbp_status_ui.views.problem_list import MAX_SHOWN_MEMBERS

from tests import building
from tests import hostile
from tests import markup

GROUPS = 'policy_target_groups'


def page(client, panel_scope=scope.PROJECT, **parameters):
    return markup.page(client.get(panel_scope.url('index'), {'tab': 'gbp_status_tabs__overview', **parameters}))


def complete(client, fragment='problems', panel_scope=scope.PROJECT, **parameters):
    response = client.get(panel_scope.url('lines'), {'kind': fragment, **parameters})
    assert response.status_code == 200
    return markup.fragment(response.json()['fragments'][fragment])


def tree(gbp, groups, name='core', **attributes):
    """An L3 policy in error, an L2 policy and so many groups that it has broken."""
    top = gbp.make('l3_policies', name, status='ERROR', details='VRF is missing', **attributes)
    front = gbp.make('l2_policies', f'{name}-front', status='ERROR', l3_policy_id=top)
    for number in range(groups):
        gbp.make(GROUPS, f'{name}-{number:03}', status='ERROR', l2_policy_id=front)
    return top


def headings(document):
    return [markup.words(group).partition(',')[0] for group in document.query('.gbp-status-group')]


@pytest.mark.slow
@pytest.mark.parametrize('grouping', GROUPINGS)
@pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_each_way_to_group_is_valid_and_shows_all(gbp, administrator, member, panel_scope, grouping):
    ids = {tree(gbp, 3), building.chain(gbp, member, status='BUILD').id}
    client = administrator if panel_scope.all_projects else member
    complete(client, panel_scope=panel_scope)
    for document in (
        page(client, panel_scope, group=grouping),
        complete(client, panel_scope=panel_scope, group=grouping),
    ):
        shown = {place.attrs['data-object-id'] for place in document.query('.gbp-status-problem')}

        assert ids < shown
        assert len(shown) == 6


def test_a_cause_says_how_many_are_broken_with_it_of_those_that_depend_on_it(gbp, member):
    top = tree(gbp, 8)
    gbp.make('l2_policies', 'well', l3_policy_id=top)
    (summary,) = markup.texts(complete(member), '.gbp-status-group summary')

    assert summary == '9 broken with it, of 10 that depend on it (Groups: 8, L2 Policy: 1)'


def test_what_has_a_reason_of_its_own_names_what_is_broken_beneath_it_and_is_counted_there(gbp, member):
    top = gbp.make('l3_policies', 'core', status='ERROR', details='VRF is missing')
    gbp.make('l2_policies', 'front', status='ERROR', details='no VLAN is left', l3_policy_id=top)
    core, front = complete(member).query('.gbp-status-group')

    assert 'built from L3 Policy core, which is broken, too' in markup.words(front)
    assert markup.texts(core, '.gbp-status-members') == [
        '1 broken with it, of 1 that depends on it; 1 of these stands elsewhere in this list'
    ]
    assert 'elsewhere' not in complete(member, q='core').text()


def test_nothing_is_said_of_nobody(gbp, member):
    gbp.make('l3_policies', 'core', status='ERROR')
    text = complete(member).text()

    assert 'depend' not in text
    assert 'broken with' not in text


def test_what_waits_for_what_is_being_built_depends_on_it(gbp, member):
    top = gbp.make('l3_policies', 'core', status='BUILD')
    gbp.make('l2_policies', 'front', status='BUILD', l3_policy_id=top)

    assert markup.texts(complete(member), 'summary') == ['1 depends on it (L2 Policy: 1)']


def test_what_one_project_shows_is_the_least(gbp, administrator):
    tree(gbp, 8)
    (summary,) = markup.texts(complete(administrator, panel_scope=scope.ADMIN, project='demo'), 'summary')

    assert summary.startswith('at least 9 broken with it, of at least 9 that depend on it')


def test_a_cause_in_another_project_has_its_since_and_counts_nothing_that_the_list_lacks(gbp, administrator):
    top = gbp.make('l3_policies', 'core', 'other', status='ERROR')
    between = gbp.make('l2_policies', 'between', 'other', status='ERROR', details='no VLAN is left', l3_policy_id=top)
    gbp.make(GROUPS, 'web', status='ERROR', details='no port is left', l2_policy_id=between)
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=top)
    document = complete(administrator, panel_scope=scope.ADMIN, project='demo')

    assert document.query_one(f'[data-object-id="{top}"] .gbp-status-since time')
    assert 'elsewhere' not in document.text()


def test_what_is_shared_may_have_broken_more_than_one_may_read(gbp, member):
    top = gbp.make('l3_policies', 'core', status='ERROR', shared=True)
    gbp.make('l2_policies', 'ours', status='ERROR', l3_policy_id=top)
    (summary,) = markup.texts(complete(member), 'summary')

    assert summary.startswith('at least 1 broken with it, of at least 1 that depends on it')


@pytest.mark.releases
def test_sixty_equal_faults_are_one_line_that_leads_to_all(gbp, member):
    for number in range(60):
        gbp.make((GROUPS, 'policy_targets')[number % 2], f'web-{number}', status='ERROR', details='PortBindingFailed')
    (line,) = complete(member).query('.gbp-status-group')
    (more,) = [link for link in line.query('a') if 'more' in markup.words(link)]

    assert markup.texts(line, 'summary') == ['Error: PortBindingFailed 60 (Groups: 30, Policy Targets: 30)']
    assert 'open' not in line.query_one('details').attrs
    assert len(line.query('.gbp-status-problem')) == MAX_SHOWN_MEMBERS
    assert not line.query('[data-gbp-status-mirror="details"]')
    assert markup.texts(follow(member, more), '[aria-current="page"]') == ['Page 1 of 3']


def test_equal_faults_that_a_search_finds_are_unfolded(gbp, member):
    for number in range(3):
        gbp.make(GROUPS, f'web-{number}', status='ERROR')

    assert 'open' in complete(member, q='web').query_one('details').attrs


def test_equal_faults_say_what_one_may_not_read(gbp, member):
    top = gbp.make('l3_policies', 'backbone', 'other', status='ERROR')
    for number in range(3):
        gbp.make('l2_policies', f'front-{number}', status='ERROR', l3_policy_id=top)

    assert 'Some are also built from what you may not read (L3 Policy)' in complete(member).text()


@pytest.mark.parametrize(
    ('grouping', 'repeated'), [('kind', 'Group'), ('project', 'Bakery'), ('fault', 'no more VLANs')]
)
def test_a_line_does_not_repeat_its_heading(gbp, administrator, grouping, repeated):
    gbp.make(GROUPS, 'till', 'other', status='ERROR', details='no more VLANs')
    document = complete(administrator, panel_scope=scope.ADMIN, group=grouping)

    assert repeated in markup.words(document.query_one('summary'))
    assert repeated not in markup.words(document.query_one('.gbp-status-problem'))
    assert repeated in markup.words(complete(administrator, panel_scope=scope.ADMIN).query_one('.gbp-status-problem'))


def test_of_many_members_the_others_are_counted_and_one_click_away(gbp, member):
    top = tree(gbp, 200)
    document = complete(member)
    (more,) = [link for link in document.query('.gbp-status-members a') if 'more' in markup.words(link)]

    assert len(document.query('.gbp-status-members .gbp-status-problem')) == MAX_SHOWN_MEMBERS
    assert markup.words(more) == '181 more (Groups: 180, L2 Policy: 1)'
    assert more.attrs['href'] == scope.PROJECT.url('detail', 'l3_policies', top)


def follow(client, link):
    """Return the complete list of the page that a link leads to."""
    address = link.attrs['href']
    return markup.fragment(
        client.get(scope.PROJECT.url('lines') + address + '&kind=problems').json()['fragments']['problems']
    )


def names(document):
    return [badge.attrs['data-gbp-status-name'] for badge in document.query('.gbp-status-problem .gbp-status-badge')]


@pytest.mark.slow
@pytest.mark.parametrize('details', ['10.0.0.{} -- is "gone"', '{{"code": 404, "host": "10.0.0.{}"}}', '10.0.0.{}'])
def test_the_link_to_the_others_of_a_fault_leads_to_exactly_these(gbp, member, details):
    for number in range(50):
        gbp.make(GROUPS, f'web-{number:02}', status='ERROR', details=details.format(number))
    gbp.make(GROUPS, 'odd', status='ERROR', details='out of addresses')
    document = complete(member, group='fault')
    (more,) = [link for link in document.query('.gbp-status-members a') if 'more' in markup.words(link)]
    second = follow(member, more)
    third = follow(member, second.query_one('a[rel=next]'))

    assert markup.words(more) == '30 more (Groups: 30)'
    assert names(second) + names(third) == [f'web-{number}' for number in range(20, 50)]
    assert third.query('a[rel=next]') == []


@pytest.mark.releases
def test_the_list_of_one_fault_says_which_and_counts_that_alone(gbp, member):
    for number in range(3):
        gbp.make(GROUPS, f'web-{number}', status='ERROR', details=f'no route to 10.0.0.{number}')
    gbp.make(GROUPS, 'odd', status='ERROR', details='out of addresses')
    slug = complete(member, group='fault').query('.gbp-status-members')[0].attrs['id'].rpartition('-')[2]
    document = complete(member, group='none', fault=slug)
    (said,) = [one for one in document.query('p') if 'this fault' in markup.words(one)]

    assert names(document) == ['web-0', 'web-1', 'web-2']
    assert markup.words(said) == 'Only what has this fault is shown: no route to … Show all'
    assert 'Error 3' in markup.texts(document, '.gbp-status-chip')
    assert len(names(follow(member, said.query_one('a')))) == 4


@pytest.mark.parametrize('fault', ['0123456789ab', 'nonsense', "'"])
def test_a_fault_that_nothing_has_shows_nothing_and_a_way_back(gbp, member, fault):
    gbp.make(GROUPS, 'odd', status='ERROR', details='out of addresses')
    document = complete(member, group='none', fault=fault)

    fragments = member.get(scope.PROJECT.url('lines'), {'kind': 'summary', 'group': 'none', 'fault': fault}).json()
    summary = markup.fragment(fragments['fragments']['summary'])

    assert names(document) == []
    assert markup.texts(summary, '.gbp-status-summary') == ['Nothing that was found is broken or being built.']
    assert markup.texts(document, '.gbp-status-unmatched') == ['Nothing matches the filter. Show all']
    assert names(follow(member, document.query_one('.gbp-status-unmatched a'))) == ['odd']


def test_more_groups_than_a_page_holds_have_pages(gbp, member):
    for number in range(45):
        gbp.make(
            'l2_policies', f'web-{number:02}', status='ERROR', details='abcdefghi'[: number // 5 + 1] * (number % 5 + 1)
        )
    first, last = complete(member), complete(member, page='9')

    assert len(first.query('.gbp-status-group')) == 20
    assert len(last.query('.gbp-status-group')) == 5
    assert len(follow(member, first.query_one('a[rel=next]')).query('.gbp-status-group')) == 20


@pytest.fixture
def hold(gbp, monkeypatch):
    """hold(): from now on the list of groups is late."""

    def held():
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
        gbp.hold_full_lists(GROUPS)

    return held


@pytest.fixture
def release(gbp, monkeypatch):
    """release(): it comes."""

    def released():
        monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
        gbp.release()

    return released


@pytest.mark.slow
def test_the_page_shows_what_was_stored_and_says_that_the_rest_is_being_read(gbp, member, hold, release):
    tree(gbp, 1)
    complete(member)
    gbp.make(GROUPS, 'new', status='ERROR')
    hold()
    document = page(member)

    assert len(document.query('.gbp-status-problem')) == 3
    assert 'Still being read: Groups.' in document.text()
    assert 'Only problems that GBP has stored are shown for: Groups.' in document.text()
    release()
    document = complete(member)

    assert len(document.query('.gbp-status-problem')) == 4
    assert 'being read' not in document.text()


@pytest.mark.parametrize('grouping', ['cause', 'none'])
def test_resources_of_two_kinds_may_have_the_same_id(gbp, member, grouping):
    """Each id of an element stands once in a valid document."""
    gbp.set('the-same', 'ERROR')
    for kind in (GROUPS, 'l2_policies'):
        gbp.make(kind, 'web', id='the-same')

    assert len(complete(member, group=grouping).query('.gbp-status-group')) == 2


@pytest.mark.slow
def test_counts_that_are_not_known_yet_are_not_said(gbp, member, hold, release):
    gbp.make(GROUPS, 'web')
    hold()

    assert not page(member).query('.gbp-status-problems [data-gbp-status-count]')
    release()
    assert markup.texts(complete(member), '[data-gbp-status-count="ACTIVE"]') == ['1']


@pytest.mark.slow
def test_all_well_is_only_said_when_all_was_read(gbp, member, hold, release):
    gbp.make(GROUPS, 'web')
    hold()

    assert not page(member).query('.gbp-status-all-well')
    release()
    assert complete(member, 'summary').query('.gbp-status-all-well')
    gbp.fail('nat_pools', 500)
    assert not complete(member, 'summary', q='', group='kind').query('.gbp-status-all-well')


def test_what_could_not_be_read_is_said(gbp, member):
    gbp.fail('nat_pools', 403)

    assert 'NAT Pools could not be read.' in complete(member).text()
    assert not complete(member, q='web').query('.gbp-status-unmatched')


@pytest.mark.slow
def test_that_nothing_matches_is_only_said_when_all_was_read(gbp, member, hold, release):
    gbp.make(GROUPS, 'web')
    hold()

    assert not page(member, q='BANANA').query('.gbp-status-unmatched')
    release()
    assert complete(member, q='BANANA').query('.gbp-status-unmatched')


def test_nothing_that_matches_leads_to_everything(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    document = complete(member, q='BANANA', since='1h')

    assert document.query_one('.gbp-status-unmatched a').attrs['href'] == '?tab=gbp_status_tabs__overview'


def test_a_cause_of_another_project_says_whose_it_is(gbp, member, monkeypatch):
    listed = [types.SimpleNamespace(id='other', name='Bakery', enabled=True)]
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: listed)
    top = gbp.make('l3_policies', 'backbone', 'other', status='ERROR', shared=True)
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=top)

    page(member)

    assert 'of the project Bakery' in complete(member).query_one(f'[data-object-id="{top}"]').text()


def test_what_one_may_not_read_is_named_by_its_relation(gbp, member):
    top = gbp.make('l3_policies', 'backbone', 'other', status='ERROR')
    gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=top)

    assert 'built from what you may not read (L3 Policy)' in complete(member).text()


def test_a_project_is_a_link_that_filters(gbp, administrator):
    gbp.make(GROUPS, 'till', 'other', status='ERROR')
    link = complete(administrator, panel_scope=scope.ADMIN, q='till').query_one('.gbp-status-of-project a')

    assert markup.words(link) == 'Bakery'
    assert link.attrs['href'] == '?tab=gbp_status_tabs__overview&project=other&q=till'


def test_since_when_is_said_with_what_may_be_earlier(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    since = complete(member).query_one('.gbp-status-problem .gbp-status-since')

    assert markup.words(since) == f'since {markup.words(since.query_one("time"))} or earlier'
    assert since.query_one('time').attrs['datetime']


@pytest.mark.releases
def test_since_when_is_said_in_the_readers_time_zone_whoever_was_served_before(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    member.cookies['django_timezone'] = 'Asia/Kolkata'
    with timezone.override('Pacific/Auckland'):
        script = {'X-Requested-With': 'XMLHttpRequest'}
        fragment = member.get(scope.PROJECT.url('lines'), {'kind': 'problems'}, headers=script).json()['fragments'][
            'problems'
        ]

    assert markup.fragment(fragment).query_one('time').attrs['datetime'].endswith('+05:30')


def test_search_and_filter_are_kept_by_all_links_of_the_page(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    document = page(member, q='web', status='error')
    links = document.query('.gbp-status-tabs a, .gbp-status-menu a')

    addresses = [link.attrs['href'] for link in links]

    assert len(links) > 10
    # What has recovered has one state.
    assert [address for address in addresses if 'status=error' not in address] == [
        '?tab=gbp_status_tabs__overview&q=web&show=recovered'
    ]
    assert all('q=web' in address for address in addresses)
    assert 'q=web' in document.query_one('[data-gbp-status-fragments-url]').attrs['data-gbp-status-fragments-url']


def test_hostile_names_and_details_stay_text(gbp, administrator, keystone_projects):
    keystone_projects['demo'] = name = hostile.NAME
    top = gbp.make('l3_policies', name, status='ERROR', details=hostile.DETAILS)
    gbp.make('l2_policies', name, status='ERROR', details=hostile.DETAILS, l3_policy_id=top)
    for grouping in GROUPINGS:
        hostile.require_none(complete(administrator, panel_scope=scope.ADMIN, group=grouping))


def test_a_kind_that_is_too_large_for_the_time_limit_shows_its_stored_problems(gbp, member):
    """Its list does not come in time; the short one does."""
    gbp.make(GROUPS, 'web', status='ERROR')
    complete(member)
    gbp.late_in_full.add(GROUPS)
    document = complete(member, group='none')

    assert len(document.query('.gbp-status-problem')) == 1
    assert 'Groups could not be read.' in document.text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ('asked', 'said'),
    [
        ({}, ['Show: Problems', 'Group: By cause', 'Since: Any time', 'Order: Most urgent first']),
        (
            {'group': 'kind', 'since': '24h', 'sort': '-since'},
            ['Show: Problems', 'Group: By kind', 'Since: Last 24 hours', 'Order: Newest first'],
        ),
        (
            {'since': '3d', 'sort': 'banana'},
            ['Show: Problems', 'Group: By cause', 'Since: 3d', 'Order: Most urgent first'],
        ),
    ],
)
def test_the_toolbar_says_what_is_chosen(gbp, member, asked, said):
    document = page(member, **asked)
    chosen = [markup.words(one) for one in document.query('.gbp-status-menu li.active a')]

    assert markup.texts(document, '.gbp-status-menu summary') == [*said, 'Export']
    assert chosen == [words.partition(': ')[2] for words in said if words != 'Since: 3d']


def test_one_project_needs_no_grouping_by_project(gbp, member, administrator):
    assert 'By project' not in markup.texts(page(member), '.gbp-status-menu a')
    assert 'By project' in markup.texts(page(administrator, scope.ADMIN), '.gbp-status-menu a')
