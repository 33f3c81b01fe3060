# SPDX-License-Identifier: Apache-2.0
"""Time that passes only while something is waited for, so that calls take seconds and tests take none.

A call to the stand-in sleeps for as long as ``StandIn.takes`` says; a request that waits for calls lets that time pass.
Of the test's thread and those that make calls one runs at a time, in the order of their times: each run is the same.
"""

import collections
from concurrent import futures
import heapq
import itertools
import math
import threading
import time
import types

#: For how many real seconds a thread may compute before the simulation is taken to be stuck.
WAIT_SECONDS = 30

#: How much later each look at the clock is than the one before.
LOOK_SECONDS = 1e-6


class Simulation:
    """The clock, the pool of threads and the conditions of simulated time."""

    def __init__(self):
        self._begun = time.time()
        self._passed = 0.0
        self._looks = itertools.count(1)
        self._numbers = itertools.count()
        self._workers = 1
        self._jobs = collections.deque()
        self._waiting = []
        self._threads = {}
        self._back = threading.Event()
        self._faults = []
        #: In the place of the modules of the same names.
        self.clock = types.SimpleNamespace(time=self.time, monotonic=self.monotonic)
        self.concurrent = types.SimpleNamespace(
            futures=types.SimpleNamespace(
                ThreadPoolExecutor=self._executor, wait=self._wait_for, FIRST_EXCEPTION=futures.FIRST_EXCEPTION
            )
        )
        self.threading = types.SimpleNamespace(Condition=lambda: _Condition(self), Lock=threading.Lock)

    def time(self):
        return self._begun + self.monotonic() + next(self._looks) * LOOK_SECONDS

    def monotonic(self):
        return self._passed

    def _executor(self, workers, **_options):
        self._workers = workers
        return self

    def _wait_for(self, some, seconds, return_when):
        """Do as :func:`concurrent.futures.wait` does until the first exception."""
        assert return_when == futures.FIRST_EXCEPTION
        self.run(max(0, seconds), lambda: all(one.done() for one in some) or any(map(_is_refused, some)))

    def submit(self, function, *arguments):
        """Have a thread do something, as :class:`concurrent.futures.Executor` does."""
        self._jobs.append((function, arguments))

    def let_pass(self, seconds):
        """Let time pass, in whichever thread."""
        awoken = self._threads.get(threading.get_ident())
        if awoken is None:
            self.run(seconds)
        else:
            self._wake(seconds, awoken)
            self._back.set()
            _wait(awoken)

    def run(self, seconds, is_done=lambda: False):
        """Let the threads run for some seconds, or until something is so."""
        ends = self._passed + seconds
        self._begin()
        while self._waiting and self._waiting[0][0] <= ends and not is_done():
            at, _number, awoken = heapq.heappop(self._waiting)
            self._passed = max(self._passed, at)
            awoken.set()
            _wait(self._back)
            if self._faults:
                raise self._faults.pop()
            self._begin()
        if not is_done() and math.isfinite(ends):
            self._passed = max(self._passed, ends)

    @property
    def is_idle(self):
        """Whether no call is on its way."""
        return not self._jobs and not self._waiting

    def _begin(self):
        while self._jobs and len(self._threads) < self._workers:
            awoken = threading.Event()
            thread = threading.Thread(target=self._work, args=(awoken, *self._jobs.popleft()), daemon=True)
            thread.start()
            self._threads[thread.ident] = awoken
            self._wake(0, awoken)

    def _work(self, awoken, function, arguments):
        _wait(awoken)
        try:
            function(*arguments)
        except Exception as fault:  # noqa: BLE001 - raised by the thread of the test
            self._faults.append(fault)
        del self._threads[threading.get_ident()]
        self._back.set()

    def _wake(self, seconds, awoken):
        heapq.heappush(self._waiting, (self._passed + seconds, next(self._numbers), awoken))


class _Condition:
    """A condition that a request waits for, as :class:`threading.Condition`."""

    def __init__(self, simulation):
        self._simulation = simulation
        self._lock = threading.RLock()
        self._is_notified = False

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *details):
        return self._lock.__exit__(*details)

    def wait(self, seconds):
        self._is_notified = False
        return self.wait_for(lambda: self._is_notified, seconds)

    def wait_for(self, is_so, seconds):
        self._lock.release()
        try:
            self._simulation.run(max(0, seconds), is_so)
        finally:
            self._lock.acquire()
        return is_so()

    def notify_all(self):
        self._is_notified = True


def _is_refused(future):
    return future.done() and future.exception() is not None


def _wait(event):
    assert event.wait(WAIT_SECONDS), 'The simulation is stuck.'
    event.clear()
