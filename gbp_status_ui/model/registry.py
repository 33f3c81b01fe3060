# SPDX-License-Identifier: Apache-2.0
"""The registry: one entry a kind of resource that carries a status; tables, filters, tests and pages derive from it.

Attributes are those of the GBP API (extensions ``group-policy``, ``group-policy-mapping`` for what a resource has in
Neutron, and ``servicechain``).
"""

import functools

from django.utils.translation import gettext_lazy as _

from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.kinds import Redirect
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.kinds import Role
from gbp_status_ui.model.kinds import Tab
from gbp_status_ui.model.neutron import Part

TABS = (
    Tab('groups', _('Groups')),
    Tab('l3_policies', _('L3 Policies')),
    Tab('service_chains', _('Service Chains')),
    Tab('other', _('Other')),
)


#: Makes a kind of service chains.
_chain_kind = functools.partial(Kind, extension='servicechain', prefix='/servicechain/', read_by=ReadBy.SHOW)
_USED_BY = Role.USED_BY
# A failure of the network around an external subnet is reported of neither the segment nor the subnet.
_EXTERNAL_SUBNET = Part('subnet_id', _('Subnet'), 'subnets', then=Part('network_id', _('Network'), 'networks'))

KINDS = (
    Kind(
        'policy_target_groups',
        _('Group'),
        _('Groups'),
        'groups',
        relations=(
            Relation('l2_policy_id', _('L2 Policy'), 'l2_policies', in_table=True),
            Relation('provided_policy_rule_sets', _('Provided Rule Sets'), 'policy_rule_sets', in_table=True),
            Relation('consumed_policy_rule_sets', _('Consumed Rule Sets'), 'policy_rule_sets', in_table=True),
            Relation('network_service_policy_id', _('Network Service Policy'), 'network_service_policies'),
            Relation(
                'application_policy_group_id', _('Application Policy Group'), 'application_policy_groups', _USED_BY
            ),
            Relation('policy_targets', _('Policy Targets'), 'policy_targets', _USED_BY),
        ),
        neutron=(Part('subnets', _('Subnets'), 'subnets'),),
        has_names=True,
        automatic='is_auto_ptg',
        for_ways=(
            'subnets',
            'policy_targets',
            'intra_ptg_allow',
            'proxied_group_id',
            'proxy_group_id',
            'service_management',
            'enforce_service_chains',
        ),
    ),
    Kind(
        'external_policies',
        _('External Group'),
        _('External Groups'),
        'groups',
        relations=(
            Relation('external_segments', _('External Segments'), 'external_segments'),
            Relation('provided_policy_rule_sets', _('Provided Rule Sets'), 'policy_rule_sets', in_table=True),
            Relation('consumed_policy_rule_sets', _('Consumed Rule Sets'), 'policy_rule_sets', in_table=True),
        ),
    ),
    Kind(
        'l3_policies',
        _('L3 Policy'),
        _('L3 Policies'),
        'l3_policies',
        facts=(
            Fact('ip_version', _('IP Version')),
            Fact('ip_pool', _('IP Pool'), is_address=True),
            Fact('subnet_prefix_length', _('Subnet Prefix Length')),
        ),
        relations=(
            Relation('external_segments', _('External Segments'), 'external_segments', in_table=True),
            Relation('l2_policies', _('L2 Policies'), 'l2_policies', _USED_BY),
        ),
        neutron=(
            Part('routers', _('Routers'), 'routers'),
            Part('address_scope_v4_id', _('Address Scope'), 'address_scopes'),
            Part('address_scope_v6_id', _('Address Scope'), 'address_scopes'),
        ),
        for_ways=('routers', 'address_scope_v4_id', 'address_scope_v6_id'),
    ),
    Kind(
        'l2_policies',
        _('L2 Policy'),
        _('L2 Policies'),
        'l3_policies',
        relations=(
            Relation('l3_policy_id', _('L3 Policy'), 'l3_policies', in_table=True),
            Relation('policy_target_groups', _('Groups'), 'policy_target_groups', _USED_BY),
        ),
        neutron=(Part('network_id', _('Network'), 'networks'),),
    ),
    _chain_kind(
        'servicechain_instances',
        _('Chain Instance'),
        _('Chain Instances'),
        'service_chains',
        relations=(
            Relation('servicechain_specs', _('Chain Spec'), 'servicechain_specs', in_table=True),
            Relation('provider_ptg_id', _('Provider Group'), 'policy_target_groups', in_table=True),
            Relation('consumer_ptg_id', _('Consumer Group'), 'policy_target_groups', in_table=True),
            Relation('management_ptg_id', _('Management Group'), 'policy_target_groups'),
            Relation('classifier_id', _('Classifier'), 'policy_classifiers'),
        ),
        shareable=False,
    ),
    _chain_kind(
        'servicechain_specs',
        _('Chain Spec'),
        _('Chain Specs'),
        'service_chains',
        relations=(Relation('nodes', _('Chain Nodes'), 'servicechain_nodes', in_table=True),),
    ),
    _chain_kind(
        'servicechain_nodes',
        _('Chain Node'),
        _('Chain Nodes'),
        'service_chains',
        relations=(Relation('service_profile_id', _('Service Profile'), 'service_profiles', in_table=True),),
    ),
    Kind(
        'policy_targets',
        _('Policy Target'),
        _('Policy Targets'),
        'other',
        relations=(Relation('policy_target_group_id', _('Group'), 'policy_target_groups', in_table=True),),
        shareable=False,
        neutron=(Part('port_id', _('Port'), 'ports'),),
    ),
    Kind(
        'policy_rule_sets',
        _('Rule Set'),
        _('Rule Sets'),
        'other',
        relations=(
            Relation('policy_rules', _('Rules'), 'policy_rules', in_table=True),
            Relation('child_policy_rule_sets', _('Child Rule Sets'), 'policy_rule_sets'),
            Relation('parent_id', _('Parent Rule Set'), 'policy_rule_sets', _USED_BY),
            Relation('providing_policy_target_groups', _('Providing Groups'), 'policy_target_groups', _USED_BY),
            Relation('consuming_policy_target_groups', _('Consuming Groups'), 'policy_target_groups', _USED_BY),
            Relation('providing_external_policies', _('Providing External Groups'), 'external_policies', _USED_BY),
            Relation('consuming_external_policies', _('Consuming External Groups'), 'external_policies', _USED_BY),
        ),
        has_names=True,
        for_ways=(
            'parent_id',
            'providing_policy_target_groups',
            'consuming_policy_target_groups',
            'providing_external_policies',
            'consuming_external_policies',
        ),
    ),
    Kind(
        'policy_rules',
        _('Rule'),
        _('Rules'),
        'other',
        facts=(Fact('enabled', _('Enabled')),),
        relations=(
            Relation('policy_classifier_id', _('Classifier'), 'policy_classifiers', in_table=True),
            Relation('policy_actions', _('Actions'), 'policy_actions', in_table=True),
        ),
        has_names=True,
    ),
    Kind(
        'policy_classifiers',
        _('Classifier'),
        _('Classifiers'),
        'other',
        facts=(
            Fact('protocol', _('Protocol')),
            Fact('port_range', _('Port Range')),
            Fact('direction', _('Direction')),
        ),
    ),
    Kind(
        'policy_actions',
        _('Action'),
        _('Actions'),
        'other',
        facts=(Fact('action_type', _('Action Type')),),
        relations=(Redirect('action_value', _('Chain Spec'), 'servicechain_specs'),),
    ),
    Kind(
        'network_service_policies',
        _('Network Service Policy'),
        _('Network Service Policies'),
        'other',
        relations=(Relation('policy_target_groups', _('Groups'), 'policy_target_groups', _USED_BY),),
    ),
    Kind(
        'external_segments',
        _('External Segment'),
        _('External Segments'),
        'other',
        facts=(Fact('ip_version', _('IP Version')), Fact('cidr', _('CIDR'), is_address=True)),
        relations=(
            Relation('nat_pools', _('NAT Pools'), 'nat_pools', _USED_BY),
            Relation('l3_policies', _('L3 Policies'), 'l3_policies', _USED_BY),
            Relation('external_policies', _('External Groups'), 'external_policies', _USED_BY),
        ),
        neutron=(_EXTERNAL_SUBNET,),
        for_ways=('external_routes',),
    ),
    Kind(
        'nat_pools',
        _('NAT Pool'),
        _('NAT Pools'),
        'other',
        facts=(Fact('ip_version', _('IP Version')), Fact('ip_pool', _('IP Pool'), is_address=True)),
        relations=(Relation('external_segment_id', _('External Segment'), 'external_segments', in_table=True),),
        neutron=(_EXTERNAL_SUBNET,),
    ),
    Kind(
        'application_policy_groups',
        _('Application Policy Group'),
        _('Application Policy Groups'),
        'other',
        relations=(Relation('policy_target_groups', _('Groups'), 'policy_target_groups', in_table=True),),
        has_names=True,
    ),
    _chain_kind(
        'service_profiles',
        _('Service Profile'),
        _('Service Profiles'),
        'other',
        facts=(
            Fact('service_type', _('Service Type')),
            Fact('insertion_mode', _('Insertion Mode')),
            Fact('vendor', _('Vendor')),
        ),
    ),
)

BY_COLLECTION = {kind.collection: kind for kind in KINDS}


def in_tab(slug: str) -> list[Kind]:
    """Return the kinds of one tab, the main one first."""
    return [kind for kind in KINDS if kind.tab == slug]


def users_of(kind: Kind) -> list[tuple[Kind, Relation]]:
    """Return (kind, relation) pairs that are built from ``kind`` and of which it keeps no list of its own."""
    listed = {relation.to for relation in kind.relations if relation.role is Role.USED_BY}
    return [
        (user, relation)
        for user in KINDS
        for relation in user.relations
        if relation.to == kind.collection and relation.role is Role.BUILT_FROM and user.collection not in listed
    ]
