# SPDX-License-Identifier: Apache-2.0
"""The badge of a table or a poll is rendered once for as long as nothing changes in it."""

import dataclasses

from django.urls import reverse
import pytest

from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.views import badges

from tests import asking
from tests import markup
from tests.unit import viewing

GROUPS = 'policy_target_groups'


def badge(client, id_, panel='project', kind=GROUPS, **headers):
    answer = client.get(reverse(f'horizon:{panel}:gbp_status:statuses'), {kind: id_}, headers=headers)
    return answer.json()['rows'][kind][id_]['badge']


def test_a_poll_that_brings_nothing_new_renders_nothing(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    first, second = badge(member, group), badge(member, group)

    assert first == second
    assert badges._rendered.cache_info().misses == 1


@pytest.mark.parametrize(('kind', 'renderings'), [('external_policies', 1), (GROUPS, 2)])
def test_a_table_that_is_opened_again_and_its_poll_render_no_badge_anew(gbp, member, kind, renderings):
    """But once more where the poll says what is beneath."""
    group = gbp.make(kind, 'web', status='BUILD')
    documents = [markup.page(viewing.page(member)) for _ in range(2)]
    documents += [markup.fragment(badge(member, group, kind=kind)) for _ in range(2)]

    assert len({document.query_one('.gbp-status-badge').html() for document in documents}) == renderings
    assert badges._rendered.cache_info().misses == renderings


def test_a_badge_follows_status_and_details(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD', details='step 1')
    first = badge(member, group)
    gbp.set(group, 'BUILD', 'step 2')
    second = badge(member, group)
    gbp.set(group, 'ERROR', 'step 2')

    assert len({first, second, badge(member, group)}) == 3
    assert 'step 2' in second


@pytest.mark.releases
def test_each_panel_has_badges_with_its_own_links(gbp, administrator):
    group = gbp.make(GROUPS, 'dns', project='admin')

    assert '/project/' in badge(administrator, group)
    assert '/admin/' in badge(administrator, group, panel='admin')


@pytest.mark.releases
def test_each_language_has_badges_of_its_own(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')

    assert badge(member, group, accept_language='en') != badge(member, group, accept_language='de')


@pytest.mark.slow
def test_badges_of_long_details_are_bounded_in_memory(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    for number in range(40):
        gbp.set(group, 'BUILD', f'{number} ' + 'x' * 300_000)
        badge(member, group, cache_control='no-cache')
        gbp.set(group, 'BUILD', f'{number} short')
        badge(member, group, cache_control='no-cache')

        assert badges._rendered.cache_info().bytes <= badges.CACHE_BYTES
    assert badges._rendered.cache_info().currsize >= 40


def test_a_badge_is_kept_by_what_its_word_means(gbp, member):
    """Cisco's AIM driver says BUILD of every rule."""
    id_ = gbp.make('policy_rules', 'web', status='BUILD')
    resource = asking.gbp_of(member).show(registry.BY_COLLECTION['policy_rules'], id_)
    request = asking.request_of(member)
    made = [
        badges.badge(dataclasses.replace(resource, extensions=extensions), scope.PROJECT, request)
        for extensions in ((), ('cisco-apic-gbp',))
    ]

    assert [('data-gbp-status-transient' in one, 'data-gbp-status="BUILD"' in one) for one in made] == [
        (True, True),
        (False, True),
    ]


NETWORKS, ROUTERS = neutron.BY_COLLECTION['networks'], neutron.BY_COLLECTION['routers']


def of_kind(kind, sync):
    return neutron.NeutronObject(kind, {'id': 'an-id', 'name': 'l2p_inner', neutron.SYNC_STATE: sync}, True)


def badge_above(client, status, *objects, **fields):
    """Return (data-gbp-below, the mark's texts) of the badge of an L2 policy above some objects."""
    resource = Resource(registry.BY_COLLECTION['l2_policies'], {'id': 'an-id', 'name': 'inner', 'status': status})
    resource.beneath = Beneath(resource, objects, **fields)
    document = markup.fragment(badges.badge(resource, scope.PROJECT, asking.request_of(client)))
    below = document.query_one('.gbp-status-badge').attrs.get('data-gbp-below')
    return below, [(mark.attrs['class'], markup.words(mark)) for mark in document.query('.gbp-status-mark')]


def test_a_badge_says_what_is_worse_beneath(member):
    found = badge_above(member, 'ACTIVE', of_kind(ROUTERS, 'build'), of_kind(NETWORKS, 'error'))

    assert found == ('error', [('gbp-status-mark gbp-status-tone-danger', 'network in error')])


@pytest.mark.parametrize(
    ('status', 'sync', 'below', 'words'),
    [
        ('ACTIVE', 'build', 'build', ['network being built']),
        ('BUILD', 'error', 'error', ['network in error']),
        (None, 'error', 'error', ['network in error']),
        ('BUILD', 'build', 'build', []),
        ('ERROR', 'error', 'error', []),
        ('ACTIVE', 'synced', 'ok', []),
        ('ACTIVE', 'N/A', 'none', []),
    ],
)
def test_a_badge_has_a_mark_where_its_own_word_is_better(member, status, sync, below, words):
    found, marks = badge_above(member, status, of_kind(NETWORKS, sync))

    assert (found, [text for _class, text in marks]) == (below, words)


def test_a_badge_says_nothing_of_what_is_still_being_read(member):
    assert badge_above(member, 'ACTIVE', of_kind(ROUTERS, 'error'), is_pending=True) == (None, [])


def test_a_badge_says_of_what_could_not_be_read_what_is_known_to_be_wrong_alone(member):
    assert badge_above(member, 'ACTIVE', of_kind(ROUTERS, 'synced'), unread=(NETWORKS,)) == (None, [])
    assert badge_above(member, 'ACTIVE', of_kind(ROUTERS, 'error'), unread=(NETWORKS,))[0] == 'error'


def test_a_badge_of_which_nobody_has_asked_says_nothing_of_what_is_beneath(gbp, member):
    gbp.make(GROUPS, 'web')

    assert 'data-gbp-below' not in markup.page(viewing.page(member)).query_one('.gbp-status-badge').attrs


@pytest.mark.parametrize('collection', ['policy_target_groups', 'l2_policies'])
def test_the_title_of_what_the_backend_made_names_its_l2_policy(collection):
    kind, attributes = registry.BY_COLLECTION[collection], {'id': 'auto' + 32 * 'a', 'name': 'ptg-for-l2p-1'}
    titles = [
        Resource(kind, {**attributes, 'is_auto_ptg': automatic}, made_for=name).title
        for automatic, name in ((True, 'storefront'), (True, ''), (False, 'storefront'))
    ]

    made = 'Automatic group of storefront' if collection == 'policy_target_groups' else 'ptg-for-l2p-1'
    assert titles == [made, 'ptg-for-l2p-1', 'ptg-for-l2p-1']
