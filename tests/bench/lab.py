# SPDX-License-Identifier: Apache-2.0
"""Where the parts of the bench measure: one cloud with its projects, and Horizons that end with the part."""

import contextlib
import dataclasses
import functools
import os
from pathlib import Path
import time
from urllib.parse import urlsplit

from demo.cloud import Cloud

from tests import dashboards
from tests.bench import large_cloud
from tests.bench import meter
from tests.bench.memcached import Memcached

STATE = Path(os.environ.get('DEMO_DIR') or dashboards.STATE / 'bench')
SETTINGS = {
    'application': 'bench_wsgi:application',
    'DJANGO_SETTINGS_MODULE': 'bench_settings',
    'PYTHONPATH': str(Path(__file__).with_name('horizon')),
}


@dataclasses.dataclass(frozen=True)
class Dashboard:
    """A Horizon that runs, and the memcached that its workers share, if any."""

    url: str
    memcached: Memcached = None

    def log_in(self, user):
        return dashboards.Viewer(self.url, user)

    @functools.cached_property
    def processes(self):
        return meter.family(urlsplit(self.url).port)

    def forget(self):
        """Nobody is logged in any more, and nothing is known of any list."""
        self.memcached.flush()


class Lab:
    """One cloud without an application; ``say`` prints a line."""

    def __init__(self, cloud, say):
        self.cloud, self.say = cloud, say

    @functools.cached_property
    def projects(self):
        """{number of groups: :class:`large_cloud.Project`}."""
        self.say('Filling the projects')
        found = large_cloud.fill(self.cloud)
        self.cloud.statuses.clear()
        return found

    @contextlib.contextmanager
    def horizon(self, name='horizon', **variables):
        """Run a Horizon of one worker, with the cache that it has by default."""
        with dashboards.horizon(self.cloud, name, say=self.say, **SETTINGS, **variables) as url:
            yield Dashboard(url)

    @contextlib.contextmanager
    def workers(self, name='workers', **variables):
        """Run a Horizon of two workers with memcached."""
        with dashboards.memcached(self.cloud.directory / 'memcached') as address:
            options = {'workers': 2, 'memcached': address, **SETTINGS, **variables}
            with dashboards.horizon(self.cloud, name, say=self.say, **options) as url:
                yield Dashboard(url, Memcached(address))

    @contextlib.contextmanager
    def faults(self, **faults):
        """Let calls fail or wait for the time of a block; ``every`` stands for all collections."""
        named = {'*' if name == 'every' else name: fault for name, fault in faults.items()}
        self.cloud.faults.set(named)
        try:
            yield
        finally:
            self.cloud.faults.clear()


@contextlib.contextmanager
def lab():
    """Run the cloud; yield its :class:`Lab`."""
    began_at = time.monotonic()

    def say(line):
        print(f'[{time.monotonic() - began_at:5.0f} s] {line}', flush=True)

    with Cloud(STATE, horizon=None, bare=True, environments=dashboards.ENVIRONMENTS, say=say) as cloud:
        yield Lab(cloud, say)
