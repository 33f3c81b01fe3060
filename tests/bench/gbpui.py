# SPDX-License-Identifier: Apache-2.0
"""group-based-policy-ui on Horizon 20.1, the last that it loads on: the same groups in its own page.

That Horizon wants Python 3.9 or older; where none is found or can be fetched, this rival is not measured.
"""

import contextlib
import os
from pathlib import Path
import shutil
import subprocess

from demo import ports
from demo.environments import find_uv
from demo.environments import fingerprint
from demo.preparation import Preparation

from tests import dashboards

HERE = Path(__file__).parent
PINS = HERE / 'pins' / 'gbpui.txt'
BUILD = HERE.parents[1] / 'demo' / 'pins' / 'build.txt'
PYTHONS = ('3.9', '3.8')
PAGE = 'project/policytargets/'
PANELS = '_15*.py'


class NotHere(Exception):
    """The rival cannot be had on this machine; the message says why."""


@contextlib.contextmanager
def horizon(cloud, environments):
    """Run it; yield its address. :class:`NotHere` where that is impossible."""
    environment = _install(environments / 'horizon-gbpui', find_uv(environments, Preparation(print)))
    directory = cloud.directory / 'gbpui'
    _copy_panels(environment, directory / 'enabled')
    port = ports.remembered(cloud.directory / 'gbpui-port.json', ['gbpui'])['gbpui']
    url = f'http://{ports.ADDRESS}:{port}/'
    with dashboards.running(directory) as services:
        command = [environment / 'bin' / 'gunicorn', '--bind', f'{ports.ADDRESS}:{port}', '--threads', '8']
        command += ['--worker-tmp-dir', directory, '--timeout', '600', 'bench_wsgi:application']
        services.start('horizon', command, _variables(cloud, directory), directory)
        services.wait_until_ready('horizon', url + 'auth/login/')
        yield url


def _variables(cloud, directory):
    return {
        'DJANGO_SETTINGS_MODULE': 'gbpui_settings',
        'PYTHONPATH': str(HERE / 'horizon'),
        'BENCH_KEYSTONE': cloud.keystone_url,
        'BENCH_DIRECTORY': str(directory),
    }


def _install(environment, uv):
    stamp = environment / 'pins.fingerprint'
    wanted = fingerprint(PINS)
    if not stamp.exists() or stamp.read_text() != wanted:
        _run(uv, 'venv', '--clear', '--python', _python(uv), environment)
        _run(uv, 'pip', 'sync', '--python', environment, '--build-constraints', BUILD, PINS)
        stamp.write_text(wanted)
    return environment


def _python(uv):
    """Return a Python that Horizon 20.1 runs on: one of this machine, of pyenv, or one that uv can fetch."""
    for version in PYTHONS:
        kept = sorted(Path(os.environ.get('PYENV_ROOT') or Path.home() / '.pyenv').glob(f'versions/{version}.*'))
        if kept:
            return kept[-1] / 'bin' / 'python'
    for version in PYTHONS:
        with contextlib.suppress(NotHere):
            _run(uv, 'python', 'install', version)
            return version
    raise NotHere('there is no Python 3.9 or 3.8, and none could be fetched')


def _run(uv, *arguments):
    command = [uv, '--quiet', *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotHere(done.stderr.strip().splitlines()[0] if done.stderr.strip() else f'{command} failed')


def _copy_panels(environment, enabled):
    """Its enabled files stand among its modules, which are none."""
    enabled.mkdir(parents=True, exist_ok=True)
    (package,) = environment.glob('lib/python3*/site-packages/gbpui')
    for panel in package.glob(PANELS):
        shutil.copy(panel, enabled)
