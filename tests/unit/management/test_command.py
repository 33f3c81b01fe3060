# SPDX-License-Identifier: Apache-2.0
"""python -m django gbp_status_check: the same where Django knows the command."""

import io
import json

from django.core.management import call_command
import pytest

import gbp_status_ui
from gbp_status_ui.management import all_checks
from gbp_status_ui.management import finding


@pytest.fixture
def found(monkeypatch):
    """What is found; ``given`` are the arguments."""
    findings = []
    monkeypatch.setattr(all_checks, 'find', lambda *_given: findings)
    return findings


def run(*arguments):
    """Return (exit status, text)."""
    output = io.StringIO()
    try:
        call_command('gbp_status_check', *arguments, stdout=output)
    except SystemExit as left:
        return left.code, output.getvalue()
    return 0, output.getvalue()


def test_where_nothing_is_found_the_last_line_says_so(found):
    assert run() == (0, f'gbp_status_ui {gbp_status_ui.__version__}: ERROR 0, UNKNOWN 0, WARNING 0, NOTE 0\n')


def test_the_exit_status_is_that_of_the_findings(found):
    found.append(finding.warning('Slow.', 'Speed it up.'))
    status, text = run()

    assert status == 1
    assert text.splitlines()[0] == 'WARNING  Slow. Speed it up.'


def test_json_is_for_programs(found):
    found.append(finding.error('Broken.', 'Mend it.'))
    status, text = run('--format', 'json')

    assert status == json.loads(text)['exit_status'] == 2


def test_it_is_given_the_address_and_the_environment(monkeypatch):
    given = []
    monkeypatch.setattr(all_checks, 'find', lambda *arguments: given.extend(arguments) or [])
    monkeypatch.setenv('OS_TOKEN', 'a-token')
    run('--url', 'https://cloud.example/')

    assert given[0] == 'https://cloud.example/'
    assert given[1]['OS_TOKEN'] == 'a-token'
