# SPDX-License-Identifier: Apache-2.0
"""Starts the services, waits until each answers, watches them and ends them together; cloud.py is the only caller."""

import os
from pathlib import Path
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from demo.errors import DemoError

LIFELINE = Path(__file__).with_name('lifeline.py')
POLL_SECONDS = 0.05
# Neutron 20.5 takes some 6 s to come up alone, and several times that beside a running test suite on two cores.
READY_SECONDS = 90
STOP_SECONDS = 6


def spawn(command, **options):
    """Popen in a session of its own (a Ctrl-C reaches the demo alone, which ends the rest in order).

    The kernel ends the child when the *thread* that started it ends: call this from a thread that stays.
    """
    guarded = [sys.executable, '-S', '-E', str(LIFELINE), str(os.getpid()), *map(str, command)]
    return subprocess.Popen(guarded, stdin=subprocess.DEVNULL, start_new_session=True, **options)


def end(processes):
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


def _signal_groups(processes, number):
    for process in processes:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            continue


def answers(url):
    """Whether an HTTP server answers at `url` with anything but a server error."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10):
            return True
    except urllib.error.HTTPError as refused:
        return refused.code < 500
    except OSError:
        return False


class Services:
    """The long-running processes of one cloud."""

    def __init__(self, logs):
        self.logs = Path(logs)
        self._running = {}

    def log(self, name):
        return self.logs / (name + '.log')

    def start(self, name, command, environment=None, directory=None):
        with open(self.log(name), 'wb') as output:
            self._running[name] = spawn(
                command,
                env={**os.environ, **(environment or {})},
                cwd=directory,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self, name, url):
        """Return when `url` answers; DemoError if any service dies meanwhile or it takes too long."""
        deadline = time.monotonic() + READY_SECONDS
        while not answers(url):
            self.check()
            if time.monotonic() > deadline:
                raise DemoError('%s does not answer after %d s; its log is %s' % (name, READY_SECONDS, self.log(name)))
            time.sleep(POLL_SECONDS)

    def check(self):
        """DemoError if a service has died."""
        for name, process in self._running.items():
            code = process.poll()
            if code is not None:
                raise DemoError('%s has ended by itself (exit code %s); its log is %s' % (name, code, self.log(name)))

    def stop(self):
        """End all: first those that use others, so that nothing logs a lost peer."""
        end(list(reversed(list(self._running.values()))))
        self._running = {}
