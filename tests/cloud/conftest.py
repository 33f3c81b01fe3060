# SPDX-License-Identifier: Apache-2.0
"""People who have really logged in, and the real GBP at rest before and after each test."""

from pathlib import Path

from django.test import Client
from django.test import override_settings
from django.urls import reverse
import pytest

from demo.keystone import Identity
from gbp_status_ui.caching import store

from tests import dashboards
from tests.cloud.world import World

#: Projects with nothing in them, and a member of the same name in each.
PROJECTS = ('bistro', 'depot', 'printers')
#: What the processes of a Horizon of several run: each answer says which one it is of.
WORKERS = {'application': 'worker_wsgi:application', 'PYTHONPATH': str(Path(__file__).with_name('horizon'))}


@pytest.fixture(scope='session', autouse=True)
def dashboard(cloud):
    """The dashboard under test speaks to the Keystone of the cloud."""
    identity = Identity(cloud.keystone_url)
    for name in PROJECTS:
        identity.ensure_member(name)
    with override_settings(OPENSTACK_KEYSTONE_URL=cloud.keystone_url, GBP_STATUS_UI={'list_wait': 30}):
        yield


@pytest.fixture(scope='module')
def horizon(cloud, request):
    """A Horizon of two processes, as many as an operator's smallest, with a real memcached; its address."""
    name = request.module.__name__.rpartition('.')[2]
    with (
        dashboards.memcached(cloud.directory / name) as memcached,
        dashboards.horizon(cloud, name, workers=2, memcached=memcached, **WORKERS) as url,
    ):
        yield url


@pytest.fixture(scope='session')
def log_in(dashboard):
    """log_in('demo') gives a new test client of somebody who has logged in."""
    return _log_in


def _log_in(user):
    client = Client()
    form = {'username': user, 'password': user, 'region': 'default', 'fake_email': '', 'fake_password': ''}
    response = client.post(reverse('login'), form)
    assert response.status_code == 302, response.content.decode()
    return client


@pytest.fixture
def gbp(cloud):
    """GBP 16 in the first region, everything ACTIVE."""
    world = World(cloud)
    yield world
    world.close()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What is kept between requests does not reach the next test; sessions do."""
    yield
    store.backend().clear()


@pytest.fixture
def member(log_in):
    return log_in('demo')


@pytest.fixture
def other_member(log_in):
    return log_in('other')


@pytest.fixture
def administrator(log_in):
    return log_in('admin')


@pytest.fixture
def cook(log_in):
    """A member of the project bistro."""
    return log_in('bistro')


@pytest.fixture
def in_second_region(member):
    """A member who has switched to the region that has GBP 18."""
    response = member.get(reverse('switch_services_region', args=['RegionTwo']))
    assert response.status_code == 302
    return member
