# SPDX-License-Identifier: Apache-2.0
"""A Keystone in memory, at the border of the log-in: keystoneauth speaks to it as over HTTP."""

from http import HTTPStatus
import io
import json

import requests

from tests.unit import sessions

URL = 'http://keystone.invalid:5000/v3'
_VERSION = {'id': 'v3.14', 'status': 'stable', 'links': [{'rel': 'self', 'href': URL}]}


class Keystone(requests.adapters.BaseAdapter):
    """Lets people of sessions.py in, with their names as their passwords; ``fault`` is raised instead of an answer."""

    def __init__(self, *regions):
        super().__init__()
        self.regions = regions or (sessions.REGION,)
        self.fault = None
        self.requests = []

    def send(self, request, timeout=None, **_options):
        self.requests.append((request, timeout))
        if self.fault:
            raise self.fault
        if not request.url.endswith('/auth/tokens'):
            return _respond(request, HTTPStatus.OK, {'version': _VERSION})
        person = self._person(request)
        if person is None:
            refusal = {'error': {'message': 'The request you have made requires authentication.', 'code': 401}}
            return _respond(request, HTTPStatus.UNAUTHORIZED, refusal)
        return _respond(request, HTTPStatus.CREATED, self._issued(person), f'token-of-{person.name}')

    def close(self):
        """Nothing is open."""

    def _person(self, request):
        if request.method == 'GET':
            return _people('token-of-').get(request.headers['X-Subject-Token'])
        methods = json.loads(request.body)['auth']['identity']
        if 'token' in methods:
            return _people('token-of-').get(methods['token']['id'])
        if 'application_credential' in methods:
            return _people('secret-of-').get(methods['application_credential']['secret'])
        return _people('').get(methods['password']['user']['password'])

    def _issued(self, person):
        body = person.issued()
        for service in body['token']['catalog']:
            service['endpoints'] = [
                {**endpoint, 'region': region, 'region_id': region}
                for endpoint in service['endpoints']
                for region in self.regions
            ]
        return body


def _people(prefix):
    return {f'{prefix}{person.name}': person for person in sessions.EVERYBODY}


def _respond(request, status, body, token=''):
    response = requests.Response()
    response.status_code, response.reason = status.value, status.phrase
    response.url, response.request = request.url, request
    response.headers = requests.structures.CaseInsensitiveDict({'Content-Type': 'application/json'})
    if token:
        response.headers['X-Subject-Token'] = token
    response.raw = io.BytesIO(json.dumps(body).encode())
    return response
