# SPDX-License-Identifier: Apache-2.0
"""What is done before the services start: commands run to their end side by side, told of, and given up together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
import fcntl
from pathlib import Path
import subprocess
import threading
import time
from typing import Any
from typing import IO

from demo.errors import DemoError
from demo.processes import Command
from demo.processes import end
from demo.processes import last_words
from demo.processes import POLL_SECONDS
from demo.processes import Say
from demo.processes import spawn


class Preparation:
    """`say` is called with one line for each step."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self._given_up = threading.Event()

    def run(self, what: str, command: Command, log: Path, **options: Any) -> None:
        """Run `command` to its end with its output added to the file `log`; DemoError names the log if it fails."""
        with open(log, 'ab') as output:
            self._go_on()
            process = spawn(command, stdout=output, stderr=subprocess.STDOUT, **options)
            try:
                code = self._wait(process)
            finally:
                end([process])
        if code:
            raise DemoError('%s failed (exit code %s): %s; its log is %s' % (what, code, last_words(log), log))

    def _wait(self, process: subprocess.Popen[Any]) -> int:
        while process.poll() is None:
            self._go_on()
            time.sleep(POLL_SECONDS)
        return process.returncode

    @contextmanager
    def locked(self, path: Path) -> Iterator[None]:
        """Nobody else, in whatever process, holds the lock file `path` meanwhile."""
        with open(path, 'w') as lock:
            while not _acquired(lock):
                self._go_on()
                time.sleep(POLL_SECONDS)
            yield

    def give_up(self) -> None:
        """Make every thread that runs or waits here stop with a DemoError."""
        self._given_up.set()

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise DemoError('The preparation was given up.')


def _acquired(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
