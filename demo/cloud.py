# SPDX-License-Identifier: Apache-2.0
"""The whole embedded cloud as one object: what the command line, the tests and the benchmark start and stop."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from concurrent.futures import as_completed
from concurrent.futures import ThreadPoolExecutor
import fcntl
import functools
import json
import os
from pathlib import Path
import tempfile
import time
from typing import Any
from typing import IO
from typing import TYPE_CHECKING

from demo import dashboard
from demo import keystone
from demo import neutron
from demo import ports
from demo.directories import require_usable
from demo.environments import Environments
from demo.errors import DemoError
from demo.preparation import Preparation
from demo.processes import Say
from demo.processes import Services

if TYPE_CHECKING:
    from typing_extensions import Self

REGIONS = ('RegionOne', 'RegionTwo')


class Cloud:
    """Keystone, a Neutron with GBP for each region, and Horizon, with all their state below `directory`.

    `gbp` lists the GBP release of each region in order; `horizon` is a release, with group-based-policy-ui as it fits
    the first of these, or None; `backend` is one of neutron.BACKENDS; a `bare` cloud has projects and users alone;
    `port` is Horizon's (None: a free one); `costs` names a backend whose answers take longer, or None; `say` is called
    with a line for each step.
    Start it from a thread that lives on: the services end with the thread that started them.
    """

    def __init__(
        self,
        directory: str | Path,
        gbp: Sequence[str] = ('16',),
        horizon: str | None = '27.0.0',
        backend: str = 'detailed',
        bare: bool = False,
        port: int | None = None,
        workers: int = 1,
        memcached: str | None = None,
        environments: str | Path | None = None,
        costs: str | None = None,
        say: Say = lambda line: None,
    ) -> None:
        self.directory = Path(directory).resolve()
        self.gbp, self.horizon, self.bare = tuple(gbp), horizon and dashboard.release_of(horizon), bare
        self.backend = backend
        check_releases(self.gbp, self.horizon)
        check_backend(backend)
        check_costs(costs)
        check_number(port, 'DEMO_PORT', 65535)
        check_number(workers, '--workers', 99)
        self._costs = costs
        self._port, self._workers, self._memcached = port, workers, memcached
        self._environments_directory = environments or os.environ.get('DEMO_ENVIRONMENTS')
        self._say = say
        self._services: Services | None = None
        self._lock: IO[str] | None = None
        self.keystone_url: str | None = None
        self.horizon_url: str | None = None
        self.regions: dict[str, str] = {}
        self.statuses = Switches(self.directory / 'lifecycle.json')
        self.below = Switches(self.directory / 'below.json')
        self.faults = Switches(self.directory / 'faults.json')
        self.costs = Switches(self.directory / 'costs.json')

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Return when everything answers. DemoError (and nothing left running) if that cannot be."""
        require_usable(self.directory, 'DEMO_DIR')
        self._claim()
        try:
            self._place()
            self._install()
            self._run()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every service; the state stays for the next start."""
        if self._services:
            self._services.stop()
            self._services = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def check(self) -> None:
        """DemoError if a service has died."""
        if self._services:
            self._services.check()

    def calls(self, since: float = 0.0, region: str = 'RegionOne') -> list[dict[str, Any]]:
        """Return the API calls that Neutron of `region` began at or after the time `since`, oldest first.

        Each is a dict: start, end (seconds since 1970), ms, cost (seconds of a backend that costs), method,
        client, path, query, status, user, project.
        """
        log = self.directory / ('calls-%s.jsonl' % region)
        if not log.exists():
            return []
        found = (json.loads(line) for line in log.read_text().splitlines())
        return sorted((call for call in found if call['start'] >= since), key=lambda call: call['start'])

    def restart_life(self) -> None:
        """The scripted life of the seeded resources begins now (not in a bare cloud)."""
        if not self.bare:
            replace_json(self.directory / 'life.json', {'epoch': time.time()})

    def _claim(self) -> None:
        """One cloud a directory; the lock goes with the process, however that ends."""
        lock = open(self.directory / 'lock', 'w')
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise DemoError(
                'A demo is running in %s already; choose another directory with DEMO_DIR.' % self.directory
            ) from None
        self._lock = lock

    def _place(self) -> None:
        """Make the parts, each knowing its port and directory."""
        self._preparation = Preparation(self._say)
        if self.horizon and self._port:
            ports.require_free(self._port)
        environments = Environments(self._environments_directory or self.directory / 'environments', self._preparation)
        regions = {REGIONS[place]: gbp for place, gbp in enumerate(self.gbp)}
        found = ports.remembered(self.directory / 'ports.json', ['keystone', *regions, 'horizon'])
        self._environments = environments
        self._keystone = keystone.Keystone(
            self.directory / 'keystone', environments.path(keystone.ENVIRONMENT), found['keystone']
        )
        self._neutrons = [
            neutron.Neutron(
                self.directory,
                environments.path(neutron.environment_of(gbp)),
                gbp,
                region,
                found[region],
                self._keystone.url,
                self.backend,
                self.bare,
            )
            for region, gbp in regions.items()
        ]
        self._dashboard: dashboard.Dashboard | None = None
        if self.horizon:
            self._dashboard = dashboard.Dashboard(
                self.directory / 'horizon',
                environments,
                self.horizon,
                self.gbp[0],
                self._port or found['horizon'],
                self._keystone.url,
                self._workers,
                self._memcached,
            )

    def _install(self) -> None:
        """Everything that a second start finds done; the three kinds of service do not wait for each other."""
        # Fetched once, not by each thread.
        self._environments.find_uv()
        work: list[Callable[[], None]] = [self._prepare_keystone]
        work += [functools.partial(self._prepare_neutron, part) for part in self._neutrons]
        if self._dashboard:
            work.append(functools.partial(self._dashboard.install, self._preparation))
        with ThreadPoolExecutor(len(work)) as pool:
            try:
                for done in as_completed([pool.submit(step) for step in work]):
                    done.result()
            except BaseException:
                # The pool waits for its threads, and the user for the end.
                self._preparation.give_up()
                raise

    def _prepare_keystone(self) -> None:
        self._environments.ensure(keystone.ENVIRONMENT)
        self._keystone.prepare(self._preparation)

    def _prepare_neutron(self, part: neutron.Neutron) -> None:
        self._environments.ensure(part.name)
        part.prepare(self._preparation)

    def _run(self) -> None:
        self._forget_switches()
        self._services = services = Services(self.directory, self._say)
        self._say('Starting Keystone, Neutron%s' % (' and Horizon' if self._dashboard else ''))
        parts: list[keystone.Keystone | neutron.Neutron | dashboard.Dashboard] = [self._keystone, *self._neutrons]
        parts += [self._dashboard] if self._dashboard else []
        for part in parts:
            part.start(services)
        self.keystone_url = self._keystone.url
        self.regions = {part.region: part.url for part in self._neutrons}
        self.horizon_url = self._dashboard.url if self._dashboard else None
        services.wait_until_ready('keystone', self._keystone.url)
        self._keystone.fill(self.regions)
        for part in self._neutrons:
            services.wait_until_ready(part.name, part.url)
            part.seed(self._preparation)
        if self._dashboard:
            services.wait_until_ready('horizon', self._dashboard.url + 'auth/login/')
        self.restart_life()
        if self._costs:
            self.cost_like(self._costs)

    def cost_like(self, backend: str) -> None:
        """Answers take as long as they do with a backend of neutron.COSTS from now on; `costs.clear()` ends that."""
        check_costs(backend)
        self.costs.set({'like': backend})

    def _forget_switches(self) -> None:
        """A start begins without the faults, calls and life of the last one; statuses set by hand are the user's."""
        self.faults.clear()
        self.costs.clear()
        for old in [self.directory / 'life.json', *self.directory.glob('calls-*.jsonl')]:
            old.unlink(missing_ok=True)


class Switches:
    """A JSON file that the running Neutron reads: replaced whole, so that nobody ever reads half of it."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    def set(self, content: object) -> None:
        replace_json(self.path, content)

    def clear(self) -> None:
        self.path.unlink(missing_ok=True)


def replace_json(path: Path, content: object) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with open(handle, 'w', encoding='utf-8') as target:
        json.dump(content, target)
    os.replace(name, path)


def check_releases(gbp: Sequence[str], horizon: str | None) -> None:
    """DemoError unless the demo has these releases."""
    known = ', '.join(neutron.RELEASES)
    if not 1 <= len(gbp) <= len(REGIONS) or len(set(gbp)) != len(gbp) or set(gbp) - set(neutron.RELEASES):
        raise DemoError('GBP %s is not known here; choose one or two of %s.' % (','.join(gbp) or '(none)', known))
    if horizon is not None and horizon not in dashboard.releases():
        raise DemoError('Horizon %s is not known here; choose one of %s.' % (horizon, dashboard.choices()))


def check_number(number: int | None, setting: str, most: int) -> None:
    """DemoError unless it is None or a number from 1 to the most."""
    if number is not None and not 1 <= number <= most:
        raise DemoError('%s is %d; it has to be a number from 1 to %d.' % (setting, number, most))


def check_backend(backend: str) -> None:
    """DemoError unless the demo has this backend."""
    if backend not in neutron.BACKENDS:
        raise DemoError('Backend %s is not known here; choose one of %s.' % (backend, ', '.join(neutron.BACKENDS)))


def check_costs(costs: str | None) -> None:
    """DemoError unless the demo knows what answers cost there."""
    if costs and costs not in neutron.COSTS:
        raise DemoError('Costs like those of %s are not known here; choose %s.' % (costs, ', '.join(neutron.COSTS)))
