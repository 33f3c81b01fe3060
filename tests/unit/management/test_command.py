# SPDX-License-Identifier: Apache-2.0
"""python -m django gbp_status_check: one line a finding, the worst first, and an exit status."""

import io

from django.core.management import call_command
import pytest

import gbp_status_ui
from gbp_status_ui.management import finding
from gbp_status_ui.management.commands import gbp_status_check


@pytest.fixture
def found(monkeypatch):
    """What the three parts find."""
    findings = [[], [], []]
    monkeypatch.setattr(gbp_status_check.installation, 'find', lambda: findings[0])
    monkeypatch.setattr(gbp_status_check.deployment, 'find', lambda _url: findings[1])
    monkeypatch.setattr(gbp_status_check.cloud, 'find', lambda _environment: findings[2])
    return findings


def run(*arguments):
    """Return (exit status, lines)."""
    output = io.StringIO()
    try:
        call_command('gbp_status_check', *arguments, stdout=output)
    except SystemExit as left:
        return left.code, output.getvalue().splitlines()
    return 0, output.getvalue().splitlines()


def test_where_nothing_is_found_the_last_line_says_so(found):
    assert run() == (0, [f'gbp_status_ui {gbp_status_ui.__version__}: ERROR 0, WARNING 0, NOTE 0'])


def test_an_error_comes_first_and_makes_the_exit_status(found):
    found[0].append(finding.note('As it may be.'))
    found[2].append(finding.error('Broken.', 'Mend it.'))
    status, lines = run()

    assert status == 1
    assert lines[:-1] == ['ERROR    Broken. Mend it.', 'NOTE     As it may be.']
    assert lines[-1].endswith('ERROR 1, WARNING 0, NOTE 1')


def test_a_warning_is_no_failure(found):
    found[1].append(finding.warning('Slow.', 'Speed it up.'))

    assert run()[0] == 0


def test_a_finding_is_one_line_whatever_a_service_said(found):
    found[2].append(finding.error('It said:\n<html>\n', 'Look.'))

    assert run()[1][0] == 'ERROR    It said: <html> Look.'


def test_the_parts_are_given_the_address_and_the_environment(monkeypatch):
    given = []
    monkeypatch.setattr(gbp_status_check.installation, 'find', list)
    monkeypatch.setattr(gbp_status_check.deployment, 'find', lambda url: given.append(url) or [])
    monkeypatch.setattr(gbp_status_check.cloud, 'find', lambda environment: given.append(environment) or [])
    run('--url', 'https://cloud.example/')

    assert given == ['https://cloud.example/', gbp_status_check.os.environ]


def test_it_runs_here():
    """In an environment for tests there are no static files: an error."""
    status, lines = run()

    assert status == 1
    assert 'static files' in lines[0]
