# SPDX-License-Identifier: Apache-2.0
"""Who may do what in GBP: the rules that GBP ships as a policy file and an operator installs, in the part that counts.

Without them Neutron's own rule for its `service_profile` (of the flavors extension) hides GBP's from members.
"""

from __future__ import annotations

SHAREABLE = {
    'policy_target_group': 'policy_target_groups',
    'l2_policy': 'l2_policies',
    'l3_policy': 'l3_policies',
    'network_service_policy': 'network_service_policies',
    'external_policy': 'external_policies',
    'external_segment': 'external_segments',
    'nat_pool': 'nat_pools',
    'policy_classifier': 'policy_classifiers',
    'policy_action': 'policy_actions',
    'policy_rule': 'policy_rules',
    'policy_rule_set': 'policy_rule_sets',
    'servicechain_node': 'servicechain_nodes',
    'servicechain_spec': 'servicechain_specs',
    'service_profile': 'service_profiles',
}
OWNED = ('policy_target', 'application_policy_group', 'servicechain_instance')


def rules() -> dict[str, str]:
    """Return {policy: rule}: everybody makes and changes what is the project's, sees what is shared, admins share."""
    found = {}
    for kind in (*SHAREABLE, *OWNED):
        shared = ' or field:%s:shared=True' % SHAREABLE[kind] if kind in SHAREABLE else ''
        found['create_' + kind] = ''
        found['get_' + kind] = 'rule:admin_or_owner' + shared
        found['update_' + kind] = found['delete_' + kind] = 'rule:admin_or_owner'
    for kind in SHAREABLE:
        found['create_%s:shared' % kind] = found['update_%s:shared' % kind] = 'rule:admin_only'
    return found
