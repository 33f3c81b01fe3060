# SPDX-License-Identifier: Apache-2.0
"""Small clouds to judge ways in, as the rows of the API: {collection: {id: attributes}}; names are ids."""

from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource

GROUPS, EXTERNAL = 'policy_target_groups', 'external_policies'
#: The kinds of which the AIM driver says that they are active.
ACTIVE = (GROUPS, 'policy_rule_sets', 'l2_policies', 'l3_policies')
DEPLOYING = 'node deployment in progress'
NODE_FAILED = 'node deployment failed'
#: What may stand in the place of a list of ids, and names nothing that can be looked for.
NO_IDS = (None, 5, '', 'a/b', [None], [5], [['a']], [{'id': 'a'}], {'a/b': None})


class Cloud:
    """Group A consumes rule set S, and group B provides it; S has one rule r: tcp 80, in, allow.

    Both groups lie in one L3 policy. The AIM driver says what it says where all is well: ACTIVE, BUILD of each rule,
    and null of all else. With ``is_aim=False`` no status is reported.
    """

    def __init__(self, is_aim=True, has_chains=True):
        self.is_aim, self.has_chains = is_aim, has_chains
        self.rows = {kind.collection: {} for kind in registry.KINDS}
        #: What is there and cannot be seen.
        self.hidden = {kind.collection: {} for kind in registry.KINDS}
        self.add('l3_policies', 'L3', routers=['router'], external_segments={})
        self.rule_set('S')
        self.rule('r', 'S')
        self.group('A', consumes=['S'])
        self.group('B', provides=['S'])

    def add(self, collection, id_, **attributes):
        """Add a resource; what is not said of it is as the backend has it where all is well."""
        status = 'BUILD' if collection == 'policy_rules' else 'ACTIVE' if collection in ACTIVE else None
        own = {'id': id_, 'name': id_, 'tenant_id': 'demo', 'shared': False, 'status_details': None}
        self.rows[collection][id_] = {**own, 'status': status if self.is_aim else None, **attributes}
        return id_

    def change(self, collection, id_, **attributes):
        self.rows[collection][id_] |= attributes

    def error(self, collection, id_, details=None):
        self.change(collection, id_, status='ERROR', status_details=details)

    def hide(self, collection, id_):
        """Leave a resource out of all answers; what names it goes on naming it."""
        self.hidden[collection][id_] = self.rows[collection].pop(id_)

    def group(self, id_, consumes=(), provides=(), l2_policy=None, l3_policy='L3', **attributes):
        """Add a group in an L2 policy of its own, unless it is named."""
        l2_policy = l2_policy or self.add('l2_policies', f'L2-of-{id_}', l3_policy_id=l3_policy)
        sets = {'consumed_policy_rule_sets': list(consumes), 'provided_policy_rule_sets': list(provides)}
        own = {'subnets': [], 'policy_targets': ['target'], 'l2_policy_id': l2_policy}
        self._list(id_, consumes, 'consuming_policy_target_groups')
        self._list(id_, provides, 'providing_policy_target_groups')
        return self.add(GROUPS, id_, **sets, **{**own, **attributes})

    def external(self, id_, consumes=(), provides=(), segments=(), **attributes):
        sets = {'consumed_policy_rule_sets': list(consumes), 'provided_policy_rule_sets': list(provides)}
        self._list(id_, consumes, 'consuming_external_policies')
        self._list(id_, provides, 'providing_external_policies')
        return self.add(EXTERNAL, id_, **sets, external_segments=list(segments), **attributes)

    def join(self, consumer, provider, rule_set):
        """Let one group consume a rule set that another one provides, too."""
        for id_, role, lists in ((consumer, 'consumed', 'consuming'), (provider, 'provided', 'providing')):
            self.rows[GROUPS][id_][f'{role}_policy_rule_sets'].append(rule_set)
            self._list(id_, [rule_set], f'{lists}_policy_target_groups')

    def _list(self, id_, rule_sets, attribute):
        for name in rule_sets:
            if name in self.rows['policy_rule_sets']:
                self.rows['policy_rule_sets'][name][attribute].append(id_)

    def rule_set(self, id_, rules=(), **attributes):
        lists = {
            f'{role}_{kind}': []
            for role in ('providing', 'consuming')
            for kind in ('policy_target_groups', 'external_policies')
        }
        own = {'policy_rules': list(rules), 'parent_id': None, **lists}
        return self.add('policy_rule_sets', id_, **{**own, **attributes})

    def rule(self, id_, rule_set=None, ports='80', direction='in', protocol='tcp', actions=('allow',), **attributes):
        """Add a rule with a classifier and actions of its own; an action is its type, or (type, value)."""
        classifier = attributes.pop('classifier', None) or self.classifier(f'k-of-{id_}', ports, direction, protocol)
        pairs = [one if isinstance(one, tuple) else (one, None) for one in actions]
        ids = [
            self.add('policy_actions', f'{type_}-{number}-of-{id_}', action_type=type_, action_value=value)
            for number, (type_, value) in enumerate(pairs)
        ]
        own = {'enabled': True, 'policy_classifier_id': classifier, 'policy_actions': ids}
        if rule_set:
            self.rows['policy_rule_sets'][rule_set]['policy_rules'].append(id_)
        return self.add('policy_rules', id_, **{**own, **attributes})

    def classifier(self, id_, ports='80', direction='in', protocol='tcp'):
        return self.add('policy_classifiers', id_, protocol=protocol, port_range=ports, direction=direction)

    def chain(self, id_, provider, classifier, spec, consumer='N/A', **attributes):
        named = {'provider_ptg_id': provider, 'consumer_ptg_id': consumer, 'classifier_id': classifier}
        return self.add('servicechain_instances', id_, servicechain_specs=[spec], **named, **attributes)

    def known(self):
        """Return what the product knows of it."""
        extensions = ('cisco-apic-gbp',) if self.is_aim else ()
        rows = {
            (kind.collection, id_): Resource(
                kind, attributes, extensions=extensions if kind.collection == 'policy_rules' else ()
            )
            for kind in registry.KINDS
            for id_, attributes in self.rows[kind.collection].items()
        }
        return Known(rows, self.is_aim, self.has_chains)


def with_outside(routes=('0.0.0.0/0',), **attributes):
    """External group X consumes S; the L3 policy is on its segment E, which another project shares."""
    cloud = Cloud()
    edge = {'tenant_id': 'other', 'shared': True}
    cloud.add('external_segments', 'E', external_routes=[{'destination': route} for route in routes], **edge)
    cloud.change('l3_policies', 'L3', external_segments={'E': ['10.0.0.1']})
    cloud.external('X', consumes=['S'], segments=['E'], **attributes)
    return cloud


def with_chain():
    """Two rules of S, of which one redirects to a chain that failed; A2 consumes S, too. No driver reports a status."""
    cloud = Cloud(is_aim=False)
    cloud.rows['policy_rules'].pop('r')
    cloud.change('policy_rule_sets', 'S', policy_rules=[])
    cloud.rule('r1', 'S', ports='22')
    cloud.rule('r2', 'S', ports='80', actions=[('redirect', 's')])
    cloud.group('A2', consumes=['S'])
    for node in ('fw', 'lb'):
        cloud.add('servicechain_nodes', node)
    cloud.add('servicechain_specs', 's', nodes=['fw', 'lb'])
    cloud.chain('c', 'B', 'k-of-r2', 's', status='ERROR', status_details=NODE_FAILED)
    cloud.error(GROUPS, 'B', NODE_FAILED)
    return cloud


def with_parent(parent_rules=('p',)):
    """S is the child of P, whose rules use classifier k1; the rules of S use that, k2, and k3, which is equal to k1."""
    cloud = Cloud(is_aim=False)
    cloud.rows['policy_rules'].pop('r')
    for name, ports in (('k1', '80'), ('k2', '443'), ('k3', '80')):
        cloud.classifier(name, ports)
    cloud.rule('p', classifier='k1')
    cloud.rule_set('P', rules=parent_rules)
    cloud.change('policy_rule_sets', 'S', parent_id='P', policy_rules=[])
    for name, classifier in (('r1', 'k1'), ('r2', 'k2'), ('r3', 'k3')):
        cloud.rule(name, 'S', classifier=classifier)
    cloud.group('C', provides=['P'])
    return cloud
