# SPDX-License-Identifier: Apache-2.0
"""Does the cloud have what is shown: the network service in the catalogue, and its API extensions?

Asked with an operator's token from the environment, as the command ``openstack`` takes it: OS_AUTH_URL, OS_TOKEN and,
where there are several, OS_REGION_NAME. Nothing is asked where they are not set.
"""

from django.conf import settings
import requests

from gbp_status_ui import conf
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import note

NETWORK = 'network'
REQUIRED, OPTIONAL = 'group-policy', 'servicechain'


class NoAnswer(Exception):
    """A service gave no answer of use; the message says why."""


def find(environment):
    """Yield the findings; ``environment`` is that of the process."""
    if not (environment.get('OS_AUTH_URL') and environment.get('OS_TOKEN')):
        yield note(
            'The cloud was not asked.',
            'Set OS_AUTH_URL, and OS_TOKEN to a token of a project ("openstack token issue -f value -c id").',
        )
        return
    try:
        yield from _ask(environment, environment['OS_TOKEN'])
    except NoAnswer as failure:
        yield error(str(failure), 'Look at the service, the token and the address.')


def _ask(environment, token):
    catalogue = _read(environment['OS_AUTH_URL'].rstrip('/') + '/auth/catalog', token, 'catalog')
    region = environment.get('OS_REGION_NAME')
    address = endpoint(catalogue, region)
    if address is None:
        where = f'in the region {region}' if region else 'in the catalogue'
        yield error(f'There is no service "{NETWORK}" {where}.', 'Without one Horizon shows no panel of the plugin.')
        return
    listed = _read(address.rstrip('/').removesuffix('/v2.0') + '/v2.0/extensions', token, 'extensions')
    yield from extensions({extension.get('alias') for extension in listed})


def endpoint(catalogue, region):
    """Return the address of the network service that Horizon would use, or None."""
    interface = settings.OPENSTACK_ENDPOINT_TYPE.removesuffix('URL')
    found = (
        one['url']
        for service in catalogue
        if service['type'] == NETWORK
        for one in service['endpoints']
        if one['interface'] == interface and region in (None, '', one['region'])
    )
    return next(found, None)


def extensions(aliases):
    if REQUIRED not in aliases:
        yield error(
            f'The network service has no extension "{REQUIRED}", so Horizon shows no panel of the plugin.',
            'Add group_policy to service_plugins of Neutron.',
        )
    elif OPTIONAL not in aliases:
        yield note(f'The network service has no extension "{OPTIONAL}", so there is no tab of service chains.')


def _read(address, token, key):
    """Return one list of an answer. The token follows no redirect."""
    limit = conf.get('time_limit')
    try:
        answer = requests.get(
            address,
            headers={'X-Auth-Token': token, 'Accept': 'application/json'},
            allow_redirects=False,
            timeout=limit,
            verify=not settings.OPENSTACK_SSL_NO_VERIFY and (settings.OPENSTACK_SSL_CACERT or True),
        )
    except requests.RequestException as failure:
        raise NoAnswer(f'{address} does not answer: {failure}.') from failure
    return _listed(address, answer, key)


def _listed(address, answer, key):
    if answer.status_code != requests.codes.ok:
        raise NoAnswer(f'{address} answers {answer.status_code} {answer.reason}.')
    try:
        rows = answer.json()[key]
    except (KeyError, TypeError, ValueError) as failure:
        raise NoAnswer(f'{address} answers, but not as OpenStack does.') from failure
    return rows
