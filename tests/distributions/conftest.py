# SPDX-License-Identifier: Apache-2.0
"""One walk of an operator through a host for each release of Debian; the tests look at what was seen on it."""

import os
from pathlib import Path

from playwright.sync_api import sync_playwright
import pytest

from demo.cloud import Cloud

from tests import chromium
from tests.distributions import chroots
from tests.distributions.host import Host
from tests.distributions.walk import Walk

ROOT = Path(__file__).resolve().parent.parent.parent
STATE = Path(os.environ.get('DEMO_DIR') or ROOT / '.demo').resolve() / 'distributions'
GBP = '16'


def pytest_sessionstart():
    try:
        chroots.require_programs()
    except chroots.NotHere as missing:
        pytest.exit(str(missing), returncode=1)


@pytest.fixture(scope='session')
def cloud():
    """Keystone and GBP as the AIM driver reports it; Horizon comes from the distribution."""
    with Cloud(STATE / 'cloud', gbp=(GBP,), horizon=None, backend='apic', say=chroots.say) as running:
        yield running


@pytest.fixture(scope='session')
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.path(), args=['--no-sandbox'])
        yield launched
        launched.close()


@pytest.fixture(scope='session', params=chroots.RELEASES, ids=lambda release: release.suite)
def release(request):
    return request.param


@pytest.fixture(scope='session')
def seen(release, cloud, browser):
    """What was seen at each step of the walk."""
    installed = chroots.ensure(release, STATE)
    host = Host(chroots.copy(installed, STATE / f'{release.suite}-host'), cloud.keystone_url)
    try:
        yield Walk(release, host, browser, ROOT, STATE / 'pictures' / release.suite).go()
    finally:
        host.stop()


@pytest.fixture(scope='session')
def upgraded(seen):
    """What was seen when the walk went on with an upgrade."""
    return seen.upgrade()


@pytest.fixture(autouse=True)
def ran_on(release, record_property):
    """What tools/releases.py makes a row of."""
    record_property('horizon', release.horizon)
    record_property('python', f'{release.python}, {release.name}')
    record_property('gbp', GBP)
