# SPDX-License-Identifier: Apache-2.0
"""Runs in a Neutron environment: makes the tables of Neutron and GBP. python neutron_tables.py URL CONF

Their migrations are written for MySQL and stop on SQLite, so the tables come from the models.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

from neutron.common import config
from neutron_lib.db import model_base
import sqlalchemy

GBP_MODELS = (
    'gbpservice.neutron.db.grouppolicy.group_policy_mapping_db',
    'gbpservice.neutron.services.grouppolicy.drivers.resource_mapping',
    'gbpservice.neutron.services.grouppolicy.drivers.implicit_policy',
    # What the backend `apic` keeps of extensions.
    'gbpservice.neutron.db.grouppolicy.extensions.apic_auto_ptg_db',
    'gbpservice.neutron.db.grouppolicy.extensions.apic_intra_ptg_db',
    'gbpservice.neutron.db.grouppolicy.extensions.group_proxy_db',
    'gbpservice.neutron.plugins.ml2plus.drivers.apic_aim.extension_db',
)
# GBP 16 and before only.
CHAIN_MODELS = (
    'gbpservice.neutron.db.servicechain_db',
    'gbpservice.neutron.services.servicechain.plugins.ncp.model',
)


def load_models() -> None:
    importlib.import_module('neutron.db.migration.models.head')
    for name in GBP_MODELS:
        importlib.import_module(name)
    if importlib.util.find_spec(CHAIN_MODELS[0]):
        for name in CHAIN_MODELS:
            importlib.import_module(name)


def main(url: str, settings: str) -> None:
    if hasattr(config, 'register_common_config_options'):
        config.register_common_config_options()
    config.init(['--config-file', settings])
    load_models()
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        # Stays with the file. Readers and one writer then go side by side, which they do not by SQLite's default.
        connection.exec_driver_sql('PRAGMA journal_mode=WAL')
    model_base.BASEV2.metadata.create_all(engine)
    # SQLite then moves all that was written into the one file, which is copied.
    engine.dispose()


if __name__ == '__main__':
    main(*sys.argv[1:])
