# SPDX-License-Identifier: Apache-2.0
"""The people of the unit tests are to Horizon what people who have logged in are."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.urls import reverse
import pytest

from tests.clients import Client

pytestmark = pytest.mark.releases

PROJECT_PAGE = '/project/api_access/'


def test_a_member_gets_a_page_of_the_project(member):
    answer = member.get(PROJECT_PAGE)

    assert answer.status_code == HTTPStatus.OK
    assert answer.context['request'].user.project_id == 'demo'


def test_a_member_is_refused_in_the_administrators_dashboard(member):
    assert member.get(reverse('horizon:admin:info:index')).status_code == HTTPStatus.FORBIDDEN


def test_an_administrator_is_let_into_the_administrators_dashboard(administrator):
    assert administrator.get(reverse('horizon:admin:info:index')).status_code == HTTPStatus.OK


def test_somebody_else_is_sent_to_the_log_in_page():
    answer = Client().get(PROJECT_PAGE)

    assert answer.status_code == HTTPStatus.FOUND
    assert urlsplit(answer['Location']).path == reverse('login')
