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
VALUES = (None, 5, 'text', '\x00', [], {'error': 'error'})
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


def changing(attribute, value):
    def rewrite(_asked, answer):
        ((name, found),) = answer.items()
        rows = [row | {attribute: value} for row in (found if isinstance(found, list) else [found])]
        return {name: rows if isinstance(found, list) else rows[0]}

    return rewrite


def with_a_bad_row(_asked, answer):
    return {name: [*found, {'id': 5}] if isinstance(found, list) else found for name, found in answer.items()}


#: {name: what becomes of an answer}.
FAULTS = {
    'status and a bad row': with_a_bad_row,
    **{f'{status}': refusing(status) for status in STATUSES},
    **{f'body {body!r}': saying(body) for body in BODIES},
    **{f'{name} {value!r}': changing(name, value) for name in ATTRIBUTES for value in VALUES},
}


def faults_of(collection):
    """Return {name: fault}: all of the state and the id, and a third of the others. Each is one of some collection."""
    turn = tuple(ABOVE).index(collection)
    telling = ('status and a bad row', state_of(collection), 'id')
    numbered = enumerate(FAULTS.items(), turn)
    return {name: fault for number, (name, fault) in numbered if name.startswith(telling) or number % 3 == 0}


def state_of(collection):
    return 'status' if collection == 'ports' else neutron.SYNC_STATE


def claim_of(collection, fault):
    """Return what may not be said after a fault: that an object is well of which its state is not known."""
    harmless = [name for name in ATTRIBUTES if name not in (state_of(collection), 'id')]
    if fault.split()[0] in harmless:
        return 'never said'
    return rf'no error of its[^.]*\b{ABOVE[collection][3]}\b|GBP and Neutron report no'


def look(client, kind, id_, tab):
    """Return {view: answer} of all that shows one resource."""
    of = scope.PROJECT.url
    asked = {
        'table': (of('index') + f'?tab=gbp_status_tabs__{tab}', FRAGMENT),
        'poll': (f'{of("statuses")}?{kind}={id_}', SCRIPT),
        'popover': (of('explanation', kind, id_), SCRIPT),
        'page': (of('detail', kind, id_), FRAGMENT),
        'problems': (of('lines') + '?kind=problems&status=active,none,below', SCRIPT),
    }
    found = {}
    for name, (address, headers) in asked.items():
        store.backend().clear()
        found[name] = client.get(address, headers=headers)
    return found


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
    kind, attribute, tab, _word = ABOVE[collection]
    below = aim.neutron.make(collection, 'beneath')
    id_ = aim.make(kind, 'web', status='ACTIVE', **{attribute: [below] if attribute.endswith('s') else below})
    faults = {}
    for name, fault in faults_of(collection).items():
        aim.rewrite = lambda asked, answer, fault=fault: (
            fault(asked, answer) if asked.collection == collection else answer
        )
        claim = claim_of(collection, name)
        found = look(member, kind, id_, tab)
        faults |= {(name, view): fault_of(answer, id_, claim) for view, answer in found.items()}

    assert {cell: fault for cell, fault in faults.items() if fault} == {}
    assert len(faults) >= 120


def test_each_fault_is_looked_at():
    assert {name for collection in ABOVE for name in faults_of(collection)} == set(FAULTS)
