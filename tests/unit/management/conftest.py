# SPDX-License-Identifier: Apache-2.0
"""Somebody who logs in by the variables of the shell, to a Keystone in memory."""

import os

from openstack.config import loader
import pytest

from gbp_status_ui.management import login

from tests.unit.management import keystone as stand_in


@pytest.fixture
def keystone(monkeypatch, tmp_path):
    """The Keystone; the shell has no other variables, and there is no clouds.yaml but ``tmp_path``'s."""
    for name in [name for name in os.environ if name.startswith('OS_')]:
        monkeypatch.delenv(name)
    monkeypatch.setenv('OS_CLIENT_CONFIG_FILE', str(tmp_path / 'clouds.yaml'))
    monkeypatch.setenv('OS_CLIENT_SECURE_FILE', str(tmp_path / 'secure.yaml'))
    monkeypatch.setenv('HOME', str(tmp_path))
    # Old releases add to these lists what the variables name.
    for name in ('CONFIG_FILES', 'SECURE_FILES', 'VENDOR_FILES'):
        monkeypatch.setattr(loader, name, [])
    found = stand_in.Keystone()
    monkeypatch.setattr(login.transport, 'Adapter', lambda: found)
    return found


@pytest.fixture
def shell(keystone, monkeypatch):
    """shell('demo') sets the variables of somebody's password in the own project; others can be added."""

    def set_(name, **others):
        own = {'OS_USERNAME': name, 'OS_PASSWORD': name, 'OS_PROJECT_NAME': name}
        domains = {'OS_USER_DOMAIN_NAME': 'Default', 'OS_PROJECT_DOMAIN_NAME': 'Default'}
        for variable, value in {'OS_AUTH_URL': stand_in.URL, **own, **domains, **others}.items():
            monkeypatch.setenv(variable, value)

    return set_
