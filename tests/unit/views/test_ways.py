# SPDX-License-Identifier: Apache-2.0
"""Whom a group talks to, as a fragment of its page."""

import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views import ways

from tests import asking
from tests import hostile
from tests import markup
from tests.unit import population
from tests.unit.viewing import calls

GROUPS, EXTERNAL = 'policy_target_groups', 'external_policies'


def ask(client, id_, collection=GROUPS, panel_scope=scope.PROJECT):
    return client.get(panel_scope.url('fragments', collection, id_), {'kind': 'ways'})


def fragment(client, id_, collection=GROUPS, panel_scope=scope.PROJECT):
    response = ask(client, id_, collection, panel_scope)
    assert response.status_code == 200, response.content
    assert response.json()['pending'] == []
    return markup.fragment(response.json()['fragments']['ways'])


class Cloud:
    """A rule set of one rule, tcp 80, that a group provides; others consume it as a test wants."""

    def __init__(self, gbp):
        self.gbp = gbp
        self.l3 = gbp.make('l3_policies', 'core')
        self.allow = gbp.make('policy_actions', 'allow', action_type='allow', status=None)
        self.rules = [self.rule('http', '80')]
        self.rule_set = gbp.make('policy_rule_sets', 'web', policy_rules=self.rules)
        self.db = self.group('db', provides=[self.rule_set])

    def rule(self, name, ports, actions=None, status='BUILD'):
        kind = self.gbp.make('policy_classifiers', name, protocol='tcp', port_range=ports, direction='in', status=None)
        actions = [self.allow] if actions is None else actions
        return self.gbp.make(
            'policy_rules', name, policy_classifier_id=kind, policy_actions=actions, enabled=True, status=status
        )

    def group(self, name, provides=(), consumes=(), project='demo', **attributes):
        l2 = self.gbp.make('l2_policies', f'l2-{name}', project, l3_policy_id=self.l3)
        own = {'l2_policy_id': l2, 'policy_targets': ['a-target']}
        sets = {'provided_policy_rule_sets': list(provides), 'consumed_policy_rule_sets': list(consumes)}
        id_ = self.gbp.make(GROUPS, name, project, **{**own, **sets, **attributes})
        self._list(id_, 'policy_target_groups', provides, consumes)
        return id_

    def external(self, name, provides=(), consumes=(), **attributes):
        sets = {'provided_policy_rule_sets': list(provides), 'consumed_policy_rule_sets': list(consumes)}
        id_ = self.gbp.make(EXTERNAL, name, status=None, **sets, **attributes)
        self._list(id_, 'external_policies', provides, consumes)
        return id_

    def _list(self, id_, kind, provides, consumes):
        for role, named in (('providing', provides), ('consuming', consumes)):
            for rule_set in named:
                before = self.gbp._rows['policy_rule_sets'][rule_set][f'{role}_{kind}']
                self.gbp.change(rule_set, **{f'{role}_{kind}': [*before, id_]})

    def front(self, name='front', **attributes):
        return self.group(name, consumes=[self.rule_set], **attributes)


@pytest.fixture
def cloud(aim):
    return Cloud(aim)


def drawn(document):
    """Return [(id of the other group, verdict)] of the ways of a fragment."""
    return [(one.attrs['data-gbp-way'], one.attrs['data-gbp-way-state']) for one in document.query('[data-gbp-way]')]


def stops(document):
    return markup.texts(document, '.gbp-status-stop > a')


def test_a_way_is_drawn_from_the_consumer_to_the_provider(cloud, member):
    front = cloud.front()
    document = fragment(member, front)

    assert drawn(document) == [(cloud.db, 'works')]
    assert stops(document) == ['front', 'web', 'db']
    assert [one.attrs['data-gbp-status'] for one in document.query('.gbp-status-stop > .gbp-status-badge')] == [
        'ACTIVE'
    ] * 3
    assert 'Works as far as GBP and Neutron report: front may open tcp 80 to db.' in document.text()
    assert markup.texts(document, '.gbp-status-way-rules li') == ['opened by the consumer: tcp 80']


def test_the_provider_has_the_same_picture(cloud, member):
    front = cloud.front()
    document = fragment(member, cloud.db)

    assert drawn(document) == [(front, 'works')]
    assert stops(document) == ['front', 'web', 'db']


def test_a_page_has_the_place_of_its_ways_where_there_may_be_any(gbp, member):
    ids = population.fill(gbp, 1)
    addresses = {kind: scope.PROJECT.url('detail', kind, ids[kind][0]) for kind in (GROUPS, EXTERNAL, 'nat_pools')}
    pages = {kind: markup.page(member.get(address)) for kind, address in addresses.items()}
    pending = '[data-gbp-ways][data-gbp-status-pending]'

    assert [kind for kind, page in pages.items() if page.query(pending)] == [GROUPS, EXTERNAL]


def test_the_worst_come_first_and_20_are_drawn(cloud, member):
    fronts = [cloud.front(f'front-{number}') for number in range(25)]
    cloud.gbp.set(fronts[-1], 'ERROR')
    document = fragment(member, cloud.db)

    assert ways.MAX_SHOWN_WAYS == 20
    assert len(drawn(document)) == 20
    assert drawn(document)[0] == (fronts[-1], 'broken')
    assert markup.texts(document, '[data-gbp-status-result]')[1] == (
        '25 ways: 1 Broken, 24 Works. What Neutron reports beneath 5 of them has not been read: they are not drawn.'
    )
    assert markup.texts(document, 'summary') == ['and 5 more']
    assert markup.texts(document, 'details a') == [f'front-{number}' for number in range(19, 24)]


def test_ways_with_the_same_verdict_stand_by_the_names_of_their_ends(cloud, member):
    ids = {number: cloud.front(f'front-{number}') for number in (10, 9, 11, 2)}

    assert [id_ for id_, _verdict in drawn(fragment(member, cloud.db))] == [ids[number] for number in (2, 9, 10, 11)]


def test_a_rule_in_error_is_named_among_many(cloud, member):
    rules = [cloud.rule(f'rule-{ports}', ports) for ports in ('9', '10', '11', '12', '13', '8')]
    broken = cloud.rule('broken', '99', status='ERROR')
    cloud.gbp.change(cloud.rule_set, policy_rules=[*rules, broken])
    shown = markup.texts(fragment(member, cloud.front()), '.gbp-status-way-rules li')

    assert [text.split('tcp ')[-1].split()[0] for text in shown] == ['99', '8', '9', '10', '11', 'and']


def test_other_ends_that_one_may_not_see_are_counted_and_not_named(cloud, member):
    stranger = cloud.group('secret', consumes=[cloud.rule_set], project='other')
    document = fragment(member, cloud.db)

    assert drawn(document) == [('', 'unknown')]
    assert '1 more that you may not see' in document.text()
    assert not {'secret', stranger} & set(str(document.text()).split())
    assert stranger not in ask(member, cloud.db).content.decode()


def test_a_rule_set_that_one_may_not_see_is_said(cloud, member):
    theirs = cloud.gbp.make('policy_rule_sets', 'theirs', 'other')
    front = cloud.group('front', consumes=[theirs])
    document = fragment(member, front)

    assert drawn(document) == [('', 'unknown')]
    assert 'Cannot be said: whom it talks to through a rule set that you may not see' in document.text()


def test_a_group_that_no_rule_set_joins_says_so(cloud, member):
    document = fragment(member, cloud.group('lonely', intra_ptg_allow=False))

    assert drawn(document) == []
    assert 'No rule set joins it with another group.' in document.text()
    assert 'Members may not talk to each other.' in document.text()


def test_an_automatic_group_is_joined_by_more_than_rule_sets(cloud, member):
    document = fragment(member, cloud.group('ptg-for-l2p', is_auto_ptg=True))

    assert 'Automatic groups are joined by contracts of the fabric, too' in document.text()
    assert 'No rule set joins it' not in document.text()


def test_plumbing_of_a_chain_has_no_ways(cloud, member):
    document = fragment(member, cloud.front('proxy', proxied_group_id=cloud.db))

    assert drawn(document) == []
    assert 'It is part of a service chain, so no way begins or ends here.' in document.text()


def outside(cloud):
    segment = cloud.gbp.make('external_segments', 'edge', status=None, external_routes=[{'destination': '0.0.0.0/0'}])
    cloud.gbp.change(cloud.l3, external_segments={segment: ['10.0.0.9']})
    return cloud.external('internet', consumes=[cloud.rule_set], external_segments=[segment])


def test_an_external_group_has_ways(cloud, member):
    internet = outside(cloud)
    document = fragment(member, internet, EXTERNAL)

    assert drawn(document) == [(cloud.db, 'works')]
    assert markup.texts(document, '[data-gbp-way-remark]') == ['From outside: needs a floating IP or a route there.']
    assert drawn(fragment(member, cloud.db)) == [(internet, 'works')]


def test_what_is_worth_a_word_is_said_once(cloud, member):
    for name in ('front', 'other'):
        cloud.front(name, policy_targets=[])
    document = fragment(member, cloud.db)

    assert markup.texts(document, '[data-gbp-way-remark]') == ['Group front and group other: no member.']


def redirected(cloud, nodes=('fw', 'lb')):
    """A second rule that redirects to a chain; return its id."""
    gbp = cloud.gbp
    made = [gbp.make('servicechain_nodes', name) for name in nodes]
    spec = gbp.make('servicechain_specs', 'spec', nodes=made)
    action = gbp.make('policy_actions', 'redirect', action_type='redirect', action_value=spec, status=None)
    rule = cloud.rule('https', '443', [action])
    gbp.change(cloud.rule_set, policy_rules=[*cloud.rules, rule])
    kind = gbp._rows['policy_rules'][rule]['policy_classifier_id']
    own = {'provider_ptg_id': cloud.db, 'consumer_ptg_id': 'N/A', 'classifier_id': kind, 'servicechain_specs': [spec]}
    return gbp.make('servicechain_instances', 'chain', **own)


def test_the_nodes_of_a_chain_stand_between_rule_set_and_provider(cloud, member):
    chain = redirected(cloud)
    front = cloud.front()
    assert stops(fragment(member, front)) == ['front', 'web', 'fw', 'lb', 'db']

    cloud.gbp.set(chain, 'ERROR', 'node deployment failed')
    document = fragment(member, front)
    assert drawn(document) == [(cloud.db, 'partly')]
    assert 'Partly broken: chain chain is in error; tcp 80 is not affected.' in document.text()


def test_a_rule_whose_classifier_one_may_not_see_has_its_name(cloud, member):
    front = cloud.front()
    cloud.gbp.change(cloud.rules[0], policy_classifier_id=cloud.gbp.make('policy_classifiers', 'theirs', 'other'))
    (rule,) = markup.texts(fragment(member, front), '.gbp-status-way-rules li')

    assert rule == 'both ways: http (not certain)'


def test_an_error_beneath_breaks_a_way(cloud, member):
    front = cloud.front()
    network = cloud.gbp.neutron.make('networks', 'net', sync='error')
    cloud.gbp.change(cloud.gbp._rows[GROUPS][cloud.db]['l2_policy_id'], network_id=network)
    document = fragment(member, front)

    assert drawn(document) == [(cloud.db, 'beneath')]
    assert 'Broken beneath L2 policy l2-db: network in error.' in document.text()


def test_an_error_beneath_what_all_ways_lead_over_breaks_those_too_that_are_not_drawn(cloud, member):
    network = cloud.gbp.neutron.make('networks', 'net', sync='error')
    cloud.gbp.change(cloud.gbp._rows[GROUPS][cloud.db]['l2_policy_id'], network_id=network)
    for number in range(ways.MAX_SHOWN_WAYS + 1):
        cloud.front(f'front-{number}')

    assert '21 ways: 21 Broken beneath.' in fragment(member, cloud.db).text()


def test_a_kind_that_could_not_be_read_is_said_and_hides_nothing(cloud, member):
    front = cloud.front()
    cloud.gbp.fail('policy_rules', 403)
    document = fragment(member, front)

    assert 'Rules could not be read.' in document.text()
    assert drawn(document) == [(cloud.db, 'unknown')]
    assert 'Cannot be said: Rules could not be read.' in document.text()


@pytest.mark.parametrize(('status', 'said'), [(503, 'incomplete'), (403, '')])
def test_what_may_be_there_the_next_time_leaves_the_ways_of_a_page_alone(cloud, member, status, said):
    cloud.gbp.fail('policy_rules', status)
    fragments = [
        fragment(member, cloud.front()),
        markup.fragment(
            member.get(scope.PROJECT.url('fragments', 'policy_rule_sets', cloud.rule_set)).json()['fragments'][
                'carried'
            ]
        ),
    ]

    assert [
        document.query_one('[data-gbp-status-failed]').attrs['data-gbp-status-failed'] for document in fragments
    ] == [said] * 2


def test_where_groups_could_not_be_read_nobody_is_said_to_be_hidden(cloud, member):
    front = cloud.front()
    cloud.gbp.forbids = lambda _person, asked: asked.collection == GROUPS and asked.resource_id is None
    document = fragment(member, front)

    assert drawn(document) == []
    assert 'Groups could not be read.' in document.text()
    assert 'that you may not see' not in document.text()
    assert 'No rule set joins it' not in document.text()


def test_what_is_still_being_read_is_pending_and_comes(cloud, member, monkeypatch):
    front = cloud.front()
    asking.gbp_of(member).has('servicechain')
    cloud.gbp.hold('policy_rules')
    with monkeypatch.context() as hasty:
        hasty.setattr(deadline, 'list_wait_seconds', lambda: 0.2)
        response = ask(member, front)
    assert response.json()['pending'] == ['ways']
    assert response.headers['Retry-After']
    assert 'Still being read.' in markup.fragment(response.json()['fragments']['ways']).text()

    cloud.gbp.release()
    assert drawn(fragment(member, front)) == [(cloud.db, 'works')]


@pytest.mark.slow
@pytest.mark.parametrize('number', [1, 20, 500])
def test_calls_grow_by_one_a_kind_for_150_ways_alone(cloud, member, number):
    for count in range(number):
        cloud.front(f'front-{count}')
    asking.gbp_of(member).has('servicechain')
    ask(member, cloud.db)
    cloud.gbp.requests.clear()
    answer = ask(member, cloud.db)
    asked = [one.collection for one in cloud.gbp.requests if one.collection in registry.BY_COLLECTION]

    assert calls(answer) == len(cloud.gbp.requests)
    lists = {name: asked.count(name) for name in asked}
    many = -(-number // 150)
    assert lists == {
        # The group itself by a show, its peers by lists.
        GROUPS: 1 + many,
        'policy_rule_sets': 1,
        'policy_rules': 1,
        'policy_classifiers': 1,
        'policy_actions': 1,
        'l2_policies': -(-(number + 1) // 150),
        'l3_policies': 1,
    }


@pytest.mark.releases
def test_hostile_names_stay_text(cloud, administrator):
    cloud.gbp.change(cloud.rule_set, name=hostile.NAME)
    front = cloud.front(hostile.NAME)
    for row in cloud.gbp._rows['policy_classifiers'].values():
        row['protocol'] = hostile.NAME

    hostile.require_none(fragment(administrator, front, panel_scope=scope.ADMIN))


def test_an_unknown_fragment_is_refused(cloud, member):
    response = member.get(scope.PROJECT.url('fragments', GROUPS, cloud.db), {'kind': 'banana'})
    of_rules = member.get(scope.PROJECT.url('fragments', 'policy_rules', cloud.rules[0]), {'kind': 'ways'})

    assert (response.status_code, response.json()) == (400, {'error': 'There is no part named banana.'})
    assert of_rules.status_code == 400
