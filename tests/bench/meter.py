# SPDX-License-Identifier: Apache-2.0
"""What a request costs: seconds, calls to Neutron, bytes on the wire, and the CPU time of Horizon's processes."""

import contextlib
import ctypes
import dataclasses
import os
from pathlib import Path
import random
import time

_LIBC = ctypes.CDLL(None)


@dataclasses.dataclass
class Cost:
    """``calls`` are those of demo.cloud.Cloud.calls, extensions left out: they are asked for every five minutes."""

    seconds: float = 0.0
    cpu: float = 0.0
    calls: list = dataclasses.field(default_factory=list)

    @property
    def outside(self):
        """The seconds in which Neutron was answering none of the calls."""
        within, until = 0.0, 0.0
        for call in self.calls:
            within += max(0.0, call['end'] - max(call['start'], until))
            until = max(until, call['end'])
        return self.seconds - within


def take_turns(ways, rounds):
    """Call each of {name: callable} once a round, in an order by chance; return {name: [what it returned]}."""
    found = {name: [] for name in ways}
    for _ in range(rounds):
        for name in random.sample(list(ways), len(ways)):
            found[name].append(ways[name]())
    return found


@contextlib.contextmanager
def metered(cloud, processes=()):
    """Yield a :class:`Cost` that is filled in at the end of the block."""
    cost = Cost()
    since, began_at, before = time.time(), time.monotonic(), cpu_of(processes)
    yield cost
    cost.seconds, cost.cpu = time.monotonic() - began_at, cpu_of(processes) - before
    cost.calls = calls_of(cloud, since)


def calls_of(cloud, since):
    """Return the reads that Neutron has started since a time."""
    reads = [call for call in cloud.calls(since) if call['method'] == 'GET']
    return [call for call in reads if 'extensions' not in call['path']]


def calls_of_plugin(cloud, since):
    """Return those of them that are the plugin's.

    group-based-policy-ui has a script on each page of the dashboard, which lists groups for its dialogs. All lists of
    the plugin name the attributes that they want, and those do not.
    """
    return [call for call in calls_of(cloud, since) if _is_show(call) or 'fields=' in call['query']]


def full_lists(calls, collection=''):
    """Return those of some calls that list all resources of a collection, or of any."""
    return [call for call in calls if call['path'].endswith(collection) and _is_full_list(call)]


def _is_full_list(call):
    names = {pair.split('=')[0] for pair in call['query'].split('&') if pair}
    return not _is_show(call) and not names - {'fields', 'tenant_id', 'shared'}


def _is_show(call):
    return '-' in call['path'].rsplit('/', 1)[1]


def family(port):
    """Return the ids of the process that listens on a port of this machine and of its children: gunicorn's workers."""
    address = f':{port:04X}'
    lines = Path('/proc/net/tcp').read_text().splitlines()[1:]
    sockets = {line.split()[9] for line in lines if line.split()[1].endswith(address) and line.split()[3] == '0A'}
    return [int(process.name) for process in Path('/proc').glob('[0-9]*') if _holds(process, sockets)]


def _holds(process, sockets):
    with contextlib.suppress(OSError):
        return any(str(file.readlink()) in {f'socket:[{inode}]' for inode in sockets} for file in process.glob('fd/*'))
    return False


def cpu_of(processes):
    """Return the seconds of CPU that processes have used, in all their threads, those that have ended included."""
    return sum(time.clock_gettime(_clock_of(process)) for process in processes)


def _clock_of(process):
    """Return the clock of a process's CPU: nanoseconds, where /proc/<pid>/stat counts in hundredths of seconds."""
    clock = ctypes.c_int()
    fault = _LIBC.clock_getcpuclockid(process, ctypes.byref(clock))
    if fault:
        raise OSError(fault, f'The CPU of process {process} cannot be measured: {os.strerror(fault)}')
    return clock.value


def bytes_down(answer):
    """How long an answer is on the wire, its headers included."""
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    body = answer.headers.get('Content-Length')
    return (
        len(f'HTTP/1.1 {answer.status_code} {answer.reason}') + 4 + head + (int(body) if body else len(answer.content))
    )


def bytes_up(answer):
    """How long the request was for which an answer came."""
    asked = answer.request
    head = sum(len(name) + len(value) + 4 for name, value in asked.headers.items())
    return len(f'{asked.method} {asked.path_url} HTTP/1.1') + 4 + head
