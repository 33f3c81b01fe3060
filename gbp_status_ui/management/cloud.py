# SPDX-License-Identifier: Apache-2.0
"""Checks that the catalogue has the network service, and the API the extensions of GBP.

Asked with an operator's token from the environment, as the command ``openstack`` takes it: OS_AUTH_URL, OS_TOKEN and,
where there are several, OS_REGION_NAME. Nothing is asked where they are not set.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
import re

from django.conf import settings
import requests

from gbp_status_ui.management import http_get
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.finding import Stopped
from gbp_status_ui.management.finding import unknown
from gbp_status_ui.management.waiting import TimeBudget
from gbp_status_ui.model.types import Attributes

NETWORK = 'network'
REQUIRED, OPTIONAL = 'group-policy', 'servicechain'
#: What a header can carry; a token has nothing else.
_TOKEN = re.compile('[!-~]+')
_BEGINNING = 'It has to begin with http or https.'


def find(environment: Mapping[str, str], seconds: float) -> Iterator[Finding]:
    """Yield the findings; ``environment`` is that of the process, and the cloud has so many seconds in all."""
    if not (environment.get('OS_AUTH_URL') and environment.get('OS_TOKEN')):
        yield note(
            'The cloud was not asked.',
            'Set OS_AUTH_URL, and OS_TOKEN to a token of a project ("openstack token issue -f value -c id").',
        )
        return
    try:
        yield from _ask(environment, _token(environment), TimeBudget(seconds))
    except Stopped as ended:
        yield ended.finding


def _token(environment: Mapping[str, str]) -> str:
    if not _TOKEN.fullmatch(environment['OS_TOKEN']):
        raise Stopped(
            unknown(
                'OS_TOKEN is no token: it holds a space, the end of a line, or another character that no token has.',
                'Set it anew: export OS_TOKEN=$(openstack token issue -f value -c id)',
            )
        )
    return environment['OS_TOKEN']


def _ask(environment: Mapping[str, str], token: str, budget: TimeBudget) -> Iterator[Finding]:
    # As for the command openstack, the address may have a version or none.
    keystone = environment['OS_AUTH_URL'].rstrip('/').removesuffix('/v3')
    catalogue = _read(f'{keystone}/v3/auth/catalog', token, 'catalog', budget)
    region = environment.get('OS_REGION_NAME')
    address = endpoint(catalogue, region)
    if address is None:
        where = f'in the region {region}' if region else 'in the catalogue'
        yield error(f'There is no service "{NETWORK}" {where}.', 'Without one Horizon shows no panel of the plugin.')
        return
    listed = _read(address.rstrip('/').removesuffix('/v2.0') + '/v2.0/extensions', token, 'extensions', budget)
    yield from extensions({extension['alias'] for extension in listed if isinstance(extension.get('alias'), str)})


def endpoint(catalogue: Iterable[Attributes], region: str | None) -> str | None:
    """Return the address of the network service that Horizon would use, or None. Odd entries are none."""
    interface = settings.OPENSTACK_ENDPOINT_TYPE.removesuffix('URL')
    found = (
        one['url']
        for service in catalogue
        if service.get('type') == NETWORK
        for one in _rows(service.get('endpoints'))
        if one.get('interface') == interface and region in (None, '', one.get('region'))
        if isinstance(one.get('url'), str)
    )
    return next(found, None)


def extensions(aliases: Collection[str]) -> Iterator[Finding]:
    if REQUIRED not in aliases:
        yield error(
            f'The network service has no extension "{REQUIRED}", so Horizon shows no panel of the plugin.',
            'Add group_policy to service_plugins of Neutron.',
        )
    elif OPTIONAL not in aliases:
        yield note(f'The network service has no extension "{OPTIONAL}", so there is no tab of service chains.')


def _read(address: str, token: str, key: str, budget: TimeBudget) -> list[Attributes]:
    """Return one list of an answer. The token follows no redirect."""
    headers = {'X-Auth-Token': token, 'Accept': 'application/json'}
    try:
        answer = http_get.get(address, budget, headers=headers, allow_redirects=False)
    except http_get.NoAddress:
        if key == 'catalog':
            raise Stopped(unknown('OS_AUTH_URL is no address of a web server.', _BEGINNING)) from None
        what = 'The catalogue names no address of a web server for the network service.'
        raise Stopped(error(what, _BEGINNING)) from None
    except http_get.NoAnswer as failure:
        what = f'{http_get.shown(address)} does not answer: {failure}.'
        raise Stopped(error(what, 'Look at the service and the address.')) from failure
    return _listed(http_get.shown(address), answer, key)


def _listed(address: str, answer: requests.Response, key: str) -> list[Attributes]:
    if answer.status_code in {requests.codes.unauthorized, requests.codes.forbidden}:
        to_do = 'Set OS_TOKEN anew: export OS_TOKEN=$(openstack token issue -f value -c id)'
        raise Stopped(unknown(f'{address} answers {answer.status_code}: it does not accept OS_TOKEN.', to_do))
    if answer.status_code != requests.codes.ok:
        raise Stopped(error(f'{address} answers {answer.status_code}.', 'Look at the service and the address.'))
    try:
        listed = answer.json()[key]
    # JSON that is nested without end is a RecursionError.
    except (LookupError, TypeError, ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list):
        raise Stopped(error(f'{address} answers, but not as OpenStack does.', 'Look at the service and the address.'))
    return _rows(listed)


def _rows(listed: object) -> list[Attributes]:
    """Return those of a list that are objects."""
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
