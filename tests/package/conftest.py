# SPDX-License-Identifier: Apache-2.0
"""The distributions as setuptools builds them, and Horizons that they are installed into."""

from pathlib import Path
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PINS = ROOT / 'demo' / 'pins'
NOT_IN_A_CLONE = shutil.ignore_patterns(
    '.*_cache', '.demo', '.git', '.tools', '.tox', '*.egg-info', '__pycache__', 'build', 'dist', 'node_modules'
)


def build(tree, *arguments):
    """Build distributions of a tree and return the directory that they are in."""
    built = tree.with_name(tree.name + ''.join(arguments) + '-built')
    command = [sys.executable, '-m', 'build', '--installer', 'uv', '--outdir', built, *arguments, tree]
    subprocess.run(command, check=True)
    return built


def horizon(directory, *plugin):
    """Make an environment with Horizon and the plugin in it, and do there what an operator does; return its Python."""
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
    return python


@pytest.fixture(scope='session')
def tree(tmp_path_factory):
    """A copy of the source tree, as a clone has it: symlinks stay symlinks."""
    copy = tmp_path_factory.mktemp('source') / 'gbp_status_ui'
    shutil.copytree(ROOT, copy, symlinks=True, ignore=NOT_IN_A_CLONE)
    return copy


@pytest.fixture(scope='session')
def built(tree):
    """The directory with the sdist, and the wheel that was made of it."""
    return build(tree)


@pytest.fixture(scope='session')
def sdist(built):
    (path,) = built.glob('*.tar.gz')
    return path


@pytest.fixture(scope='session')
def wheel(built):
    (path,) = built.glob('*.whl')
    return path


@pytest.fixture(scope='session')
def wheel_of_the_tree(tree):
    """The wheel as pip makes it of a clone, without an sdist between."""
    (path,) = build(tree, '--wheel').glob('*.whl')
    return path


@pytest.fixture(scope='session', params=['wheel', 'editable'])
def python(request, tmp_path_factory):
    """The Python of a Horizon that has the plugin, from the wheel or as a developer installs it."""
    plugin = {
        'wheel': lambda: [request.getfixturevalue('wheel')],
        'editable': lambda: ['--editable', request.getfixturevalue('tree')],
    }[request.param]()
    return horizon(tmp_path_factory.mktemp('horizon') / request.param, *plugin)
