# SPDX-License-Identifier: Apache-2.0
"""Users who are logged in to the dashboard, made without a Keystone: the session holds what a log-in leaves in it."""

import dataclasses
import datetime

from django.conf import settings
from django.contrib import auth
from keystoneauth1 import access

from openstack_auth import user as auth_user

BACKEND = 'openstack_auth.backend.KeystoneBackend'
NETWORK_URL = 'http://neutron.invalid:9696'
REGION = 'RegionOne'


@dataclasses.dataclass(frozen=True)
class Person:
    """Somebody with roles in one project, or without one in the domain; ids are names, so that tests can be read."""

    name: str
    project: str
    roles: tuple
    token_id: str = ''
    domain: str = 'default'

    @property
    def token(self):
        """The project-scoped token, as openstack_auth keeps it in the session."""
        return auth_user.Token(access.create(body=self.issued(), auth_token=self.token_id or 'token-of-%s' % self.name))

    def issued(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        domain = {'id': self.domain, 'name': self.domain.title()}
        project = {'id': self.project, 'name': self.project, 'domain': domain}
        return {
            'token': {
                'user': {'id': self.name, 'name': self.name, 'domain': domain, 'password_expires_at': None},
                **({'project': project} if self.project else {'domain': domain}),
                'roles': [{'id': role, 'name': role} for role in self.roles],
                'catalog': [_service('identity', settings.OPENSTACK_KEYSTONE_URL), _service('network', NETWORK_URL)],
                'methods': ['password'],
                'issued_at': now.isoformat(),
                'expires_at': (now + datetime.timedelta(hours=1)).isoformat(),
            }
        }

    def log_in(self, client):
        """Log the person in to the dashboard with a Django test client, which is returned."""
        self.session_of(client.session)
        return client

    def session_of(self, session):
        """Have a session be the person's, and write it; return it."""
        session.update(
            {
                auth.SESSION_KEY: self.name,
                auth.BACKEND_SESSION_KEY: BACKEND,
                'user_id': self.name,
                'token': self.token,
                'region_endpoint': settings.OPENSTACK_KEYSTONE_URL,
                'services_region': REGION,
                'unscoped_token': 'unscoped-%s' % self.name,
            }
        )
        session.save()
        return session


def _service(kind, url):
    endpoints = [
        {'id': name, 'interface': name, 'url': url, 'region': REGION, 'region_id': REGION}
        for name in ('public', 'internal', 'admin')
    ]
    return {'id': kind, 'name': kind, 'type': kind, 'endpoints': endpoints}


MEMBER = Person('demo', project='demo', roles=('member', 'reader'))
COLLEAGUE = Person('colleague', project='demo', roles=('member', 'reader'))
OTHER = Person('other', project='other', roles=('member', 'reader'))
ADMINISTRATOR = Person('admin', project='admin', roles=('admin', 'member', 'reader'))
EVERYBODY = (MEMBER, COLLEAGUE, OTHER, ADMINISTRATOR)
