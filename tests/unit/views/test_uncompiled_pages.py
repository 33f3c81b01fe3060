# SPDX-License-Identifier: Apache-2.0
"""AngularJS, which is on each page of Horizon, leaves alone what our pages show."""

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import scope

from tests import markup

pytestmark = pytest.mark.releases

GROUPS = 'policy_target_groups'
TABS = [f'gbp_status_tabs__{tab.slug}' for tab in registry.TABS]


@pytest.fixture(params=[scope.PROJECT, scope.ADMIN], ids=['project', 'admin'])
def panel(request):
    return request.param


def shown(document, text):
    """Return the elements of the page's content in a text or an attribute of which it stands."""
    found = [element for element in document.query('*') if text in _own(element)]
    return [element for element in found if any(one.attrs.get('id') == 'content_body' for one in element.enclosing)]


def _own(element):
    return ' '.join([element.own_text(), *element.attrs.values()])


def test_no_table_is_compiled(gbp, panel, administrator):
    gbp.make(GROUPS, 'banana', status='banana', project='admin')
    page = markup.page(administrator.get(panel.url('index'), {'tab': TABS[0], 'q': 'banana', 'status': 'banana'}))

    assert len(shown(page, 'banana')) > 5
    assert [element for element in shown(page, 'banana') if not is_left_alone(element)] == []


@pytest.mark.slow
@pytest.mark.parametrize('tab', ['gbp_status_tabs__overview', *TABS])
def test_no_tab_no_heading_and_no_breadcrumb_is_compiled(panel, administrator, tab):
    page = markup.page(administrator.get(panel.url('index'), {'tab': tab}))

    assert page.query('.gbp-status[ng-non-bindable]')
    assert page.query('[ng-non-bindable] h1')
    assert page.query('[ng-non-bindable] .breadcrumb')


def test_the_page_of_a_resource_is_not_compiled(gbp, panel, administrator):
    group = gbp.make(GROUPS, 'banana', status='banana', project='admin')
    page = markup.page(administrator.get(panel.url('detail', GROUPS, group)))
    places = shown(page, 'banana')

    assert len(places) >= 5
    assert [element for element in places if not is_left_alone(element)] == []


def test_the_page_of_what_could_not_be_read_is_not_compiled(gbp, panel, administrator):
    gbp.fail(GROUPS, 500)
    page = markup.page(administrator.get(panel.url('detail', GROUPS, 'banana')))

    assert shown(page, 'banana')
    assert page.query('[ng-non-bindable] .alert-danger')
    assert page.query('[ng-non-bindable] h1')


def is_left_alone(element):
    return any('ng-non-bindable' in one.attrs for one in element.enclosing)
