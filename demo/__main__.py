# SPDX-License-Identifier: Apache-2.0
"""The command line of the demo: python3 -m demo [options]; a thin layer over cloud.py."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
import os
import signal
import sys
import time
from types import FrameType
from typing import NoReturn

from demo import dashboard
from demo import neutron
from demo.cloud import Cloud
from demo.directories import reason
from demo.errors import DemoError
from demo.keystone import ADMINISTRATOR
from demo.keystone import MEMBERS
from demo.processes import Say

WATCH_SECONDS = 0.2


class Ended(Exception):
    """The user asked to end."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with an option in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, 'demo: %s; see `python3 -m demo --help`.\n' % message)


def number(text: str) -> int:
    if not (text.lstrip('-').isdecimal() and text.isascii()):
        raise argparse.ArgumentTypeError('%a is not a number' % text)
    return int(text)


def options(arguments: list[str], environment: Mapping[str, str]) -> argparse.Namespace:
    default = environment.get
    parser = Parser('demo', description='OpenStack Group Based Policy with Horizon on this machine.')
    parser.add_argument(
        '--directory', default=default('DEMO_DIR') or '.demo', help='where everything is kept (DEMO_DIR, default .demo)'
    )
    parser.add_argument(
        '--port', type=number, default=default('DEMO_PORT') or '8080', help="Horizon's port (DEMO_PORT, default 8080)"
    )
    parser.add_argument(
        '--gbp',
        default=default('DEMO_GBP') or neutron.RELEASES[0],
        help='release of GBP, or two of them for two regions: %s (DEMO_GBP)'
        % ', '.join([*neutron.RELEASES, ','.join(neutron.RELEASES)]),
    )
    parser.add_argument(
        '--horizon',
        default=default('DEMO_HORIZON') or '27.0.0',
        help='release of Horizon: %s (DEMO_HORIZON)' % dashboard.choices(),
    )
    parser.add_argument(
        '--no-horizon', dest='horizon', action='store_const', const=None, help='Keystone and Neutron alone'
    )
    parser.add_argument(
        '--backend',
        default=default('DEMO_BACKEND') or neutron.BACKENDS[0],
        help='what reports statuses: apic (default) as the AIM driver of Cisco does, reference like the drivers that '
        'report none, detailed one that explains each error (DEMO_BACKEND)',
    )
    parser.add_argument('--bare', action='store_true', help='projects and users, but no application in them')
    parser.add_argument(
        '--workers', type=number, default=1, help='processes of Horizon (more than one needs DEMO_MEMCACHED)'
    )
    parser.add_argument(
        '--costs',
        default=default('DEMO_COSTS') or None,
        help='let the answers of GBP take as long as with another backend: %s, which is the AIM driver of Cisco '
        '(DEMO_COSTS; without it a row takes 0.75 ms)' % ', '.join(neutron.COSTS),
    )
    return parser.parse_args(arguments)


def cloud_of(chosen: argparse.Namespace, environment: Mapping[str, str], say: Say) -> Cloud:
    return Cloud(
        chosen.directory,
        gbp=[release.strip() for release in chosen.gbp.split(',')],
        horizon=chosen.horizon,
        backend=chosen.backend,
        bare=chosen.bare,
        port=chosen.port,
        workers=chosen.workers,
        memcached=environment.get('DEMO_MEMCACHED'),
        costs=chosen.costs,
        say=say,
    )


def progress(began_at: float) -> Say:
    def say(line: str) -> None:
        # Written at once: several threads say something.
        print('[%5.1f s] %s\n' % (time.monotonic() - began_at, line), end='', flush=True)

    return say


def tell_ready(cloud: Cloud) -> None:
    if cloud.horizon_url:
        print('Horizon is ready at %s' % cloud.horizon_url)
    else:
        print('The cloud is ready: Keystone at %s' % cloud.keystone_url)
    print(
        'Log in as %s (user/password, domain Default). Ctrl-C ends all.'
        % ', '.join('%s/%s' % (name, name) for name in (*MEMBERS, ADMINISTRATOR)),
        flush=True,
    )


def watch(cloud: Cloud) -> NoReturn:
    while True:
        cloud.check()
        time.sleep(WATCH_SECONDS)


def end(number: int, frame: FrameType | None) -> NoReturn:
    # Once: a second signal must not interrupt the ending of the services.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Ended


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    chosen = options(arguments, environment)
    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        run(chosen, environment)
    except OSError as problem:
        # A disk that is full, say.
        print('The demo cannot go on: %s' % reason(problem), file=sys.stderr)
        return 1
    except DemoError as problem:
        print(problem, file=sys.stderr)
        return 1
    except Ended:
        print('Ended.')
        return 0


def run(chosen: argparse.Namespace, environment: Mapping[str, str]) -> NoReturn:
    with cloud_of(chosen, environment, progress(time.monotonic())) as cloud:
        tell_ready(cloud)
        watch(cloud)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:], os.environ))
