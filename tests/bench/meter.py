# SPDX-License-Identifier: Apache-2.0
"""What a request costs: seconds, calls to Neutron, bytes on the wire, and the CPU time of Horizon's processes."""

import contextlib
import dataclasses
import os
from pathlib import Path
import time

_TICKS = os.sysconf('SC_CLK_TCK')


@dataclasses.dataclass
class Cost:
    """``calls`` are those of demo.cloud.Cloud.calls, extensions left out: they are asked for every five minutes."""

    seconds: float = 0.0
    cpu: float = 0.0
    calls: list = dataclasses.field(default_factory=list)


@contextlib.contextmanager
def metered(cloud, processes=()):
    """Yield a :class:`Cost` that is filled in at the end of the block."""
    cost = Cost()
    since, begun, before = time.time(), time.monotonic(), cpu_of(processes)
    yield cost
    cost.seconds, cost.cpu = time.monotonic() - begun, cpu_of(processes) - before
    cost.calls = calls_of(cloud, since)


def calls_of(cloud, since):
    """Return the reads that Neutron has begun since a time."""
    reads = [call for call in cloud.calls(since) if call['method'] == 'GET']
    return [call for call in reads if 'extensions' not in call['path']]


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
    """Return the seconds of CPU that processes have used."""
    return sum(sum(_times(process)) for process in processes) / _TICKS


def _times(process):
    return map(int, Path(f'/proc/{process}/stat').read_text().rpartition(')')[2].split()[11:13])


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
