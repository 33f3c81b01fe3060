# SPDX-License-Identifier: Apache-2.0
"""What fails in a fabric, and who says so: the two voices of a cloud with the AIM driver, as seen on a real one.

The names are those of the small world that both tests of the table have: an L3 policy `core` with the L2 policies
`web` and `shop`, the groups `api` (in the application `store`) and `plain`, the rule `allow` in the rule set `access`.
`list` is what a list of networks says where it differs from a show of each: of those that share a VRF one alone.
"""

from typing import NamedTuple

GROUPS = {'api', 'plain'}
AUTOMATIC = {'automatic group of web', 'automatic group of shop'}
NETWORKS = {'network of web', 'network of shop'}
ONE_NETWORK = 'one network'


class Failure(NamedTuple):
    """The failed object, whose word in GBP is ERROR then, and whose state in Neutron is `error`."""

    what: str
    gbp: set
    neutron: set
    listed: str = ''


FAILURES = (
    Failure('bridge domain of web', set(), {'network of web', 'subnet of web'}),
    Failure('endpoint group of api', {'api'}, set()),
    Failure('endpoint group of web', {'automatic group of web'}, {'network of web'}),
    Failure('VRF of core', {'core'}, {'address scope of core', *NETWORKS}, ONE_NETWORK),
    Failure('subnet of web', set(), {'subnet of web'}),
    Failure('application profile of store', {'store', 'api'}, set()),
    Failure('application profile of the tenant', {'plain', *AUTOMATIC}, NETWORKS),
    Failure('contract of access', {'access'}, set()),
    Failure('subject of access', {'access'}, set()),
    Failure('filter of allow', {'allow'}, set()),
    Failure('filter entry of allow', set(), set()),
    Failure('implicit contract of core', set(), set()),
    Failure('service contract of core', {'web', 'shop'}, set()),
    Failure('contract of the router of core', set(), {'router of core'}),
    Failure('outside network', set(), {'outside network'}),
)
#: Whose word is BUILD while nothing is pending; all others are ACTIVE.
ALWAYS_BUILD = {'allow'}
#: The kinds of which the driver reports nothing.
WITHOUT_WORD = {
    'policy_targets',
    'policy_classifiers',
    'policy_actions',
    'network_service_policies',
    'external_policies',
    'external_segments',
    'nat_pools',
}
