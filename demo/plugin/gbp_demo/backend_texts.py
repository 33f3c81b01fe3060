# SPDX-License-Identifier: Apache-2.0
"""What backends write into status_details, in the tone of OpFlex, APIC, Neutron, Nova and Heat; life.py uses them."""

from __future__ import annotations

# The length of the attribute in GBP's API and tables.
MAX_DETAILS_CHARACTERS = 4096

texts = {
    'port_binding': 'PortBindingFailed: Binding failed for port 6f0c2d5e-93f4-4b0e-9f57-1f5f0a3f8a11 on host compute-07: '
    'no mechanism driver could bind it. Check the log of the agent on that host.',
    'contract': 'APIC fault F0467 (config failure): Configuration failed for uni/tn-payments/ap-gbp/epg-payments-db/'
    'rscons-postgresql-access due to Not Associated With Management Zone, Relation target brc-postgresql-access '
    'missing. Last transition: 2 occurrences.',
    'bridge_domain': 'APIC fault F1298 (fabric delivery failure): Delivery of bridge domain BD-warehouse-floor to node leaf-203 '
    'failed: VLAN encap vlan-1187 is already in use by another EPG on port eth1/14. Free the encap or extend the '
    'VLAN pool of domain phys-warehouse, then update the L2 policy.',
    'endpoint_lost': 'opflex-agent on compute-03: endpoint aa1f77c1|fa-16-3e-5b-08-9c declared but policy not resolved within 30 s',
    'port_quota': "OverQuota: Quota exceeded for resources: ['port']. 500 of 500 in use by this project.",
    'agent_down': 'Neutron Open vSwitch agent on compute-11 is not alive (last heartbeat 214 s ago)',
    'no_subnet': 'NoSubnetAvailable: no free subnet of /24 is left in the IP pool of L3 policy bakery',
    'bgp_down': 'BGP session to 203.0.113.1 (AS 64512) is Idle: hold timer expired. 1 of 1 sessions lost.',
    'l3out': 'APIC fault F0020 (deployment failure): l3extOut head-office-mpls has no border leaf that supports '
    'external EPG carrier-partners. Routes were not leaked.',
    'tcam': 'Zoning rule could not be programmed on leaf-104: policy CAM is full (61440 of 61440 entries). Traffic that '
    'this rule permits is dropped on that switch.',
    'nova_host': 'Instance kafka-broker-03 (9d0e0a8c): No valid host was found. There are not enough hosts available.',
    'heat_stack': 'Stack CREATE failed: Resource CREATE failed: ResourceInError: resources.vsrx: Went to status ERROR due to '
    '"Message: Exceeded maximum number of retries. Exhausted all hosts available for retrying build failures."',
}


def _hostile() -> str:
    """A text as long as the API allows that breaks every page which trusts what a backend writes."""
    start = (
        'Agent says: <img src=x onerror="document.title=\'owned\'"> </script><script>window.owned = true</script> '
        '"double" \'single\' `back` &amp; &lt;b&gt; {{ 7 * 7 }} {% debug %} \u202b\u05e9\u05d2\u05d9\u05d0\u05d4 '
        '\u062e\u0637\u0623\u202c \U0001f525\U0001f6a8 \u00e4\u00f6\u00fc\u00df \u6545\u969c\n\tat opflex.cc:1187\n'
    )
    end = ' -- last line of the agent\u2019s trace \U0001f3c1'
    line = 'retry: policy element /PolicyUniverse/PolicySpace/demo/GbpEpGroup/returns-portal unresolved; '
    filler = line * (MAX_DETAILS_CHARACTERS // len(line) + 1)
    return start + filler[: MAX_DETAILS_CHARACTERS - len(start) - len(end)] + end


HOSTILE = _hostile()
