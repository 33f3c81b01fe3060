# SPDX-License-Identifier: Apache-2.0
"""What a user may get wrong, or a machine may lack, is one line and an exit status, and no traceback."""

import errno
import itertools
import os
from pathlib import Path
import subprocess
import sys

import pytest

from demo import __main__ as command_line
from demo import cloud
from demo import dashboard
from demo import directories
from demo import environments
from demo import interpreters
from demo import ports
from demo import processes
from demo import settings_paths
from demo.errors import DemoError
from demo.preparation import Preparation

ROOT = Path(__file__).parents[2]
PORTS = 'it has to be a number from 1 to 65535.'


def told(*arguments, **variables):
    """Return (exit status, what it says) of a demo that ends at once."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith('DEMO_')}
    done = subprocess.run(
        [sys.executable, '-m', 'demo', *arguments],
        env={**environment, 'DEMO_DIR': '/proc/no-directory', **variables},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ('port', 'status', 'line'),
    [
        ('0', 1, f'DEMO_PORT is 0; {PORTS}'),
        ('-1', 1, f'DEMO_PORT is -1; {PORTS}'),
        ('65536', 1, f'DEMO_PORT is 65536; {PORTS}'),
        ('9' * 20, 1, f'DEMO_PORT is {"9" * 20}; {PORTS}'),
        ('eight', 2, "demo: argument --port: 'eight' is not a number; see `python3 -m demo --help`."),
        ('8_080', 2, "demo: argument --port: '8_080' is not a number; see `python3 -m demo --help`."),
        ('٨٠', 2, "demo: argument --port: '\\u0668\\u0660' is not a number; see `python3 -m demo --help`."),
    ],
)
def test_a_port_that_is_none(port, status, line):
    assert told(DEMO_PORT=port) == (status, line + '\n')


@pytest.mark.parametrize(
    ('name', 'value', 'line'),
    [
        ('DEMO_GBP', '17', 'GBP 17 is not known here; choose one or two of 16, 18.'),
        ('DEMO_BACKEND', 'opflex', 'Backend opflex is not known here; choose one of apic, reference, detailed.'),
        ('DEMO_COSTS', 'much', 'Costs like those of much are not known here; choose apic.'),
        ('DEMO_DIR', '/dev/null', '/dev/null cannot be used (File exists); choose another directory with DEMO_DIR.'),
        (
            'DEMO_DIR',
            str(ROOT / 'setup.cfg'),
            f'{ROOT}/setup.cfg cannot be used (it is a file); choose another directory with DEMO_DIR.',
        ),
        (
            'DEMO_DIR',
            str(ROOT / 'setup.cfg' / 'x'),
            f'{ROOT}/setup.cfg/x cannot be used (Not a directory); choose another directory with DEMO_DIR.',
        ),
        (
            'DEMO_DIR',
            '/proc/two\nlines',
            "'/proc/two\\nlines' has characters that cannot be printed; choose another directory with DEMO_DIR.",
        ),
        (
            'DEMO_DIR',
            '/proc/no-directory',
            '/proc/no-directory cannot be used (No such file or directory); choose another directory with DEMO_DIR.',
        ),
    ],
)
def test_a_setting_that_does_not_fit(name, value, line):
    assert told(**{name: value}) == (1, line + '\n')


@pytest.mark.parametrize('option', [['--workers', '0'], ['--workers', 'x'], ['--what'], ['x']], ids=' '.join)
def test_an_option_that_does_not_fit(option):
    status, said = told(*option)

    assert status in {1, 2}
    assert said.count('\n') == 1


def test_a_horizon_is_named_with_the_python_that_it_needs():
    with pytest.raises(
        DemoError, match=r'22\.1\.1 \(Python 3\.9\), .*25\.7\.3 \(Python 3\.13\), 27\.0\.0 \(Python 3\.11\)'
    ):
        cloud.check_releases(('16',), '23.0')
    assert len(dashboard.choices().split(', ')) == len(dashboard.releases())


def test_directories_of_environments_are_looked_at(tmp_path):
    (tmp_path / 'file').touch()
    with pytest.raises(DemoError, match=r'file cannot be used \(it is a file\); choose .* with DEMO_ENVIRONMENTS'):
        environments.Environments(tmp_path / 'file', None)


def test_a_directory_that_cannot_be_written_to_is_refused(tmp_path, monkeypatch):
    """Root may write anywhere, and so may these tests."""

    def refuse(**_options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), 'some name')

    monkeypatch.setattr(directories.tempfile, 'TemporaryFile', refuse)
    with pytest.raises(DemoError, match=r'cannot be used \(Permission denied\); choose'):
        directories.require_usable(tmp_path, 'DEMO_DIR')


def test_a_directory_that_can_be_used_is_made_and_left_empty(tmp_path):
    directories.require_usable(tmp_path / 'a' / 'b', 'DEMO_DIR')

    assert list((tmp_path / 'a' / 'b').iterdir()) == []


def test_a_disk_that_is_full_is_one_line(tmp_path, monkeypatch, capsys):
    def fill(*_arguments):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), 'ports.json')

    monkeypatch.setattr(command_line, 'run', fill)
    monkeypatch.setattr(command_line.signal, 'signal', lambda *_: None)

    assert command_line.main([], {}) == 1
    assert capsys.readouterr().err == 'The demo cannot go on: No space left on device: ports.json\n'


def test_ports_that_a_full_disk_has_not_written_are_new_ones(tmp_path):
    (tmp_path / 'ports.json').touch()

    assert ports.remembered(tmp_path / 'ports.json', ['a']).keys() == {'a'}


@pytest.mark.parametrize(
    ('log', 'said'),
    [
        (
            'Traceback\n  File\nsqlite3.OperationalError: disk is full\n12 ERROR keystone\n',
            'sqlite3.OperationalError: disk is full',
        ),
        ('error: Failed to fetch: x\n  Caused by: dns\n', 'error: Failed to fetch: x'),
        ('ERROR: No matching distribution\nhint\n', 'ERROR: No matching distribution'),
        ('one\n\ntwo\n\n', 'two'),
        ('', 'it said nothing'),
        ('Error: ' + 'x' * 1000, 'Error: ' + 'x' * (processes.MAX_CHARACTERS - 7)),
    ],
    ids=['python', 'uv', 'pip', 'other', 'nothing', 'much'],
)
def test_a_command_that_fails_says_why_and_where_its_log_is(tmp_path, log, said):
    command = [sys.executable, '-c', 'import sys; print(sys.argv[1], end=""); exit(3)', log]
    with pytest.raises(DemoError) as found:
        Preparation(print).run('Counting', command, tmp_path / 'log')

    assert str(found.value) == f'Counting failed (exit code 3): {said}; its log is {tmp_path}/log'


def test_a_service_that_ends_says_why_and_where_its_log_is(tmp_path):
    services = processes.Services(tmp_path)
    services.start('one', [sys.executable, '-c', 'raise SystemExit("Error: no port")'])
    services._running['one'].wait()
    with pytest.raises(
        DemoError, match=r'one has ended by itself \(exit code 1\): Error: no port; its log is .*one\.log'
    ):
        services.check()
    services.stop()


def test_a_slow_service_is_waited_for_and_told_of(tmp_path, monkeypatch):
    clock, lines = itertools.count(step=20), []
    monkeypatch.setattr(processes.time, 'monotonic', lambda: next(clock))
    monkeypatch.setattr(processes.time, 'sleep', lambda _seconds: None)
    answers = iter([False] * 8 + [True])
    monkeypatch.setattr(processes, 'answers', lambda _url: next(answers))
    processes.Services(tmp_path, lines.append).wait_until_ready('horizon', 'http://x')

    log = tmp_path / 'horizon.log'
    assert lines == [
        f'Still waiting: horizon does not answer after {seconds} s; its log is {log}' for seconds in (40, 80, 120, 160)
    ]


def test_a_service_is_not_waited_for_without_end(tmp_path, monkeypatch):
    clock = itertools.count(step=processes.GIVE_UP_SECONDS)
    monkeypatch.setattr(processes.time, 'monotonic', lambda: next(clock))
    monkeypatch.setattr(processes.time, 'sleep', lambda _seconds: None)
    monkeypatch.setattr(processes, 'answers', lambda _url: False)
    with pytest.raises(DemoError, match='horizon does not answer after'):
        processes.Services(tmp_path).wait_until_ready('horizon', 'http://x')


def test_a_user_without_a_home_has_no_pyenv():
    code = 'from demo import interpreters; print(interpreters._kept("3.9"))'
    environment = {name: value for name, value in os.environ.items() if name not in ('HOME', 'PYENV_ROOT')}
    code = f'import os; os.path.expanduser = lambda path: path; {code}'
    done = subprocess.run(
        [sys.executable, '-c', code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout == 'None\n'
    assert interpreters.TIME_LIMIT_SECONDS > 600


@pytest.mark.parametrize('name', ['a b', '$HOME', 'a#b', '%41', 'a?b', 'it"s', "it's", 'é', 'a:b', 'a,b', '~', 'a&b;'])
def test_a_path_that_settings_would_read_otherwise_is_told_as_a_link(tmp_path, name):
    odd = tmp_path / name
    odd.mkdir()
    (odd / 'file').write_text('here')
    told_path = settings_paths.plain(odd)

    assert settings_paths.PLAIN.fullmatch(str(told_path))
    assert (told_path / 'file').read_text() == 'here'
    assert settings_paths.plain(odd) == told_path


def test_a_plain_path_is_told_as_it_is():
    assert settings_paths.plain(Path('/a/b-c_d.1')) == Path('/a/b-c_d.1')
