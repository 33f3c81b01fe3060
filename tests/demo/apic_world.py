# SPDX-License-Identifier: Apache-2.0
"""The small world of matrix.py on a real Neutron, and the API as its test asks it."""

from demo.cloud import replace_json
from demo.seed import infrastructure
from demo.seed import plant
from demo.seed.resource import Ref
from demo.seed.resource import refs
from demo.seed.resource import Resource
from demo.seed.resource import rule_sets


def _of_demo(collection, name, **attributes):
    return Resource('demo', collection, name, '', attributes)


WORLD = [
    *infrastructure.RESOURCES,
    _of_demo(
        'l3_policies',
        'core',
        ip_version=4,
        ip_pool='10.0.0.0/16',
        subnet_prefix_length=24,
        external_segments={Ref('external_segments', 'internet-edge'): ['']},
    ),
    _of_demo('l2_policies', 'web', l3_policy_id=Ref('l3_policies', 'core')),
    _of_demo('l2_policies', 'shop', l3_policy_id=Ref('l3_policies', 'core')),
    _of_demo('policy_classifiers', 'https', protocol='tcp', port_range='443', direction='in'),
    _of_demo(
        'policy_rules',
        'allow',
        policy_classifier_id=Ref('policy_classifiers', 'https'),
        policy_actions=refs('policy_actions', ['allow']),
    ),
    _of_demo('policy_rule_sets', 'access', policy_rules=refs('policy_rules', ['allow'])),
    _of_demo('application_policy_groups', 'store'),
    _of_demo(
        'policy_target_groups',
        'api',
        l2_policy_id=Ref('l2_policies', 'web'),
        application_policy_group_id=Ref('application_policy_groups', 'store'),
        provided_policy_rule_sets=rule_sets(['access']),
    ),
    _of_demo('policy_target_groups', 'plain', l2_policy_id=Ref('l2_policies', 'shop')),
    _of_demo('policy_targets', 'api-1', policy_target_group_id=Ref('policy_target_groups', 'api')),
    _of_demo('network_service_policies', 'address', network_service_params=[]),
    _of_demo('external_policies', 'customers', external_segments=refs('external_segments', ['internet-edge'])),
]


class Apic:
    """The API of a Neutron, and what its fabric says."""

    def __init__(self, keystone_url, url, directory):
        self._clients = {user: plant.client(keystone_url, user, None, url) for user in ('demo', 'admin')}
        self._below = directory / 'below.json'
        self.say()

    def say(self, **states):
        """All of the fabric is synchronised from now on, but for some: {distinguished name, id or name: state}."""
        replace_json(self._below, {'*': 'synced', **states})

    def get(self, path, query='', user='demo'):
        return self._clients[user].get(f'{path}?{query}', raise_exc=False)

    def rows(self, collection, query='', user='demo'):
        (found,) = self.get(plant.path_of(collection), query, user).json().values()
        return found

    def extensions(self):
        return {row['alias']: row['name'] for row in self.get('/v2.0/extensions').json()['extensions']}

    def row(self, collection, name, user='demo'):
        """Return a row of a list by its name."""
        (found,) = [row for row in self.rows(collection, user=user) if row['name'] == name]
        return found

    def show(self, collection, id_):
        (found,) = self.get(f'{plant.path_of(collection)}/{id_}').json().values()
        return found
