# SPDX-License-Identifier: Apache-2.0
"""Leaves out of a text what belongs to one machine or moment: ids, addresses, times, process numbers, hosts, measures.

All other words tell faults apart: codes, ports, VLANs, statuses, versions, quoted texts. So each pattern below matches
nothing else. If equal faults are shown as two, a reader sees one line more; if different faults are shown as one, a
reader misses an outage.

A letter of Chinese or Japanese may stand beside an id, so the forms end where letters of ASCII and digits end. All
begin where a word begins, and no repetition stands in another that could take the same letters: the work is linear in
the text.
"""

from collections.abc import Mapping
import ipaddress
import re

from gbp_status_ui.caching import bounded

#: Stands for what was left out.
LEFT_OUT = '…'

#: Neither a letter of ASCII nor a digit follows.
_END = '(?![0-9A-Za-z_])'
_HEX = '[0-9A-Fa-f]'
_OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'

_MONTH = (
    '(?i:jan(?:uary?)?|feb(?:ruary?)?|mar(?:ch)?|m(?:ä|ae)rz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|'
    'sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)'
)
_WEEKDAY = (
    '(?:(?i:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?|(?i:mo|di|mi|do|fr|sa|so)|'
    '(?i:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag))[.,]{0,2} {1,2}'
)
_YEAR = '(?:19|20)[0-9]{2}'
_DAY = '(?:3[01]|[12][0-9]|0?[1-9])'
_HOURS_MINUTES = '(?:2[0-4]|[01]?[0-9]):[0-5][0-9]'
_CLOCK = rf'{_HOURS_MINUTES}(?::[0-6][0-9](?:[.,][0-9]{{1,9}})?)?'
_ZONE_NAME = f'(?:Z|UTC|GMT|[CEW]ES?T|MESZ|MEZ|BST|[ECMP][DS]T|JST|KST|IST|Uhr|[AaPp]\\.?[Mm]\\.?){_END}'
_ZONE = rf'(?: ?(?:{_ZONE_NAME}|[+-][0-9]{{2}}(?::?[0-9]{{2}})?{_END})){{0,2}}'
_HALF_DAY = '(?:上午|下午|凌晨|晚上|午前|午後|오전|오후)'
_CJK_CLOCK = rf'{_HALF_DAY}? ?[0-9]{{1,2}} ?[时時点點시] ?(?:[0-9]{{1,2}} ?[分분] ?(?:[0-9]{{1,2}} ?[秒초])?)?'
_CJK_WEEKDAY = (
    '(?: ?[(（]?(?:星期|周|週)?[一二三四五六日天月火水木金土](?:曜日|曜)?[)）]| ?星期[一二三四五六日天]|'
    ' ?[月火水木金土日]曜日)?'
)
_DATE = '|'.join(
    (
        # A slash or a point is no version here: the year has four digits, and what follows is a month and a day.
        rf'{_YEAR}(?P<sign>[-/.])(?:1[0-2]|0?[1-9])(?P=sign){_DAY}(?![0-9]|[.][0-9])',
        rf'{_YEAR}(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9])T[0-2][0-9][0-5][0-9](?:[0-5][0-9])?(?:[.,][0-9]{{1,9}})?',
        rf'{_DAY}(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark){_YEAR}(?![0-9]|[.][0-9])',
        rf'(?:1[0-2]|0?[1-9])/{_DAY}/{_YEAR}(?![0-9])',
        rf'(?:1[0-2]|0?[1-9])/{_DAY}/[0-9]{{2}}(?= {_CLOCK})|{_DAY}[/.](?:1[0-2]|0?[1-9])[/.][0-9]{{2}}(?= {_CLOCK})',
        rf'(?:{_WEEKDAY})?{_DAY}(?:st|nd|rd|th|\.)?[ /-](?:of )?{_MONTH}\.?,?[ /-]{_YEAR}(?![0-9])',
        rf'(?:{_WEEKDAY})?{_MONTH}\.? {{1,2}}{_DAY}(?:st|nd|rd|th)?(?:,? {_YEAR}(?![0-9])|(?= {_CLOCK}))',
        rf'(?:{_WEEKDAY})?{_DAY}\.? {_MONTH}\.?(?=,? {_CLOCK})',
        rf'(?:[0-9]{{4}} ?[年년] ?)?[0-9]{{1,2}} ?[月월] ?[0-9]{{1,2}} ?[日号號일]{_CJK_WEEKDAY}',
    )
)
#: "Mon Nov 30 09:23:11 UTC 2026" has its year behind it; in logs of OpenStack the number of a process follows.
_DATE_AND_TIME = (
    rf'(?:{_DATE})(?:(?:[T:]|,? {{1,2}}(?:at |um )?)?(?:{_HALF_DAY}? ?{_CLOCK}|{_CJK_CLOCK}))?{_ZONE}'
    rf'(?: {_YEAR}(?![0-9]))?(?: [0-9]{{2,7}}(?= (?:TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL) ))?'
)
_HOURS = rf'(?:{_HALF_DAY} ?)?[0-9]{{1,2}} ?[时時点點시] ?[0-9]{{1,2}} ?[分분](?: ?[0-9]{{1,2}} ?[秒초])?'
_TIME = '|'.join(
    (
        _DATE_AND_TIME,
        rf'(?<!:)(?:2[0-4]|[01]?[0-9]):[0-5][0-9]:[0-6][0-9](?:[.,][0-9]{{1,9}})?(?![0-9A-Za-z_:]){_ZONE}',
        rf'{_HALF_DAY} ?{_HOURS_MINUTES}(?![0-9:])|{_HOURS}',
        rf'{_HOURS_MINUTES} ?{_ZONE_NAME}',
    )
)

#: A number with one of these is a measure. What it measures stays: a percentage is no size.
_UNITS = {
    's': (
        '(?:[nmuµμ]|milli|micro|nano)?s(?:ec(?:ond)?s?)?|mins?|minutes?|hrs?|h|hours?|days?|weeks?|[Ss]ekunden?|[Mm]inuten?|'
        '[Ss]tunden?|Tagen?|Millisekunden?|[毫微]?秒[钟鐘]?|ミリ秒|分[钟鐘间間]?(?![之支区片配类组布])|小[时時]|[时時][间間]|天|日間|초'
    ),
    'B': '[kKMGTPE]i?B|B|(?:[kK]ilo|[Mm]ega|[Gg]iga|[Tt]era)?[Bb]ytes?|字[节節]|バイト',
    'bit/s': '[kKMGT]?i?(?:[Bb]its?|[Bb]|[Bb]ytes?)(?:/s|ps)|[kKMG]?pps',
    '%': '%|％|percent|per cent|Prozent',
    'Hz': '[kMG]?Hz',
    '°C': '°C|℃',
    'dBm': 'dBm',
}
_MEASURE_OF = {'duration': 's'} | {f'unit_{number}': unit for number, unit in enumerate(_UNITS)}
_MEASURED = '|'.join(f'(?P<unit_{number}>{words})' for number, words in enumerate(_UNITS.values()))
#: "1m30.5s" and "2h5m" are the durations of programs in Go.
_GO_DURATION = r'(?:[0-9]+h)?[0-9]+m[0-9]+(?:\.[0-9]+)?s|[0-9]+h[0-9]+m'

#: Whose number of a process stands in brackets, in logs: of others it may be the place in a list.
_DAEMON = re.compile(
    '(?:agent|server|compute|conductor|scheduler|proxy|daemon|worker|engine|api|sshd|systemd|vswitchd|dhcpd|libvirtd|'
    'mysqld|httpd|dnsmasq|keepalived|nginx|kernel|python3?|nova|neutron|heat|keystone|opflex)$'
)
_DEVICE = 'tap|qbr|qv[bo]|vhu|veth|[qhsf][grah]-|rfp-|fpr-|instance-|i-'
#: With slots; a VLAN may follow behind a point.
_INTERFACE_OF_SLOT = (
    '(?i:(?:(?:fast|(?:ten|twentyfive|forty|hundred)?-?gig(?:abit)?)?ethernet|'
    '(?:ten|twentyfive|forty|hundred)gige?|eth|gi|te|fa|fo|hu|[xge][et]-) ?)[0-9]+(?:/[0-9]+)+'
)
_INTERFACE = (
    '(?i:eth|ethernet|bond|ens|eno|enp[0-9]{1,3}s|em|wlan|vmnic|vnic|nic|vif|veth|team|virbr|ib|tun|lo|po|mgmt|'
    'port-?channel ?)[0-9]+(?:f[0-9]+)?'
)
_THREAD = (
    '(?i:(?:green)?thread(?:[ _-]?(?:id|handle))?|pid|tid|process[ _-]?id|process(?= [0-9]{3})|prozess(?= [0-9]{3})|'
    '(?:connection|query|request|session|transaction)[ _-]?id)'
    '|线程|執行緒|スレッド|进程|プロセス'
)
_EPOCH = '(?i:epoch|time_?stamp|unix[ _]?time|ts|时间戳|タイムスタンプ)'
_NAMED = '["\']?(?: ?[=:#] ?| )?["\']?'

_UUID = (
    f'(?:{_HEX}{{8}}(?:-{_HEX}{{4}}){{3}}-{_HEX}{{12}}|(?=[0-9-]{{0,20}}[A-Fa-f]){_HEX}{{8}}(?:-{_HEX}{{4}}){{2,3}})'
    '(?![0-9A-Za-z])'
)
#: Letters and digits: neither a word nor a number. One capital and digits are a code (E1000001), and so is what has a
#: severity behind it (F5: 0107157c:3:).
_LONG_HEX = f'(?=[0-9]*[A-Fa-f])(?=[A-Fa-f]*[0-9])(?![A-Z][0-9]+{_END}){_HEX}{{8,}}(?![0-9A-Za-z])(?!:[0-9]{{1,2}}:)'
_URL = r'(?P<kept_scheme>[A-Za-z][0-9A-Za-z+.]{1,20}://(?:[^\s/@\'"<>]{1,128}@)?)'
_HOST_OF_URL = r'(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z](?:[0-9A-Za-z_.-]*[0-9A-Za-z])?)'
#: Versions are also made of four numbers.
_IPV4 = (
    rf'(?<!ersion )(?<!ersion: )(?<!elease )(?<![A-Za-z]-)(?<!\.){_OCTET}(?:\.{_OCTET}){{3}}'
    r'(?:/(?:3[0-2]|[12]?[0-9]))?(?![0-9A-Za-z_])(?!\.[0-9])'
)
_IPV6 = (
    rf'(?:{_HEX}{{0,4}}:){{2,7}}(?:{_OCTET}(?:\.{_OCTET}){{3}}|{_HEX}{{0,4}})(?:%[0-9A-Za-z]+)?(?:/[0-9]{{1,3}})?'
    '(?![0-9A-Za-z:])'
)
_HOST_NUMBER = (
    '(?P<kept_host>(?i:leaf|spine|rack|blade|chassis|host|hypervisor|compute node|node(?= [0-9]{3})|'
    'knoten(?= [0-9]{3})) |主机 ?|主機 ?|ホスト ?|[节節]点(?= ?[0-9]{2}) ?|ノード(?= ?[0-9]{2}) ?)[0-9]{1,5}'
    '(?![0-9A-Za-z_]|[.,/:-][0-9])'
)
#: What is quoted as the name of a host, whatever it looks like.
_HOST_NAMED = (
    '(?P<kept_host_named>(?i:host|hostname|hypervisor|server|node|agent_host)["\']?(?: ?[=:] ?| )["\'])'
    '(?=[A-Za-z._-]{0,60}[0-9])[A-Za-z][0-9A-Za-z._-]{1,253}(?=["\'])'
)

#: Of a form all is left out but for the groups whose names begin with ``kept``.
_FORMS = (
    rf'(?P<time>{_TIME})',
    rf'(?P<kept_time>(?i:at|since|until|um|seit|bis|von) ){_HOURS_MINUTES}(?![0-9A-Za-z_:])',
    rf'(?P<kept_epoch>{_EPOCH}{_NAMED})[0-9]{{9,19}}(?:\.[0-9]+)?{_END}',
    rf'(?P<kept_thread>{_THREAD})(?P<kept_named>{_NAMED}-?)[0-9]+{_END}',
    rf'(?P<kept_device>{_DEVICE}|auto|prj_)?{_UUID}',
    rf'(?P<kept_plug>{_DEVICE}){_HEX}{{8}}(?:-{_HEX}{{1,3}})?{_END}',
    rf'(?:{_HEX}{{2}}[:-]){{5}}{_HEX}{{2}}{_END}|{_HEX}{{4}}\.{_HEX}{{4}}\.{_HEX}{{4}}{_END}',
    _URL + _HOST_OF_URL,
    _IPV4,
    # Beyond 32 bits a number is an address of memory or an id, within it may be a code.
    rf'0x{_HEX}{{9,}}{_END}|(?P<kept_at>(?i:at|cookie|xid)[ =])0x{_HEX}+{_END}',
    rf'(?P<kept_auto>auto|prj_)?{_LONG_HEX}',
    rf'(?P<kept_slot>(?i:interface|schnittstelle|接口|インター?フェー?ス) ?)[0-9]+(?:/[0-9]+)+{_END}',
    rf'(?P<interface>(?:{_INTERFACE_OF_SLOT}|{_INTERFACE}){_END})',
    _HOST_NUMBER,
    _HOST_NAMED,
    f'(?P<ipv6>{_IPV6})',
    rf'(?P<duration>{_GO_DURATION}){_END}|(?<![.,])(?<![A-Za-z]-)[0-9]+(?:[.,][0-9]+)* ?(?:{_MEASURED}){_END}',
)
#: No form begins with another sign than these.
_BEGINS = '(?<![0-9A-Za-z])(?=[0-9A-Za-z:上下凌晚午오线執スプ进接イ主ホ节節ノ时タ])'
_VARYING = re.compile(rf'{_BEGINS}(?:{"|".join(_FORMS)})|(?<=[a-z3])\[(?P<process>[0-9]{{2,7}})\]')
_KEPT = [name for name in _VARYING.groupindex if name.startswith('kept_')]

#: Words that may be the names of hosts, and what has a port. They have ids and addresses in them: these come first.
_HOSTS = re.compile(
    r'(?<![0-9A-Za-z._-])(?:(?P<numbered>(?=[A-Za-z._-]*[0-9])[A-Za-z][0-9A-Za-z]*(?:[-_.][0-9A-Za-z]+)*)|'
    rf'(?P<with_port>[A-Za-z][0-9A-Za-z]*(?:[-_.][0-9A-Za-z]+)*)(?=:[0-9]{{2,5}}{_END}))'
)
#: What hosts are numbered by; any other word with a number may be a code, a protocol or the name of something else.
_ROLE = re.compile(
    '(?:apic|asav|bigip|blade|bleaf|chassis|cmp|controlplane|ctl|ctrl|esx|esxi|firewall|galera|gateway|gw|hci|hv|'
    'hypervisor|instance|kvm|loadbalancer|lb|master|mon|networker|paths|pod|protpaths|proxy|rabbit|rabbitmq|router|rtr|'
    'srv|storage|tor|vm|worker|[a-z]*(?:compute|controller|leaf|spine|node|host|rack|server|switch))'
)
_NUMBERED = re.compile('([a-z]*)([0-9]+)[a-z]?')
_SEPARATORS = re.compile('[-_]')
_NUMBERS = re.compile('[0-9]+(?:/[0-9]+)*')
#: The last label of a host with a domain. Those that are words, or endings of files, are no proof.
_DOMAIN = re.compile(
    r'\.(?:com|org|net|edu|gov|mil|biz|cloud|example|test|invalid|local|localdomain|lan|internal|intranet|intra|corp|home|'
    r'arpa|novalocal|openstacklocal|ctlplane|internalapi|maas|de|ch|fr|uk|nl|lu|es|pt|se|dk|fi|ie|eu|ca|br|nz|jp|cn|tw|hk|'
    r'kr|sg|ru|ua|cz|sk|hu|ro|gr|il)$',
    re.IGNORECASE,
)


@bounded.memoize(4_000_000)
def left_out(text: str) -> str:
    """Return a text with one mark in the place of each thing that belongs to one machine or moment alone."""
    return _HOSTS.sub(_host, _VARYING.sub(_replacement, text))


def _replacement(found: re.Match[str]) -> str:
    groups = found.groupdict()
    for name, replaced in _BY_GROUP.items():
        if groups[name]:
            return replaced(found)
    return ''.join(groups[kept] or '' for kept in _KEPT) + LEFT_OUT + _unit(groups)


def _unit(groups: Mapping[str, str]) -> str:
    return next((f' {unit}' for name, unit in _MEASURE_OF.items() if groups[name]), '')


def _address(found: re.Match[str]) -> str:
    """A colon may follow an address of IPv6, and much else has colons."""
    text = found[0]
    colon = ':' if text.endswith(':') and not text.endswith('::') else ''
    try:
        ipaddress.IPv6Interface(re.sub('%[0-9A-Za-z]+', '', text.removesuffix(colon)))
    except ValueError:
        return text
    return LEFT_OUT + colon


def _numbers(found: re.Match[str]) -> str:
    return _NUMBERS.sub(LEFT_OUT, found[0])


def _process(found: re.Match[str]) -> str:
    start = found.start()
    return f'[{LEFT_OUT}]' if _DAEMON.search(found.string[max(0, start - 20) : start]) else found[0]


_BY_GROUP = {'ipv6': _address, 'interface': _numbers, 'process': _process}


def _host(found: re.Match[str]) -> str:
    """Before a port stands much that is no host: an error, a file."""
    name, has_domain = found[0], _DOMAIN.search(found[0])
    if found['with_port']:
        return LEFT_OUT if has_domain else name
    label, _point, domain = name.lower().partition('.')
    is_host = has_domain or (not domain.rpartition('.')[2].isdigit() and _is_numbered(label))
    return _numbers(found) if is_host else name


def _is_numbered(label: str) -> bool:
    before = ''
    for part in _SEPARATORS.split(label):
        numbered = _NUMBERED.fullmatch(part)
        if numbered and _ROLE.fullmatch(numbered[1] or before):
            return True
        before = part
    return False
