# SPDX-License-Identifier: Apache-2.0
"""The gbp_of to GBP: what is listed, read, named and shown, with statuses of just now and in how many calls."""

from django.test import override_settings
import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import api
from gbp_status_ui.service import extensions

from tests import asking
from tests import building
from tests.asking import gbp_of

pytestmark = pytest.mark.releases

GROUPS = registry.BY_COLLECTION['policy_target_groups']
CHAINS = registry.BY_COLLECTION['servicechain_instances']


def names(listing):
    return sorted(row.name for row in listing.rows)


def states(rows):
    return {row.name: row.status.value for row in rows}


def test_a_resource_without_a_name_is_called_by_its_id(gbp, member):
    id_ = gbp.make(GROUPS.collection, '')

    assert gbp_of(member).show(GROUPS, id_).name == id_


def test_what_the_api_leaves_empty_is_empty_text(gbp, member):
    shown = gbp_of(member).show(GROUPS, gbp.make(GROUPS.collection, 'web', details=None, description=None))

    assert (shown.details, shown.description) == ('', '')


def test_a_list_holds_the_projects_own_and_what_is_shared(gbp, member):
    gbp.make(GROUPS.collection, 'web')
    gbp.make(GROUPS.collection, 'dns', project='admin', shared=True)
    gbp.make(GROUPS.collection, 'tills', project='other')

    assert names(gbp_of(member).listings([GROUPS])[GROUPS.collection]) == ['dns', 'web']


def test_an_administrator_in_a_project_sees_that_project_alone(gbp, administrator):
    gbp.make(GROUPS.collection, 'own', project='admin')
    gbp.make(GROUPS.collection, 'own-shared', project='admin', shared=True)
    gbp.make(GROUPS.collection, 'shared', project='other', shared=True)
    gbp.make(GROUPS.collection, 'of-others', project='other')

    assert names(gbp_of(administrator).listings([GROUPS])[GROUPS.collection]) == ['own', 'own-shared', 'shared']


def test_all_projects_are_listed_in_the_administrators_scope(gbp, administrator):
    gbp.make(GROUPS.collection, 'web')
    gbp.make(GROUPS.collection, 'tills', project='other')

    assert names(gbp_of(administrator, scope.ADMIN).listings([GROUPS])[GROUPS.collection]) == ['tills', 'web']


def test_the_administrators_scope_is_narrowed_to_one_project(gbp, administrator):
    gbp.make(GROUPS.collection, 'web')
    gbp.make(GROUPS.collection, 'tills', project='other')

    assert names(gbp_of(administrator, scope.ADMIN).listings([GROUPS], 'other')[GROUPS.collection]) == ['tills']


def test_a_member_cannot_widen_the_scope_by_naming_a_project(gbp, member):
    gbp.make(GROUPS.collection, 'tills', project='other')

    assert names(gbp_of(member).listings([GROUPS], 'other')[GROUPS.collection]) == []


def test_kinds_are_listed_in_one_call_each(gbp, member):
    gbp_of(member).served([GROUPS])
    user_gbp = gbp_of(member)
    user_gbp.listings(registry.in_tab('other')[:5])

    assert user_gbp.connection.calls == 5


def test_a_list_tells_what_the_backend_says_now(gbp, member):
    id_ = gbp.make(GROUPS.collection, 'web')
    building.show(member, GROUPS.collection, id_)
    gbp.set(id_, 'ERROR', 'leaf-203 is down')
    (row,) = gbp_of(member).listings([GROUPS])[GROUPS.collection].rows

    assert (row.status.value, row.details, row.fresh) == ('ERROR', 'leaf-203 is down', True)


def test_chains_are_listed_with_what_the_backend_says_now(gbp, member):
    """One that failed since it was shown, one that recovered, one that nobody ever showed, and one without a status."""
    parts = building.parts(gbp, member, 'edge', 'demo')
    known = {name: building.instance(gbp, name, 'demo', parts, status='ACTIVE').id for name in ('failed', 'healed')}
    for id_ in known.values():
        building.show(member, CHAINS.collection, id_)
    gbp.set(known['failed'], 'ERROR')
    building.instance(gbp, 'new', 'demo', parts, status='BUILD')
    building.instance(gbp, 'mute', 'demo', parts, status=None)
    listing = gbp_of(member).listings([CHAINS])[CHAINS.collection]

    assert states(listing.rows) == {'failed': 'ERROR', 'healed': 'ACTIVE', 'new': 'BUILD', 'mute': 'NONE'}
    assert listing.stale == 0


def test_beyond_the_limit_the_most_urgent_stale_chains_are_shown(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    for name in ('a', 'b', 'c'):
        building.show(member, CHAINS.collection, building.instance(gbp, name, 'demo', parts).id)
    building.instance(gbp, 'new', 'demo', parts, status='ERROR')
    with override_settings(GBP_STATUS_UI={'chain_shows': 2}):
        listing = gbp_of(member).listings([CHAINS])[CHAINS.collection]

    assert states(row for row in listing.rows if row.fresh)['new'] == 'ERROR'
    assert listing.stale == 2


def test_a_chain_that_goes_away_meanwhile_leaves_the_list(gbp, member):
    chain = building.chain(gbp, member)
    listed = []

    def gone_after_the_list(asked, answer):
        if asked.collection == CHAINS.collection and asked.resource_id is None:
            listed.extend(answer[CHAINS.collection])
            gbp.delete(chain.id)
        return answer

    gbp.rewrite = gone_after_the_list

    assert gbp_of(member).listings([CHAINS])[CHAINS.collection].rows == []
    assert [row['id'] for row in listed] == [chain.id]


def test_a_chain_that_could_not_be_shown_is_as_last_reported(gbp, member):
    chain = building.chain(gbp, member)
    user_gbp = gbp_of(member)
    gbp.fail(f'{CHAINS.collection}/{chain.id}', 500)
    (row,) = user_gbp.listings([CHAINS])[CHAINS.collection].rows

    assert (row.fresh, row.status.value) == (False, 'NONE')


@pytest.mark.parametrize('status', [403, 500])
def test_a_kind_that_fails_leaves_the_others(gbp, member, status):
    gbp.make(GROUPS.collection, 'web')
    gbp.fail('l2_policies', status)
    found = gbp_of(member).listings([GROUPS, registry.BY_COLLECTION['l2_policies']])

    assert names(found[GROUPS.collection]) == ['web']
    assert isinstance(found['l2_policies'].failure, Failure)
    assert found['l2_policies'].rows == []


def test_a_read_tells_rows_and_what_is_gone(gbp, member):
    web, tills = gbp.make(GROUPS.collection, 'web', status='BUILD'), gbp.make(GROUPS.collection, 'tills', 'other')
    chain = building.chain(gbp, member, status='ERROR')
    reading = gbp_of(member).read({GROUPS.collection: [web, tills, 'gone'], CHAINS.collection: [chain.id, 'gone']})

    assert states(reading.rows[GROUPS.collection].values()) == {'web': 'BUILD'}
    assert states(reading.rows[CHAINS.collection].values()) == {'edge': 'ERROR'}
    assert reading.gone == {GROUPS.collection: [tills, 'gone'], CHAINS.collection: ['gone']}
    assert reading.unavailable == {}


def test_a_read_of_150_ids_is_one_call(gbp, member):
    ids = [gbp.make(GROUPS.collection, f'web-{number}') for number in range(151)]
    user_gbp = gbp_of(member)

    assert len(user_gbp.read({GROUPS.collection: ids[:150]}).rows[GROUPS.collection]) == 150
    assert user_gbp.connection.calls == 1
    assert len(gbp_of(member).read({GROUPS.collection: ids}).rows[GROUPS.collection]) == 151


def test_what_could_not_be_read_is_not_gone(gbp, member):
    web = gbp.make(GROUPS.collection, 'web')
    gbp.fail(GROUPS.collection, 500)
    reading = gbp_of(member).read({GROUPS.collection: [web]})

    assert list(reading.unavailable) == [GROUPS.collection]
    assert reading.gone == {}


def test_a_part_that_could_not_be_read_leaves_the_rest(gbp, member):
    parts = building.parts(gbp, member, 'edge', 'demo')
    first, second = (building.instance(gbp, name, 'demo', parts).id for name in ('first', 'second'))
    gbp.fail(f'{CHAINS.collection}/{second}', 500)
    reading = gbp_of(member).read({CHAINS.collection: [first, second, 'gone']})

    assert list(reading.rows[CHAINS.collection]) == [first]
    assert reading.gone == {CHAINS.collection: ['gone']}
    assert list(reading.unavailable) == [CHAINS.collection]


def test_an_administrator_in_a_project_reads_no_other_projects(gbp, administrator):
    web = gbp.make(GROUPS.collection, 'web')

    assert gbp_of(administrator).read({GROUPS.collection: [web]}).gone == {GROUPS.collection: [web]}
    assert list(gbp_of(administrator, scope.ADMIN).read({GROUPS.collection: [web]}).rows[GROUPS.collection]) == [web]


def test_names_are_one_call_a_kind(gbp, member):
    ids = [gbp.make('l2_policies', f'l2-{number}') for number in range(3)]
    unnamed = gbp.make('l3_policies', '')
    user_gbp = gbp_of(member)

    assert user_gbp.names({'l2_policies': ids, 'l3_policies': [unnamed], 'policy_rule_sets': []}) == {
        'l2_policies': {id_: f'l2-{number}' for number, id_ in enumerate(ids)},
        'l3_policies': {unnamed: unnamed},
    }
    assert user_gbp.connection.calls == 2


def test_more_names_than_an_address_holds_are_a_call_for_each_150(gbp, member):
    ids = [gbp.make('l2_policies', f'l2-{number}') for number in range(301)]
    gbp.make('l2_policies', 'another')
    user_gbp = gbp_of(member)

    assert set(user_gbp.names({'l2_policies': [*ids, *ids]})['l2_policies']) == set(ids)
    assert user_gbp.connection.calls == 3


def test_names_that_cannot_be_read_are_left_out(gbp, member):
    gbp.fail('l2_policies', 403)

    assert gbp_of(member).names({'l2_policies': ['a']}) == {}


def test_a_show_has_all_attributes(gbp, member):
    shown = gbp_of(member).show(GROUPS, gbp.make(GROUPS.collection, 'web', subnets=['s1']))

    assert shown.attributes['subnets'] == ['s1']


def test_what_another_project_has_is_not_shown(gbp, member, administrator):
    tills = gbp.make(GROUPS.collection, 'tills', project='other')

    assert gbp_of(member).show(GROUPS, tills).reason is Reason.GONE
    assert gbp_of(administrator).show(GROUPS, tills).reason is Reason.GONE
    assert gbp_of(administrator, scope.ADMIN).show(GROUPS, tills).name == 'tills'


def test_what_is_built_from_a_resource_is_found(gbp, member):
    chain = building.chain(gbp, member)
    rule = gbp.make('policy_rules', 'allow', policy_classifier_id=chain.classifier)
    gbp.make('policy_rules', 'else')
    users = gbp_of(member).users(registry.BY_COLLECTION['policy_classifiers'], chain.classifier)

    assert {collection: ids for collection, ids in users.items() if ids} == {
        'policy_rules': [rule],
        CHAINS.collection: [chain.id],
    }


def test_only_what_the_api_has_is_served(gbp, member):
    gbp.extensions.discard('servicechain')

    assert {kind.extension for kind in gbp_of(member).served(registry.KINDS)} == {'group-policy'}


def test_the_extensions_are_asked_for_once(gbp, member):
    assert gbp_of(member).has('group-policy')
    assert gbp_of(member).has('servicechain')
    assert [request.path for request in gbp.requests] == ['/extensions']


def test_a_request_finds_out_the_extensions_once(gbp, member, monkeypatch):
    """The navigation of a page asks for them as well as its view."""
    request = asking.request_of(member)
    assert api.Gbp(request, scope.PROJECT).has('group-policy')
    monkeypatch.setattr(extensions, '_fetched', None)

    assert api.Gbp(request, scope.ADMIN).has('servicechain')


def test_nothing_is_hidden_where_the_extensions_are_not_known(gbp, member):
    gbp.fail('extensions', 500)

    assert gbp_of(member).served(registry.KINDS) == list(registry.KINDS)


def test_extensions_that_could_not_be_read_are_soon_asked_for_again(gbp, member, monkeypatch):
    monkeypatch.setattr(extensions, 'UNKNOWN_TTL_SECONDS', 0)
    gbp.fail('extensions', 500)
    gbp_of(member).has('servicechain')
    gbp.fail('extensions', None)
    gbp.extensions.discard('servicechain')

    assert not gbp_of(member).has('servicechain')


@pytest.mark.parametrize(('seconds', 'number'), [(280, 1), (320, 2)])
def test_the_extensions_are_known_for_as_long_as_the_setting_says(gbp, member, clock, monkeypatch, seconds, number):
    for module in ('locmem', 'base'):
        monkeypatch.setattr(f'django.core.cache.backends.{module}.time', clock)
    gbp_of(member).has('servicechain')
    clock.ahead += seconds
    gbp_of(member).has('servicechain')

    assert [request.path for request in gbp.requests] == ['/extensions'] * number
