# SPDX-License-Identifier: Apache-2.0
"""Starts the services, waits until each answers, watches them and ends them together; cloud.py is the only caller."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
import os
from pathlib import Path
import re
import signal
import subprocess
import sys
import time
from typing import Any
import urllib.error
import urllib.request

from demo.errors import DemoError

#: A program and its arguments; paths and numbers become texts.
Command = Sequence[object]
#: Tells the user one line.
Say = Callable[[str], object]

LIFELINE = Path(__file__).with_name('lifeline.py')
POLL_SECONDS = 0.05
# Neutron 20.5 takes some 6 s to come up alone, and many times that on a busy machine: as long as its process lives it
# is waited for, and the user is told of that. The end is for tests, which nobody ends.
PROGRESS_INTERVAL_SECONDS, GIVE_UP_SECONDS = 30, 1800
# The first answer of Horizon on a busy machine.
ANSWER_SECONDS = 120
STOP_SECONDS = 6
# What Python, pip and uv call an error, and what they say of it.
ERROR = re.compile(r'[\w.]*(error|exception)\w*: \S.*', re.IGNORECASE)
# Of a log, in the line that tells of a failure.
MAX_CHARACTERS = 300


def spawn(command: Command, **options: Any) -> subprocess.Popen[Any]:
    """Popen in a session of its own (a Ctrl-C reaches the demo alone, which ends the rest in order).

    The kernel ends the child when the *thread* that started it ends: call this from a thread that stays.
    """
    guarded = [sys.executable, '-S', '-E', str(LIFELINE), str(os.getpid()), *map(str, command)]
    return subprocess.Popen(guarded, stdin=subprocess.DEVNULL, start_new_session=True, **options)


def end(processes: Sequence[subprocess.Popen[Any]]) -> None:
    """End every process and whatever else is in its session; at the latest after STOP_SECONDS by SIGKILL."""
    _signal_groups([process for process in processes if process.poll() is None], signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            continue
    # A service that died by itself may have left workers, so the groups of all are asked.
    _signal_groups(processes, signal.SIGKILL)
    for process in processes:
        process.wait()


def _signal_groups(processes: Sequence[subprocess.Popen[Any]], number: int) -> None:
    for process in processes:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            continue


def answers(url: str) -> bool:
    """Whether an HTTP server answers at `url` with anything but a server error."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=ANSWER_SECONDS):
            return True
    except urllib.error.HTTPError as refused:
        return refused.code < 500
    except OSError:
        return False


def last_words(log: Path) -> str:
    """What a log says that tells why: the last error with its text, or else the last line."""
    lines = [line.strip() for line in log.read_text(errors='replace').splitlines() if line.strip()]
    errors = [found[0] for found in map(ERROR.search, lines) if found]
    return (errors or lines or ['it said nothing'])[-1][:MAX_CHARACTERS]


class Services:
    """The long-running processes of one cloud."""

    def __init__(self, logs: str | Path, say: Say = lambda line: None) -> None:
        self.logs = Path(logs)
        self._say = say
        self._running: dict[str, subprocess.Popen[Any]] = {}

    def log(self, name: str) -> Path:
        return self.logs / (name + '.log')

    def start(
        self, name: str, command: Command, environment: Mapping[str, str] | None = None, directory: Path | None = None
    ) -> None:
        with open(self.log(name), 'wb') as output:
            self._running[name] = spawn(
                command,
                env={**os.environ, **(environment or {})},
                cwd=directory,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self, name: str, url: str) -> None:
        """Return when `url` answers, and tell every while that it does not; DemoError if any service dies meanwhile."""
        began_at, told = time.monotonic(), 0.0
        while not answers(url):
            self.check()
            waited = time.monotonic() - began_at
            line = '%s does not answer after %d s; its log is %s' % (name, waited, self.log(name))
            if waited > GIVE_UP_SECONDS:
                raise DemoError(line)
            if waited > told + PROGRESS_INTERVAL_SECONDS:
                told = waited
                self._say('Still waiting: ' + line)
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """DemoError if a service has died."""
        for name, process in self._running.items():
            code = process.poll()
            if code is not None:
                said = last_words(self.log(name))
                raise DemoError(
                    '%s has ended by itself (exit code %s): %s; its log is %s' % (name, code, said, self.log(name))
                )

    def stop(self) -> None:
        """End all: first those that use others, so that nothing logs a lost peer."""
        end(list(reversed(list(self._running.values()))))
        self._running = {}
