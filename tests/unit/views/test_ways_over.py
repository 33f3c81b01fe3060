# SPDX-License-Identifier: Apache-2.0
"""The ways that lead over a resource, on its page, and those that it breaks, in its explanation and the ticket."""

import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.health.ways import ways_over as judged
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views import ways_over

from tests import asking
from tests import hostile
from tests import markup
from tests.unit.health.ways import clouds
from tests.unit.views.test_explanation import explained
from tests.unit.views.test_explanation import ticket
from tests.unit.views.test_export import csv_rows
from tests.unit.views.test_ways import Cloud
from tests.unit.views.test_ways import EXTERNAL
from tests.unit.views.test_ways import GROUPS
from tests.unit.views.test_ways import outside
from tests.unit.views.test_ways import redirected

RULES, RULE_SETS, CHAINS = 'policy_rules', 'policy_rule_sets', 'servicechain_instances'


@pytest.fixture
def cloud(aim):
    return Cloud(aim)


def ask(client, collection, id_, panel_scope=scope.PROJECT):
    return client.get(panel_scope.url('fragments', collection, id_), {'kind': 'carried'})


def fragment(client, collection, id_, panel_scope=scope.PROJECT):
    response = ask(client, collection, id_, panel_scope)
    assert (response.status_code, response.json()['pending']) == (200, [])
    return markup.fragment(response.json()['fragments']['carried'])


def lines(document):
    """Return [(verdict, [consumer, rule set, provider])] of the ways that are named."""
    return [
        (one.attrs['data-gbp-way-state'], [link.text() for link in one.query('a')])
        for one in document.query('[data-gbp-way-state]')
    ]


def counted(document):
    return markup.texts(document, '[data-gbp-status-result]')


def l2_of(cloud, group):
    return cloud.gbp._rows[GROUPS][group]['l2_policy_id']


def l3_of(cloud):
    """Return the id of the L3 policy, which lists its L2 policies as GBP has it."""
    cloud.gbp.change(cloud.l3, l2_policies=list(cloud.gbp._rows['l2_policies']))
    return cloud.l3


def over(cloud):
    """Return {kind: id} of all that the way from front to db leads over but for its ends."""
    rule = cloud.gbp._rows[RULES][cloud.rules[0]]
    return {
        RULE_SETS: cloud.rule_set,
        RULES: cloud.rules[0],
        'policy_classifiers': rule['policy_classifier_id'],
        'policy_actions': cloud.allow,
        'l2_policies': l2_of(cloud, cloud.db),
        'l3_policies': l3_of(cloud),
    }


@pytest.mark.parametrize(
    'kind', [RULE_SETS, RULES, 'policy_classifiers', 'policy_actions', 'l2_policies', 'l3_policies']
)
def test_a_page_names_the_ways_that_lead_over_it(cloud, member, kind):
    cloud.front()
    cloud.group('lonely', provides=[cloud.gbp.make(RULE_SETS, 'unused')])
    document = fragment(member, kind, over(cloud)[kind])

    assert counted(document) == ['1 way leads over it: 1 Works']
    assert lines(document) == [('works', ['front', 'web', 'db'])]


def test_a_chain_carries_the_ways_of_the_rules_that_redirect_to_it(cloud, member):
    chain = redirected(cloud)
    cloud.front()
    cloud.group('other', provides=[cloud.rule_set])

    assert lines(fragment(member, CHAINS, chain)) == [('works', ['front', 'web', 'db'])]


def test_a_segment_carries_the_ways_outside(cloud, member):
    internet = outside(cloud)
    cloud.front()
    (segment,) = cloud.gbp._rows['external_segments']
    cloud.gbp.change(segment, external_policies=[internet])

    assert lines(fragment(member, 'external_segments', segment)) == [('works', ['internet', 'web', 'db'])]


def test_what_carries_nothing_says_so(cloud, member):
    assert 'No way leads over it.' in fragment(member, RULE_SETS, cloud.rule_set).text()


def test_ends_that_one_may_not_see_are_counted_as_more(cloud, member):
    cloud.group('secret', project='other', consumes=[cloud.rule_set])
    assert 'No way that you may read leads over it.' in fragment(member, RULE_SETS, cloud.rule_set).text()

    cloud.front()
    assert counted(fragment(member, RULE_SETS, cloud.rule_set)) == ['At least 1 way leads over it: 1 Works']


@pytest.mark.parametrize('value', clouds.NO_IDS, ids=repr)
def test_lists_that_name_what_can_be_no_id_may_have_ways(cloud, member, value):
    cloud.gbp.change(l3_of(cloud), l2_policies=value)

    assert 'No way that you may read leads over it.' in fragment(member, 'l3_policies', cloud.l3).text()


@pytest.mark.parametrize(('kind', 'unusable'), [(RULES, RULE_SETS), ('l2_policies', GROUPS)])
def test_rows_that_could_not_be_used_may_have_ways(cloud, member, kind, unusable):
    id_ = over(cloud)[kind]
    gone = cloud.gbp.make(unusable, 'a', l2_policy_id=l2_of(cloud, cloud.db))
    cloud.gbp.rewrite = lambda _asked, answer: {
        name: [row | {'id': 5} if row['id'] == gone else row for row in rows] if name == unusable else rows
        for name, rows in answer.items()
    }

    assert 'No way that you may read leads over it.' in fragment(member, kind, id_).text()


def test_groups_have_their_ways_in_another_fragment(cloud, member):
    assert not ways_over.has_fragment(registry.BY_COLLECTION[GROUPS])
    page = markup.page(member.get(scope.PROJECT.url('detail', RULES, cloud.rules[0])))

    assert page.query('[data-gbp-status-fragment="carried"]')


@pytest.mark.parametrize('kind', [RULE_SETS, RULES, 'policy_classifiers', 'policy_actions', 'l3_policies', GROUPS])
def test_an_explanation_names_the_ways_that_an_error_breaks(cloud, member, kind):
    cloud.front()
    id_ = {**over(cloud), GROUPS: cloud.db}[kind]
    cloud.gbp.set(id_, 'ERROR')
    document = explained(member, kind, id_)

    assert 'It breaks 1 way, or a part of it:' in document.text()
    assert lines(document) == [('broken', ['front', 'web', 'db'])]
    (line,) = [line for line in ticket(document) if line.startswith('Way: ')]
    assert line.startswith('Way: front -> web -> db: Broken: ')


def test_a_rule_breaks_its_own_traffic_alone(cloud, member):
    cloud.front()
    rule = cloud.rule('https', '443', status='ERROR')
    cloud.gbp.change(cloud.rule_set, policy_rules=[*cloud.rules, rule])
    document = explained(member, RULES, rule)

    assert lines(document) == [('partly', ['front', 'web', 'db'])]
    assert 'Partly broken: rule https is in error; tcp 80 is not affected.' in document.text()


def test_a_chain_in_error_breaks_what_is_redirected_to_it(cloud, member):
    chain = redirected(cloud)
    cloud.front()
    cloud.gbp.set(chain, 'ERROR', 'node deployment failed')

    assert lines(explained(member, CHAINS, chain)) == [('partly', ['front', 'web', 'db'])]


def test_an_error_beneath_an_l2_policy_breaks_ways(cloud, member):
    cloud.front()
    network = cloud.gbp.neutron.make('networks', 'net', sync='error')
    cloud.gbp.change(l2_of(cloud, cloud.db), network_id=network)

    assert lines(explained(member, 'l2_policies', l2_of(cloud, cloud.db))) == [('beneath', ['front', 'web', 'db'])]


def test_what_something_else_breaks_is_not_laid_at_its_door(cloud, member):
    front = cloud.front()
    cloud.gbp.set(front, 'ERROR')
    cloud.front('other')
    cloud.gbp.set(cloud.rules[0], 'ACTIVE')

    assert [line for line in ticket(explained(member, RULES, cloud.rules[0])) if line.startswith('Way')] == []
    assert lines(explained(member, GROUPS, front)) == [('broken', ['front', 'web', 'db'])]


def test_few_ways_are_named_in_an_explanation_and_the_others_counted(cloud, member):
    for number in range(25):
        cloud.front(f'front-{number}')
    cloud.gbp.set(cloud.rule_set, 'ERROR')
    document = explained(member, RULE_SETS, cloud.rule_set)

    assert 'It breaks 25 ways, or a part of them:' in document.text()
    assert (len(lines(document)), ways_over.MAX_EXPLAINED_WAYS) == (5, 5)
    assert 'and 20 more' in document.text()
    own = [line for line in ticket(document) if line.startswith('Way')]
    assert (len(own), own[-1]) == (21, 'Ways: 25')


def test_what_is_still_being_read_is_waited_for(cloud, member, monkeypatch):
    cloud.front()
    cloud.gbp.set(cloud.rule_set, 'ERROR')
    asking.gbp_of(member).has('servicechain')
    cloud.gbp.hold('l2_policies')
    with monkeypatch.context() as hasty:
        hasty.setattr(deadline, 'list_wait_seconds', lambda: 0.2)
        response = member.get(scope.PROJECT.url('explanation', RULE_SETS, cloud.rule_set))
        waiting = ask(member, RULE_SETS, cloud.rule_set)
    document = markup.fragment(response.content.decode())
    assert 'The ways that lead over it are still being read.' in document.text()
    assert response.headers['Retry-After']
    assert waiting.json()['pending'] == ['carried']

    cloud.gbp.release()
    assert lines(fragment(member, RULE_SETS, cloud.rule_set)) == [('broken', ['front', 'web', 'db'])]


def test_what_could_not_be_read_is_said(cloud, member):
    cloud.front()
    cloud.gbp.set(cloud.rule_set, 'ERROR')
    cloud.gbp.fail('policy_actions', 403)

    assert 'Actions could not be read.' in explained(member, RULE_SETS, cloud.rule_set).text()
    assert 'Actions could not be read.' in fragment(member, RULE_SETS, cloud.rule_set).text()


@pytest.mark.slow
@pytest.mark.parametrize('kind', [RULE_SETS, 'l3_policies'])
@pytest.mark.parametrize('number', [1, 400])
def test_calls_are_bounded_however_many_ways_there_are(cloud, member, kind, number):
    for count in range(number):
        cloud.front(f'front-{count}')
    id_ = over(cloud)[kind]
    asking.gbp_of(member).has('servicechain')
    cloud.gbp.requests.clear()
    document = fragment(member, kind, id_)
    asked = [one.collection for one in cloud.gbp.requests if one.collection in registry.BY_COLLECTION]

    assert len(asked) <= 9
    assert ('At least' in counted(document)[0]) == (number == 400)


@pytest.mark.slow
def test_so_many_ways_are_judged_at_most(cloud, member, monkeypatch):
    monkeypatch.setattr(judged, 'MAX_JUDGED_WAYS', 10)
    for count in range(11):
        cloud.front(f'front-{count}')

    assert counted(fragment(member, RULE_SETS, cloud.rule_set)) == ['At least 10 ways lead over it: 10 Works']


def test_an_external_group_in_error_breaks_its_ways(cloud, member):
    internet = outside(cloud)
    cloud.gbp.set(internet, 'ERROR')

    assert lines(explained(member, EXTERNAL, internet)) == [('broken', ['internet', 'web', 'db'])]


@pytest.mark.releases
def test_hostile_names_stay_text(cloud, administrator):
    cloud.gbp.change(cloud.rule_set, name=hostile.NAME)
    cloud.front(hostile.NAME)
    cloud.gbp.set(cloud.rule_set, 'ERROR')

    hostile.require_none(fragment(administrator, RULE_SETS, cloud.rule_set, scope.ADMIN))
    hostile.require_none(explained(administrator, RULE_SETS, cloud.rule_set, scope.ADMIN))


def exported(client, **parameters):
    return client.get(scope.PROJECT.url('export'), {'tab': 'gbp_status_tabs__overview', **parameters})


@pytest.mark.slow
@pytest.mark.parametrize(
    'kind', [RULE_SETS, RULES, 'policy_classifiers', 'policy_actions', 'l2_policies', 'l3_policies', GROUPS]
)
def test_an_export_names_the_ways_that_a_cause_breaks(cloud, member, kind):
    cloud.front()
    cloud.gbp.set({**over(cloud), GROUPS: cloud.db}[kind], 'ERROR', 'a reason')
    (group,) = exported(member, format='json').json()['groups']
    (row,) = csv_rows(exported(member, format='csv'))

    (way,) = group['broken_ways']
    names = {'consumer': 'front', 'rule_set': 'web', 'provider': 'db', 'verdict': 'broken'}
    assert way == {**names, 'sentence': way['sentence']}
    assert row['broken_ways'] == f'front -> web -> db: {way["sentence"]}'


def test_an_export_names_the_ways_over_a_chain_and_a_segment(cloud, member):
    internet = outside(cloud)
    chain = redirected(cloud)
    cloud.gbp.set(chain, 'ERROR', 'node deployment failed')
    (segment,) = cloud.gbp._rows['external_segments']
    cloud.gbp.change(segment, external_policies=[internet])
    cloud.gbp.set(segment, 'ERROR', 'a reason')
    groups = exported(member, format='json').json()['groups']

    assert [[way['verdict'] for way in group['broken_ways']] for group in groups] == [['broken'], ['broken']]


def test_more_ways_than_are_judged_are_not_named_in_an_export(cloud, member, monkeypatch):
    monkeypatch.setattr(judged, 'MAX_JUDGED_WAYS', 10)
    for count in range(11):
        cloud.front(f'front-{count}')
    cloud.gbp.set(cloud.rule_set, 'ERROR', 'a reason')

    assert 'broken_ways' not in exported(member, format='json').json()['groups'][0]
    assert csv_rows(exported(member, format='csv'))[0]['broken_ways'] == ''


def test_the_ways_in_a_cell_are_no_formula_and_no_longer_than_a_spreadsheet_takes(cloud, member):
    for number in range(140):
        cloud.front(f'=cmd|{number}' + 'x' * 220)
    cloud.gbp.set(cloud.rule_set, 'ERROR', 'a reason')
    (group,) = exported(member, format='json').json()['groups']
    cell = csv_rows(exported(member, format='csv'))[0]['broken_ways']
    named = cell.count('=cmd')

    assert (cell[:2], cell.count(";' =cmd")) == ("'=", named - 1)
    assert len(group['broken_ways']) == 140
    assert cell.endswith(f'; and {140 - named} more')
    assert 31_000 < len(cell) < 32_767


def test_an_export_claims_nothing_where_rules_could_not_be_read(cloud, member):
    cloud.front()
    cloud.gbp.set(cloud.rule_set, 'ERROR', 'a reason')
    cloud.gbp.forbids = lambda _person, asked: asked.collection == RULES and 'id' in asked.parameters

    assert 'broken_ways' not in exported(member, format='json').json()['groups'][0]


@pytest.mark.slow
def test_an_export_costs_ten_calls_more_at_most_however_many_causes_there_are(cloud, member):
    cloud.front()
    asking.gbp_of(member).has('servicechain')
    cloud.gbp.requests.clear()
    exported(member, format='json')
    before = len(cloud.gbp.requests)
    for number in range(40):
        front = cloud.front(f'front-{number}')
        cloud.gbp.set(front, 'ERROR', f'reason {number}')
    cloud.gbp.requests.clear()
    groups = exported(member, format='json').json()['groups']

    assert [len(group['broken_ways']) for group in groups] == [1] * 40
    assert len(cloud.gbp.requests) - before <= 10
