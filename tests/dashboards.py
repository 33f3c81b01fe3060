# SPDX-License-Identifier: Apache-2.0
"""Further Horizons beside that of the embedded cloud, with several workers and a real memcached, and people in them."""

from concurrent.futures import ThreadPoolExecutor
import contextlib
import os
from pathlib import Path
import socket

import requests

from demo import dashboard
from demo import ports
from demo.environments import Environments
from demo.preparation import Preparation
from demo.processes import Services

STATE = Path(__file__).parent.parent / '.demo'
ENVIRONMENTS = Path(os.environ.get('DEMO_ENVIRONMENTS') or STATE / 'environments').resolve()
RELEASE = dashboard.release_of(os.environ.get('DEMO_HORIZON') or '27')
#: The release of GBP that their group-based-policy-ui fits.
GBP = '16'
#: The newest release that makes a style sheet of its own for each theme; later ones make one for all, of the default.
THEMED = dashboard.release_of('25.5')
THEMES = Path(__file__).parent / 'themes'


class Further(dashboard.Dashboard):
    """Horizon with the plugin as the demo installs it; ``variables`` are more of its process's environment."""

    def __init__(self, *args, application, variables):
        super().__init__(*args)
        self.application = application or self.application
        self.variables = variables

    def _variables(self, secret):
        return {**super()._variables(secret), **self.variables}


def static():
    """The directory with the static files of the installed plugin and of the Horizon under test."""
    return ENVIRONMENTS / dashboard.environment_of(RELEASE, GBP) / 'static'


def prepare(cloud, release, gbp=GBP):
    """Install a Horizon with the plugin and its static files, unless they are there: :func:`horizon` is then quick."""
    preparation = Preparation(lambda line: None)
    environments = Environments(ENVIRONMENTS, preparation)
    environments.find_uv()
    about = (cloud.directory / release, environments, release, gbp, 0, cloud.keystone_url)
    dashboard.Dashboard(*about, themes=themes_of(release)).install(preparation)


@contextlib.contextmanager
def prepared_meanwhile(cloud, wanted):
    """Prepare Horizons, (release, release of GBP) each, one after the other while the block runs.

    Who needs one prepares it as well, and so waits for it, or is told why it cannot be had.
    """
    pool = ThreadPoolExecutor(1)
    for release, gbp in wanted:
        pool.submit(prepare, cloud, release, gbp)
    try:
        yield
    finally:
        pool.shutdown(cancel_futures=True)


def themes_of(release):
    """The folder of the themes that a Horizon has beside its own."""
    return THEMES if release == THEMED else None


@contextlib.contextmanager
def horizon(
    cloud,
    name,
    workers=1,
    memcached=None,
    say=lambda line: None,
    application='',
    release=RELEASE,
    gbp=GBP,
    **variables,
):
    """Run one more Horizon on a cloud's Keystone, with its state in the cloud's directory; yield its address.

    It has the group-based-policy-ui that fits the release `gbp` of GBP.
    """
    preparation = Preparation(say)
    environments = Environments(ENVIRONMENTS, preparation)
    environments.find_uv()
    port = ports.remembered(cloud.directory / f'{name}-port.json', [name])[name]
    directory = cloud.directory / name
    about = (directory, environments, release, gbp, port, cloud.keystone_url, workers, memcached, themes_of(release))
    further = Further(*about, application=application, variables=variables)
    further.install(preparation)
    with running(directory) as services:
        further.start(services)
        services.wait_until_ready('horizon', further.url + 'auth/login/')
        yield further.url


@contextlib.contextmanager
def running(directory):
    """Yield the services that end with the block; their logs are in ``directory``."""
    directory.mkdir(parents=True, exist_ok=True)
    services = Services(directory)
    try:
        yield services
    finally:
        services.stop()


@contextlib.contextmanager
def memcached(directory):
    """Run a memcached with the size of item that it has by default; yield its address."""
    with running(directory) as services:
        port = ports.remembered(directory / 'memcached-port.json', ['memcached'])['memcached']
        services.start('memcached', ['memcached', '-u', 'nobody', '-l', ports.ADDRESS, '-p', port, '-U', '0'])
        while not _listens(port):
            services.check()
        yield f'{ports.ADDRESS}:{port}'


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex((ports.ADDRESS, port)) == 0


class Viewer:
    """Somebody who has logged in, as a browser without scripts."""

    def __init__(self, url, user):
        self.url = url
        self.http = requests.Session()
        # Nothing on the way, as to every address of this machine.
        self.http.trust_env = False
        self._log_in(user)

    def _log_in(self, user):
        address = self.url + 'auth/login/'
        self.http.get(address).raise_for_status()
        answer = self.http.post(
            address,
            {
                'csrfmiddlewaretoken': self.http.cookies['csrftoken'],
                'username': user,
                'password': user,
                'region': 'default',
            },
            headers={'Referer': address},
            allow_redirects=False,
        )
        assert answer.status_code == requests.codes.found, answer.text

    def get(self, path, **headers):
        """Return the answer to a request as a script of the page sends it."""
        answer = self.http.get(self.url + path, headers={'X-Requested-With': 'XMLHttpRequest', **headers})
        assert answer.ok, f'{answer.status_code} {path}: {answer.text[:500]}'
        return answer

    def poll(self, ids, kind='policy_target_groups', **headers):
        return self.get(f'project/gbp_status/statuses/?{kind}={",".join(ids)}', **headers)
