# SPDX-License-Identifier: Apache-2.0
"""The small clouds of the unit tests, built on a real GBP by its API."""

from demo.seed import plant

from tests.unit.health.ways.clouds import ACTIVE

CHAINS = 'servicechain_instances'
#: The kinds in the order in which they are made, each with what of it the API takes.
TAKEN = {
    'external_segments': ('external_routes',),
    'l3_policies': ('external_segments',),
    'l2_policies': ('l3_policy_id',),
    'policy_classifiers': ('protocol', 'port_range', 'direction'),
    'servicechain_nodes': (),
    'servicechain_specs': ('nodes',),
    'policy_actions': ('action_type', 'action_value'),
    'policy_rules': ('enabled', 'policy_classifier_id', 'policy_actions'),
    'policy_rule_sets': ('policy_rules', 'child_policy_rule_sets'),
    'external_policies': ('external_segments', 'consumed_policy_rule_sets', 'provided_policy_rule_sets'),
    'policy_target_groups': (
        'l2_policy_id',
        'consumed_policy_rule_sets',
        'provided_policy_rule_sets',
        'intra_ptg_allow',
    ),
    CHAINS: ('servicechain_specs', 'provider_ptg_id', 'classifier_id'),
}
#: What each cloud has of its own.
OWN = ('policy_rules', 'policy_rule_sets', 'external_policies', 'policy_target_groups', CHAINS)
#: What GBP writes as {id: value}; of a segment the value is the addresses there, of which it finds one.
AS_KEYS = ('consumed_policy_rule_sets', 'provided_policy_rule_sets')


class RealClouds:
    """Clouds in one GBP; what is the same in two of them is made once, but for what joins their parties.

    All groups of an L3 policy are in one L2 policy.
    """

    def __init__(self, world):
        self._world = world
        self._made = {}
        self._reported = {}

    def build(self, cloud):
        """Make a stand-in's cloud; return {(collection, its id there): the real id}."""
        ids = {}
        for collection in TAKEN:
            for id_, row in self._in_order(cloud, collection):
                ids[collection, id_] = self._once(cloud, collection, row, ids)
        self._make_proxies(cloud, ids)
        return ids

    def report(self):
        """Let the backend say of all that was made what the stand-in says."""
        self._world.report(self._reported)

    def _in_order(self, cloud, collection):
        """Return (id, row) of a kind, children before their parents."""
        rows = {**cloud.rows[collection], **cloud.hidden[collection]}
        return sorted(rows.items(), key=lambda one: not one[1].get('parent_id'))

    def _once(self, cloud, collection, row, ids):
        taken = self._taken(cloud, collection, row, ids)
        name = '' if collection == 'l2_policies' else row['name']
        same = repr((collection, name, row['tenant_id'], row['shared'], sorted(taken.items())))
        if collection in OWN or same not in self._made:
            self._made[same] = self._make(cloud, collection, row, taken)
            if not cloud.is_aim or _said(row) != _usual(collection):
                self._reported[self._made[same]] = _said(row)
        return self._made[same]

    def _taken(self, cloud, collection, row, ids):
        if collection == 'policy_rule_sets':
            rows = cloud.rows[collection].values()
            row = {**row, 'child_policy_rule_sets': [one['id'] for one in rows if one['parent_id'] == row['id']]}
        return {name: self._resolved(name, row[name], ids) for name in TAKEN[collection] if row.get(name) is not None}

    def _resolved(self, name, value, ids):
        if name == 'external_routes':
            return [{'destination': route['destination'], 'nexthop': None} for route in value]
        return _with_real_ids(name, value, {id_: found for (_collection, id_), found in ids.items()})

    def _make(self, cloud, collection, row, taken):
        """Only administrators share, make something for another project, and join what is of two projects."""
        project, more = self._owner(cloud, row), {}
        if project == 'admin':
            more = {
                'tenant_id': self._world.project_id(row['tenant_id']),
                **({'shared': True} if row['shared'] else {}),
            }
        if collection == 'servicechain_nodes':
            more |= {'service_profile_id': self._profile(project), 'config': '{}'}
        if collection == 'external_segments':
            more |= self._edge(f'{row["name"]}-{len(self._made)}')
        made = self._world.make(collection, row['name'], project, **taken, **more)
        if collection in plant.READ_FIRST:
            self._world.show(collection, made, project)
        return made

    def _owner(self, cloud, row):
        named = [*row.get('consumed_policy_rule_sets', ()), *row.get('provided_policy_rule_sets', ())]
        is_foreign = any(cloud.hidden['policy_rule_sets'].get(id_) for id_ in named)
        return 'admin' if row['shared'] or is_foreign else row['tenant_id']

    def _profile(self, project):
        if 'profile' not in self._made:
            attributes = {'service_type': 'FIREWALL', 'insertion_mode': 'l3'}
            self._made['profile'] = self._world.make('service_profiles', 'firewall', project, **attributes)
            self._world.show('service_profiles', self._made['profile'], project)
        return self._made['profile']

    def _edge(self, name):
        """Make the external network of a segment, with its subnet; the fabric's team has named the network."""
        dn = f'uni/tn-common/out-{name}/instP-all'
        named = {'apic:distinguished_names': {'ExternalNetwork': dn}, 'router:external': True, 'shared': True}
        network = self._world.make_in_neutron('networks', 'network', 'admin', name=f'outside-{name}', **named)
        about = {'network_id': network, 'ip_version': 4, 'cidr': '198.51.100.0/25', 'enable_dhcp': False}
        subnet = self._world.make_in_neutron('subnets', 'subnet', 'admin', **about)
        return {'subnet_id': subnet, 'cidr': about['cidr'], 'ip_version': 4}

    def _make_proxies(self, cloud, ids):
        """A group with a proxy group is one that another group names."""
        for id_, row in cloud.rows['policy_target_groups'].items():
            if row.get('proxy_group_id'):
                named = {'proxied_group_id': ids['policy_target_groups', id_], 'proxy_type': 'l3'}
                self._world.make('policy_target_groups', row['proxy_group_id'], row['tenant_id'], **named)


def _with_real_ids(name, value, real):
    if isinstance(value, dict):
        return {real[id_]: [''] for id_ in value}
    if isinstance(value, list):
        found = [real[id_] for id_ in value]
        return dict.fromkeys(found, '') if name in AS_KEYS else found
    return real.get(value, value)


def _said(row):
    return row['status'], row['status_details']


def _usual(collection):
    """Return what the backend of a fabric says of a kind by itself."""
    return ('BUILD' if collection == 'policy_rules' else 'ACTIVE' if collection in ACTIVE else None), None
