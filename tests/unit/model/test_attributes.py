# SPDX-License-Identifier: Apache-2.0
"""Attributes are called as in GBP's documentation, all that GBP 16 and 18 define with their extensions."""

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model.attributes import label_of

#: What a resource has beyond its name, its owner and its status; the page shows those elsewhere.
DEFINED = {
    'policy_targets': 'policy_target_group_id cluster_id port_id fixed_ips proxy_gateway group_default_gateway '
    'segmentation_labels',
    'policy_target_groups': 'policy_targets l2_policy_id application_policy_group_id provided_policy_rule_sets '
    'consumed_policy_rule_sets network_service_policy_id service_management subnets proxied_group_id proxy_type '
    'proxy_group_id enforce_service_chains intra_ptg_allow is_auto_ptg',
    'application_policy_groups': 'policy_target_groups',
    'l2_policies': 'policy_target_groups l3_policy_id inject_default_route network_id reuse_bd',
    'l3_policies': 'ip_version ip_pool subnet_prefix_length l2_policies external_segments routers address_scope_v4_id '
    'address_scope_v6_id subnetpools_v4 subnetpools_v6 proxy_ip_pool proxy_subnet_prefix_length allowed_vm_names',
    'policy_classifiers': 'protocol port_range direction',
    'policy_actions': 'action_type action_value',
    'policy_rules': 'enabled policy_classifier_id policy_actions',
    'policy_rule_sets': 'parent_id child_policy_rule_sets policy_rules consuming_policy_target_groups '
    'consuming_external_policies providing_policy_target_groups providing_external_policies',
    'network_service_policies': 'policy_target_groups network_service_params',
    'external_policies': 'external_segments provided_policy_rule_sets consumed_policy_rule_sets',
    'external_segments': 'ip_version cidr external_policies external_routes l3_policies port_address_translation '
    'nat_pools subnet_id',
    'nat_pools': 'ip_version ip_pool external_segment_id subnet_id',
    'servicechain_nodes': 'service_type service_profile_id config',
    'servicechain_specs': 'nodes config_param_names',
    'servicechain_instances': 'servicechain_specs provider_ptg_id consumer_ptg_id management_ptg_id classifier_id '
    'config_param_values',
    'service_profiles': 'vendor insertion_mode service_type service_flavor',
}


def test_the_attributes_of_every_kind_are_known():
    assert set(DEFINED) == set(registry.BY_COLLECTION)


@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)
def test_every_attribute_has_a_name_of_its_own(kind):
    names = DEFINED.get(kind.collection, '').split()
    labels = [str(label_of(name, kind)) for name in names]

    assert len(set(labels)) == len(names)
    assert not {label for label in labels if '_' in label or label[0].islower()}


def test_an_attribute_that_nobody_has_named_is_called_as_the_api_does():
    assert label_of('banana_size', registry.BY_COLLECTION['l3_policies']) == 'banana_size'


def test_an_action_that_redirects_nothing_has_no_chain():
    assert label_of('action_value', registry.BY_COLLECTION['policy_actions']) == 'Action Value'
