# SPDX-License-Identifier: Apache-2.0
"""Runs in Keystone's environment: makes its tables, keys and first administrator. python keystone_setup.py CONF URL

The same as keystone-manage's db_sync, fernet_setup, credential_setup and bootstrap, each of which is slow to load.
"""

from __future__ import annotations

import sys
from typing import Any

from keystone.cmd import bootstrap
from keystone.common import fernet_utils
from keystone.common import sql
from keystone.common.sql import upgrades
import keystone.conf

CONF = keystone.conf.CONF


def read_settings(path: str) -> None:
    keystone.conf.configure()
    sql.initialize()
    keystone.conf.set_default_for_default_log_levels()
    CONF(args=[], project='keystone', default_config_files=[path])
    keystone.conf.setup_logging()


def make_keys(settings: Any, group: str, max_active_keys: int) -> None:
    keys = fernet_utils.FernetUtils(settings.key_repository, max_active_keys, group)
    keys.create_key_directory()
    keys.initialize_key_repository()


def make_administrator(url: str) -> None:
    first = bootstrap.Bootstrapper()
    first.admin_username = first.admin_password = first.project_name = first.admin_role_name = 'admin'
    first.service_name = 'keystone'
    first.region_id = 'RegionOne'
    first.public_url = first.internal_url = first.admin_url = url
    first.bootstrap()


def main(path: str, url: str) -> None:
    read_settings(path)
    upgrades.offline_sync_database_to_version()
    make_keys(CONF.fernet_tokens, 'fernet_tokens', CONF.fernet_tokens.max_active_keys)
    make_keys(CONF.credential, 'credential', 3)
    make_administrator(url)


if __name__ == '__main__':
    main(*sys.argv[1:])
