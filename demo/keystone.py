# SPDX-License-Identifier: Apache-2.0
"""Keystone: its settings and database, its process, and the projects, users and catalogue in it."""

from __future__ import annotations

from collections.abc import Mapping
from http.client import HTTPResponse
import json
from pathlib import Path
import shutil
from typing import Any
import urllib.error
import urllib.request

from demo.errors import DemoError
from demo.preparation import Preparation
from demo.processes import Services
from demo.settings_paths import plain

# A row of Keystone's API.
Entity = dict[str, Any]

INSIDE = Path(__file__).with_name('inside')
ENVIRONMENT = 'keystone'
# Log-ins of the demo: project, user and password are the same word.
MEMBERS = ('demo', 'other')
ADMINISTRATOR = 'admin'

SETTINGS = """\
[DEFAULT]
log_file =
use_stderr = true
default_log_levels = sqlalchemy=WARN,keystone=WARN

[database]
connection = sqlite:///{directory}/keystone.db?timeout=30
sqlite_synchronous = false

[fernet_tokens]
key_repository = {directory}/fernet-keys

# Receipts belong to several-factor log-ins, which there are none of; Keystone does not start without their keys.
[fernet_receipts]
key_repository = {directory}/fernet-keys

[credential]
key_repository = {directory}/credential-keys

[cache]
enabled = true
backend = dogpile.cache.memory
# The catalogue changes at a start only, and the cache goes with the process.
expiration_time = 600

[identity]
# The least that bcrypt takes: the passwords are in the README.
password_hash_rounds = 4

[token]
# A browser left open over night should not find everybody logged out.
expiration = 86400
"""


class Keystone:
    """One Keystone in `directory`, at `port`, run from the environment `environment` (a path)."""

    def __init__(self, directory: str | Path, environment: str | Path, port: int) -> None:
        self.directory = Path(directory).resolve()
        self._environment = Path(environment)
        self._port = port
        self.url = 'http://127.0.0.1:%d/v3' % port

    def prepare(self, preparation: Preparation) -> None:
        """Make database, keys and administrator unless they are there."""
        done = self.directory / 'prepared'
        if not done.exists():
            # What a start that was interrupted has left is of no use.
            shutil.rmtree(self.directory, ignore_errors=True)
            self.directory.mkdir(parents=True)
        settings = plain(self.directory) / 'keystone.conf'
        settings.write_text(SETTINGS.format(directory=plain(self.directory)), encoding='utf-8')
        if done.exists():
            return
        preparation.say('Setting up Keystone')
        preparation.run(
            'Setting up Keystone',
            [self._environment / 'bin' / 'python', INSIDE / 'keystone_setup.py', settings, self.url],
            self.directory / 'setup.log',
        )
        done.touch()

    def start(self, services: Services) -> None:
        services.start(
            'keystone',
            [
                self._environment / 'bin' / 'python',
                self._environment / 'bin' / 'gunicorn',
                '--bind',
                '127.0.0.1:%d' % self._port,
                '--workers',
                '1',
                '--threads',
                '8',
                '--chdir',
                INSIDE,
                '--no-control-socket',
                '--worker-tmp-dir',
                self.directory,
                'keystone_wsgi:application',
            ],
            {'OS_KEYSTONE_CONFIG_DIR': str(plain(self.directory)), 'OS_KEYSTONE_CONFIG_FILES': 'keystone.conf'},
        )

    def fill(self, regions: Mapping[str, str]) -> None:
        """Make the catalogue name this Keystone and `regions` (region -> Neutron's URL), and the members exist."""
        identity = Identity(self.url)
        _Catalogue(identity).agree_with(self.url, regions)
        for name in MEMBERS:
            identity.ensure_member(name)


class Identity:
    """A small client of Keystone's API, as the administrator."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._token: str | None = None
        self._token = self._log_in()

    def _log_in(self) -> str:
        user = {'name': ADMINISTRATOR, 'password': ADMINISTRATOR, 'domain': {'id': 'default'}}
        scope = {'project': {'name': ADMINISTRATOR, 'domain': {'id': 'default'}}}
        answer = self._send(
            'POST',
            '/auth/tokens',
            {'auth': {'identity': {'methods': ['password'], 'password': {'user': user}}, 'scope': scope}},
        )
        return answer.headers['X-Subject-Token']

    def _send(self, method: str, path: str, body: object = None) -> HTTPResponse:
        request = urllib.request.Request(
            self._url + path,
            method=method,
            headers={'Content-Type': 'application/json'},
            data=None if body is None else json.dumps(body).encode(),
        )
        if self._token:
            request.add_header('X-Auth-Token', self._token)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            return opener.open(request, timeout=300)
        except urllib.error.HTTPError as refused:
            raise DemoError('Keystone refused %s %s: %s' % (method, path, refused.read().decode()[:300])) from refused

    def list(self, collection: str, query: str = '') -> list[Entity]:
        with self._send('GET', '/%s%s' % (collection, query)) as answer:
            return json.load(answer)[collection]

    def create(self, collection: str, **attributes: object) -> Entity:
        kind = collection[:-1]
        with self._send('POST', '/' + collection, {kind: attributes}) as answer:
            return json.load(answer)[kind]

    def move(self, endpoint: Entity, url: str) -> None:
        self._send('PATCH', '/endpoints/' + endpoint['id'], {'endpoint': {'url': url}}).close()

    def delete(self, collection: str, identifier: str) -> None:
        self._send('DELETE', '/%s/%s' % (collection, identifier)).close()

    def ensure(self, collection: str, name: str, **attributes: object) -> Entity:
        found = self.list(collection, '?name=' + name)
        return found[0] if found else self.create(collection, name=name, **attributes)

    def ensure_member(self, name: str) -> Entity:
        return self._ensure_user(name, self.ensure('projects', name), 'member')

    def ensure_administrator(self, name: str) -> Entity:
        return self._ensure_user(name, self.ensure('projects', ADMINISTRATOR), ADMINISTRATOR)

    def _ensure_user(self, name: str, project: Entity, role_name: str) -> Entity:
        user = self.ensure('users', name, password=name, default_project_id=project['id'])
        role = self.list('roles', '?name=' + role_name)[0]
        self._send('PUT', '/projects/%s/users/%s/roles/%s' % (project['id'], user['id'], role['id'])).close()
        return user


class _Catalogue:
    """Endpoints of three interfaces a service and region, changed only where they differ from what is wanted."""

    INTERFACES = ('public', 'internal', 'admin')

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._known_regions = {region['id'] for region in identity.list('regions')}
        self._endpoints = identity.list('endpoints')

    def agree_with(self, keystone_url: str, regions: Mapping[str, str]) -> None:
        keystone = self._identity.ensure('services', 'keystone', type='identity')
        neutron = self._identity.ensure('services', 'neutron', type='network')
        # Horizon offers a region only where Keystone has an endpoint there too.
        wanted = {
            (keystone['id'], region, interface): keystone_url for region in regions for interface in self.INTERFACES
        }
        wanted.update(
            {
                (neutron['id'], region, interface): url
                for region, url in regions.items()
                for interface in self.INTERFACES
            }
        )
        for region in set(regions) - self._known_regions:
            self._identity.create('regions', id=region)
        self._settle(wanted)

    def _settle(self, wanted: Mapping[tuple[str, str, str], str]) -> None:
        missing = dict(wanted)
        for endpoint in self._endpoints:
            url = missing.pop((endpoint['service_id'], endpoint['region_id'], endpoint['interface']), None)
            if url is None:
                self._identity.delete('endpoints', endpoint['id'])
            elif url != endpoint['url']:
                self._identity.move(endpoint, url)
        for (service, region, interface), url in missing.items():
            self._identity.create('endpoints', service_id=service, region_id=region, interface=interface, url=url)
