# SPDX-License-Identifier: Apache-2.0
"""What the tests ran on, as properties of the reports that tools/releases.py makes its table of."""

from importlib import metadata
import sys

from demo import dashboard
from demo import environments


def here():
    """Of this process, which has Horizon in it."""
    return {'horizon': metadata.version('horizon'), 'python': '%d.%d' % sys.version_info[:2]}


def demo(release, gbp, gbpui_for):
    """Of a dashboard of the demo beside the releases ``gbp``, with gbpui for the one ``gbpui_for``."""
    pins = [environments.PINS / (name + '.txt') for name in dashboard.pins_of(release, gbpui_for)]
    pinned = dict(line.split('==') for line in environments.merge(*pins).splitlines())
    return {
        'horizon': release,
        'python': environments.python_of(*pins),
        'gbp': ', '.join(gbp),
        'gbpui': pinned['group-based-policy-ui'],
    }
