# SPDX-License-Identifier: Apache-2.0
"""Installations in which one thing is broken: the check names it, says how bad it is, and throws nothing.

Those whose settings cannot be read are in test_check.py, those that hang in test_hanging.py.
"""

import json
import pathlib

from django.core.cache.backends.locmem import LocMemCache
import pytest

from gbp_status_ui.gbpui import columns
from gbp_status_ui.gbpui import removed_names
from gbp_status_ui.management import all_checks
from gbp_status_ui.management import finding
from gbp_status_ui.management import gbpui
from gbp_status_ui.management import installation as libraries
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.finding import UNKNOWN
from gbp_status_ui.management.finding import WARNING

GROUP, PROJECT, ADMIN = (
    '_1590_project_gbp_status_panel_group.py',
    '_1591_project_gbp_status_panel.py',
    '_2390_admin_gbp_status_panel.py',
)
OPTIONAL = '_1540_gbpui_removed_names.py'
BACKENDS = 'django.core.cache.backends.'
PANEL = "PANEL = 'gbp_status'\nPANEL_DASHBOARD = 'project'\nPANEL_GROUP = 'GroupPolicyPanels'\n"
APACHE = 'WSGIScriptAlias /horizon /usr/share/openstack-dashboard/wsgi.py\nWSGIDaemonProcess horizon %s\n'


@pytest.fixture(autouse=True)
def nothing_put_back(monkeypatch):
    """Let the optional file change nothing: it would do so for all tests of this process."""
    monkeypatch.setattr(removed_names, '_take', lambda *_steps: None)


class PyMemcacheCache(LocMemCache):
    """Has the name of one that waits for a server."""


class FailingCache(LocMemCache):
    """Its server refuses connections."""

    def set(self, *_args, **_options):
        raise ConnectionRefusedError(111, 'Connection refused')


class ForgetfulCache(LocMemCache):
    """Takes all, and keeps nothing."""

    def set(self, *_args, **_options):
        pass


def look(environment=None, url=None):
    """Return what is found that is no note, and the exit status."""
    found = all_checks.find(url, environment or {})
    assert 'Traceback' not in finding.as_text(found, '1')
    return [one for one in found if one.level != NOTE], finding.exit_status(found)


def set_cache(sound, backend, **more):
    cache = {'BACKEND': backend if 'tests' in backend else BACKENDS + backend, 'LOCATION': 'broken', **more}
    sound.settings.CACHES = {**sound.settings.CACHES, 'default': cache}


def set_sessions(sound, engine, cache=None, apache='processes=3'):
    sound.settings.SESSION_ENGINE = f'django.contrib.sessions.backends.{engine}'
    sound.settings.SESSION_FILE_PATH = str(sound.directory)
    if cache:
        set_cache(sound, cache)
    run_by_apache(sound, apache)


def run_by_apache(sound, options, group='WSGIProcessGroup horizon\n'):
    sound.apache.write_text(APACHE % options + group)


def change(sound, name, text):
    path = sound.local / name
    path.write_text(path.read_text() + text)


def install_gbpui(sound, code, optional=None):
    """Put a gbpui in place that has one panel with that code; ``optional`` is the text of _1540."""
    sound.install_gbpui(code)
    if optional is not None:
        sound.enable(OPTIONAL, optional)


def leave_out_a_block(sound):
    blocks = json.loads(sound.manifest.read_text())
    blocks.popitem()
    sound.manifest.write_text(json.dumps(blocks))


TABLES = """
from horizon import tables

class PTGsTable(tables.DataTable):
    name = tables.Column('name')

class ExternalPTGsTable(PTGsTable):
    pass
"""
SHIPPED_OPTIONAL = gbpui.SHIPPED.read_text()
BROKEN = {
    'an enabled file is missing': (
        lambda sound: (sound.local / PROJECT).unlink(),
        ERROR,
        f'The enabled file {PROJECT} is missing',
    ),
    'an enabled file is of another version': (
        lambda sound: change(sound, ADMIN, '# of another version\n'),
        ERROR,
        f'{ADMIN} is not the file of this version',
    ),
    'an enabled file lists scripts of an older version': (
        lambda sound: change(sound, GROUP, "ADD_JS_FILES = ['gbp_status_ui/js/rows.js']\n"),
        ERROR,
        f'{GROUP} is not the file of this version',
    ),
    'an enabled file is disabled': (lambda sound: change(sound, PROJECT, 'DISABLED = True\n'), ERROR, 'is DISABLED'),
    'an enabled file cannot be read': (
        lambda sound: sound.close(sound.local / PROJECT),
        ERROR,
        f'{PROJECT} cannot be read: Permission denied',
    ),
    'an enabled file can be read by root alone': (
        lambda sound: sound.give_to_root(sound.local / PROJECT),
        ERROR,
        f'{PROJECT} can be read by root alone',
    ),
    'a static file can be read by root alone': (
        lambda sound: sound.give_to_root(next(sound.root.glob('gbp_status_ui/js/*.js'))),
        ERROR,
        '.js can be read by root alone',
    ),
    'the manifest can be read by root alone': (
        lambda sound: sound.give_to_root(sound.manifest),
        ERROR,
        'manifest.json can be read by root alone',
    ),
    'a compressed file can be read by root alone': (
        lambda sound: sound.give_to_root(sound.script),
        ERROR,
        'output.1f.js can be read by root alone',
    ),
    'an enabled file of Horizon cannot be read': (
        lambda sound: sound.close(sound.enable('_1000_project.py', 'FEATURE = "x"', local=False)),
        ERROR,
        '_1000_project.py cannot be read: Permission denied',
    ),
    'an enabled file was left behind': (
        lambda sound: sound.enable('_1592_gbp_status.py', "FEATURE = 'x'\nADD_JS_FILES = ['gbp_status_ui/js/a.js']\n"),
        ERROR,
        '_1592_gbp_status.py names gbp_status_ui, and is none of this version',
    ),
    'another enabled file removes the panel': (
        lambda sound: sound.enable('_9990_own.py', PANEL + 'REMOVE_PANEL = True\n'),
        ERROR,
        '_9990_own.py removes the panel Project > Policy > Policy Status',
    ),
    'an enabled file of Horizon removes the panel': (
        lambda sound: sound.enable('_9990_own.py', PANEL + 'REMOVE_PANEL = True\n', local=False),
        ERROR,
        '_9990_own.py removes the panel Project > Policy > Policy Status',
    ),
    'another enabled file replaces the panel': (
        lambda sound: sound.enable('_9990_own.py', PANEL + "ADD_PANEL = 'own.panel.Own'\n"),
        ERROR,
        '_9990_own.py puts own.panel.Own in place of the panel Project > Policy > Policy Status',
    ),
    'another enabled file disables the dashboard': (
        lambda sound: sound.enable('_2001_own.py', "DASHBOARD = 'admin'\nDISABLED = True\n"),
        ERROR,
        "_2001_own.py disables the dashboard 'admin'",
    ),
    'a customization removes the panel': (
        lambda sound: sound.patch.setattr('gbp_status_ui.management.enabled_files.PANEL', 'banana'),
        ERROR,
        'Horizon does not have the panel Project > Policy > Policy Status',
    ),
    'STATIC_ROOT is not set': (
        lambda sound: setattr(sound.settings, 'STATIC_ROOT', None),
        ERROR,
        'STATIC_ROOT is not set',
    ),
    'a static file is missing': (
        lambda sound: next(sound.root.glob('gbp_status_ui/js/*.js')).unlink(),
        ERROR,
        '1 static files are missing',
    ),
    'a static file is of another version': (
        lambda sound: next(sound.root.glob('gbp_status_ui/scss/*.scss')).write_text('old'),
        ERROR,
        'or of another version',
    ),
    'a static file cannot be read': (
        lambda sound: sound.close(next(sound.root.glob('gbp_status_ui/js/*.js'))),
        ERROR,
        'cannot be read: Permission denied',
    ),
    'nothing is compressed': (lambda sound: sound.manifest.unlink(), ERROR, 'nothing has been compressed'),
    'the static files are newer than the compressed ones': (
        lambda sound: sound.change_later(next(sound.root.glob('gbp_status_ui/js/*.js'))),
        ERROR,
        'newer than what was compressed',
    ),
    'the manifest cannot be read': (
        lambda sound: sound.close(sound.manifest),
        ERROR,
        'manifest.json cannot be read: Permission denied',
    ),
    'the manifest is cut off': (
        lambda sound: sound.manifest.write_text('{"a": "b'),
        ERROR,
        'manifest.json is not what "compress" writes',
    ),
    'the manifest is a list': (lambda sound: sound.manifest.write_text('[1]'), ERROR, 'is not what "compress" writes'),
    'the manifest has a null': (
        lambda sound: sound.manifest.write_text('{"a": null}'),
        ERROR,
        'is not what "compress" writes',
    ),
    'the manifest is nested without end': (
        lambda sound: sound.manifest.write_text('[' * 100_000),
        ERROR,
        'is not what "compress" writes',
    ),
    'a block is missing in the manifest': (leave_out_a_block, ERROR, 'The compressed block with'),
    'a compressed file is missing': (lambda sound: sound.script.unlink(), ERROR, 'output.1f.js is missing'),
    'a compressed file cannot be read': (
        lambda sound: sound.close(sound.style),
        ERROR,
        'output.2e.css cannot be read: Permission denied',
    ),
    'the compressed scripts are without ours': (
        lambda sound: sound.script.write_text('horizon={}'),
        ERROR,
        'The compressed scripts are without those of the plugin',
    ),
    'the compressed styles are without ours': (
        lambda sound: sound.style.write_text('.btn{}'),
        ERROR,
        'The compressed styles are without those of the plugin',
    ),
    'the dashboard accepts no host': (
        lambda sound: setattr(sound.settings, 'ALLOWED_HOSTS', []),
        ERROR,
        'The log-in page answers 400',
    ),
    'the log-in page breaks': (
        lambda sound: setattr(sound.settings, 'TEMPLATES', []),
        ERROR,
        'The log-in page cannot be made',
    ),
    'nothing is compressed on purpose': (
        lambda sound: setattr(sound.settings, 'COMPRESS_ENABLED', False),
        WARNING,
        'COMPRESS_ENABLED is False',
    ),
    'a setting of the plugin does not fit': (
        lambda sound: setattr(sound.settings, 'GBP_STATUS_UI', {'time_limit': 'BANANA'}),
        ERROR,
        "GBP_STATUS_UI['time_limit'] must be",
    ),
    'a library is too old': (
        lambda sound: sound.patch.setattr(libraries.metadata, 'requires', lambda _: ['Django>=999']),
        ERROR,
        'is too old',
    ),
    'a library is missing': (
        lambda sound: sound.patch.setattr(libraries.metadata, 'requires', lambda _: ['banana>=1']),
        ERROR,
        'banana is not installed',
    ),
    'the cache is in memory, with three processes': (
        lambda sound: set_sessions(sound, 'file', 'locmem.LocMemCache'),
        ERROR,
        "Each process of Horizon has a cache CACHES['default'] of its own in memory (LocMemCache). Apache runs 3",
    ),
    "the cache is in memory, and Apache's own processes run Horizon": (
        lambda sound: (set_cache(sound, 'locmem.LocMemCache'), run_by_apache(sound, 'user=www-data', group='')),
        ERROR,
        'Apache runs Horizon in its own processes, of which there are several',
    ),
    'sessions are in memory': (
        lambda sound: set_sessions(sound, 'cache', 'locmem.LocMemCache', apache='threads=10'),
        ERROR,
        'Sessions are kept in the memory of one process (LocMemCache)',
    ),
    'sessions are in files': (
        lambda sound: set_sessions(sound, 'file'),
        WARNING,
        'Sessions are kept in files, which this host alone can read. Apache runs 3 processes',
    ),
    'sessions are in cookies': (
        lambda sound: set_sessions(sound, 'signed_cookies'),
        WARNING,
        'Sessions are kept in cookies',
    ),
    'the directory of the sessions is not there': (
        lambda sound: (
            set_sessions(sound, 'file'),
            setattr(sound.settings, 'SESSION_FILE_PATH', str(sound.directory / 'none')),
        ),
        ERROR,
        'The sessions fail: ImproperlyConfigured',
    ),
    'the cache keeps nothing on purpose': (
        lambda sound: set_cache(sound, 'dummy.DummyCache'),
        WARNING,
        "The cache CACHES['default'] keeps nothing",
    ),
    'the cache has no time-outs': (
        lambda sound: set_cache(sound, f'{__name__}.PyMemcacheCache'),
        WARNING,
        'Set connect_timeout, timeout in its OPTIONS',
    ),
    'the cache refuses': (
        lambda sound: set_cache(sound, f'{__name__}.FailingCache'),
        ERROR,
        "The cache CACHES['default'] fails: ConnectionRefusedError",
    ),
    'the cache forgets': (
        lambda sound: set_cache(sound, f'{__name__}.ForgetfulCache'),
        ERROR,
        'it does not keep what it is given',
    ),
    'the library of the cache is not installed': (
        lambda sound: (sound.hide('pymemcache'), set_cache(sound, 'memcached.PyMemcacheCache')),
        ERROR,
        'the library pymemcache is not installed in this Python',
    ),
    'the backend of the cache is none': (
        lambda sound: set_cache(sound, 'memcached.MemcachedCache5'),
        ERROR,
        'its backend cannot be loaded',
    ),
    'gbpui does not load': (
        lambda sound: install_gbpui(sound, 'from django.utils.translation import banana\n'),
        ERROR,
        'have no status column: ExternalPTGsTable, PTGsTable (ImportError',
    ),
    'gbpui does not load even with _1540': (
        lambda sound: install_gbpui(sound, 'import banana\n', SHIPPED_OPTIONAL),
        ERROR,
        'have no status column: ExternalPTGsTable, PTGsTable (ModuleNotFoundError("No module named \'banana\'")',
    ),
    'gbpui loads without the column': (
        lambda sound: install_gbpui(sound, 'class PTGsTable:\n    _columns = {}\nExternalPTGsTable = PTGsTable\n'),
        ERROR,
        'have no status column: ExternalPTGsTable, PTGsTable',
    ),
    '_1540 is of another version': (
        lambda sound: install_gbpui(sound, '', SHIPPED_OPTIONAL + '# old\n'),
        ERROR,
        f'{OPTIONAL} is not the file of this version',
    ),
    '_1540 was left behind': (
        lambda sound: sound.enable(OPTIONAL, SHIPPED_OPTIONAL),
        ERROR,
        f'{OPTIONAL} was left behind',
    ),
    'a directory cannot be entered': (
        lambda sound: sound.patch.setattr(pathlib.Path, 'glob', denied),
        UNKNOWN,
        'could not be looked at: Permission denied',
    ),
}


def denied(path, _pattern):
    raise PermissionError(13, 'Permission denied', str(path))


@pytest.mark.slow
@pytest.mark.parametrize(('spoil', 'level', 'words'), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_named(installation, spoil, level, words):
    spoil(installation)
    found, status = look()

    assert [one for one in found if words in one.what + one.to_do and one.level == level and one.to_do], found
    assert status == finding.EXIT_STATUSES[level]


@pytest.mark.releases
def test_a_sound_installation_has_notes_alone(installation):
    assert look() == ([], 0)


def test_a_sound_installation_with_gbpui_has_notes_alone(installation):
    is_installed = gbpui.apps.is_installed
    installation.patch.setattr(gbpui.apps, 'is_installed', lambda name: name == 'gbpui' or is_installed(name))
    install_gbpui(installation, TABLES, SHIPPED_OPTIONAL)
    columns.decorate()

    assert look() == ([], 0)


def test_a_dashboard_that_leads_to_single_sign_on_is_sound(installation):
    installation.settings.WEBSSO_ENABLED = installation.settings.WEBSSO_DEFAULT_REDIRECT = True

    assert look() == ([], 0)
