# SPDX-License-Identifier: Apache-2.0
"""python3 -m gbp_status_ui check, in a process of its own: also where the settings cannot be read."""

import importlib.util
import json
from pathlib import Path
import socket
import subprocess
import sys

import pytest

from gbp_status_ui import __version__
from gbp_status_ui.management import check
from gbp_status_ui.management import finding
from gbp_status_ui.management import settings_loader

ROOT = Path(__file__).parents[3]
HORIZON = 'from tests.settings import *\n'
#: Puts one more enabled file in place, as tests/settings.py does it with those of the plugin.
ENABLE = """
from openstack_dashboard.local import enabled
enabled.__path__.append({directory!r})
"""
#: {what is broken: (the settings module, its text, what is said, the exit status)}
BROKEN = {
    'settings that break': ('broken', '1 / 0\n', 'ERROR    Horizon cannot read its settings: ZeroDivisionError', 2),
    'settings with an error of syntax': ('broken', 'A = \n', 'ERROR    Horizon cannot read its settings: SyntaxEr', 2),
    'settings that exit': ('broken', 'raise SystemExit\n', 'ERROR    Horizon cannot read its settings: SystemExit', 2),
    'settings that may not be read': (
        'broken',
        "raise PermissionError(13, 'Permission denied', 'local_settings.py')\n",
        'UNKNOWN  Horizon cannot read its settings: PermissionError',
        3,
    ),
    'an application that is not installed': (
        'broken',
        HORIZON + "INSTALLED_APPS = [*INSTALLED_APPS, 'banana']\n",
        "ERROR    Horizon cannot read its settings: ModuleNotFoundError: No module named 'banana'",
        2,
    ),
    'a logging that Python refuses': (
        'broken',
        HORIZON + "LOGGING = {'version': 1, 'handlers': {'a': {'class': 'banana.Handler'}}}\n",
        'ERROR    Horizon cannot read its settings: ValueError',
        2,
    ),
    'a logger without its handler': (
        'broken',
        HORIZON + "LOGGING = {'version': 1, 'root': {'handlers': ['banana']}}\n",
        'ERROR    Horizon cannot read its settings: ValueError',
        2,
    ),
    'a setting that Django refuses': (
        'broken',
        HORIZON + "AUTH_USER_MODEL = 'banana'\n",
        'ERROR    Horizon cannot read its settings: ImproperlyConfigured',
        2,
    ),
    'no such settings': ('banana', '', 'UNKNOWN  There is no banana in this Python', 3),
    'settings of another site': ('broken', 'A = 1\n', 'UNKNOWN  broken are not the settings of Horizon.', 3),
}


def run(directory, module, *options, python=(sys.executable,), **environment):
    """Return (exit status, lines, what was written to stderr)."""
    done = subprocess.run(
        [*python, '-m', 'gbp_status_ui', 'check', *options],
        check=False,
        cwd=directory,
        env={'DJANGO_SETTINGS_MODULE': module, 'PYTHONPATH': f'{ROOT}:{directory}', **environment},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(('module', 'text', 'words', 'status'), BROKEN.values(), ids=BROKEN.keys())
def test_settings_that_cannot_be_read_are_one_line(tmp_path, module, text, words, status):
    (tmp_path / 'broken.py').write_text(text)
    code, lines, errors = run(tmp_path, module)

    assert lines[0].startswith(words)
    assert len(lines) == 2
    assert code == status
    assert 'Traceback' not in errors


def test_a_python_without_horizon_is_not_the_one_to_ask(tmp_path):
    code, lines, errors = run(tmp_path, 'openstack_dashboard.settings', python=(sys.executable, '-S'))

    assert (code, errors) == (3, '')
    assert lines[0].startswith(f'UNKNOWN  There is no horizon in this Python ({sys.executable}).')


@pytest.mark.slow
@pytest.mark.releases
def test_what_horizon_leaves_out_is_named(tmp_path):
    """Horizon goes on without an enabled file that imports what is not there, and logs a traceback."""
    (tmp_path / '_9990_own.py').write_text('import banana\n')
    (tmp_path / 'broken.py').write_text(ENABLE.format(directory=str(tmp_path)) + HORIZON)
    code, lines, errors = run(tmp_path, 'broken')

    assert code == 2
    assert any(
        'Horizon leaves something out: Error importing openstack_dashboard.local.enabled._9990_own' in line
        and "No module named 'banana'" in line
        for line in lines
    )
    assert 'Traceback' not in errors


@pytest.mark.slow
def test_an_enabled_file_that_breaks_is_named(tmp_path):
    (tmp_path / '_9990_own.py').write_text('\n1 / 0\n')
    (tmp_path / 'broken.py').write_text(ENABLE.format(directory=str(tmp_path)) + HORIZON)
    code, lines, _ = run(tmp_path, 'broken')

    assert code == 2
    assert f'{tmp_path / "_9990_own.py"}, line 2' in lines[0]


@pytest.mark.slow
def test_the_exit_status_is_right_while_servers_hang(tmp_path):
    with socket.create_server(('127.0.0.1', 0)) as silent:
        address = '127.0.0.1:%d' % silent.getsockname()[1]
        cache = {'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache', 'LOCATION': address}
        (tmp_path / 'broken.py').write_text(f"{HORIZON}CACHES = {{'default': {cache}}}\n")
        code, lines, errors = run(tmp_path, 'broken', '--url', f'http://{address}/')

    assert (code, errors) == (2, '')
    assert f'http://{address}/ does not answer: nothing complete came within 3 seconds.' in '\n'.join(lines)
    assert "CACHES['default'] fails: it does not answer within 3 seconds." in '\n'.join(lines)


@pytest.mark.slow
def test_json_is_all_that_it_prints(tmp_path):
    """In an environment for tests there are no static files: an error."""
    (tmp_path / 'broken.py').write_text(HORIZON)
    code, lines, _ = run(tmp_path, 'broken', '--format', 'json')
    answer = json.loads('\n'.join(lines))

    assert code == answer['exit_status'] == 2
    assert answer['version'] == __version__
    assert any('static files' in found['what'] for found in answer['findings'])


def test_a_wrong_option_is_no_verdict(tmp_path):
    code, lines, errors = run(tmp_path, 'banana', '--banana')

    assert (code, lines) == (3, [])
    assert 'unrecognized arguments: --banana' in errors


@pytest.mark.parametrize('form', check.FORMATS)
def test_a_secret_is_never_shown(form):
    found = [finding.error('The service said: hunter2.', 'Do not say hunter2.')]
    shown = check.written(found, form, {'OS_TOKEN': 'hunter2\n', 'OS_PASSWORD': ''})

    assert 'hunter2' not in shown
    assert 'The service said: [OS_TOKEN].' in shown


@pytest.mark.parametrize('secret', ['error', '3', 'a"b', 'a\\b', 'ä', 'a\'\n"b'])
def test_json_stays_json_whatever_the_secret_is(secret):
    found = [finding.error(f'The service said: {secret} and {secret!r}.', '')]
    answer = json.loads(check.written(found, 'json', {'OS_PASSWORD': secret}))

    assert answer['exit_status'] == 2
    assert secret not in answer['findings'][0]['what']
    assert repr(secret)[1:-1] not in answer['findings'][0]['what']


def test_the_module_needs_nothing_that_may_be_missing():
    """Python finds it without Django and Horizon."""
    assert importlib.util.find_spec('gbp_status_ui.management.all_checks').name == check.ALL_CHECKS


def test_a_key_that_root_has_written_is_named_with_what_gives_it_away(monkeypatch, tmp_path):
    key = tmp_path / 'secret key'
    monkeypatch.setattr(settings_loader, '_owner_of', lambda path: 33 if path == tmp_path else 0)
    (found,) = check._of_keys([key])

    assert found.level == finding.ERROR
    assert found.to_do == f'Run "chown --reference={tmp_path} \'{key}\'".'
