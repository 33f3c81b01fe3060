# SPDX-License-Identifier: Apache-2.0
"""The demo compresses styles in one thread: several break each other's in some releases of django-compressor."""

from concurrent import futures
import threading

from django.core import management

from demo.inside import compress


def test_what_compress_does_at_once_is_done_by_one_thread(monkeypatch):
    monkeypatch.setattr(futures, 'ThreadPoolExecutor', futures.ThreadPoolExecutor)
    commands, both = [], threading.Barrier(2)
    monkeypatch.setattr(management, 'execute_from_command_line', commands.append)

    compress.main(['--force'])
    with futures.ThreadPoolExecutor(max_workers=4) as pool:
        waits = [pool.submit(both.wait, 1) for _ in range(2)]

    assert commands == [['django', 'compress', '--force']]
    assert all(isinstance(one.exception(), threading.BrokenBarrierError) for one in waits)
