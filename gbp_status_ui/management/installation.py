# SPDX-License-Identifier: Apache-2.0
"""Is what is installed on this host complete and of one version: libraries, enabled files, static files, settings?"""

from importlib import metadata
import json
from pathlib import Path
import re

from django.conf import settings

from openstack_dashboard import enabled as dashboard_enabled
from openstack_dashboard.local import enabled as local_enabled

from gbp_status_ui.checks import check_settings
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import warning

PLUGIN = Path(__file__).resolve().parent.parent
COLLECT = 'Run "python -m django collectstatic --noinput" and "python -m django compress --force".'
COMPRESS = 'Run "python -m django compress --force".'
#: Every script of the plugin names it; so does what a compressor makes of them.
NAMESPACE = 'gbpStatus'
_REQUIRED = re.compile(r'([\w.-]+)\s*\(?>=([\d.]+)')


def find():
    """Yield the findings."""
    yield from libraries()
    yield from mistakes()
    yield from enabled_files()
    yield from static_files()


def libraries():
    for required in filter(None, map(_REQUIRED.match, metadata.requires('gbp_status_ui') or [])):
        name, lowest = required.groups()
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield error(f'{name} is not installed.', f'Install {lowest} or a newer one.')
        else:
            if _numbers(installed) < _numbers(lowest):
                yield error(f'{name} {installed} is too old.', f'Install {lowest} or a newer one.')


def _numbers(version):
    return [int(number) for number in re.findall(r'\d+', version)]


def mistakes():
    for mistake in check_settings():
        yield error(mistake.msg, mistake.hint or 'Correct it in local_settings.d.')


def enabled_files():
    """The files of this version have to be where Horizon looks; it takes the local one of two that have one name."""
    directories = [Path(place) for package in (local_enabled, dashboard_enabled) for place in package.__path__]
    for shipped in sorted((PLUGIN / 'enabled').glob('_[0-9]*.py')):
        found = [place / shipped.name for place in directories if (place / shipped.name).is_file()]
        copy = f'Copy {shipped} to {directories[0]} and restart the web server.'
        if not found:
            yield error(f'The enabled file {shipped.name} is missing.', copy)
        elif found[0].read_bytes() != shipped.read_bytes():
            yield warning(f'{found[0]} is not the file of this version.', copy)


def static_files():
    if not settings.STATIC_ROOT:
        yield error('STATIC_ROOT is not set.', 'Set it in local_settings.py.')
        return
    root, shipped = Path(settings.STATIC_ROOT), PLUGIN / 'static'
    names = [path.relative_to(shipped) for path in sorted(shipped.rglob('*')) if path.is_file()]
    stale = [name for name in names if not _is_same(shipped / name, root / name)]
    if stale:
        yield error(f'{len(stale)} static files are missing in {root} or of another version ({stale[0]}).', COLLECT)
    else:
        yield from compressed(root, root / 'gbp_status_ui')


def _is_same(shipped, collected):
    return collected.is_file() and collected.read_bytes() == shipped.read_bytes()


def compressed(root, collected):
    """Scripts and styles that are compressed beforehand have to be made of the collected files."""
    if not settings.COMPRESS_ENABLED:
        yield warning('COMPRESS_ENABLED is False: each page loads each script by itself.', 'Set it to True.')
    elif settings.COMPRESS_OFFLINE:
        manifest = root / settings.COMPRESS_OUTPUT_DIR / settings.COMPRESS_OFFLINE_MANIFEST
        newest = max(path.stat().st_mtime for path in collected.rglob('*') if path.is_file())
        if not manifest.is_file():
            yield error(f'{manifest} is missing: nothing has been compressed.', COMPRESS)
        elif manifest.stat().st_mtime < newest:
            yield error('The static files are newer than what was compressed.', COMPRESS)
        elif not _holds_scripts(root, json.loads(manifest.read_text(encoding='utf-8'))):
            yield error('The compressed scripts are without those of the plugin.', COMPRESS)


def _holds_scripts(root, manifest):
    """The manifest holds the HTML of each block, which names the compressed files."""
    names = {name for html in manifest.values() for name in re.findall(r'[\w./-]+\.js', html)}
    scripts = [root / settings.COMPRESS_OUTPUT_DIR / 'js' / Path(name).name for name in names]
    return any(NAMESPACE in path.read_text(encoding='utf-8') for path in scripts if path.is_file())
