# SPDX-License-Identifier: Apache-2.0
"""Neutron answers with anything, or fails: each view answers, GBP's word stands, and nothing is said to be well."""

import re

import pytest

from gbp_status_ui.caching import store
from gbp_status_ui.model import neutron
from gbp_status_ui.model import scope

from tests.unit.stand_in import Refused
from tests.unit.viewing import said

SCRIPT = {'X-Requested-With': 'XMLHttpRequest', 'Cache-Control': 'no-cache'}
FRAGMENT = {'Gbp-Status-Fragment': 'list', **SCRIPT}
#: {collection of Neutron: (kind of GBP, attribute that names one of its objects, tab, its word in a sentence)}.
ABOVE = {
    'networks': ('l2_policies', 'network_id', 'l3_policies', 'networks?'),
    'subnets': ('policy_target_groups', 'subnets', 'groups', 'subnets?'),
    'routers': ('l3_policies', 'routers', 'l3_policies', 'routers?'),
    'ports': ('policy_targets', 'port_id', 'other', 'ports?'),
    'address_scopes': ('l3_policies', 'address_scope_v4_id', 'l3_policies', 'address scopes?'),
}
VALUES = (
    None,
    True,
    5,
    1.5,
    'text',
    '\x00',
    '\ud800',
    ' ',
    'a/b',
    [],
    [None],
    [['a']],
    {},
    {'a': 5},
    {'a': {'b': [5]}},
    {'error': 'error'},
    10**400,
)
ATTRIBUTES = ('status', neutron.SYNC_STATE, 'id', 'name', 'tenant_id', neutron.DISTINGUISHED_NAMES)
BODIES = (
    b'',
    b'null',
    b'[]',
    b'5',
    b'"text"',
    b'<html>sign in</html>',
    b'{"%s": null}',
    b'{"%s": {}}',
    b'{"%s": [null, 5]}',
)
STATUSES = (400, 401, 403, 404, 409, 429, 500, 503)


def refusing(status):
    def rewrite(_asked, _answer):
        raise Refused(status)

    return rewrite


def saying(body):
    def rewrite(asked, _answer):
        raise Refused(200, body=body.replace(b'%s', asked.collection.encode()))

    return rewrite


def changing(change):
    """Return what changes all rows of an answer."""

    def rewrite(_asked, answer):
        ((name, found),) = answer.items()
        return {name: list(map(change, found)) if isinstance(found, list) else change(found)}

    return rewrite


def with_a_bad_row(_asked, answer):
    return {name: [*found, {'id': 5}] if isinstance(found, list) else found for name, found in answer.items()}


#: {name: what becomes of an answer}.
FAULTS = {
    'status and a bad row': with_a_bad_row,
    **{f'{status}': refusing(status) for status in STATUSES},
    **{f'body {body!r}': saying(body) for body in BODIES},
    **{f'row {value!r}': changing(lambda _row, value=value: value) for value in VALUES},
    **{
        f'{name} {value!r}': changing(lambda row, name=name, value=value: row | {name: value})
        for name in ATTRIBUTES
        for value in VALUES
    },
}


def state_of(collection):
    return 'status' if collection == 'ports' else neutron.SYNC_STATE


def claim_of(collection, fault):
    """Return what may not be said after a fault: that an object is well of which its state is not known."""
    harmless = [name for name in ATTRIBUTES if name not in (state_of(collection), 'id')]
    if fault.split()[0] in harmless:
        return 'never said'
    return rf'no error of its[^.]*\b{ABOVE[collection][3]}\b|GBP and Neutron report no'


def views(kind, id_, tab):
    """Return [(address, headers)] of all that shows one resource."""
    of = scope.PROJECT.url
    return [
        (of('index') + f'?tab=gbp_status_tabs__{tab}', FRAGMENT),
        (f'{of("statuses")}?{kind}={id_}', SCRIPT),
        (of('explanation', kind, id_), SCRIPT),
        (of('detail', kind, id_), FRAGMENT),
        (of('lines') + '?kind=problems&status=active,none,below', SCRIPT),
    ]


def fault_of(answer, id_, claim):
    """Return what is wrong with an answer, or None; ``claim`` is what may not be said."""
    text = said(answer)
    if answer.status_code not in (200, 202):
        return answer.status_code
    if re.search(claim, text):
        return 'says that it is well'
    if 'network in error' in text or 'data-gbp-below="error"' in text:
        return 'says that it has failed'
    return None if answer.status_code == 202 or id_ in text else 'is not there'


@pytest.mark.slow
@pytest.mark.parametrize('collection', ABOVE)
def test_whatever_neutron_answers_gbps_word_stands(aim, member, collection):
    """The views take turns: over all collections each of them sees each fault."""
    kind, attribute, tab, _word = ABOVE[collection]
    below = aim.neutron.make(collection, 'beneath')
    id_ = aim.make(kind, 'web', status='ACTIVE', **{attribute: [below] if attribute.endswith('s') else below})
    asked_of = views(kind, id_, tab)
    faults = {}
    for turn, (name, fault) in enumerate(FAULTS.items(), tuple(ABOVE).index(collection)):
        aim.rewrite = lambda asked, answer, fault=fault: (
            fault(asked, answer) if asked.collection == collection else answer
        )
        store.backend().clear()
        address, headers = asked_of[turn % len(asked_of)]
        faults[name, address] = fault_of(member.get(address, headers=headers), id_, claim_of(collection, name))

    assert {cell: fault for cell, fault in faults.items() if fault} == {}
