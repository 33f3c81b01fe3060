# SPDX-License-Identifier: Apache-2.0
"""What Neutron says of the objects of a whole scope: one list a kind, of which errors are believed."""

import dataclasses
import math

import pytest

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.model import neutron as model
from gbp_status_ui.model import scope
from gbp_status_ui.service import costs
from gbp_status_ui.service import neutron

from tests.unit.looking_beneath import asked
from tests.unit.looking_beneath import states


def test_a_scope_is_listed_once_a_kind_for_its_errors(aim, open_gbp):
    for kind in model.KINDS:
        aim.neutron.make(kind.collection, f'well-{kind.member}')
        aim.neutron.make(kind.collection, f'broken-{kind.member}', sync='error', **_failed(kind))
    found = neutron.of_scope(open_gbp())

    assert {name for name, state in states(found).items() if state == 'error'} == {
        f'broken-{kind.member}' for kind in model.KINDS
    }
    assert asked(aim) == sorted((kind.collection, 0) for kind in model.KINDS)
    assert {one.collection for one in aim.requests if 'status' in one.parameters} == {'ports'}


def _failed(kind):
    return {'status': 'ERROR'} if kind.collection == 'ports' else {}


def test_a_list_of_networks_is_believed_its_errors_alone(aim, open_gbp):
    for number in range(3):
        aim.neutron.make('networks', f'net-{number}')
    aim.neutron.make('networks', 'broken', sync='error')

    assert states(neutron.of_scope(open_gbp())) == {
        'net-0': 'none',
        'net-1': 'none',
        'net-2': 'none',
        'broken': 'error',
    }


def test_without_the_extensions_a_filter_finds_the_errors_of_a_scope(gbp, open_gbp):
    gbp.neutron.make('networks', 'well')
    gbp.neutron.make('networks', 'broken', status='ERROR')

    assert states(neutron.of_scope(open_gbp())) == {'broken': 'error'}
    assert asked(gbp) == [('networks', 0), ('ports', 0), ('routers', 0)]
    assert {tuple(one.parameters['status']) for one in gbp.requests} == {('ERROR',)}


def test_each_word_of_neutron_for_an_error_is_asked_for(gbp, open_gbp, monkeypatch):
    monkeypatch.setattr(model, 'ERROR', dataclasses.replace(model.ERROR, words=('error', 'banana')))
    neutron.of_scope(open_gbp())

    assert {tuple(one.parameters['status']) for one in gbp.requests} == {('ERROR', 'BANANA')}


@pytest.mark.parametrize(
    ('panel_scope', 'project', 'names'),
    [
        (scope.PROJECT, '', {'own', 'shared'}),
        (scope.ADMIN, '', {'own', 'shared', 'demos', 'others'}),
        (scope.ADMIN, 'demo', {'demos'}),
        (scope.ADMIN, 'no/id', set()),
    ],
)
def test_a_scope_has_what_belongs_to_it(aim, open_gbp, administrator, panel_scope, project, names):
    aim.neutron.make('networks', 'own', project='admin')
    aim.neutron.make('networks', 'shared', project='other', shared=True)
    aim.neutron.make('networks', 'demos')
    aim.neutron.make('networks', 'others', project='other')

    assert set(states(neutron.of_scope(open_gbp(administrator, panel_scope), project))) == names
    assert bool(asked(aim)) == bool(names)


@pytest.fixture
def slow(aim, open_gbp, clock, monkeypatch):
    """A list of networks that has taken two seconds."""
    aim.neutron.make('networks', 'net', sync='error')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.5)
    aim.rewrite = lambda one, answer: _after(clock, 2, answer) if one.collection == 'networks' else answer
    neutron.of_scope(open_gbp())
    aim.rewrite = lambda _one, answer: answer


def test_a_slow_list_is_not_made_again_by_itself(aim, open_gbp, clock, slow):
    clock.ahead += 2 * costs.COOLDOWN_FACTOR - 10
    opened = open_gbp()
    assert states(neutron.of_scope(opened)) == {'net': 'error'}
    assert ('networks', 0) not in asked(aim)
    assert opened.heartbeat_seconds >= 2 * costs.COOLDOWN_FACTOR
    clock.ahead += 20
    aim.hold('networks')
    assert 'networks' in neutron.of_scope(open_gbp()).pending


def _after(clock, seconds, answer):
    clock.ahead += seconds
    return answer


def test_a_list_of_a_scope_goes_on_without_the_request(aim, open_gbp, monkeypatch):
    aim.neutron.make('networks', 'net', sync='error')
    opened = open_gbp()
    aim.hold('networks')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.3)
    found = neutron.of_scope(opened)

    assert 'networks' in found.pending
    assert not opened.has_pending_lists


def test_a_slow_list_is_made_again_for_who_asks_for_it_and_not_waited_for(aim, open_gbp, slow, monkeypatch):
    opened, holds = open_gbp(), []
    fetch = opened.fetch_beside
    monkeypatch.setattr(type(opened), 'forces_refresh', True)
    monkeypatch.setattr(opened, 'fetch_beside', lambda *asked, **how: holds.append(asked[1]) or fetch(*asked, **how))
    aim.hold('networks')

    assert 'networks' in neutron.of_scope(opened).pending
    assert holds == [math.inf, 0]


def test_a_list_of_a_scope_has_a_minute(aim, open_gbp, monkeypatch):
    opened, limits = open_gbp(), []
    start = opened.connection.start
    monkeypatch.setattr(
        opened.connection,
        'start',
        lambda jobs, *more: limits.extend(job.limit_seconds for job in jobs) or start(jobs, *more),
    )
    neutron.of_scope(opened)
    neutron.by_ids(opened, {'ports': ['a']})

    assert limits == [costs.MAX_LIST_SECONDS] * len(model.KINDS) + [conf.get('time_limit')]
