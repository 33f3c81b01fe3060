# SPDX-License-Identifier: Apache-2.0
"""The badge of a table or a poll is rendered once for as long as nothing changes in it."""

import dataclasses

from django.urls import reverse

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.views import badges

from tests import asking
from tests import markup
from tests.unit import viewing

GROUPS = 'policy_target_groups'


def badge(client, group, panel='project', **headers):
    answer = client.get(reverse(f'horizon:{panel}:gbp_status:statuses'), {GROUPS: group}, headers=headers)
    return answer.json()['rows'][GROUPS][group]['badge']


def test_a_poll_that_brings_nothing_new_renders_nothing(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    first, second = badge(member, group), badge(member, group)

    assert first == second
    assert badges._rendered.cache_info().misses == 1


def test_a_table_that_is_opened_again_and_its_poll_render_no_badge_anew(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    documents = [markup.page(viewing.page(member)) for _ in range(2)] + [markup.fragment(badge(member, group))]

    assert len({document.query_one('.gbp-status-badge').html() for document in documents}) == 1
    assert badges._rendered.cache_info().misses == 1


def test_a_badge_follows_status_and_details(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD', details='step 1')
    first = badge(member, group)
    gbp.set(group, 'BUILD', 'step 2')
    second = badge(member, group)
    gbp.set(group, 'ERROR', 'step 2')

    assert len({first, second, badge(member, group)}) == 3
    assert 'step 2' in second


def test_each_panel_has_badges_with_its_own_links(gbp, administrator):
    group = gbp.make(GROUPS, 'dns', project='admin')

    assert '/project/' in badge(administrator, group)
    assert '/admin/' in badge(administrator, group, panel='admin')


def test_each_language_has_badges_of_its_own(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')

    assert badge(member, group, accept_language='en') != badge(member, group, accept_language='de')


def test_badges_of_long_details_are_bounded_in_memory(gbp, member):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    for number in range(40):
        gbp.set(group, 'BUILD', f'{number} ' + 'x' * 300_000)
        badge(member, group, cache_control='no-cache')
        gbp.set(group, 'BUILD', f'{number} short')
        badge(member, group, cache_control='no-cache')

        assert badges._rendered.cache_info().bytes <= badges.KEPT
    assert badges._rendered.cache_info().currsize >= 40


def test_a_badge_is_kept_by_what_its_word_means(gbp, member):
    """Cisco's AIM driver says BUILD of every rule."""
    id_ = gbp.make('policy_rules', 'web', status='BUILD')
    resource = asking.door(member).show(registry.BY_COLLECTION['policy_rules'], id_)
    request = asking.request_of(member)
    made = [
        badges.badge(dataclasses.replace(resource, extensions=extensions), scope.PROJECT, request)
        for extensions in ((), ('cisco-apic-gbp',))
    ]

    assert [('data-gbp-status-transient' in one, 'data-gbp-status="BUILD"' in one) for one in made] == [
        (True, True),
        (False, True),
    ]
