# SPDX-License-Identifier: Apache-2.0
"""What depends on a resource, as a part of its page."""

import pytest
import requests

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views.affected import LISTED

from tests import hostile
from tests import markup
from tests.unit import population

GROUPS = 'policy_target_groups'


def ask(client, collection, id_, seen_from=scope.PROJECT):
    return client.get(seen_from.url('affected', collection, id_))


def part(client, collection, id_, seen_from=scope.PROJECT):
    response = ask(client, collection, id_, seen_from)
    assert response.status_code == 200
    assert response.headers['Server-Timing']
    return markup.fragment(response.json()['fragments']['affected'])


@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
def test_every_kind_says_what_depends_on_it(gbp, member, kind):
    ids = population.fill(gbp, 1)

    assert markup.texts(part(member, kind.collection, ids[kind.collection][0]), 'h2') == ['Affects']


def test_the_first_hundred_are_listed_and_all_are_counted(gbp, member):
    front = gbp.make('l2_policies', 'front', status='ERROR')
    for number in range(LISTED + 20):
        gbp.make(GROUPS, f'web-{number}', status=('ERROR', 'ACTIVE')[number % 2], l2_policy_id=front)
    document = part(member, 'l2_policies', front)

    assert LISTED == 100
    assert len(document.query('[data-object-id]')) == 100
    assert markup.texts(document, 'p') == ['Groups: 60 Error, 60 Active']
    assert 'and 20 more' in document.text()


def test_nothing_that_depends_on_it_is_said(gbp, member):
    assert 'Nothing depends on it.' in part(member, GROUPS, gbp.make(GROUPS, 'web')).text()


def test_a_kind_that_could_not_be_read_is_said(gbp, member):
    front = gbp.make('l2_policies', 'front')
    gbp.fail(GROUPS, 403)
    text = part(member, 'l2_policies', front).text()

    assert 'Groups could not be read.' in text
    assert 'Nothing depends on it.' not in text


@pytest.mark.parametrize(
    ('fault', 'status'),
    [((404, b'{"NeutronError": {"type": "PolicyTargetGroupNotFound"}}'), 404), (404, 503), (500, 503)],
)
def test_a_resource_that_cannot_be_read_has_no_part(gbp, member, fault, status):
    group = gbp.make(GROUPS, 'web')
    gbp.fail(f'{GROUPS}/{group}', fault)

    assert ask(member, GROUPS, group).status_code == status


def test_a_failure_is_said_in_words_for_users(gbp, member):
    """What the client says of it names the service's address inside of the cloud."""
    group = gbp.make(GROUPS, 'web')
    gbp.fail(GROUPS, requests.ConnectionError('http://10.0.0.7:9696 is not to be reached'))

    assert ask(member, GROUPS, group).json() == {'error': 'The network service gave no usable answer.'}


def test_hostile_names_stay_text(gbp, administrator):
    front = gbp.make('l2_policies', hostile.NAME)
    gbp.make(GROUPS, hostile.NAME, status='ERROR', details=hostile.DETAILS, l2_policy_id=front)

    hostile.require_none(part(administrator, 'l2_policies', front, scope.ADMIN))
