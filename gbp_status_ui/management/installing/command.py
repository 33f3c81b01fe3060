# SPDX-License-Identifier: Apache-2.0
"""python3 -m gbp_status_ui install, upgrade and remove: puts the plugin into Horizon, or takes it out.

The order keeps the dashboard working: first what can be found out without a change, then the enabled files, then static
files as the user whose they are (``static``). If that fails, enabled files and the manifest are what they were.
What the web server has loaded stays as it is until the operator restarts it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
import contextlib
import json
import os
from pathlib import Path
import pwd
import shlex
import subprocess  # nosec B404
import sys
import sysconfig
from typing import Any

from gbp_status_ui import __version__
from gbp_status_ui.management import advice
from gbp_status_ui.management import settings_loader
from gbp_status_ui.management.installing import copies
from gbp_status_ui.management.installing import horizon
from gbp_status_ui.management.installing import interruption
from gbp_status_ui.management.installing import ownership
from gbp_status_ui.management.installing import static
from gbp_status_ui.management.installing.horizon import Horizon
from gbp_status_ui.management.installing.horizon import Problem

CHILD = [sys.executable, '-m', 'gbp_status_ui.management.installing.static']
AS_IT_WAS = 'enabled files and compressed blocks are what they were'
PAST = {
    'write': 'Wrote',
    'replace': 'Replaced',
    'delete': 'Deleted',
    'give': 'Gave',
    'collect': 'Collected',
    'compress': 'Compressed',
}


def _to_install(dashboard: Horizon) -> list[copies.Change]:
    return copies.to_install(dashboard.enabled)


def _to_remove(dashboard: Horizon) -> list[copies.Change]:
    """Horizon also executes what somebody has put among its own files, where that is another directory."""
    places = {place.resolve(): place for place in (dashboard.package / 'enabled', dashboard.enabled)}
    return [change for place in reversed(places.values()) for change in copies.to_remove(place)]


#: Command -> (what returns the changes of the enabled files, does the plugin stay).
PLANS = {'install': (_to_install, True), 'upgrade': (_to_install, True), 'remove': (_to_remove, False)}


def run(name: str, arguments: Sequence[str]) -> int:
    """Return the exit status: 0 if all is done, 1 if not."""
    parser = argparse.ArgumentParser(prog=f'python3 -m gbp_status_ui {name}', description=__doc__.split('\n')[0])
    parser.add_argument('--dry-run', action='store_true', help='say what would be done, and change nothing')
    what = 'change the enabled files alone; what is part of an image, say, collects and compresses later'
    parser.add_argument('--no-static', action='store_true', help=what)
    options = parser.parse_args(arguments)
    try:
        with interruption.once():
            _Run(name, options.dry_run, not options.no_static).do()
    except (Problem, OSError) as problem:
        print(f'{name}: {problem}', file=sys.stderr)
    except KeyboardInterrupt:
        print(f'{name}: interrupted, and {AS_IT_WAS}.', file=sys.stderr)
    else:
        return 0
    return 1


class _Static:
    """Where static files are, whose they are, and what else Horizon's settings say of them."""

    def __init__(self, static_root: str | None, compresses: bool, keys: Iterable[str]) -> None:
        if not static_root:
            raise Problem("STATIC_ROOT is not set in Horizon's settings.")
        self.root = Path(static_root)
        self.user = ownership.owner(self.root)
        self.compresses = compresses
        self._keys = [Path(key) for key in keys]

    def unreadable_keys(self) -> Iterator[str]:
        """A key that root wrote in a directory of the web server's user keeps everybody from logging in."""
        for key in settings_loader.unreadable(self._keys):
            yield f'Let the web server read its key: {advice.give(key)}'


class _Run:
    """One run of a command. ``_static`` is what Horizon's settings say of static files, or None: leave them alone."""

    def __init__(self, name: str, dry_run: bool, with_static: bool) -> None:
        self._dry_run = dry_run
        self._kept: list[Path] = []
        self._plan, self._stays = PLANS[name]
        self._horizon = horizon.find()
        self._static = _Static(**_facts()) if with_static else None

    def do(self) -> None:
        self._introduce()
        ownership.must_be_writable(self._horizon.enabled, *([self._static.root] if self._static else []))
        with ownership.nobody_else(self._horizon.enabled):
            self._change_all()
        for line in self._left():
            _say(f'Left to do: {line}')

    def _change_all(self) -> None:
        applied = copies.Applied()
        try:
            self._change_enabled_files(applied)
            if self._static:
                self._renew_static_files(self._static)
            interruption.ignore()
        except BaseException:
            interruption.ignore()
            applied.take_back()
            raise
        applied.keep()

    def _introduce(self) -> None:
        _say(f'gbp_status_ui {__version__}, Horizon {self._horizon.version} in {self._horizon.package}')
        for place in horizon.others(self._horizon):
            _say(f'Another Horizon is in {place}. {sys.executable} does not import it, and it is left alone.')

    def _tell(self, verb: str, what: object) -> None:
        _say(f'Would {verb} {what}' if self._dry_run else f'{PAST[verb]} {what}')

    def _change_enabled_files(self, applied: copies.Applied) -> None:
        changes = self._plan(self._horizon)
        self._kept = [change.kept for change in changes if change.kept]
        for change in changes:
            verb = change.verb
            if not self._dry_run:
                applied.make(change)
            self._tell(verb, change)
        if not changes:
            what = 'The enabled files are in place' if self._stays else 'There are no enabled files of the plugin'
            _say(f'{what} in {self._horizon.enabled}.')

    def _renew_static_files(self, files: _Static) -> None:
        root, user = files.root, files.user
        outdated = static.outdated(root, self._stays)
        self._give(root, user)
        if not self._dry_run:
            _child('install' if self._stays else 'remove', user)
        by = f' as {user.pw_name}' if user else ''
        self._tell('collect', f'static files in {root}{by}')
        if files.compresses:
            self._tell('compress', f'scripts and styles{by}')
        if outdated and self._stays:
            names = ', '.join(str(path.relative_to(root)) for path in outdated)
            self._tell('delete', f'{len(outdated)} collected files that this release lacks: {names}')
        elif outdated:
            self._tell('delete', f'{root / static.OURS} with {len(outdated)} files')

    def _give(self, root: Path, user: pwd.struct_passwd | None) -> None:
        """What root has left below STATIC_ROOT its owner could not replace."""
        found = sum(1 for _each in ownership.of_root(root)) if user else 0
        if not (user and found):
            return
        if not self._dry_run:
            ownership.give(root, user)
        self._tell('give', f'{found} files and directories of root below {root} to {user.pw_name}')

    def _left(self) -> Iterator[str]:
        if self._static:
            yield from self._static.unreadable_keys()
        else:
            yield 'Run collectstatic and compress.'
        if not self._stays:
            yield from self._files_of_the_operator()
            yield _uninstall()
        yield horizon.restart()

    def _files_of_the_operator(self) -> Iterator[str]:
        for kept in sorted({*copies.kept(self._horizon.enabled), *self._kept}):
            yield f'Delete what was kept, if you do not need it: {kept}'
        for path in sorted(self._horizon.local_settings.glob('*.py')):
            with contextlib.suppress(OSError, UnicodeDecodeError):
                if 'GBP_STATUS_UI' in path.read_text(encoding='utf-8'):
                    yield f'Delete your settings of the plugin: {path}'
        for path in sorted(self._horizon.enabled.glob(copies.FILES_OF_GBPUI)):
            # If it cannot load it may break every page of Horizon.
            yield f'Delete what is of group-based-policy-ui, unless that loads without this plugin: {path}'


def _uninstall() -> str:
    managed = sys.prefix == sys.base_prefix and Path(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED').is_file()
    flag = ['--break-system-packages'] if managed else []
    return f'Remove the package: {shlex.join([sys.executable, "-m", "pip", "uninstall", *flag, "gbp_status_ui"])}'


def _say(line: str) -> None:
    """Print a line. That nobody reads it, as behind ``| head``, is no reason to stop halfway."""
    with contextlib.suppress(BrokenPipeError):
        print(line, flush=True)


def _facts() -> Any:
    """Return what Horizon's settings say. They may print lines of their own, or end the process."""
    *_others, last = _child('facts', None).splitlines() or ['']
    try:
        return json.loads(last)
    except ValueError:
        raise Problem('Horizon cannot be loaded: its settings end the process.') from None


def _child(command: str, user: pwd.struct_passwd | None) -> str:
    """Run a command of ``static`` as the user and return what it printed; a Problem has its last line."""
    environment = {'DJANGO_SETTINGS_MODULE': 'openstack_dashboard.settings', **os.environ}
    child = subprocess.Popen(  # noqa: S603  # nosec B603
        [*CHILD, command],
        cwd='/',
        env={**environment, 'PYTHONDONTWRITEBYTECODE': '1'},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        umask=0o022,
        **ownership.identity(user),
    )
    with child:
        output, errors = _wait(child, changes=command != 'facts')
    if child.returncode == 0:
        return output
    said = errors.strip().splitlines() or [f'ended with status {child.returncode}']
    what = 'Horizon cannot be loaded' if command == 'facts' else f'The static files failed, and {AS_IT_WAS}'
    raise Problem(f'{what}: {said[-1]}')


def _wait(child: subprocess.Popen[str], changes: bool) -> tuple[str, str]:
    """Return (output, errors) of a process that has ended; ``changes`` says whether it changes static files.

    Whoever interrupts waits for it, too: only the process itself can put the compressed blocks back. If it has changed
    them already, it is too late to interrupt: the enabled files have to stay, too.
    """
    try:
        said = child.communicate()
        if changes and child.returncode == 0:
            interruption.ignore()
    except KeyboardInterrupt:
        # A job of the background, and what it starts, has SIGINT ignored.
        child.terminate()
        said = child.communicate()
        if child.returncode or not changes:
            raise
    return said
