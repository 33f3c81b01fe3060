# SPDX-License-Identifier: Apache-2.0
"""Collects and compresses static files in a process of its own, as the user who owns them.

``python3 -m gbp_status_ui.management.installing.static <facts, install or remove>``; ``command`` starts it. What is
different from ``manage.py`` makes it safe for root, and for a dashboard that is in use:

* ``settings_loader`` loads the settings and leaves no files. No cache server is needed: if one does not answer,
  django-compressor leaves blocks out and reports nothing.
* django-compressor compiles with one thread; before release 4.6 it fails at times with several:
  https://github.com/django-compressor/django-compressor/issues/1291
* The manifest of compressed blocks is put back if anything fails; without a block each page of Horizon is an error.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from concurrent import futures
import contextlib
import importlib
import json
import os
from pathlib import Path
import shutil
import sys
import traceback
from typing import Any

from gbp_status_ui.management import settings_loader
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.installing import interruption
from gbp_status_ui.management.installing.copies import PLUGIN

OURS = 'gbp_status_ui'


class NotReady(Exception):
    """What was collected and compressed lacks something; the message says what, and what to do."""


class OneThread(futures.ThreadPoolExecutor):
    """A pool with one thread, whatever number is asked for."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        super().__init__(max_workers=1)


def load() -> tuple[Any, list[Path]]:
    """Load Horizon's settings without effects; return them and the files with secret keys that they name."""
    settings, keys = settings_loader.load()
    memory = {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}
    settings.CACHES = dict.fromkeys(settings.CACHES, memory)
    return settings, keys


def facts() -> None:
    """Print what ``command`` has to know of the settings, as JSON; also if an enabled file cannot be executed."""
    horizon_settings: Any = importlib.import_module('openstack_dashboard.utils.settings')
    horizon_settings.import_submodules = lambda _package: {}
    settings, keys = load()
    importlib.import_module('compressor.conf')
    facts_of_settings = {'static_root': settings.STATIC_ROOT, 'compresses': settings.COMPRESS_ENABLED, 'keys': keys}
    print(json.dumps(facts_of_settings, default=str))


def outdated(root: Path, plugin_stays: bool) -> list[Path]:
    """Return what ``collectstatic`` never deletes: collected files of the plugin that it does not have (any more)."""
    collected, shipped = root / OURS, PLUGIN / 'static'
    found = [path for path in sorted(collected.rglob('*')) if path.is_symlink() or not path.is_dir()]
    return [path for path in found if not (plugin_stays and (shipped / path.relative_to(root)).is_file())]


def renew(plugin_stays: bool) -> None:
    """Collect, compress, look at the result, and only then delete what nobody needs."""
    settings, _keys = load()
    importlib.import_module('django').setup()
    call_command = importlib.import_module('django.core.management').call_command
    root = Path(settings.STATIC_ROOT)
    static_files = importlib.import_module('gbp_status_ui.management.static_files')
    with put_back(static_files.manifest()):
        call_command('collectstatic', interactive=False, verbosity=0)
        if settings.COMPRESS_ENABLED:
            futures.ThreadPoolExecutor = OneThread  # type: ignore[misc] # django-compressor looks for it there.
            call_command('compress', force=True, verbosity=0)
        look(plugin_stays)
        for path in outdated(root, plugin_stays):
            path.unlink()
        delete_empty(root / OURS)
        interruption.ignore()


@contextlib.contextmanager
def put_back(manifest: Path) -> Iterator[None]:
    """Make the manifest what it was if what is inside fails; that takes no room on a disk that is full."""
    kept = manifest.with_name(manifest.name + '.gbp_status_ui')
    existed = manifest.is_file()
    if existed:
        shutil.copy2(manifest, kept)
    try:
        yield
    except BaseException:
        if existed:
            kept.replace(manifest)
        else:
            manifest.unlink(missing_ok=True)
        raise
    kept.unlink(missing_ok=True)


def look(plugin_stays: bool) -> None:
    """Raise NotReady for the first thing that ``gbp_status_check`` calls an error, or would without the plugin."""
    static_files = importlib.import_module('gbp_status_ui.management.static_files')
    login_page = importlib.import_module('gbp_status_ui.management.login_page')
    found = list(static_files.find()) if plugin_stays else []
    if static_files.is_compressed():
        found += login_page.find(login_page.OURS if plugin_stays else login_page.NOBODYS)
    errors = [finding for finding in found if finding.level == ERROR]
    if errors:
        raise NotReady(f'{errors[0].what} {errors[0].to_do}')


def delete_empty(directory: Path) -> None:
    for place, _directories, _files in os.walk(directory, topdown=False):
        if not any(Path(place).iterdir()):
            Path(place).rmdir()


COMMANDS: dict[str, Callable[[], None]] = {
    'facts': facts,
    'install': lambda: renew(plugin_stays=True),
    'remove': lambda: renew(plugin_stays=False),
}


def main(name: str) -> None:
    try:
        COMMANDS[name]()
    except NotReady as failure:
        sys.exit(str(failure))
    # Settings, templates and storages are anybody's code: they fail by any error.
    except Exception as failure:  # noqa: BLE001
        place = traceback.extract_tb(failure.__traceback__)[-1]
        what = ' '.join(str(failure).split())
        sys.exit(f'{type(failure).__name__}: {what} ({place.filename}, line {place.lineno})')


if __name__ == '__main__':
    interruption.listen()
    main(sys.argv[1])
