# SPDX-License-Identifier: Apache-2.0
"""install, upgrade and remove: what they say, in which order they act, and that a failure leaves all as it was."""

import json
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from gbp_status_ui.management import settings_loader
from gbp_status_ui.management.installing import command
from gbp_status_ui.management.installing import copies
from gbp_status_ui.management.installing import interruption
from gbp_status_ui.management.installing import ownership
from gbp_status_ui.management.installing.horizon import Horizon
from gbp_status_ui.management.installing.horizon import Problem

from tests.unit.management.installing.snapshot import snapshot

OWNER = SimpleNamespace(pw_name='www-data', pw_uid=33, pw_gid=34)
GROUP = '_1590_project_gbp_status_panel_group.py'
OLD = "ADD_JS_FILES = ['gbp_status_ui/js/reading.js']\n"


@pytest.fixture
def host(tmp_path, monkeypatch):
    """A host with Horizon; ``ran`` is (command, user) of each process that was started, ``fails`` what it raises."""
    host = SimpleNamespace(
        dashboard=Horizon(tmp_path / 'openstack_dashboard', '27.0.0'),
        root=tmp_path / 'static',
        keys=[],
        ran=[],
        fails=None,
        others=[],
    )
    host.dashboard.enabled.mkdir(parents=True)
    host.dashboard.local_settings.mkdir()
    host.root.mkdir()

    def child(name, user):
        host.ran.append((name, user))
        if host.fails and name != 'facts':
            raise host.fails
        return json.dumps(
            {'static_root': host.root and str(host.root), 'compresses': True, 'keys': [str(key) for key in host.keys]}
        )

    monkeypatch.setattr(command, '_child', child)
    monkeypatch.setattr(command.horizon, 'find', lambda: host.dashboard)
    monkeypatch.setattr(command.horizon, 'others', lambda _found: host.others)
    monkeypatch.setattr(command.ownership, 'owner', lambda _root: None)
    host.tree = lambda: snapshot(tmp_path)
    return host


@pytest.fixture
def said(capsys):
    """Run a command and return (exit status, lines, lines of errors)."""

    def run(*arguments):
        status = command.run(arguments[0], list(arguments[1:]))
        output = capsys.readouterr()
        return status, output.out.splitlines(), output.err.splitlines()

    return run


@pytest.mark.parametrize('name', ['install', 'upgrade'])
def test_it_says_line_by_line_what_it_did_and_what_is_left(host, said, name):
    status, lines, errors = said(name)
    enabled = host.dashboard.enabled

    assert (status, errors) == (0, [])
    assert lines[1:-1] == [
        *(f'Wrote {enabled / shipped.name}' for shipped in copies.SHIPPED),
        f'Collected static files in {host.root}',
        'Compressed scripts and styles',
    ]
    assert lines[-1].startswith('Left to do: Restart the web server')
    assert host.ran == [('facts', None), ('install', None)]


def test_the_second_time_the_enabled_files_are_in_place(host, said):
    said('install')
    _status, lines, _errors = said('install')

    assert lines[1] == f'The enabled files are in place in {host.dashboard.enabled}.'


def test_where_there_is_nothing_to_remove_it_says_so(host, said):
    assert said('remove')[1][1] == f'There are no enabled files of the plugin in {host.dashboard.enabled}.'


@pytest.mark.parametrize('root', ['', None])
def test_a_horizon_without_a_place_for_static_files_is_one_line(host, said, root):
    host.root = root

    assert said('install') == (1, [], ["install: STATIC_ROOT is not set in Horizon's settings."])


def test_an_old_file_is_replaced_and_the_line_says_where_it_is(host, said):
    (host.dashboard.enabled / GROUP).write_text(OLD)
    _status, lines, _errors = said('upgrade')

    assert lines[1] == f'Replaced {host.dashboard.enabled / GROUP}; the old one stays as {GROUP}.bak'
    assert (host.dashboard.enabled / f'{GROUP}.bak').read_text() == OLD


@pytest.mark.parametrize('name', ['install', 'upgrade', 'remove'])
def test_a_dry_run_says_the_same_and_changes_nothing(host, said, name):
    (host.dashboard.enabled / GROUP).write_text(OLD)
    (host.root / 'gbp_status_ui').mkdir()
    (host.root / 'gbp_status_ui' / 'old.js').touch()
    before = host.tree()
    status, would, _errors = said(name, '--dry-run')

    assert status == 0
    assert host.tree() == before
    assert host.ran == [('facts', None)]
    assert [line for line in would if not line.startswith('Would ')] == [would[0], *(w for w in would if 'Left' in w)]

    _status, did, _errors = said(name)
    assert did == [in_the_past(line) for line in would]


def in_the_past(line):
    word, verb, *rest = line.split(' ')
    return ' '.join([command.PAST[verb], *rest]) if word == 'Would' else line


@pytest.mark.parametrize('name', ['install', 'upgrade', 'remove'])
def test_static_files_can_be_left_to_others(host, said, name):
    status, lines, _errors = said(name, '--no-static')

    assert status == 0
    assert host.ran == []
    assert 'Left to do: Run collectstatic and compress.' in lines
    assert not [line for line in lines if line.startswith(('Collected', 'Compressed'))]


def test_collected_files_that_nothing_needs_are_named(host, said):
    (host.root / 'gbp_status_ui').mkdir()
    (host.root / 'gbp_status_ui' / 'old.js').touch()
    _status, lines, _errors = said('install')

    assert 'Deleted 1 collected files that this release lacks: gbp_status_ui/old.js' in lines


def test_static_files_are_made_by_their_owner_who_gets_what_root_has_left(host, said, monkeypatch):
    given = []
    monkeypatch.setattr(command.ownership, 'owner', lambda _root: OWNER)
    monkeypatch.setattr(command.ownership, 'of_root', lambda _root: ['one', 'two'])
    monkeypatch.setattr(command.ownership, 'give', lambda *to: given.append(to))
    _status, lines, _errors = said('install')

    assert host.ran[-1] == ('install', OWNER)
    assert given == [(host.root, OWNER)]
    assert f'Gave 2 files and directories of root below {host.root} to www-data' in lines
    assert f'Collected static files in {host.root} as www-data' in lines


@pytest.mark.parametrize('failure', [Problem('No space left'), OSError('No space left')], ids=repr)
@pytest.mark.parametrize('name', ['install', 'remove'])
def test_a_failure_is_one_line_and_leaves_the_enabled_files_as_they_were(host, said, name, failure):
    (host.dashboard.enabled / GROUP).write_text(OLD)
    before, host.fails = host.tree(), failure
    status, _lines, errors = said(name)

    assert (status, errors) == (1, [f'{name}: No space left'])
    assert host.tree() == before


def test_an_interruption_leaves_the_enabled_files_as_they_were(host, said):
    before, host.fails = host.tree(), KeyboardInterrupt()
    status, _lines, errors = said('install')

    assert (status, errors) == (
        1,
        ['install: interrupted, and enabled files and compressed blocks are what they were.'],
    )
    assert host.tree() == before


def test_it_goes_on_where_nobody_reads_what_it_says(host, monkeypatch):
    """As behind ``| head -1``: static files of the plugin without its enabled files are an error on each page."""

    def print_(*_args, **_options):
        raise BrokenPipeError(32, 'Broken pipe')

    monkeypatch.setattr(command, 'print', print_, raising=False)

    assert command.run('install', []) == 0
    assert host.ran == [('facts', None), ('install', None)]
    assert (host.dashboard.enabled / GROUP).exists()


def test_two_at_a_time_do_not_disturb_each_other(host, said):
    before = host.tree()
    with ownership.nobody_else(host.dashboard.enabled):
        status, _lines, errors = said('install')

    assert (status, len(errors)) == (1, 1)
    assert errors[0].startswith(f'install: Another such command is changing {host.dashboard.enabled}.')
    assert host.tree() == before
    assert said('install')[0] == 0


def test_without_horizon_there_is_one_line(host, said, monkeypatch):
    def find():
        raise Problem('No Horizon.')

    monkeypatch.setattr(command.horizon, 'find', find)

    assert said('install') == (1, [], ['install: No Horizon.'])


def test_a_directory_that_cannot_be_written_is_found_before_anything_changes(host, said, monkeypatch):
    def refuse(*places):
        assert places == (host.dashboard.enabled, host.root)
        raise Problem('It cannot be written.')

    monkeypatch.setattr(command.ownership, 'must_be_writable', refuse)
    before = host.tree()

    assert said('install')[0] == 1
    assert host.tree() == before


def test_another_horizon_is_named(host, said):
    host.others = ['/usr/share/openstack-dashboard/openstack_dashboard']

    assert 'Another Horizon is in /usr/share/openstack-dashboard' in said('install')[1][1]


def test_a_key_that_the_web_server_cannot_read_is_named(host, said, monkeypatch, tmp_path):
    key = tmp_path / 'my keys' / 'key'
    owners = {key: 0, key.parent: 33}
    host.keys = [key, tmp_path / 'missing' / 'key']

    def line():
        return [line for line in said('install')[1] if 'chown' in line]

    monkeypatch.setattr(
        settings_loader, '_owner_of', lambda path: owners[path] if path in owners else path.stat().st_uid
    )
    assert line() == [f"Left to do: Let the web server read its key: chown '--reference={key.parent}' '{key}'"]
    owners[key] = 33
    assert line() == []


def test_removing_takes_what_is_among_horizons_own_files_too(host, said):
    own = host.dashboard.package / 'enabled' / GROUP
    own.parent.mkdir()
    own.write_text(OLD)

    assert f'Deleted {own}; the old one stays as {GROUP}.bak' in said('remove')[1]
    assert not own.exists()


@pytest.mark.parametrize('link', ['package', 'local'])
def test_directories_of_enabled_files_may_be_one(host, said, link):
    own = host.dashboard.package / 'enabled'
    if link == 'local':
        host.dashboard.enabled.rename(own)
        host.dashboard.enabled.symlink_to(own)
    else:
        own.symlink_to(host.dashboard.enabled)
    said('install')
    status, lines, errors = said('remove')

    assert (status, errors) == (0, [])
    assert f'Deleted {host.dashboard.enabled / GROUP}' in lines
    assert not list(own.iterdir())


def test_removing_deletes_the_directory_of_collected_files(host, said):
    (host.root / 'gbp_status_ui').mkdir()
    (host.root / 'gbp_status_ui' / 'old.js').touch()

    assert f'Deleted {host.root / "gbp_status_ui"} with 1 files' in said('remove')[1]


def test_removing_names_what_is_left(host, said):
    said('install')
    (host.dashboard.enabled / f'{GROUP}.bak').touch()
    (host.dashboard.local_settings / '_1591_mine.py').write_text('GBP_STATUS_UI = {}\n')
    (host.dashboard.local_settings / '_1000_other.py').write_text('DEBUG = False\n')
    _status, lines, _errors = said('remove')
    left = [line for line in lines if line.startswith('Left to do: ')]

    assert left[0].endswith(f'if you do not need it: {host.dashboard.enabled / GROUP}.bak')
    assert left[1].endswith(f'your settings of the plugin: {host.dashboard.local_settings / "_1591_mine.py"}')
    assert 'pip uninstall' in left[2]
    assert 'Restart' in left[3]
    assert len(left) == 4
    assert host.ran[-1] == ('remove', None)
    assert [path.name for path in host.dashboard.enabled.iterdir()] == [f'{GROUP}.bak']


@pytest.mark.parametrize(('managed', 'venv', 'flag'), [(True, False, True), (True, True, False), (False, False, False)])
def test_pip_is_told_to_uninstall_from_a_python_that_a_distribution_manages(tmp_path, monkeypatch, managed, venv, flag):
    if managed:
        (tmp_path / 'EXTERNALLY-MANAGED').touch()
    monkeypatch.setattr(command.sysconfig, 'get_path', lambda _name: str(tmp_path))
    monkeypatch.setattr(command.sys, 'prefix', command.sys.base_prefix + ('/venv' if venv else ''))

    assert ('--break-system-packages' in command._uninstall()) is flag


@pytest.fixture
def process(monkeypatch):
    """A process that ends as ``done`` says; ``given`` is what it was started with."""
    process = SimpleNamespace(given={}, done=subprocess.CompletedProcess([], 0, 'facts', ''))

    class Process:
        def __init__(self, arguments, **options):
            process.given.update(options, arguments=arguments)
            self.returncode = process.done.returncode

        def communicate(self):
            return process.done.stdout, process.done.stderr

        def __enter__(self):
            return self

        def __exit__(self, *_fault):
            pass

    monkeypatch.setattr(command.subprocess, 'Popen', Process)
    monkeypatch.setattr(command.interruption, 'ignore', lambda: None)
    return process


def test_a_process_runs_outside_of_any_clone_and_lets_everybody_read(process, monkeypatch):
    monkeypatch.setattr(command.ownership, 'identity', lambda user: {'user': user})

    assert command._child('install', OWNER) == 'facts'
    assert process.given['arguments'][-1] == 'install'
    assert (process.given['cwd'], process.given['umask'], process.given['user']) == ('/', 0o022, OWNER)
    assert process.given['env']['PYTHONDONTWRITEBYTECODE'] == '1'


@pytest.mark.parametrize(
    ('status', 'errors', 'words'),
    [(1, 'a warning\nOSError: full\n', 'what they were: OSError: full'), (-9, '', 'ended with status -9')],
)
def test_a_process_that_fails_is_one_line(process, status, errors, words):
    process.done = subprocess.CompletedProcess([], status, '', errors)
    with pytest.raises(Problem, match=words):
        command._child('install', None)


def test_remove_names_the_files_of_gbpui_which_may_not_load_any_more(host, said):
    (host.dashboard.enabled / '_1560_gbp_project_add_panel.py').touch()
    _status, lines, _errors = said('remove')
    (line,) = [one for one in lines if 'group-based-policy-ui' in one]

    assert line.startswith('Left to do: Delete')
    assert line.endswith('/_1560_gbp_project_add_panel.py')


def test_install_leaves_the_files_of_gbpui_unsaid(host, said):
    (host.dashboard.enabled / '_1560_gbp_project_add_panel.py').touch()

    assert 'group-based-policy-ui' not in ' '.join(said('install')[1])


@pytest.mark.parametrize('before', ['', 'A line.\n'])
def test_settings_may_print_lines_of_their_own(monkeypatch, before):
    monkeypatch.setattr(command, '_child', lambda _command, _user: before + '{"static_root": "/s"}\n')

    assert command._facts() == {'static_root': '/s'}


def test_settings_that_end_the_process_are_one_line(monkeypatch):
    monkeypatch.setattr(command, '_child', lambda _command, _user: '')
    with pytest.raises(Problem, match='its settings end the process'):
        command._facts()


#: Interrupts the process that has started it, and takes its time to end by itself once it is told to.
SLOW = """
import os, pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.default_int_handler)
try:
    os.kill(os.getppid(), signal.%s)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.5)
pathlib.Path(sys.argv[1]).touch()
sys.exit(int(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def not_in_the_background():
    """Take signals as a program in the foreground does; a job of the background has some of them ignored."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in interruption.SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def slow(monkeypatch, tmp_path):
    """Start a process that has this one interrupted, and has to end by itself; return what it printed."""

    def start(number, status, name):
        done = tmp_path / 'done'
        monkeypatch.setattr(command, 'CHILD', [sys.executable, '-c', SLOW % number, str(done), str(status)])
        try:
            with interruption.once():
                return command._child(name, None)
        finally:
            assert done.exists()

    return start


@pytest.mark.slow
@pytest.mark.parametrize('number', ['SIGHUP', 'SIGINT', 'SIGTERM'])
def test_an_interruption_waits_until_the_process_has_put_all_back(slow, number):
    with pytest.raises(KeyboardInterrupt):
        slow(number, 1, 'install')


def test_an_interruption_comes_too_late_for_a_process_that_has_done_all(slow):
    assert slow('SIGINT', 0, 'install') == ''


def test_an_interruption_ends_what_has_changed_nothing(slow):
    with pytest.raises(KeyboardInterrupt):
        slow('SIGINT', 0, 'facts')


def test_a_second_interruption_does_not_stop_the_undoing():
    with interruption.once():
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
