# SPDX-License-Identifier: Apache-2.0
"""gbp_status_report --watch: what a script waits for, what becomes of it, and when it ends."""

import itertools
import json

import pytest

from gbp_status_ui.management import report

from tests.unit.management.reporting import run
from tests.unit.viewing import GROUPS


def test_it_waits_until_nothing_is_being_built(demo, pauses):
    group = demo.make(GROUPS, 'web', status='BUILD')
    pauses += [lambda: None, lambda: demo.set(group, 'ACTIVE')]
    status, output, _errors = run('--watch')

    assert status == 0
    assert [line.split('  ')[1] for line in output.splitlines()[:2]] == ['Group web: Building', 'Group web: Active']
    assert 'is building nothing' in output


def test_what_it_waits_for_may_fail(demo, pauses):
    group = demo.make(GROUPS, 'web', status='BUILD')
    pauses += [lambda: demo.set(group, 'ERROR', 'No port left.')]
    status, output, _errors = run('--watch', '--kind', GROUPS, '--search', 'web')

    assert status == 2
    assert 'Group web: Error' in output
    assert 'No port left.' in output


def test_what_it_waits_for_may_be_deleted(demo, pauses):
    group = demo.make(GROUPS, 'web', status='BUILD')
    pauses += [lambda: demo.delete(group)]
    output = run('--watch')[1]

    assert 'Group web: gone' in output


def test_what_it_waits_for_may_come_later(demo, pauses):
    pauses += [lambda: None, lambda: demo.make(GROUPS, 'web')]
    status, output, _errors = run('--watch', '--search', 'web')

    assert status == 0
    assert output.count('Nothing was found yet.') == 2


def test_what_never_comes_is_not_known(demo, pauses):
    status, output, _errors = run('--watch', '--search', 'web', '--timeout', '20')

    assert status == 3
    assert 'Nothing was found.' in output


def test_an_outage_is_waited_for(demo, pauses):
    demo.make(GROUPS, 'web')
    demo.fail(GROUPS, 500)
    pauses += [lambda: None, lambda: demo.fail(GROUPS, None)]
    status, output, _errors = run('--watch')

    assert status == 0
    assert output.count('Not everything could be read yet.') == 2


def test_a_reading_that_is_cut_does_not_replace_the_one_before(demo, pauses):
    def end():
        demo.fail(GROUPS, 500)
        report.time.now += 20

    pauses.append(end)
    status, output, _errors = run('--watch', '--search', 'web', '--timeout', '20')

    assert status == 3
    assert 'Nothing was found.' in output


def test_what_is_forbidden_is_not_waited_for(demo, pauses):
    demo.forbids = lambda _person, asked: asked.collection == GROUPS
    began = report.time.now

    assert run('--watch')[0] == 3
    assert report.time.now == began


def test_an_error_is_not_held_back_by_an_outage(demo, pauses):
    demo.make(GROUPS, 'web', status='ERROR')
    demo.fail('l3_policies', 500)
    began = report.time.now

    assert run('--watch')[0] == 2
    assert report.time.now == began


def test_what_stays_in_build_is_not_known(demo, pauses):
    demo.make(GROUPS, 'web', status='BUILD')
    began = report.time.now

    assert run('--watch', '--timeout', '20')[0] == 3
    assert report.time.now - began == pytest.approx(20, abs=1)


def test_rules_that_say_build_for_ever_are_not_waited_for(aim, shell, pauses):
    """AIM's driver says BUILD of every rule."""
    shell('demo')
    aim.make('policy_rules', 'allow', status='BUILD')

    assert run('--watch', '--timeout', '20')[0] == 0


def test_what_is_waited_for_is_said_beside_what_programs_read(demo, pauses):
    group = demo.make(GROUPS, 'web', status='BUILD')
    pauses += [lambda: demo.set(group, 'ACTIVE')]
    status, output, errors = run('--watch', '--format', 'json')

    assert status == 0
    assert json.loads(output)['state'] == 'ok'
    assert 'Group web: Active' in errors


def test_a_list_that_takes_long_is_waited_for(simulated, demo, pauses):
    demo.make(GROUPS, 'web', status='ERROR')
    demo.takes = lambda asked, _rows: 3 if asked.collection == GROUPS else 0
    for _number in range(20):
        pauses.append(lambda: simulated.run(1))

    assert run()[0] == 2
    assert len(pauses) < 20


def test_each_round_asks_anew(demo, pauses):
    group = demo.make(GROUPS, 'web', status='BUILD')
    states = itertools.chain(['BUILD', 'ACTIVE'])
    pauses += [lambda: demo.set(group, next(states))] * 2

    assert run('--watch')[0] == 0
