# SPDX-License-Identifier: Apache-2.0
"""What the package imports is what it requires, in versions that every tested Horizon has."""

import configparser
import sys

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
import pytest

from tools import rooms

from tests.house import source

#: Distribution -> the packages that it brings.
BROUGHT = {
    'django': {'django'},
    # Its settings have the application compressor.
    'horizon': {'compressor', 'horizon', 'openstack_auth', 'openstack_dashboard'},
    'keystoneauth1': {'keystoneauth1'},
    'openstacksdk': {'openstack'},
    'prettytable': {'prettytable'},
    'python-group-based-policy-client': {'gbpclient'},
    'python-neutronclient': {'neutronclient'},
    'requests': {'requests'},
    'urllib3': {'urllib3'},
}
PINS = sorted((source.ROOT / 'demo' / 'pins').glob('horizon-*.txt'))


def required():
    """Return {distribution: requirement} of setup.cfg."""
    setup = configparser.ConfigParser()
    setup.read(source.ROOT / 'setup.cfg')
    lines = setup['options']['install_requires'].split()
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, lines)}


def imported():
    """Return the first names of all modules that the package imports, but for its own and the standard library's."""
    trees = source.trees('gbp_status_ui')
    found = {module.partition('.')[0] for _name, tree in trees for module, _names in rooms.statements(tree)}
    return found - sys.stdlib_module_names - {'gbp_status_ui'}


def test_what_is_imported_is_required_and_nothing_else():
    found = imported()
    brought = {name: BROUGHT[name] & found for name in required()}

    assert set().union(*brought.values()) == found
    assert [name for name, used in brought.items() if not used] == []


@pytest.mark.parametrize('path', PINS, ids=lambda path: path.stem)
def test_each_tested_horizon_has_what_is_required(path):
    lines = [line.partition('#')[0].strip() for line in path.read_text().splitlines()]
    pinned = {
        canonicalize_name(name): version for name, _, version in (line.partition('==') for line in lines) if version
    }

    assert {name: pinned[name] for name in required() if pinned[name] not in required()[name].specifier} == {}
