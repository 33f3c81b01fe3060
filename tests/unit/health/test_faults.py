# SPDX-License-Identifier: Apache-2.0
"""Details that differ in ids, addresses, numbers and names alone are one fault."""

import pytest

from gbp_status_ui.health import faults
from gbp_status_ui.model import registry
from gbp_status_ui.service.api import Resource


def fault(details, name='web'):
    kind = registry.BY_COLLECTION['policy_target_groups']
    return faults.pattern(Resource(kind, {'id': 'id-of-it', 'name': name, 'status_details': details}))


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('Port 5f0c1d1e-8a3b-4f6e-9d57-0b1c2d3e4f50 is down', 'Port 00000000-0000-4000-8000-0123456789ab is down'),
        ('no route to 10.0.0.1', 'no route to 192.168.17.254'),
        ('no route to 10.0.0.0/24', 'no route to 10.1.0.0/16'),
        ('refused by 10.0.0.1:443', 'refused by 10.0.0.2:8443'),
        ('no route to 2001:db8::1', 'no route to fe80::a:b'),
        ('duplicate fa:16:3e:00:00:01', 'duplicate FA:16:3E:AA:BB:CC'),
        ('F0467: VLAN 100 is taken', 'F0467: VLAN 4094 is taken'),
        ('host "leaf-a" is gone', 'host "spine-b" is gone'),
        ("host 'leaf-a' is gone", "host 'spine b' is gone"),
        ('took 1.5 s', 'took 20.75 s'),
        ('no link from leaf101 to spine2', 'no link from leaf7 to spine14'),
        ('compute-07.rack3.example is down', 'compute-12.rack11.example is down'),
        ('eth0 has no carrier', 'eth12 has no carrier'),
        ('cannot plug tap5f0c1d1e-8a', 'cannot plug tap00aaff11-0b'),
        ('no gateway on qg-5f0c1d1e-8a', 'no gateway on qg-00aaff11-0b'),
        ('digest 0123456789abcdef', 'digest fedcba98765432100'),
        ('at 0x7f00', 'at 0xbeef'),
        ('too   many\nports', 'too many ports'),
    ],
)
def test_two_details_are_one_fault(one, other):
    assert fault(one) == fault(other)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('F0467: port-configuration-failed', 'F0532: port-configuration-failed'),
        ('PortBindingFailed', 'SubnetExhausted'),
        ("the backend doesn't answer, it's away", "the backend doesn't listen, it's away"),
        ('beef is out', 'pork is out'),
        ('leaf101 is out', 'spine101 is out'),
        ('no ipv4 address', 'no ipv6 address'),
        ('dhcpv4 agent is down', 'dhcpv6 agent is down'),
        ('ip4 pool is empty', 'ip6 pool is empty'),
        ('ikev1 failed', 'ikev2 failed'),
        ('answered http404', 'answered http500'),
        ('failed with errno13', 'failed with errno111'),
        ('not on l2', 'not on l3'),
        ('ERR17 on leaf1', 'ERR18 on leaf1'),
        ('effectively dead', 'effectively gone'),
    ],
)
def test_two_details_are_two_faults(one, other):
    assert fault(one) != fault(other)


def test_the_own_name_and_id_are_left_out():
    assert fault('cannot bind web (id-of-it) to a website') == 'cannot bind … (…) to a website'


def test_without_details_there_is_no_fault():
    assert fault('') == ''
    assert fault(None) == ''


def test_a_name_that_is_a_pattern_is_taken_literally():
    assert fault('cannot bind a(b', name='a(b') == 'cannot bind …'
    assert fault('cannot bind it', name='.') == 'cannot bind it'
