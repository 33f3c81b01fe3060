# SPDX-License-Identifier: Apache-2.0
"""What the cloud's administrators share with every project: the way out, and the common classifiers."""

from __future__ import annotations

from demo.seed.resource import Ref
from demo.seed.resource import Resource


def _shared(collection: str, name: str, description: str, **attributes: object) -> Resource:
    return Resource('admin', collection, name, description, {'shared': True, **attributes})


def _outside(name: str, cidr: str) -> list[Resource]:
    """Return the external network of a segment, and the subnet of its routers' addresses.

    The fabric's team gave the network its distinguished name. It is shared, for GBP lets members use no other segment.
    """
    dn = 'uni/tn-common/out-%s/instP-all' % name
    attributes = {'router:external': True, 'shared': True, 'apic:distinguished_names': {'ExternalNetwork': dn}}
    network = 'outside-' + name
    subnet = {'network_id': Ref('networks', network), 'ip_version': 4, 'cidr': cidr, 'enable_dhcp': False}
    return [Resource('admin', 'networks', network, '', attributes), Resource('admin', 'subnets', network, '', subnet)]


RESOURCES = [
    *_outside('internet-edge', '198.51.100.0/25'),
    *_outside('head-office-mpls', '203.0.113.0/25'),
    _shared(
        'external_segments',
        'internet-edge',
        'Both border routers, active/active.',
        ip_version=4,
        cidr='198.51.100.0/25',
        subnet_id=Ref('subnets', 'outside-internet-edge'),
        external_routes=[{'destination': '0.0.0.0/0', 'nexthop': None}],
    ),
    _shared(
        'external_segments',
        'head-office-mpls',
        'MPLS line to the head office and the warehouses.',
        ip_version=4,
        cidr='203.0.113.0/25',
        subnet_id=Ref('subnets', 'outside-head-office-mpls'),
        external_routes=[{'destination': '192.168.0.0/16', 'nexthop': '203.0.113.1'}],
    ),
    _shared(
        'nat_pools',
        'internet-edge-floating',
        'Floating addresses for services that the internet may reach.',
        ip_version=4,
        ip_pool='198.51.100.128/25',
        external_segment_id=Ref('external_segments', 'internet-edge'),
    ),
    _shared(
        'l3_policies',
        'shared-services-vrf',
        'Name servers, time and package mirrors for all projects.',
        ip_version=4,
        ip_pool='172.20.0.0/16',
        subnet_prefix_length=24,
    ),
    _shared(
        'l2_policies',
        'shared-services',
        'One broadcast domain for the shared services.',
        l3_policy_id=Ref('l3_policies', 'shared-services-vrf'),
    ),
    _shared(
        'policy_target_groups',
        'dns-and-ntp',
        'Resolvers and time servers that every project may use.',
        l2_policy_id=Ref('l2_policies', 'shared-services'),
    ),
    _shared('policy_classifiers', 'dns', 'Name resolution.', protocol='udp', port_range='53', direction='bi'),
    _shared('policy_classifiers', 'ntp', 'Time.', protocol='udp', port_range='123', direction='bi'),
    _shared('policy_classifiers', 'ping', 'Reachability checks of the monitoring.', protocol='icmp', direction='bi'),
    _shared('policy_actions', 'allow', 'Let the traffic pass.', action_type='allow'),
]
