# SPDX-License-Identifier: Apache-2.0
"""The embedded clouds of the tests, each with its state in a directory of its own; environments are shared.

State and environments stay for the next time, in DEMO_DIR and DEMO_ENVIRONMENTS or in .demo.
"""

import os

from demo.cloud import Cloud

from tests.dashboards import ENVIRONMENTS
from tests.dashboards import STATE


def cloud(name, **options):
    """Return a cloud that is to be started; ``options`` are those of :class:`demo.cloud.Cloud`."""
    # The clocks of pages stand still in tests: no list may be late only because the machine is busy.
    os.environ['DEMO_LIST_WAIT'] = '4'
    directory = os.environ.get('DEMO_DIR') or STATE / 'tests'
    return Cloud(f'{directory}-{name}', environments=ENVIRONMENTS, **options)
