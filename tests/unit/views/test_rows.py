# SPDX-License-Identifier: Apache-2.0
"""What the rows of a table say of problems and of equal names, and how its foot leads to others."""

import pytest

from gbp_status_ui.model import scope

from tests import markup

GROUPS = 'policy_target_groups'


def opened(client, **parameters):
    address = {'tab': 'gbp_status_tabs__groups', **parameters}
    return markup.page(client.get(scope.PROJECT.url('index'), address))


@pytest.mark.parametrize(('status', 'shown'), [('error', 1), ('error,build', 1), ('error,active', 0), ('', 0)])
def test_with_problems_alone_a_row_says_the_beginning_of_its_details(gbp, member, status, shown):
    gbp.make(GROUPS, 'web', status='ERROR', details='F0467: ' + 'x' * 500)
    document = opened(member, status=status)
    found = markup.texts(document, 'td.gbp-status-column-name bdi')

    assert len(found) == shown
    assert all(text.startswith('F0467: xx') and len(text) == 120 for text in found)


def test_rows_of_the_same_name_show_the_beginning_of_their_ids(gbp, member):
    twins = [gbp.make(GROUPS, 'web') for _ in range(2)]
    gbp.make(GROUPS, 'db')

    assert sorted(markup.texts(opened(member), 'td.gbp-status-column-name')) == sorted(
        ['db', *(f'web {id_[:8]}' for id_ in twins)]
    )


@pytest.mark.releases
def test_the_foot_offers_a_page_and_a_number_of_rows(gbp, member):
    for number in range(120):
        gbp.make(GROUPS, f'web-{number:03}')
    document = opened(member, status='active', size='50', page='2')
    form = document.query_one('.gbp-status-page-form')
    sent = {field.attrs['name']: field.attrs.get('value') for field in form.query('input')}

    assert len(markup.statuses(document)) == 50
    assert sent == {'tab': 'gbp_status_tabs__groups', 'kind': GROUPS, 'status': 'active', 'page': '2'}
    assert [option.attrs['value'] for option in form.query('option')] == ['20', '50', '100', '200']
    assert [option.attrs['value'] for option in form.query('option[selected]')] == ['50']


@pytest.mark.slow
@pytest.mark.releases
@pytest.mark.parametrize('size', ['0', '-1', '201', 'BANANA', ''])
def test_a_number_of_rows_that_cannot_be_is_horizons(gbp, member, size):
    for number in range(25):
        gbp.make(GROUPS, f'web-{number:02}')

    assert len(markup.statuses(opened(member, size=size))) == 20


def test_a_table_of_one_page_needs_no_form(gbp, member):
    gbp.make(GROUPS, 'web')

    assert not opened(member).query('.gbp-status-page-form')


def test_a_kind_that_is_too_large_for_the_time_limit_shows_and_counts_its_problems_alone(gbp, member):
    gbp.make(GROUPS, 'works')
    broken = gbp.make(GROUPS, 'web', status='ERROR')
    healed = gbp.make(GROUPS, 'healed', status='ERROR')
    opened(member)
    gbp.set(healed, 'ACTIVE')
    gbp.late_in_full.add(GROUPS)
    document = opened(member)

    assert markup.statuses(document) == {broken: 'ERROR', healed: 'ACTIVE'}
    assert 'Groups: the network service did not list them in time.' in document.text()
    assert markup.texts(document, '.gbp-status-chip') == [
        'All at least 2',
        'Error at least 1',
        'Building',
        'Active at least 1',
        'Not reported',
    ]
