# SPDX-License-Identifier: Apache-2.0
"""The panels are in the navigation of those who may use them, where the API has GBP."""

from django.urls import reverse
import pytest

import horizon

from gbp_status_ui.model import scope

from tests import markup
from tests.clients import Client
from tests.unit import sessions

pytestmark = pytest.mark.releases

PROJECT, ADMIN = scope.PROJECT.url('index'), scope.ADMIN.url('index')
PLAIN_PAGE = '/project/api_access/'


def navigation(client, page=PLAIN_PAGE):
    """Return {address: title} of the panels that a page offers."""
    document = markup.page(client.get(page))
    return {link.attrs['href']: markup.words(link) for link in document.query('#sidebar-accordion a[href^="/"]')}


def test_a_member_has_the_projects_panel(member):
    offered = navigation(member)

    assert offered[PROJECT] == 'Policy Status'
    assert ADMIN not in offered


def test_an_administrator_has_both_panels(administrator):
    offered = navigation(administrator)

    assert (offered[PROJECT], offered[ADMIN]) == ('Policy Status', 'Policy Status')


def test_the_panels_stand_in_policy_and_in_network():
    groups = {
        dashboard: [group.slug for group in horizon.get_dashboard(dashboard).get_panel_groups().values() if has(group)]
        for dashboard in ('project', 'admin')
    }

    assert groups == {'project': ['GroupPolicyPanels'], 'admin': ['network']}


def has(group):
    return 'gbp_status' in [panel.slug for panel in group]


def test_without_gbp_there_is_no_panel(gbp, administrator):
    gbp.extensions.clear()
    offered = navigation(administrator)

    assert {PROJECT, ADMIN} & set(offered) == set()


def test_a_service_that_does_not_answer_hides_nothing(gbp, member):
    gbp.fail('extensions', 503)

    assert PROJECT in navigation(member)


def test_a_service_that_takes_no_token_leaves_the_dashboard_usable(gbp, member):
    gbp.people.clear()

    assert PROJECT in navigation(member)
    assert member.get(PROJECT + '?tab=gbp_status_tabs__groups').status_code == 302


def test_a_token_that_is_not_taken_says_nothing_to_others(gbp, member, colleague):
    gbp.extensions.clear()
    gbp.people.pop('token-of-demo')
    member.get(PLAIN_PAGE)

    assert PROJECT not in navigation(colleague)


def test_a_service_that_does_not_answer_is_not_waited_for_on_every_page(gbp, member):
    gbp.fail('extensions', 503)
    for _ in range(3):
        member.get(PLAIN_PAGE)

    assert len([asked for asked in gbp.requests if asked.collection == 'extensions']) == 1


def test_the_navigation_costs_one_call_for_many_pages_and_people(gbp, member, administrator):
    for client in (member, administrator, member):
        client.get(PLAIN_PAGE)

    assert len(gbp.requests) == 1


def test_a_cloud_without_a_network_service_has_no_panel():
    client = sessions.MEMBER.log_in(Client())
    session = client.session
    session['token'].serviceCatalog[:] = [
        service for service in session['token'].serviceCatalog if service['type'] != 'network'
    ]
    session.save()

    assert PROJECT not in navigation(client)


@pytest.mark.parametrize('view', ['index', 'statuses', 'export', 'lines'])
def test_a_member_is_refused_in_the_administrators_panel(member, view):
    assert member.get(scope.ADMIN.url(view)).status_code == 403


@pytest.mark.parametrize('panel', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
@pytest.mark.parametrize('view', ['index', 'statuses', 'export', 'lines'])
def test_somebody_who_is_not_logged_in_is_sent_to_the_log_in(client, panel, view):
    response = client.get(panel.url(view))

    assert response.status_code == 302
    assert response.headers['Location'].startswith('http://testserver' + reverse('login')) or response.headers[
        'Location'
    ].startswith(reverse('login'))
