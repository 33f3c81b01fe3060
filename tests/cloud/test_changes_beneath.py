# SPDX-License-Identifier: Apache-2.0
"""Changes beneath, behind GBP's back: after each one all that shows it says what Neutron does."""

from http import HTTPStatus
import random

import pytest

from gbp_status_ui.model import scope

from tests import markup
from tests.cloud.pages import chips
from tests.cloud.pages import HEADERS
from tests.cloud.pages import poll

CHANGES, POLICIES, DELETED_POLICIES = 15, 6, 3
L2 = 'l2_policies'
FRAGMENT = {'Gbp-Status-Fragment': 'list', **HEADERS}
OVERVIEW = {'tab': 'gbp_status_tabs__overview', 'status': 'below', 'format': 'json'}
STATES = {'ERROR': 'error', 'BUILD': 'build', 'ACTIVE': 'ok'}
MARKS = {'error': ['network in error'], 'build': ['network being built'], 'ok': [], 'none': []}
IN_POPOVER = {'error': 'Error: Network', 'build': 'Building: Network', 'ok': 'no error of its network'}
GONE = 'gone'


@pytest.fixture
def policies(gbp):
    """{name of an L2 policy: (its id, the id of its network)}."""
    networks = {f'field-{number}': gbp.make_network(f'l2p_field-{number}', 'bistro') for number in range(POLICIES)}
    return {name: (gbp.make(L2, name, 'bistro', network_id=net), net) for name, net in networks.items()}


@pytest.fixture
def changed(gbp, policies):
    """Make one change after the other; yield the name of the L2 policy and {name: state} as Neutron's API has it.

    The last ones delete the policy, and with it what it is realised by.
    """

    def made():
        draw = random.Random(19)  # noqa: S311 - the same in each run
        states, names = {}, sorted(policies)
        for number in range(CHANGES):
            name = draw.choice(names) if number < CHANGES - DELETED_POLICIES else names[number - CHANGES]
            if number < CHANGES - DELETED_POLICIES:
                states[policies[name][1]] = draw.choice(['error', 'build', 'synced'])
                gbp.report_beneath(states)
            else:
                gbp.delete(policies[name][0])
                gbp.delete(policies[name][1])
            statuses = gbp.networks('bistro')
            yield name, {one: STATES[statuses[net]] for one, (_id, net) in policies.items() if net in statuses}

    return made


def in_table(client, policies):
    """Return {name: state} of the badges in the part that a heartbeat of a page asks for."""
    answer = client.get(scope.PROJECT.url('index'), {'tab': 'gbp_status_tabs__l3_policies'}, headers=FRAGMENT)
    return {name: found for name, found in _badges(answer).items() if name in policies}


def in_poll(client, policies):
    rows = poll(client, l2_policies=[id_ for id_, _net in policies.values()])[0]['rows'][L2]
    return {name: rows[id_]['below'][0]['state'] for name, (id_, _net) in policies.items() if id_ in rows}


def on_page(client, policies, name):
    answer = client.get(scope.PROJECT.url('detail', L2, policies[name][0]), headers=FRAGMENT)
    return GONE if answer.status_code == HTTPStatus.NOT_FOUND else _badges(answer)[name]


def in_popover(client, policies, name):
    answer = client.get(scope.PROJECT.url('explanation', L2, policies[name][0]), headers=HEADERS)
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return GONE
    text = markup.words(markup.fragment(answer.content.decode()))
    return next(state for state, words in IN_POPOVER.items() if words in text)


def _badges(answer):
    assert answer.status_code == 200
    badges = markup.fragment(answer.content.decode()).query('.gbp-status-badge')
    found = {one.attrs['data-gbp-status-name']: one.attrs.get('data-gbp-below') for one in badges}
    assert [markup.texts(one, '.gbp-status-mark') for one in badges if one.attrs.get('data-gbp-below')] == [
        MARKS[state] for state in found.values() if state
    ]
    return found


def as_problems(client):
    """Return the names that the overview lists, the number of its chip, and the names in its export."""
    response = client.get(scope.PROJECT.url('lines'), {'kind': 'problems', 'status': 'below'}, headers=HEADERS)
    part = markup.fragment(response.json()['fragments']['problems'])
    listed = [place.attrs['data-gbp-status-name'] for place in part.query('.gbp-status-problem .gbp-status-badge')]
    exported = client.get(scope.PROJECT.url('export'), OVERVIEW, headers=HEADERS).json()['groups']
    return sorted(listed), chips(part)['BELOW'], sorted(row['name'] for group in exported for row in group['resources'])


def test_after_each_change_all_say_what_neutron_says(cook, policies, changed):
    said, true = [], []
    for name, states in changed():
        failed = sorted(one for one, state in states.items() if state == 'error')
        true.append((states, states, states.get(name, GONE), states.get(name, GONE), (failed, len(failed), failed)))
        looks = (
            in_table(cook, policies),
            in_poll(cook, policies),
            on_page(cook, policies, name),
            in_popover(cook, policies, name),
        )
        said.append((*looks, as_problems(cook)))

    assert said == true
    assert {state for states, *_others in true for state in states.values()} == set(IN_POPOVER)
