# SPDX-License-Identifier: Apache-2.0
"""The distributions as setuptools builds them, and Horizons that they are installed into."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from tests.package import repository

ROOT = Path(__file__).resolve().parent.parent.parent
PINS = ROOT / 'demo' / 'pins'
#: The cache server is not there. Neither the command nor the pages of these tests need it.
SETTINGS = """
SECRET_KEY = 'of no use outside the tests'
ALLOWED_HOSTS = ['localhost']
COMPRESS_OFFLINE = True
CACHES = {'default': {'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache', 'LOCATION': '127.0.0.1:1'}}
SESSION_ENGINE = 'django.contrib.sessions.backends.signed_cookies'
"""
BUILD = 'import pathlib, sys; from tools import dist; dist.build(*map(pathlib.Path, sys.argv[1:]))'
ODD = {'TZ': 'Pacific/Apia', 'PYTHONHASHSEED': '7', 'LC_ALL': 'C'}
NOT_IN_A_CLONE = shutil.ignore_patterns(
    '.*_cache',
    '.demo',
    '.git',
    '.tools',
    '.tox',
    '*.egg-info',
    '*.mo',
    '*.mo~*',
    '__pycache__',
    'build',
    'dist',
    'node_modules',
)


def build(tree):
    """Build a wheel of a tree and return its path."""
    built = tree.with_name(tree.name + '-built')
    command = [sys.executable, '-m', 'build', '--installer', 'uv', '--outdir', built, '--wheel', tree]
    subprocess.run(command, check=True)
    (wheel,) = built.iterdir()
    return wheel


def horizon(directory, *plugin):
    """Make an environment with Horizon and the plugin in it; return its Python."""
    python = directory / 'bin' / 'python'
    constraint = ['--build-constraints', PINS / 'build.txt']
    subprocess.run(['uv', 'venv', '--quiet', '--python', sys.executable, directory], check=True)
    subprocess.run(
        [
            'uv',
            'pip',
            'install',
            '--quiet',
            '--python',
            python,
            *constraint,
            '-r',
            PINS / 'horizon-27.0.0.txt',
            *plugin,
        ],
        check=True,
    )
    (dashboard,) = directory.glob('lib/*/site-packages/openstack_dashboard')
    (dashboard / 'local' / 'local_settings.py').write_text(SETTINGS)
    return python


@pytest.fixture(scope='session')
def tree(tmp_path_factory):
    """A copy of the source tree, as a clone has it: symlinks stay symlinks."""
    copy = tmp_path_factory.mktemp('source') / 'gbp_status_ui'
    shutil.copytree(ROOT, copy, symlinks=True, ignore=NOT_IN_A_CLONE)
    return copy


@pytest.fixture(scope='session')
def released(tree, tmp_path_factory):
    """A repository whose last commit can be published: its version is a tag, and what has to be settled is."""
    settled = shutil.copytree(tree, tmp_path_factory.mktemp('settled') / 'tree', symlinks=True)
    for name, old, new in repository.SETTLED:
        repository.change(settled / name, old, new)
    sources = repository.of(settled, settled.with_name('ready'))
    repository.git(sources, 'tag', '--annotate', '--message', 'Release', '2.3.4')
    return sources


@pytest.fixture(scope='session')
def built(released, tmp_path_factory):
    """The sdist that is published, and the wheel that was made of it: in a clone of that, in an odd environment.

    They stand in ``dist`` of the repository, as ``make dist`` leaves them.
    """
    clone = tmp_path_factory.mktemp('cloned') / 'a clone'
    subprocess.run(['git', 'clone', '--quiet', released, clone], check=True, umask=0o077)
    # What is not committed is not published.
    (clone / 'gbp_status_ui' / 'new.py').write_text('')
    (clone / 'README.rst').write_text('Changed')
    command = [sys.executable, '-c', BUILD, released / 'dist', clone]
    subprocess.run(command, check=True, umask=0o077, env={**os.environ, **ODD}, cwd=ROOT)
    return [next((released / 'dist').glob(pattern)) for pattern in ('*.tar.gz', '*.whl')]


@pytest.fixture(scope='session')
def sdist(built):
    return built[0]


@pytest.fixture(scope='session')
def wheel(built):
    return built[1]


@pytest.fixture(scope='session')
def wheel_of_the_tree(tree):
    """The wheel as pip makes it of a copy, without an sdist between."""
    return build(tree)


@pytest.fixture(scope='session', params=['wheel', 'editable'])
def python(request, tmp_path_factory):
    """The Python of a Horizon that has the plugin, from the wheel or as a developer installs it."""
    plugin = {
        'wheel': lambda: [request.getfixturevalue('wheel')],
        'editable': lambda: ['--editable', request.getfixturevalue('tree')],
    }[request.param]()
    return horizon(tmp_path_factory.mktemp('horizon') / request.param, *plugin)
