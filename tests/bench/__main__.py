# SPDX-License-Identifier: Apache-2.0
"""python -m tests.bench: take all figures on one cloud and write them into docs/performance.rst."""

import contextlib
import os
from pathlib import Path
import sys
import time
from urllib.parse import urlsplit

from demo.cloud import Cloud

from tests import dashboards
from tests.bench import browser
from tests.bench import large_cloud
from tests.bench import meter
from tests.bench import pages
from tests.bench import polls
from tests.bench import problems
from tests.bench import report
from tests.bench import tables
from tests.bench import viewers
from tests.weight import weigh

STATE = Path(os.environ.get('DEMO_DIR') or dashboards.STATE / 'bench')
VERSIONS = f'Horizon {dashboards.RELEASE}, Neutron 20.5.0 with GBP 16.0.0 on SQLite, one call at a time'
SETTINGS = {
    'application': 'bench_wsgi:application',
    'DJANGO_SETTINGS_MODULE': 'bench_settings',
    'PYTHONPATH': str(Path(__file__).with_name('horizon')),
}


def main():
    begun = time.monotonic()

    def say(line):
        print(f'[{time.monotonic() - begun:5.0f} s] {line}', flush=True)

    with Cloud(STATE, horizon=None, bare=True, environments=dashboards.ENVIRONMENTS, say=say) as cloud:
        projects = large_cloud.fill(cloud)
        cloud.statuses.clear()
        alone, reads = _alone(cloud, projects, say)
        sections = [report.machine(VERSIONS), *alone, *_together(cloud, projects, reads, say)]
    report.write(sections)
    say(f'The figures stand in {report.DOCUMENT.name}')


def _alone(cloud, projects, say):
    """Return the tables of what one viewer sees and costs, on one worker, and {size: the API calls alone}."""
    with contextlib.ExitStack() as running:
        url = running.enter_context(dashboards.horizon(cloud, 'horizon', say=say, **SETTINGS))
        bare = running.enter_context(
            dashboards.horizon(cloud, 'without-column', say=say, BENCH_GBPUI_TABLES='off', **SETTINGS)
        )
        log_in, processes = _log_in(url), _family(url)
        found, alone = pages.measure(cloud, log_in, processes, say)
        hosts = {'gbpui': bare, 'column': url}
        hosted = pages.of_gbpui(cloud, {name: (_log_in(one), _family(one)) for name, one in hosts.items()}, alone, say)
        polled = polls.measure(cloud, log_in, projects[100], processes, say)
        say('An update of 100 badges')
        poll, refresh = browser.measure(cloud, url, projects[100])
    loaded = weigh(dashboards.static())
    return [
        tables.pages(found, hosted),
        tables.polls(polled),
        tables.browser(poll, refresh, loaded),
    ], alone


def _together(cloud, projects, reads, say):
    """Return the tables of what viewers cost, and of how soon one sees problems, on two workers with memcached."""
    with contextlib.ExitStack() as running:
        memcached = running.enter_context(dashboards.memcached(cloud.directory / 'memcached'))
        url = running.enter_context(
            dashboards.horizon(cloud, 'workers', workers=2, memcached=memcached, say=say, **SETTINGS)
        )
        watched = viewers.measure(cloud, _log_in(url), projects, say)
        broken = problems.measure(cloud, _log_in(url), projects[10000], reads[10000], say)
        return [tables.viewers(watched), tables.problems(broken)]


def _family(url):
    return meter.family(urlsplit(url).port)


def _log_in(url):
    return lambda user: dashboards.Viewer(url, user)


if __name__ == '__main__':
    sys.exit(main())
