# SPDX-License-Identifier: Apache-2.0
"""Logs in to Keystone for the commands, as the command ``openstack`` does.

It comes from the OS_* variables or from clouds.yaml, as openstacksdk reads them, and what Keystone answers becomes a
user of Horizon: from there on a request is one as the views have it. Messages never hold what somebody logs in with.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
import contextlib
import dataclasses
import logging
import re
import warnings

from django.contrib import auth
from django.http import HttpRequest
from django.test import override_settings
from keystoneauth1 import access
from keystoneauth1 import exceptions as keystone_exceptions
from keystoneauth1 import session as keystone_session
from openstack import config as openstack_config
from openstack import exceptions as openstack_exceptions
from openstack.config.cloud_region import CloudRegion
import requests

from openstack_auth import user as auth_user
from openstack_dashboard.api import base

from gbp_status_ui import logs
from gbp_status_ui.management.waiting import Task
from gbp_status_ui.management.waiting import TookTooLong
from gbp_status_ui.model import texts
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Request
from gbp_status_ui.model.types import User
from gbp_status_ui.service import connection
from gbp_status_ui.service import transport

_BACKEND = 'openstack_auth.backend.KeystoneBackend'
#: The parts of a configuration that say what a token is to be for.
_SCOPES = ('project_id', 'project_name', 'tenant_id', 'tenant_name', 'domain_id', 'domain_name', 'system_scope')
_TOKEN_TYPES = {'token', 'v3token'}
_MAX_MESSAGE_CHARACTERS = 300


class Refused(Exception):
    """Nobody could be logged in; the message says why, on one line and without secrets."""


@dataclasses.dataclass(frozen=True)
class Viewer:
    """Somebody who has logged in; ``regions`` are those that have a network service."""

    user: User
    regions: tuple[str, ...]

    def request(self) -> Request:
        """Return a new request of the dashboard as this user would send it; each has answers of its own."""
        request = HttpRequest()
        # Horizon's policies make the user anew from what a log-in leaves in the session.
        request.session = {auth.SESSION_KEY: self.user.id, auth.BACKEND_SESSION_KEY: _BACKEND}
        auth_user.set_session_from_user(request, self.user)
        return request


@contextlib.contextmanager
def logged_in(cloud: str, region: str, seconds: float) -> Iterator[Viewer]:
    """Log in, and have a block ask as that viewer; yield the :class:`Viewer`.

    ``cloud`` names one of clouds.yaml, or none. Keystone has ``seconds``. While the block runs, the settings of this
    process for certificates and endpoints are those of the log-in.

    :raises Refused: the log-in is not complete, or nobody accepts it
    """
    # The library warns of what it will leave out of its next release; whoever logs in cannot change that.
    with _explained(), warnings.catch_warnings():
        warnings.simplefilter('ignore')
        found = _configuration(cloud)
    with _settings_of(found), _silence():
        with _explained():
            # Each request has so much time, and a log-in takes several.
            issued = Task(_access, found, seconds).result(seconds)
        yield _viewer(issued, found, region)


def _configuration(cloud: str) -> CloudRegion:
    loaded = openstack_config.OpenStackConfig()
    chosen = {'cloud': cloud} if cloud else {}
    peeked = loaded.get_one(validate=False, **chosen)
    # Not checked yet, some stand beside the others.
    given = {**peeked.config, **peeked.get_auth_args()}
    if not given.get('auth_url'):
        raise Refused(
            'Nobody is to log in: set OS_AUTH_URL and the other OS_* variables, or name a cloud (--os-cloud).'
        )
    if not str(given['auth_url']).startswith(('http://', 'https://')):
        raise Refused('The address of Keystone (OS_AUTH_URL) begins neither with http:// nor with https://.')
    if not str(given.get('token', '')).isprintable():
        raise Refused('The token holds a character that no token has, such as a newline.')
    # The library takes a token for a password, where no type is named.
    if given.get('token') and not given.get('password') and peeked.config.get('auth_type') == 'password':
        chosen['auth_type'] = 'token'
    return loaded.get_one(**chosen)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Let keystoneauth log nothing: it warns with the whole address of a Keystone, where a password may stand."""
    logger = logging.getLogger('keystoneauth')
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _settings_of(found: CloudRegion) -> override_settings:
    """The rooms know certificates and the kind of endpoint by Horizon's settings."""
    verified, _certificate = found.get_requests_verify_args()
    interface = found.get_interface() or 'public'
    first = interface if isinstance(interface, str) else interface[0]
    wanted = {'OPENSTACK_ENDPOINT_TYPE': first.removesuffix('URL') + 'URL'}
    if isinstance(verified, str):
        wanted['OPENSTACK_SSL_CACERT'] = verified
    elif not verified:
        wanted['OPENSTACK_SSL_NO_VERIFY'] = True
    return override_settings(**wanted)


def _access(found: CloudRegion, seconds: float) -> access.AccessInfo:
    """Return Keystone's answer, a :class:`keystoneauth1.access.AccessInfo`."""
    # The time-out of others ends only the wait for the next byte.
    sockets = transport.mount(requests.Session())
    session = keystone_session.Session(session=sockets, verify=connection.verify(), timeout=seconds, redirect=False)
    given = found.get_auth_args()
    if found.config.get('auth_type') in _TOKEN_TYPES and not any(given.get(name) for name in _SCOPES):
        return _looked_up(session, given['auth_url'], given['token'])
    return found.get_auth().get_access(session)


def _looked_up(session: keystone_session.Session, address: str, token: str) -> access.AccessInfo:
    """Return what a token is for that is used as it is: not each may be exchanged for another one."""
    headers = {'X-Auth-Token': token, 'X-Subject-Token': token}
    base_address = re.sub(r'(/v3)?/*$', '', address)
    answer = session.get(f'{base_address}/v3/auth/tokens', headers=headers, authenticated=False)
    return access.create(resp=answer, auth_token=token)


def _viewer(issued: access.AccessInfo, found: CloudRegion, region: str) -> Viewer:
    if not issued.service_catalog or not issued.service_catalog.catalog:
        raise Refused('The log-in is for no project: set OS_PROJECT_NAME and OS_PROJECT_DOMAIN_NAME.')
    token, request = auth_user.Token(issued), HttpRequest()
    request.session = {}
    regions = _regions(token.serviceCatalog)
    chosen = _chosen(region or found.region_name, regions)
    address = found.get_auth_args()['auth_url']
    return Viewer(auth_user.create_user_from_token(request, token, address, chosen), regions)


def _chosen(region: str, regions: Sequence[str]) -> str:
    if not regions:
        raise Refused('There is no service "network" in the catalogue.')
    if not region and len(regions) > 1:
        raise Refused(f'Name a region (--region): {", ".join(regions)}.')
    if region and region not in regions:
        raise Refused(f'There is no service "network" in the region {region}, but in {", ".join(regions)}.')
    return region or regions[0]


def _regions(catalogue: list[Attributes]) -> tuple[str, ...]:
    service = base.get_service_from_catalog(catalogue, 'network') or {}
    named = [endpoint.get('region_id') or endpoint.get('region') for endpoint in service.get('endpoints', [])]
    return tuple(sorted(set(filter(None, named))))


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Say in one line what the libraries raise where somebody cannot log in.

    :raises Refused: they have raised something
    """
    try:
        yield
    except Refused:
        raise
    except TookTooLong:
        raise Refused('The log-in fails: Keystone does not answer in time.') from None
    except keystone_exceptions.Unauthorized as refusal:
        raise Refused(f'Keystone refuses the log-in: {plain(refusal)}') from None
    except (keystone_exceptions.UnknownConnectionError, requests.RequestException) as fault:
        # Their words may have headers in them, and so the token.
        raise Refused(f'The log-in fails: {type(fault).__name__}.') from None
    except (keystone_exceptions.ClientException, openstack_exceptions.SDKException, OSError) as fault:
        raise Refused(f'The log-in fails: {plain(fault)}') from None
    # What a broken file comes to; a parser's words show its lines, where a password may stand.
    except Exception as fault:  # noqa: BLE001
        mark = getattr(fault, 'problem_mark', None)
        place = 'the variables and clouds.yaml' if mark is None else f'line {mark.line + 1} of the file'
        raise Refused(f'The log-in fails by {type(fault).__name__}: look at {place}.') from None


def plain(fault: BaseException) -> str:
    """Return the words of an exception on one line, without the passwords of addresses."""
    words = ' '.join(texts.clean(str(fault)).split()) or type(fault).__name__
    return logs.without_users(words)[:_MAX_MESSAGE_CHARACTERS]
