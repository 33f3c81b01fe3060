# SPDX-License-Identifier: Apache-2.0
"""What make test says at its end is what the reports of pytest and tox say."""

import json
from pathlib import Path

import pytest

from tools import results
from tools import test as runner

SUITE = '<testsuite errors="%d" failures="%d" skipped="%d" tests="%d" time="0.1"></testsuite>'


@pytest.fixture
def reports(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, 'REPORTS', tmp_path)
    return tmp_path


@pytest.fixture
def machine(monkeypatch):
    """What happens on the machine: {environment: it succeeds}, and the environments without their Python."""
    happens, absent = {}, []
    monkeypatch.setattr(runner, 'every_environment', lambda: [*happens, *absent])
    monkeypatch.setattr(runner, 'without_python', lambda names: [name for name in names if name in absent])
    monkeypatch.setattr(runner, 'run', lambda names: {name: happens[name] for name in names})
    return happens, absent


def report(directory, name, errors=0, failures=0, skipped=0, tests=0):
    suite = SUITE % (errors, failures, skipped, tests)
    (directory / (name + '.xml')).write_text('<testsuites name="pytest tests">%s</testsuites>' % suite)


def test_errors_are_failures(reports):
    report(reports, 'unit', errors=1, failures=2, skipped=3, tests=10)

    assert results.count(reports / 'unit.xml') == results.Count(passed=4, failed=3, skipped=3)


def test_a_test_in_no_suite_counts_too(reports):
    suite = SUITE % (0, 1, 0, 2)
    alone = '<testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="c"><skipped/></testcase>'
    (reports / 'js.xml').write_text(f'<testsuites>{suite}{alone}</testsuites>')

    assert results.count(reports / 'js.xml') == results.Count(passed=2, failed=2, skipped=1)


def test_an_environment_that_broke_before_its_tests_has_failed(reports):
    broken = {'testenvs': {'unit': {'result': {'success': True}}, 'lint': {}, '.pkg': {}}}
    (reports / 'tox.json').write_text(json.dumps(broken))

    assert results.outcomes(reports / 'tox.json') == {'unit': True, 'lint': False}


def test_an_environment_has_the_result_of_the_run_that_it_was_in(reports, monkeypatch):
    def tox(command, **_):
        journal, ran = Path(command[command.index('--result-json') + 1]), command[-1].split(',')
        outcomes = {
            name: {'result': {'success': True}} if name in ran else {} for name in ('lint', 'unit', 'functional')
        }
        journal.write_text(json.dumps({'testenvs': outcomes}))

    monkeypatch.setattr(runner.subprocess, 'run', tox)

    assert runner.run(['lint', 'functional', 'no-such']) == {'lint': True, 'functional': True, 'no-such': False}


def test_the_last_line_counts_the_tests_of_all_environments(reports, machine, capsys):
    machine[0].update({'unit': True, 'functional': True, 'lint': True})
    report(reports, 'unit', tests=10, skipped=1)
    report(reports, 'functional', tests=5)

    assert runner.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == '14 passed, 0 failed, 1 skipped'


def test_each_failed_test_is_named_above_the_last_line(reports, machine, capsys):
    """Of a long output often the end alone is kept."""
    machine[0]['unit'] = False
    failed = '<testcase classname="tests.unit.test_a" name="test_é[1]"><error message="%s"/></testcase>'
    silent = '<testcase name="test_b"><failure>no message</failure></testcase>'
    suite = '<testsuite errors="1" failures="1" skipped="0" tests="3">%s</testsuite>' % (failed + silent)
    text = suite % ('AssertionError: ' + 'x' * 500 + '&#10;second line') + '<testcase name="test_c"/>'
    (reports / 'unit.xml').write_text(f'<testsuites>{text}</testsuites>', encoding='utf-8')

    assert runner.main([]) == 1
    first, second, last = capsys.readouterr().out.splitlines()[-3:]
    assert first.startswith('FAILED unit: tests.unit.test_a.test_é[1]: AssertionError: xxx')
    assert len(first) == len('FAILED unit: ') + results.MAX_FAILURE_CHARACTERS
    assert second == 'FAILED unit: .test_b: no message'
    assert last == '2 passed, 2 failed, 0 skipped'


def test_one_failed_environment_is_a_failure_though_no_test_failed(reports, machine, capsys):
    machine[0].update({'unit': True, 'lint': False})
    report(reports, 'unit', tests=10)

    assert runner.main([]) == 1
    assert 'lint                   FAILED no tests' in capsys.readouterr().out


def test_a_further_python_that_is_not_there_is_named(reports, machine, capsys):
    machine[0]['unit'] = True
    machine[1].append('unit-py313')

    assert runner.main([]) == 0
    assert 'unit-py313             NOT RUN' in capsys.readouterr().out
    assert runner.main(['unit-py313']) == 1
