# SPDX-License-Identifier: Apache-2.0
"""Makes the application by the API, as its owners would, in one process; what is there already stays."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from keystoneauth1 import adapter
from keystoneauth1 import session
from keystoneauth1.identity import v3

from demo.seed.resource import Ref
from demo.seed.resource import resolved
from demo.seed.resource import Resource

SINGULAR = {
    'l2_policies': 'l2_policy',
    'l3_policies': 'l3_policy',
    'external_policies': 'external_policy',
    'network_service_policies': 'network_service_policy',
}
# GBP writes the status of these when a chain is made, within the transaction that makes it, which SQLite cannot nest.
# Reading them once before stores it.
READ_FIRST = ('service_profiles', 'servicechain_nodes', 'servicechain_specs')
# Neutron's own.
BENEATH = ('networks', 'subnets', 'subnetpools', 'address-scopes', 'routers', 'ports')
# Attributes that the extension `cisco-apic` defines begin with it.
OF_APIC = 'apic:'


def path_of(collection: str) -> str:
    if collection in BENEATH:
        return '/v2.0/' + collection
    chains = collection.startswith('servicechain') or collection == 'service_profiles'
    return '/v2.0/%s/%s' % ('servicechain' if chains else 'grouppolicy', collection)


def client(keystone_url: str, name: str, region: str, endpoint: str | None = None) -> adapter.Adapter:
    """Return a client of Neutron in `region` as the user `name` in the project of the same name.

    `endpoint` is the address of a Neutron that Keystone's catalogue does not have.
    """
    login = v3.Password(
        auth_url=keystone_url,
        username=name,
        password=name,
        project_name=name,
        user_domain_id='default',
        project_domain_id='default',
    )
    return adapter.Adapter(
        session.Session(auth=login),
        service_type='network',
        interface='public',
        region_name=region,
        endpoint_override=endpoint,
    )


class Planter:
    def __init__(self, keystone_url: str, region: str, endpoint: str | None = None) -> None:
        users = ('admin', 'demo', 'other')
        self._clients = {name: client(keystone_url, name, region, endpoint) for name in users}
        self._ids: dict[Ref, str] = {}
        self._extensions = self._find_extensions()

    def has_chains(self) -> bool:
        return 'servicechain' in self._extensions

    def _find_extensions(self) -> set[str]:
        answer = self._clients['admin'].get('/v2.0/extensions.json').json()
        return {extension['alias'] for extension in answer['extensions']}

    def plant(self, resources: Iterable[Resource]) -> None:
        for collection in dict.fromkeys(resource.collection for resource in resources):
            self._find(collection)
        for resource in resources:
            if Ref(resource.collection, resource.name) not in self._ids:
                self._make(resource)

    def _find(self, collection: str) -> None:
        answer = self._clients['admin'].get(path_of(collection), params={'fields': ['id', 'name']}).json()
        for row in answer[collection]:
            self._ids[Ref(collection, row['name'])] = row['id']

    def _make(self, resource: Resource) -> None:
        kind = SINGULAR.get(resource.collection, resource.collection[:-1])
        body = {
            kind: {
                'name': resource.name,
                'description': resource.description,
                **resolved(self._understood(resource.attributes), self._ids),
            }
        }
        owner, path = self._clients[resource.owner], path_of(resource.collection)
        made = owner.post(path, json=body).json()[kind]
        self._ids[Ref(resource.collection, resource.name)] = made['id']
        if resource.collection in READ_FIRST:
            owner.get('%s/%s' % (path, made['id']))

    def _understood(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the attributes that this Neutron has."""
        apic = 'cisco-apic' in self._extensions
        return {name: value for name, value in attributes.items() if apic or not name.startswith(OF_APIC)}

    def read_all(self) -> None:
        """Read each status once, so that GBP has stored one for all and nothing is new when the demo begins."""
        for collection in {ref.collection for ref in self._ids}:
            rows = self._clients['admin'].get(path_of(collection)).json()[collection]
            if collection == 'servicechain_instances':
                # A list would not ask the driver.
                for row in rows:
                    self._clients['admin'].get('%s/%s' % (path_of(collection), row['id']))
