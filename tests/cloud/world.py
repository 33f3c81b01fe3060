# SPDX-License-Identifier: Apache-2.0
"""The real GBP as the tests use it: make registry, set what the backend says of them, and clean up after."""

from http import HTTPStatus
import re
from types import MappingProxyType

from demo.seed import plant
from gbp_status_ui.model import registry

ACTIVE = ('ACTIVE', '')
_OF_GBP = re.compile('/v2.0/(grouppolicy|servicechain)/')


class World:
    """GBP of one region. A project's members and password have its name, see demo/keystone.py.

    ``rest`` is what the backend reports of all that nothing else is said of; {} where it finds its own words.
    """

    def __init__(self, cloud, region='RegionOne', endpoint=None, rest=MappingProxyType({'*': list(ACTIVE)})):
        self.cloud = cloud
        self._region, self._endpoint, self._rest = region, endpoint, rest
        self._clients = {}
        self._made = []
        self._statuses = {}
        self._faults = {}
        self._report()

    def make(self, collection, name, project='demo', status='ACTIVE', details='', **attributes):
        """Create a resource as a member of a project; from then on the backend reports the status. Return its id."""
        kind = registry.BY_COLLECTION[collection]
        path = plant.path_of(collection)
        body = {kind.member: {'name': name, **attributes}}
        made = self._client(project).post(path, json=body).json()[kind.member]['id']
        self._made.append(f'{path}/{made}')
        if (status, details) != ACTIVE:
            self.set(made, status, details)
        return made

    def take_over(self, collection, name, project):
        """Delete at the end what somebody else has created."""
        found = [id_ for id_, row in self.truth(collection, project).items() if row['name'] == name]
        self._made += [f'{plant.path_of(collection)}/{id_}' for id_ in found]

    def make_network(self, name, project='demo'):
        """Create a network of Neutron as a member of a project; return its id."""
        return self.make_in_neutron('networks', 'network', project, name=name)

    def make_in_neutron(self, collection, member, project='demo', **attributes):
        """Create an object of Neutron as a member of a project; return its id."""
        path = f'/v2.0/{collection}'
        made = self._client(project).post(path, json={member: attributes}).json()[member]['id']
        self._made.append(f'{path}/{made}')
        return made

    def project_id(self, project):
        return self._client(project).get_project_id()

    def refusal(self, collection, project, **attributes):
        """Return what the API says to somebody whom it refuses a new resource."""
        member = registry.BY_COLLECTION[collection].member
        path = plant.path_of(collection)
        answer = self._client(project).post(path, json={member: attributes}, raise_exc=False)
        assert answer.status_code >= HTTPStatus.BAD_REQUEST, answer.text
        return answer.json()['NeutronError']['message']

    def networks(self, project):
        """Return {id: status} of the networks of Neutron that a project sees."""
        rows = self._client(project).get('/v2.0/networks', params={'fields': ['id', 'status']}).json()['networks']
        return {row['id']: row['status'] for row in rows}

    def change(self, collection, id_, project, **attributes):
        """Change attributes of a resource as a member of a project."""
        member = registry.BY_COLLECTION[collection].member
        self._client(project).put(f'{plant.path_of(collection)}/{id_}', json={member: attributes})

    def set(self, id_, status, details=''):
        """From now on the backend reports another status of a resource; GBP does not know before it asks."""
        self.report({id_: (status, details)})

    def report(self, statuses):
        """The same for many: {id: (status, details)}."""
        self._statuses |= {id_: list(reported) for id_, reported in statuses.items()}
        self._report()

    def report_beneath(self, states):
        """From now on Neutron's objects, {id or name: state}, are in other states; all else is well."""
        self.cloud.below.set({'*': 'synced', **states})

    def fail(self, collection, status):
        """From now on GBP answers an HTTP status whenever a collection is asked for; None ends it."""
        self._faults[collection] = {'status': status}
        self.cloud.faults.set({name: fault for name, fault in self._faults.items() if fault['status']})

    def delete(self, id_):
        for path in [made for made in self._made if made.endswith(id_)]:
            self._client('admin').delete(path)
            self._made.remove(path)

    def show(self, collection, id_, project='admin'):
        """Return the attributes of one resource, with its status of now."""
        answer = self._client(project).get(f'{plant.path_of(collection)}/{id_}').json()
        return answer[registry.BY_COLLECTION[collection].member]

    def truth(self, collection, project='admin'):
        """Return {id: attributes} with statuses of now: a show each where only that is true."""
        path = plant.path_of(collection)
        rows = self._client(project).get(path).json()[collection]
        if path.startswith('/v2.0/servicechain'):
            rows = [self.show(collection, row['id'], project) for row in rows]
        return {row['id']: row for row in rows}

    def calls(self, since):
        """Return the calls for resources of GBP that began at or after a time."""
        return [call for call in self.cloud.calls(since, self._region) if _OF_GBP.match(call['path'])]

    def close(self):
        """Leave the cloud as it was found: what was made last goes first, for others are built from it."""
        self.cloud.faults.clear()
        for path in reversed(self._made):
            answer = self._client('admin').delete(path, raise_exc=False)
            assert answer.status_code in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_FOUND}, answer.text
        self.cloud.statuses.clear()
        self.cloud.below.clear()

    def _report(self):
        """All else is at rest; the seeded resources would live a life of their own."""
        self.cloud.statuses.set({**self._rest, **self._statuses})

    def _client(self, project):
        if project not in self._clients:
            self._clients[project] = plant.client(self.cloud.keystone_url, project, self._region, self._endpoint)
        return self._clients[project]
