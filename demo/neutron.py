# SPDX-License-Identifier: Apache-2.0
"""Neutron with GBP: its settings and database, its process, and the application that is seeded into it."""

from __future__ import annotations

import json
import os
from pathlib import Path
import re
import shutil

from demo import policies
from demo.environments import fingerprint
from demo.environments import PINS
from demo.preparation import Preparation
from demo.processes import Command
from demo.processes import Services
from demo.settings_paths import plain

HERE = Path(__file__).parent
INSIDE, PLUGIN, SEED, SETTINGS = HERE / 'inside', HERE / 'plugin', HERE / 'seed', HERE / 'settings'
RELEASES = ('16', '18')
# What reports statuses, the default first; plugin/gbp_demo has each of them.
BACKENDS = ('apic', 'reference', 'detailed')
# The backends of which plugin/gbp_demo/costs.py knows what answers cost.
COSTS = ('apic',)
# That of eventlet wants /etc/protocols, which small images lack; nothing here asks for a name.
NO_RESOLVER = {'EVENTLET_NO_GREENDNS': 'yes'}


def environment_of(gbp: str) -> str:
    return 'neutron-gbp' + gbp


class Neutron:
    """One Neutron of GBP release `gbp` ('16' or '18') for one region, with a backend of BACKENDS."""

    def __init__(
        self,
        cloud_directory: str | Path,
        environment: str | Path,
        gbp: str,
        region: str,
        port: int,
        keystone_url: str,
        backend: str,
        bare: bool,
    ) -> None:
        self.cloud_directory = Path(cloud_directory).resolve()
        # Each backend has a database of its own: another one has made no networks, or no automatic groups.
        self.directory = self.cloud_directory / '-'.join([environment_of(gbp), backend, *['bare'] * bare])
        self.name = environment_of(gbp)
        self.region = region
        self.url = 'http://127.0.0.1:%d' % port
        self._environment = Path(environment)
        self._gbp, self._port, self._keystone_url = gbp, port, keystone_url
        self._backend, self._bare = backend, bare

    @property
    def _place(self) -> Path:
        """The directory as the services know it."""
        return plain(self.directory)

    @property
    def _settings(self) -> Path:
        return self._place / 'neutron.conf'

    @property
    def calls(self) -> Path:
        return self.cloud_directory / ('calls-%s.jsonl' % self.region)

    def prepare(self, preparation: Preparation) -> None:
        """Write the settings; make the tables unless they are there, made and seeded by the same pins and seed."""
        wanted = self._fingerprint()
        stamp = self.directory / 'tables'
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(self.directory, ignore_errors=True)
            self.directory.mkdir(parents=True)
        self._write_settings()
        if not stamp.exists():
            shutil.copyfile(self._tables(wanted, preparation), self.directory / 'neutron.db')
            stamp.write_text(wanted)

    def _tables(self, wanted: str, preparation: Preparation) -> Path:
        """Return a database with tables alone, made once in each environment: to load all models takes seconds."""
        made = self._environment / ('tables-%s.db' % wanted)
        with preparation.locked(self._environment / 'tables.lock'):
            if not made.exists():
                self._make_tables(made, preparation)
        return made

    def _make_tables(self, target: Path, preparation: Preparation) -> None:
        preparation.say('Making the tables of %s' % self.name)
        unfinished = target.with_suffix('.part')
        unfinished.unlink(missing_ok=True)
        preparation.run(
            'Making the tables of %s' % self.name,
            [
                self._environment / 'bin' / 'python',
                INSIDE / 'neutron_tables.py',
                'sqlite:///%s' % unfinished,
                self._settings,
            ],
            self.directory / 'tables.log',
            env={**os.environ, **self._variables()},
        )
        unfinished.rename(target)

    def _fingerprint(self) -> str:
        return fingerprint(PINS / (self.name + '.txt'), INSIDE / 'neutron_tables.py', *sorted(SEED.glob('*.py')))

    def _write_settings(self) -> None:
        template = (SETTINGS / 'neutron.conf').read_text()
        (self.directory / 'neutron.conf').write_text(
            template.format(port=self._port, directory=self._place, keystone=self._keystone_url, **self._plugins())
        )
        (self.directory / 'policy.yaml').write_text(
            ''.join('%s: %s\n' % (json.dumps(name), json.dumps(rule)) for name, rule in policies.rules().items())
        )
        shipped = self._environment / 'etc' / 'neutron' / 'api-paste.ini'
        (self.directory / 'api-paste.ini').write_text(with_filter(shipped.read_text()))

    def _plugins(self) -> dict[str, str]:
        """Return the settings that name plugins and drivers."""
        apic = self._backend == 'apic'
        routers = 'gbp_demo.apic_plugins.ApicRouters' if apic else 'gbp_demo.neutron_plugins.Routers'
        return {
            'backend': self._backend,
            'core_plugin': 'gbp_demo.apic_plugins.ApicCore' if apic else 'gbp_demo.neutron_plugins.Core',
            'service_plugins': ','.join([routers, 'group_policy', *['ncp'] * (self._gbp == '16')]),
            'extension_drivers': 'demo_apic,proxy_group' if apic else '',
            'node_driver': 'demo_detailed' if self._backend == 'detailed' else 'demo_quiet',
        }

    def _variables(self) -> dict[str, str]:
        return {
            'PYTHONPATH': str(plain(PLUGIN)),
            **NO_RESOLVER,
            'GBP_DEMO_DIR': str(self.cloud_directory),
            'GBP_DEMO_CALLS': str(self.calls),
            'GBP_DEMO_NEUTRON': str(self._settings),
        }

    def start(self, services: Services) -> None:
        services.start(self.name, self._command(), self._variables(), self.directory)

    def _command(self) -> Command:
        binaries = self._environment / 'bin'
        if self._gbp == '16':
            return [binaries / 'python', binaries / 'neutron-server', '--config-file', self._settings]
        return [
            binaries / 'python',
            binaries / 'gunicorn',
            '--bind',
            '127.0.0.1:%d' % self._port,
            '--workers',
            '1',
            '--threads',
            '16',
            # gbpclient itself refuses longer requests at 8,192 bytes; gunicorn's default is half of that.
            '--limit-request-line',
            '8190',
            '--no-control-socket',
            '--worker-tmp-dir',
            self.directory,
            '--chdir',
            INSIDE,
            'neutron_wsgi:application',
        ]

    def seed(self, preparation: Preparation) -> None:
        """Make the application of the demo unless it is there."""
        done = self.directory / 'seeded'
        if self._bare or done.exists():
            return
        preparation.say('Seeding %s' % self.name)
        preparation.run(
            'Seeding %s' % self.name,
            [self._environment / 'bin' / 'python', '-m', 'demo.seed', self._keystone_url, self.region],
            self.directory / 'seed.log',
            cwd=HERE.parent,
            env={**os.environ, **NO_RESOLVER},
        )
        done.touch()


def with_filter(paste: str) -> str:
    """Return the text of an api-paste.ini with the demo's filter in the pipeline that authenticates.

    It stands behind what gives each answer the id of its request: real failures have one.
    """
    filtered = re.sub('(\nkeystone = .*request_id)', r'\1 demo', paste, count=1)
    return filtered + '\n[filter:demo]\nuse = egg:gbp_demo#demo\n'
