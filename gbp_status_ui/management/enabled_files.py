# SPDX-License-Identifier: Apache-2.0
"""Checks that Horizon has exactly the enabled files of this version, and shows the panels."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
import shlex
import stat
from types import ModuleType
from typing import Any

from django.urls import NoReverseMatch
from django.urls import reverse

from openstack_dashboard import enabled as dashboard_enabled
from openstack_dashboard.local import enabled as local_enabled
from openstack_dashboard.utils import settings as horizon_settings

from gbp_status_ui import __version__
from gbp_status_ui.management import advice
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.installing import copies

PANEL = 'gbp_status'
#: {dashboard: where its panel is}
PANELS = {'project': 'Project > Policy > Policy Status', 'admin': 'Admin > Network > Policy Status'}


def find() -> Iterator[Finding]:
    """Yield the findings."""
    found = [*shipped_files(), *left_behind(), *other_files()]
    yield from found
    # Without another reason it is something that is no enabled file.
    if all(one.level == NOTE for one in found):
        yield from panels()


def directories() -> list[Path]:
    """Return where Horizon looks; of two files that have one name it takes that of the first directory."""
    return [Path(place) for package in (local_enabled, dashboard_enabled) for place in package.__path__]


def shipped_files() -> Iterator[Finding]:
    """The files of this version have to be where Horizon looks."""
    for file in copies.SHIPPED:
        found = [place / file.name for place in directories() if (place / file.name).is_file()]
        if not found:
            yield error(f'The enabled file {file.name} is missing in {directories()[0]}.', advice.install())
        else:
            yield from differing(found[0], file)


def differing(found: Path, file: Path) -> Iterator[Finding]:
    """An installed file has to be the one that this version ships."""
    try:
        found.read_bytes()
    except OSError as failure:
        yield unreadable(found, failure)
        return
    yield from closed(found)
    version = copies.version(found)
    written = f': gbp_status_ui {version} has written it' if version else ''
    if not copies.is_current(found, file):
        yield error(f'{found} is not the file of this version, {__version__}{written}.', advice.install())
    elif version not in (None, __version__):
        yield note(f'{found} was written by gbp_status_ui {version}; this version, {__version__}, has the same.')


def unreadable(path: Path, failure: OSError) -> Finding:
    return error(
        f'{path} cannot be read: {failure.strerror}.',
        f'Let all users read it ("{_chmod(path)}"), or at least the user of the web server.',
    )


def closed(path: Path) -> Iterator[Finding]:
    """Root can read whatever there is, and no web server runs as root."""
    status = path.stat()
    by_group = status.st_mode & stat.S_IRGRP and status.st_gid
    if status.st_uid == 0 and not (status.st_mode & stat.S_IROTH or by_group):
        yield error(f'{path} can be read by root alone, and not by the web server.', f'Run "{_chmod(path)}".')


def _chmod(path: Path) -> str:
    return shlex.join(['chmod', 'a+r', str(path)])


def left_behind() -> Iterator[Finding]:
    """A file of an earlier or later release whose name this one does not have."""
    known = {*copies.NAMES, '__init__.py'}
    for path in (path for place in directories() for path in sorted(place.glob('*.py')) if path.name not in known):
        try:
            text = path.read_text(encoding='utf-8', errors='replace')
        except OSError as failure:
            yield unreadable(path, failure)
            continue
        if copies.PLUGIN.name in text:
            yield error(
                f'{path} names {copies.PLUGIN.name}, and is none of this version: another release may have left it.',
                f'Delete it, unless you have written it yourself. {advice.install()}',
            )


def other_files() -> Iterator[Finding]:
    """What other enabled files do to the panels."""
    names = {file.stem for file in copies.SHIPPED}
    for module in _modules():
        path, settings = module.__file__, vars(module)
        if module.__name__.rpartition('.')[2] in names:
            if settings.get('DISABLED'):
                yield error(f'{path} is DISABLED, so Horizon leaves it out.', advice.install())
        elif settings.get('DASHBOARD') in PANELS:
            if settings.get('DISABLED'):
                yield error(f'{path} disables the dashboard {settings["DASHBOARD"]!r}.', f'Delete DISABLED in {path}.')
        elif settings.get('PANEL') == PANEL and settings.get('PANEL_DASHBOARD') in PANELS:
            yield from _done_to_a_panel(path, settings)


def _done_to_a_panel(path: str | None, settings: Mapping[str, Any]) -> Iterator[Finding]:
    if settings.get('DISABLED'):
        return
    where = PANELS[settings['PANEL_DASHBOARD']]
    if settings.get('REMOVE_PANEL'):
        yield error(f'{path} removes the panel {where} (REMOVE_PANEL).', f'Delete {path}.')
    elif settings.get('ADD_PANEL'):
        yield error(f'{path} puts {settings["ADD_PANEL"]} in place of the panel {where}.', f'Delete {path}.')


def _modules() -> list[ModuleType]:
    """Return the modules that Horizon has read, without those in whose place it takes a local one."""
    own = horizon_settings.import_submodules(dashboard_enabled)
    local = horizon_settings.import_submodules(local_enabled)
    replaced = {name for name in local if not hasattr(local[name], 'DASHBOARD')}
    return [*(module for name, module in own.items() if name not in replaced), *local.values()]


def panels() -> Iterator[Finding]:
    """Ask Horizon for the addresses of the panels."""
    for dashboard, where in PANELS.items():
        try:
            reverse(f'horizon:{dashboard}:{PANEL}:index')
        except NoReverseMatch:
            yield error(
                f'Horizon does not have the panel {where}, though its enabled file is in place.',
                'Look for what removes it, such as "dashboards" or "customization_module" in HORIZON_CONFIG.',
            )
        # The addresses of all panels are imported, and any of them may be wrong in any way.
        except Exception as fault:  # noqa: BLE001
            yield error(
                f'The addresses of the panels cannot be imported, so each page is an error: {fault!r}.',
                'Correct or remove the panel that it names.',
            )
            return
