# SPDX-License-Identifier: Apache-2.0
"""python -m tests.bench [part ...]: take the figures on one cloud and print them.

Where no part is named all are taken, and go into docs/performance.rst.
"""

import argparse
import sys
import time

from tests import dashboards
from tests.bench import browser
from tests.bench import cache_use
from tests.bench import costly_cloud
from tests.bench import lab
from tests.bench import log_in
from tests.bench import overview
from tests.bench import pages
from tests.bench import polls
from tests.bench import problems
from tests.bench import report
from tests.bench import slow_lists
from tests.bench import tables
from tests.bench import viewers
from tests.bench import ways
from tests.weight import weigh

VERSIONS = f'Horizon {dashboards.RELEASE}, Neutron 20.5.0 with GBP 16.0.0 on SQLite, one call at a time'

#: What takes a lab and returns the lines of a table, in the order of the page.
PARTS = {
    'pages': lambda where: tables.pages(*pages.measure(where)),
    'polls': lambda where: tables.polls(polls.measure(where)),
    'browser': lambda where: tables.browser(*browser.measure(where), weigh(dashboards.static())),
    'viewers': lambda where: tables.viewers(viewers.measure(where)),
    'problems': lambda where: tables.problems(problems.measure(where)),
    'overview': lambda where: tables.overview(*overview.measure(where)),
    'ways': lambda where: tables.ways(ways.measure(where)),
    'slow-lists': lambda where: tables.slow_lists(slow_lists.measure(where)),
    'cache': lambda where: tables.cache_use(*cache_use.measure(where)),
    'log-in': lambda where: tables.log_in(log_in.measure(where)),
    'costly': lambda where: tables.costly_cloud(costly_cloud.measure(where)),
}


def main(arguments):
    parser = argparse.ArgumentParser('tests.bench', description='Take the figures of docs/performance.rst.')
    parser.add_argument('part', nargs='*', help=f'{", ".join(PARTS)}; without one all, which are written down')
    chosen = parser.parse_args(arguments).part
    if unknown := [name for name in chosen if name not in PARTS]:
        parser.error(f'there is no part {unknown[0]}; choose of {", ".join(PARTS)}')
    with lab.lab() as where:
        sections = [_take(where, name) for name in chosen or PARTS]
    if not chosen:
        report.write([report.machine(VERSIONS), *sections])
        where.say(f'The figures stand in {report.DOCUMENT.name}')


def _take(where, name):
    began_at = time.monotonic()
    section = PARTS[name](where)
    where.say(f'{name} took {time.monotonic() - began_at:.0f} s')
    # A run that ends early has not been for nothing.
    print('\n'.join(['', *section, '']), flush=True)
    return section


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
