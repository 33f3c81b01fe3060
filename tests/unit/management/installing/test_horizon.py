# SPDX-License-Identifier: Apache-2.0
"""Where Horizon is: the one of this Python, and one line where there is none."""

from importlib.machinery import ModuleSpec
from pathlib import Path
import sys

import pytest

import openstack_dashboard

from gbp_status_ui.management.installing import horizon

pytestmark = pytest.mark.releases

HERE = Path(openstack_dashboard.__file__).parent


@pytest.fixture
def modules(monkeypatch):
    """The modules that this Python has, by their names: a file each."""
    found = {'horizon': '/python/horizon/__init__.py', 'openstack_dashboard': str(HERE / '__init__.py')}

    def find_spec(name):
        return ModuleSpec(name, None, origin=found[name]) if name in found else None

    monkeypatch.setattr(horizon.util, 'find_spec', find_spec)
    return found


@pytest.fixture
def shared(monkeypatch, tmp_path):
    """The directory of a distribution, with a dashboard in it."""
    package = tmp_path / 'openstack-dashboard' / 'openstack_dashboard'
    (package / 'local' / 'enabled').mkdir(parents=True)
    (package / '__init__.py').touch()
    (package / 'settings.py').touch()
    monkeypatch.setattr(horizon, 'SHARED', package.parent)
    monkeypatch.setattr(sys, 'path', list(sys.path))
    monkeypatch.setenv('PYTHONPATH', '/somewhere')
    return package.parent


def test_it_is_the_one_that_this_python_imports():
    found = horizon.find()

    assert found.package == HERE
    assert found.version == horizon.metadata.version('horizon')
    assert found.enabled == HERE / 'local' / 'enabled'
    assert found.local_settings == HERE / 'local' / 'local_settings.d'


@pytest.mark.parametrize('name', ['horizon', 'openstack_dashboard'])
def test_a_python_without_horizon_is_a_problem_that_names_it(modules, name):
    del modules[name]
    with pytest.raises(horizon.Problem, match=f'{sys.executable} has no module {name}'):
        horizon.find()


def test_a_directory_that_a_removal_has_left_is_no_horizon(modules):
    modules['openstack_dashboard'] = None
    with pytest.raises(horizon.Problem, match='has no module openstack_dashboard'):
        horizon.find()


def test_half_a_horizon_is_a_problem(modules, tmp_path):
    modules['openstack_dashboard'] = str(tmp_path / '__init__.py')
    with pytest.raises(horizon.Problem, match='is no complete Horizon'):
        horizon.find()


def test_a_dashboard_that_python_does_not_find_is_taken_from_the_distribution(modules, shared):
    del modules['openstack_dashboard']
    horizon.make_importable()

    assert sys.path[-1] == str(shared)
    assert horizon.os.environ['PYTHONPATH'] == f'/somewhere:{shared}'


def test_a_dashboard_that_python_finds_is_the_one(modules, shared):
    horizon.make_importable()

    assert str(shared) not in sys.path


def test_without_metadata_the_version_is_not_known(monkeypatch):
    def missing(name):
        raise horizon.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(horizon.metadata, 'version', missing)

    assert horizon.find().version == 'of an unknown version'


def test_another_horizon_is_named(shared):
    assert shared / 'openstack_dashboard' in horizon.others(horizon.find())


def test_the_same_one_by_another_name_is_no_other(shared):
    same = horizon.Horizon(shared / 'link', '27')
    same.package.symlink_to(shared / 'openstack_dashboard')

    assert shared / 'openstack_dashboard' not in horizon.others(same)


@pytest.mark.parametrize(
    ('installed', 'words'),
    [
        (['apache2'], 'for example: systemctl restart apache2'),
        (['httpd'], 'for example: systemctl restart httpd'),
        (['nginx'], 'that runs Horizon.'),
        (['apache2', 'httpd'], 'that runs Horizon.'),
        ([], 'that runs Horizon.'),
    ],
)
def test_the_web_server_is_named_if_there_is_one(monkeypatch, tmp_path, installed, words):
    monkeypatch.setattr(horizon, 'UNITS', [tmp_path / 'missing', tmp_path])
    for name in installed:
        (tmp_path / f'{name}.service').touch()

    assert horizon.restart().endswith(words)
