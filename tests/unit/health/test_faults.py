# SPDX-License-Identifier: Apache-2.0
"""Details that differ in what belongs to the resource or to the moment alone are one fault; all others are not.

Each pair is two details as backends may write them. In braces stand the name and the id of the resource, the name of
its L2 policy, and that of its project.
"""

import collections
import re

import pytest

from gbp_status_ui.health import faults
from gbp_status_ui.health import varying
from gbp_status_ui.model import registry
from gbp_status_ui.service.api import Resource

GROUPS, L2 = registry.BY_COLLECTION['policy_target_groups'], registry.BY_COLLECTION['l2_policies']
ONE = {
    'name': 'web',
    'id': '5f0c1d1e-8a3b-4f6e-9d57-0b1c2d3e4f50',
    'l2': 'front',
    'project': 'Shop',
    'uuid': '0c9d4f1a-1111-4222-8333-444455556666',
    'hex': '0123456789abcdef0123456789abcdef',
}
OTHER = {
    'name': 'till 2',
    'id': '77aa01b2-0000-4111-9222-a0b1c2d3e4f5',
    'l2': 'back-office',
    'project': 'Bäckerei',
    'uuid': 'e8b7a6c5-9999-4888-a777-b66655554444',
    'hex': 'fedcba9876543210fedcba9876543210',
}


def fault(details, about=ONE):
    """Return the fault of a group; what is in braces is its own."""
    row = {'id': about['id'], 'name': about['name'], 'tenant_id': 'p1', 'l2_policy_id': about['uuid']}
    policy = Resource(L2, {'id': about['uuid'], 'name': about['l2']})
    text = re.sub('{(' + '|'.join(about) + ')}', lambda found: about[found[1]], details or '')
    return faults.pattern(
        Resource(GROUPS, row | {'status_details': text}), {policy.id: policy}, {'p1': about['project']}
    )


SAME = [
    # What belongs to the resource.
    ('PortBindingFailed: binding failed for port {uuid}', 'PortBindingFailed: binding failed for port {uuid}'),
    ('cannot bind {name} ({id}) of {project}', 'cannot bind {name} ({id}) of {project}'),
    ("Group '{name}': L2 policy '{l2}' has no network", "Group '{name}': L2 policy '{l2}' has no network"),
    ('uni/tn-prj_{hex}/ap-OpenStack/epg-{name} failed', 'uni/tn-prj_{hex}/ap-OpenStack/epg-{name} failed'),
    ('uni/tn-{project}/BD-{l2} is missing', 'uni/tn-{project}/BD-{l2} is missing'),
    ('epg auto{hex} is not deployed', 'epg auto{hex} is not deployed'),
    ('{"resource": "{id}", "code": 404}', '{"resource": "{id}", "code": 404}'),
    ('group 5f0c1d1 is not there', 'group 77aa01b is not there'),
    ('tenant {hex} has no VRF', 'tenant {hex} has no VRF'),
    ('Resource CREATE failed: resources.pool: port {uuid}', 'Resource CREATE failed: resources.pool: port {uuid}'),
    ('digest 0123456789abcdef', 'digest fedcba98765432100'),
    # Addresses.
    ('no route to 10.0.0.1', 'no route to 192.168.17.254'),
    ('no route to 10.0.0.0/24', 'no route to 10.1.0.0/16'),
    ('refused by 10.0.0.1:443', 'refused by 10.0.0.2:443'),
    ('no route to 2001:db8::1', 'no route to fe80::a1:b'),
    ('fd00::1: no route to host', 'fd00:0:0:1::5: no route to host'),
    ('duplicate fa:16:3e:00:00:01', 'duplicate FA:16:3E:AA:BB:CC'),
    ('duplicate fa16.3e00.0001', 'duplicate fa16.3eaa.bbcc'),
    # Times.
    ('failed at 2026-11-30T09:23:11Z', 'failed at 2026-12-01T10:00:00.123456+01:00'),
    ('failed at 2026-11-30 09:23:11', 'failed at 2026-12-01 10:00:00,999'),
    ('[2026-11-30 09:23:11.123 4711 ERROR nova] no host', '[2026-12-01 10:00:00.999 12 ERROR nova] no host'),
    ('Mon, 30 Nov 2026 09:23:11 GMT: 503', 'Tue, 1 Dec 2026 10:00:00 GMT: 503'),
    ('since 30 Nov 2026', 'since 1 Dec 2026'),
    ('Nov 30 09:23:11 leaf101 %ASA-3-713902: no peer', 'Dec  1 10:00:00 leaf7 %ASA-3-713902: no peer'),
    ('expired on November 30, 2026 at 9:23 AM', 'expired on December 1, 2026 at 11:05 PM'),
    ('30/11/2026 09:23 no answer', '01/12/2026 10:00 no answer'),
    ('11/30/2026 09:23:11 no answer', '12/01/2026 10:00:00 no answer'),
    ('[30/Nov/2026:09:23:11 +0000] backend is DOWN', '[01/Dec/2026:10:00:00 +0000] backend is DOWN'),
    ('Mon Nov 30 09:23:11 UTC 2026: lost', 'Tue Dec  1 10:00:00 UTC 2026: lost'),
    ('{"timestamp": 1795512191, "code": 7}', '{"timestamp": 1795598591, "code": 7}'),
    ('30. Nov 09:23:11: keine Antwort', '1. Dez 10:00:00: keine Antwort'),
    ('Am 30.11.2026 um 09:23:11 Uhr: keine Antwort', 'Am 01.12.2026 um 10:00:00 Uhr: keine Antwort'),
    # Requests, threads and processes.
    ('refused (HTTP 409) (Request-ID: req-{uuid})', 'refused (HTTP 409) (Request-ID: req-{uuid})'),
    ('thread 140234567890 died', 'thread 140999999999 died'),
    ('Thread-12: no lock', 'Thread-7: no lock'),
    ('worker with pid 4711 was killed by signal 9', 'worker with pid 88 was killed by signal 9'),
    ('nova-compute[4711]: no libvirt', 'nova-compute[88]: no libvirt'),
    ('object at 0x7f3c2a1b4d60 is gone', 'object at 0x7f3c2a1b9999 is gone'),
    # Hosts and interfaces.
    ('no agent on compute-07', 'no agent on compute-12'),
    ('no agent on node12.example.org', 'no agent on node7.example.org'),
    ('no link from Leaf101 to spine201', 'no link from Leaf7 to spine14'),
    ('leaf-101 is not reachable', 'leaf-202 is not reachable'),
    ('Ethernet1/14 has no carrier', 'Ethernet1/2 has no carrier'),
    ('topology/pod-1/paths-101/pathep-[eth1/14]', 'topology/pod-2/paths-202/pathep-[eth1/2]'),
    ('eth0 has no carrier', 'eth12 has no carrier'),
    ('po10 is suspended', 'po11 is suspended'),
    ('cannot plug tap5f0c1d1e-8a', 'cannot plug tap00aaff11-0b'),
    ('no gateway on qg-5f0c1d1e-8a', 'no gateway on qg-00aaff11-0b'),
    ('no answer of https://neutron1.example.org:9696/v2.0', 'no answer of https://10.0.0.7:9696/v2.0'),
    ('cannot connect to db-a.example.org:3306', 'cannot connect to db-b.example.org:3306'),
    ('compute-07.rack3.example is down', 'compute-12.rack11.example is down'),
    (
        "(2003, \"Can't connect to MySQL server on 'galera-1' (111)\")",
        "(2003, \"Can't connect to MySQL server on 'galera-2' (111)\")",
    ),
    # Measures.
    ('no answer for 214 s', 'no answer for 1.5 s'),
    ('timed out after 30 seconds', 'timed out after 1 minute'),
    ('disk has 12 GB left', 'disk has 980 MB left'),
    ('memory at 80 %', 'memory at 99%'),
    # No blanks stand around an id or a time there.
    ('于2026年11月30日09时23分11秒端口{uuid}绑定失败', '于2026年12月1日10时0分0秒端口{uuid}绑定失败'),
    ('主机compute-07超时30秒', '主机compute-12超时214秒'),
    ('策略组{name}无法连接10.0.0.1', '策略组{name}无法连接10.9.9.9'),
    ('ポート{uuid}の作成に失敗しました(2026-11-30 09:23:11)', 'ポート{uuid}の作成に失敗しました(2026-12-01 10:00:00)'),
    ('2026年11月30日(月) 9時23分にホストnode-07が停止', '2026年12月1日(火) 10時5分にホストnode-12が停止'),
    ('Zeitüberschreitung nach 30 Sekunden auf compute-07', 'Zeitüberschreitung nach 5 Sekunden auf compute-12'),
    ('too   many\nports', 'too many ports'),
]

APART = [
    # Codes.
    ('APIC fault F0467 on leaf101', 'APIC fault F0532 on leaf101'),
    ('HTTP 404 from the driver', 'HTTP 503 from the driver'),
    ('server returned 500', 'server returned 502'),
    ('ORA-00942: table or view does not exist', 'ORA-00943: table or view does not exist'),
    ('ORA-12541', 'ORA-12514'),
    ('[Errno 111] connect', '[Errno 113] connect'),
    ("(1205, 'try restarting transaction')", "(1213, 'try restarting transaction')"),
    ('command failed with exit status 1', 'command failed with exit status 2'),
    ('ovs-vsctl: exit code: 1', 'ovs-vsctl: exit code: 127'),
    ('killed by signal 9', 'killed by signal 15'),
    ('0107157c:3: configuration error', '01071ac7:3: configuration error'),
    ('result 0x80070005', 'result 0x8007000e'),
    ('E1000001', 'E1000002'),
    ('%ASA-3-713902: no peer', '%ASA-4-713903: no peer'),
    ('SQLSTATE 40001', 'SQLSTATE 40002'),
    ('ERR17 on leaf1', 'ERR18 on leaf1'),
    # Ports, VLANs, versions.
    ('refused by 10.0.0.1:443', 'refused by 10.0.0.1:8443'),
    ('VLAN 100 is taken', 'VLAN 4094 is taken'),
    ('vlan-100 is taken', 'vlan-200 is taken'),
    ('port 80 is filtered', 'port 443 is filtered'),
    ('eth0.100 is down', 'eth0.200 is down'),
    ('db1.example.org:3306 refused', 'db1.example.org:5672 refused'),
    ('no ipv4 address', 'no ipv6 address'),
    ('dhcpv4 agent is down', 'dhcpv6 agent is down'),
    ('ikev1 failed', 'ikev2 failed'),
    ('TLS1.2 is required', 'TLS1.3 is required'),
    ('HTTP/1.1 is required', 'HTTP/2 is required'),
    ('version 5.2.7.8 is too old', 'version 6.0.1.2 is too old'),
    ('not on l2', 'not on l3'),
    ('answered http404', 'answered http500'),
    ('rules[10]: unknown protocol', 'rules[11]: unknown protocol'),
    ('node 1 of the chain failed', 'node 2 of the chain failed'),
    ('phase-1 failed', 'phase-2 failed'),
    # What is quoted.
    ('Resource CREATE failed: "quota exceeded"', 'Resource CREATE failed: "image not found"'),
    ("StackValidationFailed: 'flavor'", "StackValidationFailed: 'image'"),
    ('{"code": 404, "reason": "no such host"}', '{"code": 503, "reason": "no such host"}'),
    ('{"reason": "timeout"}', '{"reason": "refused"}'),
    ('attribute `subnet` is missing', 'attribute `router` is missing'),
    ('缺少“子网”', '缺少“路由器”'),
    ('属性「subnet」がありません', '属性「router」がありません'),
    # Other words.
    ('PortBindingFailed', 'SubnetExhausted'),
    ("the backend doesn't answer, it's away", "the backend doesn't listen, it's away"),
    ('leaf101 is out', 'spine101 is out'),
    ('effectively dead', 'effaced dead'),
    ('web-2 is gone', 'web-3 is gone'),
    ('虚拟端口绑定失败: 404', '虚拟端口绑定失败: 503'),
    ('disk is full at 80 %', 'disk is full at 80 GB'),
    ('std::bad_alloc', 'std::bad_cast'),
]


@pytest.mark.parametrize(('one', 'other'), SAME)
def test_two_details_are_one_fault(one, other):
    assert fault(one) == fault(other, OTHER)


@pytest.mark.parametrize(('one', 'other'), APART)
def test_two_details_are_two_faults(one, other):
    assert fault(one) != fault(other)
    assert fault(one) != fault(other, OTHER)


def test_own_and_related_names_and_ids_are_left_out_where_they_stand_alone():
    assert fault('{name} ({id}) in {l2} of {project}, not a website, a web-2 or web_x') == (
        '… (…) in … of …, not a website, a web-2 or web_x'
    )


@pytest.mark.parametrize('name', ['4', '404', 'x'])
def test_a_name_that_may_be_any_number_or_letter_is_one_in_quotes_alone(name):
    about = ONE | {'name': name}

    assert fault(f'HTTP {name} of "{name}"', about) == f'HTTP {name} of "…"'


def test_without_details_there_is_no_fault():
    assert fault('') == ''
    assert fault(None) == ''


def test_a_name_that_is_a_pattern_is_taken_literally():
    assert fault('cannot bind a(b', ONE | {'name': 'a(b'}) == 'cannot bind …'
    assert fault('cannot bind it', ONE | {'name': '.'}) == 'cannot bind it'


LOOKS = collections.Counter()


class Counted(str):
    """A text that counts for what it is searched."""

    __slots__ = ()

    def __contains__(self, word):
        LOOKS[word] += 1
        return super().__contains__(word)


def test_of_thousands_of_relations_so_many_are_looked_for_and_no_more():
    LOOKS.clear()
    attributes = {'id': 'g', 'policy_targets': [f'{number:08}-pt' for number in range(5000)]}
    faults.pattern(Resource(GROUPS, attributes | {'status_details': Counted('no route')}))

    assert len(LOOKS) == faults.MAX_NAMES


class CountedIds(list):
    """Ids that count how many of them are looked at."""

    looks = 0

    def __iter__(self):
        for id_ in super().__iter__():
            self.looks += 1
            yield id_


def test_of_thousands_of_relations_of_what_is_related_no_more_are_looked_at():
    ids = CountedIds(f'{number:08}-rule' for number in range(5000))
    rules = Resource(registry.BY_COLLECTION['policy_rule_sets'], {'id': 'rules', 'policy_rules': ids})
    group = {'id': 'g', 'provided_policy_rule_sets': ['rules'], 'status_details': 'no route'}

    assert faults.pattern(Resource(GROUPS, group), {'rules': rules}) == 'no route'
    assert 0 < ids.looks <= faults.MAX_NAMES


def test_a_text_is_read_once_however_often_it_is_asked_for():
    varying.left_out.cache_clear()
    for _time in range(100):
        fault('no route to 10.0.0.1')

    assert varying.left_out.cache_info().misses == 1
