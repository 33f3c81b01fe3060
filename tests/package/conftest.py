# SPDX-License-Identifier: Apache-2.0
"""The distributions as setuptools builds them, and Horizons that they are installed into."""

from pathlib import Path
import shutil
import subprocess
import sys

import pytest

from tools import dist

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
NOT_IN_A_CLONE = shutil.ignore_patterns(
    '.*_cache', '.demo', '.git', '.tools', '.tox', '*.egg-info', '*.mo', '__pycache__', 'build', 'dist', 'node_modules'
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
    """A repository whose only commit has all files of the tree and the tag of a release."""
    sources = repository.of(tree, tmp_path_factory.mktemp('released') / 'gbp_status_ui')
    repository.git(sources, 'tag', '2.3.4')
    return sources


@pytest.fixture(scope='session')
def built(released, tmp_path_factory):
    """The sdist that is published, and the wheel that was made of it."""
    return dist.build(tmp_path_factory.mktemp('built'), released)


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
