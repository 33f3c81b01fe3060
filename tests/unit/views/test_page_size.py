# SPDX-License-Identifier: Apache-2.0
"""How many rows a page has: what the user has set in Horizon, within limits."""

import pytest

from gbp_status_ui.model import scope

from tests import markup

GROUPS = 'policy_target_groups'


def rows(client):
    page = markup.page(client.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__groups'}))
    return len(page.query('tr[data-object-id]'))


@pytest.mark.slow
@pytest.mark.parametrize(('size', 'shown'), [('50', 50), ('200', 200), ('201', 200), ('1000000', 200)])
def test_a_page_has_no_more_rows_than_a_server_can_take(gbp, member, size, shown):
    for number in range(210):
        gbp.make(GROUPS, f'web-{number:03}')
    member.cookies['API_RESULT_PAGE_SIZE'] = size

    assert rows(member) == shown


@pytest.mark.parametrize('size', ['0', '-5', 'many'])
def test_a_page_size_that_is_none_is_horizons_default(gbp, member, size):
    for number in range(25):
        gbp.make(GROUPS, f'web-{number:02}')
    member.cookies['API_RESULT_PAGE_SIZE'] = size

    assert rows(member) == 20
