# SPDX-License-Identifier: Apache-2.0
"""What depends on a resource, as a fragment of its page."""

import random

import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.affected import MAX_LISTED_ROWS

from tests import hostile
from tests import markup
from tests.unit import population

GROUPS = 'policy_target_groups'


def ask(client, collection, id_, panel_scope=scope.PROJECT):
    return client.get(panel_scope.url('fragments', collection, id_))


def fragment(client, collection, id_, panel_scope=scope.PROJECT):
    response = ask(client, collection, id_, panel_scope)
    assert response.status_code == 200
    assert response.headers['Server-Timing']
    return markup.fragment(response.json()['fragments']['affected'])


@pytest.mark.slow
@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
def test_every_kind_says_what_depends_on_it(gbp, member, kind):
    ids = population.fill(gbp, 1)

    assert markup.texts(fragment(member, kind.collection, ids[kind.collection][0]), 'h2') == ['Affects']


def test_the_first_hundred_are_listed_and_all_are_counted(gbp, member):
    front = gbp.make('l2_policies', 'front', status='ERROR')
    for number in range(MAX_LISTED_ROWS + 20):
        gbp.make(GROUPS, f'web-{number}', status=('ERROR', 'ACTIVE')[number % 2], l2_policy_id=front)
    document = fragment(member, 'l2_policies', front)

    assert MAX_LISTED_ROWS == 100
    assert len(document.query('[data-object-id]')) == 100
    assert markup.texts(document, 'p') == [
        '60 broken with it, of 120 that depend on it',
        'Groups: 60 Error, 60 Active',
    ]
    assert 'and 20 more' in document.text()


def shared_by_two_projects(gbp):
    """A shared L3 policy in error with an L2 policy of another project that is in error, too."""
    top = gbp.make('l3_policies', 'core', status='ERROR', shared=True)
    gbp.make('l2_policies', 'theirs', 'other', status='ERROR', l3_policy_id=top)
    return top


def test_of_what_is_shared_more_may_depend_than_one_may_read(gbp, member, administrator):
    top = shared_by_two_projects(gbp)
    assert markup.texts(fragment(member, 'l3_policies', top), 'p') == ['Nothing that you may read depends on it.']

    gbp.make('l2_policies', 'ours', status='ERROR', l3_policy_id=top)
    said = [
        markup.texts(fragment(client, 'l3_policies', top, panel_scope), 'p')[0]
        for client, panel_scope in ((member, scope.PROJECT), (administrator, scope.ADMIN))
    ]
    assert said == [
        'at least 1 broken with it, of at least 1 that depends on it',
        '2 broken with it, of 2 that depend on it',
    ]


def one_of(*choices):
    return random.sample(choices, 1)[0]


def state():
    return {'status': one_of('ERROR', 'ERROR', 'BUILD', 'ACTIVE'), 'details': one_of('', 'no route', 'no port')}


def random_network(aim):
    """An L3 policy, L2 policies of which some have networks in error, groups, and rule sets that they share."""
    core = aim.make('l3_policies', 'core', **state())
    sets = [aim.make('policy_rule_sets', f'set-{number}', **state()) for number in range(3)]
    aim.change(sets[0], child_policy_rule_sets=random.sample(sets, 2))
    for number in range(4):
        network = aim.neutron.make('networks', f'net-{number}', sync=one_of('synced', 'error'))
        front = aim.make('l2_policies', f'front-{number}', l3_policy_id=core, network_id=network, **state())
        for place in range(3):
            provided = random.sample(sets, one_of(0, 1, 2))
            aim.make(GROUPS, f'web-{number}-{place}', l2_policy_id=front, provided_policy_rule_sets=provided, **state())


def said(document):
    return ''.join(markup.texts(document, '[data-gbp-status-extent]'))


@pytest.mark.slow
@pytest.mark.parametrize('_network', range(12))
def test_overview_and_page_say_the_same_numbers_of_each_cause(aim, member, _network):
    random_network(aim)
    response = member.get(scope.PROJECT.url('lines'), {'kind': 'problems', 'size': 100})
    groups = markup.fragment(response.json()['fragments']['problems']).query('.gbp-status-group')
    causes = [group for group in groups if not group.query('summary .badge')]
    pages = [group.query_one('.gbp-status-problem a').attrs['href'].strip('/').split('/')[-2:] for group in causes]

    assert [said(group) for group in causes] == [said(fragment(member, kind, id_)) for kind, id_ in pages]


def test_nothing_that_depends_on_it_is_said(gbp, member):
    assert 'Nothing depends on it.' in fragment(member, GROUPS, gbp.make(GROUPS, 'web')).text()


def test_a_kind_that_could_not_be_read_is_said(gbp, member):
    front = gbp.make('l2_policies', 'front')
    gbp.fail(GROUPS, 403)
    text = fragment(member, 'l2_policies', front).text()

    assert 'Groups could not be read.' in text
    assert 'Nothing depends on it.' not in text


@pytest.mark.parametrize(
    ('fault', 'status'),
    [((404, b'{"NeutronError": {"type": "PolicyTargetGroupNotFound"}}'), 404), (404, 503), (500, 503)],
)
def test_a_resource_that_cannot_be_read_has_no_fragment(gbp, member, fault, status):
    group = gbp.make(GROUPS, 'web')
    gbp.fail(f'{GROUPS}/{group}', fault)

    assert ask(member, GROUPS, group).status_code == status


def test_a_failure_is_said_in_words_for_users(gbp, member):
    """What the client says of it names the service's address inside of the cloud."""
    group = gbp.make(GROUPS, 'web')
    gbp.fail(GROUPS, requests.ConnectionError('http://10.0.0.7:9696 is not to be reached'))

    assert ask(member, GROUPS, group).json() == {'error': 'The network service gave no usable answer.'}


@pytest.mark.releases
def test_hostile_names_stay_text(gbp, administrator):
    front = gbp.make('l2_policies', hostile.NAME)
    gbp.make(GROUPS, hostile.NAME, status='ERROR', details=hostile.DETAILS, l2_policy_id=front)

    hostile.require_none(fragment(administrator, 'l2_policies', front, scope.ADMIN))
