# SPDX-License-Identifier: Apache-2.0
"""What could not be read: no zero stands where nothing is known, and one failure is said once."""

import dataclasses

import pytest
import requests

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses

from tests import markup
from tests.unit.views.test_malformed_answers import unusable

GROUPS = 'policy_target_groups'
KINDS = [kind.collection for kind in registry.KINDS]


def overview(client, **parameters):
    return markup.page(client.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__overview', **parameters}))


def tab(client, name, **parameters):
    return markup.page(client.get(scope.PROJECT.url('index'), {'tab': f'gbp_status_tabs__{name}', **parameters}))


def chips(document, within='.gbp-status-chips'):
    return [markup.words(chip) for chip in document.query(f'{within} .gbp-status-chip')]


def summary(document):
    return markup.words(document.query_one('.gbp-status-summary p'))


def sentences(document):
    return markup.texts(document, '.gbp-status-unread')


@pytest.fixture
def world(gbp):
    """Two groups and a pool in error, one group that works, one that is built, one that says nothing."""
    for name, status in (('web', 'ERROR'), ('db', 'ERROR'), ('ok', 'ACTIVE'), ('new', 'BUILD'), ('mute', None)):
        gbp.make(GROUPS, name, status=status, details=f'the trouble of {name}' if status == 'ERROR' else None)
    gbp.make('nat_pools', 'pool', status='ERROR')
    return gbp


def fail(gbp, fault, *kinds):
    for kind in kinds:
        gbp.fail(kind, fault)


def test_the_overview_begins_with_what_is_broken(world, member):
    document = overview(member)
    first, *_others = document.query('[data-gbp-status-fragment]')

    assert first.attrs['data-gbp-status-fragment'] == 'summary'
    assert summary(document) == '3 of 6 resources are broken, by 3 causes; 1 is being built; 1 reports nothing.'


def test_what_there_is_none_of_is_left_out(gbp, member):
    gbp.make(GROUPS, 'web', status='ERROR')
    gbp.make(GROUPS, 'ok')

    assert summary(overview(member)) == '1 of 2 resources is broken, by 1 cause.'


def test_what_is_built_alone_is_named_with_the_total(gbp, member):
    gbp.make(GROUPS, 'new', status='BUILD')
    gbp.make(GROUPS, 'ok')

    assert summary(overview(member)) == '1 of 2 resources is being built.'


def test_what_changes_by_itself_for_another_reason_is_not_said_to_be_built(gbp, member, monkeypatch):
    waiting = dataclasses.replace(statuses.BUILD, value='BANANA', label='Banana', building=False)
    monkeypatch.setitem(statuses._BY_VALUE, 'BANANA', waiting)
    gbp.make(GROUPS, 'web', status='BANANA')

    assert 'being built' not in summary(overview(member))


@pytest.mark.parametrize('narrowed', [{'fault': '0123456789ab'}, {'q': 'nowhere'}])
def test_where_nothing_was_found_nothing_is_said_of_what_was_not_looked_at(world, member, narrowed):
    assert summary(overview(member, **narrowed)) == 'Nothing that was found is broken or being built.'


def test_one_project_without_problems_says_nothing_of_others(world, administrator):
    world.make(GROUPS, 'theirs', 'other')
    address = {'tab': 'gbp_status_tabs__overview', 'project': 'other'}
    document = markup.page(administrator.get(scope.ADMIN.url('index'), address))

    assert summary(document) == 'Nothing that was found is broken or being built.'


def test_what_was_found_and_is_silent_says_nothing_of_others(world, member):
    assert summary(overview(member, q='mute')) == 'Nothing that was found reports a status.'


def test_what_is_only_as_last_reported_is_not_said_to_be_without_error(gbp, member, settings):
    settings.GBP_STATUS_UI = {'chain_shows': 1}
    for name in ('one', 'two'):
        gbp.make('servicechain_instances', name)
    document = overview(member)

    assert summary(document) == 'Nothing broken was found in what could be read.'
    assert not document.query('.gbp-status-fold [data-gbp-status-fragment="servicechain_instances"]')


def test_one_fault_is_as_many_causes_as_before_it_was_asked_for(gbp, member):
    for number in range(5):
        gbp.make(GROUPS, f'web-{number}', status='ERROR', details='PortBindingFailed')
    (group,) = overview(member).query('.gbp-status-group')
    fault = group.attrs['id'].removeprefix('gbp-status-group-')

    assert summary(overview(member, fault=fault)) == '5 of 5 resources are broken, by 1 cause.'
    assert len(overview(member, fault=fault).query('.gbp-status-group')) == 5


def test_errors_that_say_nothing_have_no_number_of_causes(gbp, member):
    for name in ('web', 'db', 'pool'):
        gbp.make(GROUPS, name, status='ERROR')

    assert summary(overview(member)) == '3 of 3 resources are broken.'


@pytest.mark.slow
def test_one_cause_is_counted_once(gbp, member):
    top = gbp.make('l3_policies', 'core', status='ERROR')
    front = gbp.make('l2_policies', 'front', status='ERROR', l3_policy_id=top)
    gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=front)

    assert summary(overview(member)) == '3 of 3 resources are broken, by 1 cause.'


def test_a_search_is_summed_up_for_itself(world, member):
    assert summary(overview(member, q='"trouble of db"')) == '1 of 1 resources is broken, by 1 cause.'
    assert summary(overview(member, q='ok')) == 'Nothing that was found is broken or being built.'


def test_groups_alone_that_fail_make_each_number_the_least(world, member):
    fail(world, 503, GROUPS)
    document = overview(member)

    assert summary(document) == 'At least 1 resource is broken.'
    assert 'Error at least 1' in chips(document, '.gbp-status-problems')
    assert 'Building' in chips(document, '.gbp-status-problems')
    assert sentences(document) == ['The network service gave no usable answer. Groups could not be read.']


def test_where_nothing_could_be_read_there_is_no_number(world, member):
    fail(world, 503, *KINDS)
    document = overview(member)

    assert summary(document) == 'Nothing could be read, so it is not known what is broken.'
    assert not document.query('[data-gbp-status-count]')
    assert not [text for text in chips(document) if '0' in text]
    assert sentences(document) == [
        f'The network service gave no usable answer. {len(KINDS)} of {len(KINDS)} kinds could not be read.'
    ]
    assert not document.query('.gbp-status-all-well, .gbp-status-unmatched')


def test_a_tab_of_which_nothing_could_be_read_counts_nothing(world, member):
    fail(world, 503, *KINDS)
    document = tab(member, 'groups')

    assert chips(document)[0] == 'All'
    assert not document.query('[data-gbp-status-count]')
    assert len(sentences(document)) == 1


def test_a_tab_that_lacks_a_kind_counts_the_least(world, member):
    fail(world, 503, 'external_policies')
    document = tab(member, 'groups')

    assert chips(document)[:2] == ['All at least 5', 'Error at least 2']
    assert markup.texts(document, 'h2 .badge') == ['5']


def test_rows_that_could_not_be_used_make_a_number_the_least(world, member):
    unusable(world, 'mute')
    document = tab(member, 'groups')

    assert chips(document)[0] == 'All at least 4'
    assert markup.texts(document, 'h2 .badge') == ['at least 4', '0']


def test_of_two_reasons_each_is_said_once(world, member):
    fail(world, 403, 'nat_pools', 'l3_policies')
    fail(world, 503, 'l2_policies')
    assert sorted(sentences(overview(member))) == [
        'The network service does not allow you to read this. L3 Policies and NAT Pools could not be read.',
        'The network service gave no usable answer. L2 Policies could not be read.',
    ]


def test_the_script_is_told_each_kind_and_why(world, member):
    world.fail('nat_pools', requests.Timeout('late'))
    (found,) = overview(member).query('.gbp-status-unread [data-gbp-status-unread]')
    names = ('unread', 'reason', 'label')

    assert [found.attrs[f'data-gbp-status-{name}'] for name in names] == ['nat_pools', 'timeout', 'NAT Pools']


@pytest.mark.parametrize(('status', 'is_well'), [(None, False), ('ACTIVE', True)])
def test_nothing_is_well_where_no_resource_reports_a_status(gbp, member, settings, status, is_well):
    settings.GBP_STATUS_UI = {'neutron_states': False}
    gbp.make(GROUPS, 'web', status=status)
    gbp.make('nat_pools', 'pool', status=status)
    said = (
        'GBP reports no error, and is building nothing.'
        if is_well
        else ('No resource reports a status, so nothing is known to be broken.')
    )
    document = overview(member)

    assert summary(document) == said
    assert bool(document.query('.gbp-status-all-well')) == is_well


@pytest.mark.slow
def test_tables_that_are_late_have_one_notice(gbp, member, monkeypatch):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 1.0)
    for kind in registry.in_tab('other'):
        gbp.hold(kind.collection)
    document = tab(member, 'other')

    assert len(document.query('.gbp-status-preview')) == 1
    assert len(document.query('[data-gbp-status-listing]')) == len(registry.in_tab('other'))
    gbp.release()
