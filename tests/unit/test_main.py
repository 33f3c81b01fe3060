# SPDX-License-Identifier: Apache-2.0
"""python3 -m gbp_status_ui: one command of several, and no traceback."""

import subprocess
import sys

import pytest

from gbp_status_ui import __main__ as entry


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """Outside of the clone, where the commands run at once."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize('arguments', [[], ['BANANA'], ['--BANANA']])
def test_without_a_command_it_says_which_there_are(capsys, arguments):
    assert entry.main(arguments) == 2
    assert all(f'  {name} ' in capsys.readouterr().err for name in ['check'])


def test_help_is_no_mistake(capsys):
    assert entry.main(['--help']) == 0
    assert capsys.readouterr().out.startswith('usage: python3 -m gbp_status_ui')


def test_a_command_is_given_its_name_and_its_options(monkeypatch):
    monkeypatch.setitem(entry.COMMANDS, 'check', (lambda *given: given, ''))

    assert entry.main(['check', '--url', 'x']) == ('check', ['--url', 'x'])


@pytest.mark.releases
def test_settings_that_cannot_be_loaded_are_one_line(tmp_path):
    (tmp_path / 'broken_settings.py').write_text('1 / 0\n')
    done = subprocess.run(
        [sys.executable, '-m', 'gbp_status_ui', 'report'],
        check=False,
        env={'DJANGO_SETTINGS_MODULE': 'broken_settings', 'PYTHONPATH': f'{entry.SOURCES}:{tmp_path}'},
        stderr=subprocess.PIPE,
        text=True,
    )

    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"Horizon cannot be loaded by {sys.executable}: ZeroDivisionError('division by zero')."
    ]


@pytest.mark.slow
@pytest.mark.releases
def test_settings_are_loaded_without_a_trace(tmp_path):
    key = tmp_path / 'key'
    (tmp_path / 'own.py').write_text(
        'from openstack_dashboard.settings import *\n'
        'from horizon.utils import secret_key\n'
        f'SECRET_KEY = secret_key.generate_or_read_from_file({str(key)!r})\n'
    )
    subprocess.run(
        [sys.executable, '-m', 'gbp_status_ui', 'report', '--help'],
        check=True,
        env={'DJANGO_SETTINGS_MODULE': 'own', 'PYTHONPATH': f'{entry.SOURCES}:{tmp_path}'},
        stdout=subprocess.DEVNULL,
    )

    assert not key.exists()


def run(directory, *arguments, **environment):
    """Return the process of a command that was started in a directory, and has ended."""
    return subprocess.run(
        [sys.executable, '-m', 'gbp_status_ui', *arguments],
        check=False,
        cwd=directory,
        env={'PYTHONPATH': str(entry.SOURCES), **environment},
        capture_output=True,
        text=True,
    )


def test_a_horizon_in_the_working_directory_is_not_the_one(tmp_path):
    dashboard = tmp_path / 'openstack_dashboard'
    (dashboard / 'local' / 'enabled').mkdir(parents=True)
    (dashboard / '__init__.py').touch()
    done = run(tmp_path, 'install', '--no-static', '--dry-run')

    assert ' in ' in done.stdout.splitlines()[0]
    assert str(dashboard) not in done.stdout


def test_the_working_directory_may_have_been_deleted(tmp_path):
    """As that of a shell that is still in an old clone."""
    gone = tmp_path / 'clone'
    gone.mkdir()
    done = subprocess.run(
        ['sh', '-c', f'rmdir {gone}; exec {sys.executable} -m gbp_status_ui install --no-static --dry-run'],
        check=False,
        cwd=gone,
        env={'PYTHONPATH': str(entry.SOURCES)},
        stderr=subprocess.PIPE,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, '')


def test_what_the_locale_cannot_write_is_written_otherwise(tmp_path):
    (tmp_path / 'ä.py').write_text('1 / 0\n', encoding='utf-8')
    path = f'{entry.SOURCES}:{tmp_path}'
    done = run('/', 'check', PYTHONPATH=path, DJANGO_SETTINGS_MODULE='ä', PYTHONUTF8='1', PYTHONIOENCODING='ascii')

    assert done.returncode == 2
    assert '\\xe4.py, line 1' in done.stdout
    assert done.stderr == ''


@pytest.mark.parametrize(('fault', 'status'), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_what_ends_a_command_early_is_no_traceback(monkeypatch, fault, status):
    def end(_arguments):
        raise fault

    replaced = []
    monkeypatch.setattr(entry, 'main', end)
    monkeypatch.setattr(entry.os, 'dup2', lambda *_descriptors: replaced.append(fault))
    monkeypatch.setattr(entry.sys.stdout, 'fileno', lambda: 1)

    assert entry.start() == status
    assert replaced == [fault] * (fault is BrokenPipeError)


def test_an_output_that_is_full_or_closed_is_no_traceback():
    def said(redirection):
        command = f'exec {sys.executable} -m gbp_status_ui --help {redirection}'
        environment = {'PYTHONPATH': str(entry.SOURCES)}
        done = subprocess.run(
            ['sh', '-c', command], check=False, cwd='/', env=environment, stderr=subprocess.PIPE, text=True
        )
        return done.returncode, done.stderr

    assert said('> /dev/full') == (3, 'gbp_status_ui: [Errno 28] No space left on device.\n')
    assert said('>&-') == (0, '')


@pytest.fixture
def started_again(monkeypatch):
    """The arguments of each time that Python was started again, and the directory."""
    started = []
    monkeypatch.setattr(entry.os, 'execv', lambda _python, arguments: started.append(arguments[1:]))
    monkeypatch.setattr(entry.sys, 'argv', ['__main__.py', 'check', '--url', 'x'])
    return started


def test_inside_a_clone_the_installed_package_is_what_runs(monkeypatch, started_again):
    directories = []
    monkeypatch.chdir(entry.SOURCES)
    monkeypatch.setattr(entry.os, 'chdir', directories.append)
    entry.leave_the_clone()

    assert directories == ['/']
    assert started_again == [['-m', 'gbp_status_ui', 'check', '--url', 'x']]


def test_elsewhere_it_stays_where_it_is(started_again):
    entry.leave_the_clone()

    assert started_again == []


def test_a_clone_that_is_not_installed_is_one_line(monkeypatch, started_again):
    monkeypatch.chdir(entry.SOURCES)
    monkeypatch.setattr(entry.metadata, 'distributions', lambda **_where: [])
    with pytest.raises(SystemExit, match='is not installed for') as left:
        entry.leave_the_clone()

    assert 'pip install .' in left.value.code
