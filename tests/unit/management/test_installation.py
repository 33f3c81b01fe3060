# SPDX-License-Identifier: Apache-2.0
"""gbp_status_check on what is installed: nothing to say where all is in place, one line for what is not."""

import json
import os
import shutil

from django.core import checks
import pytest

from gbp_status_ui.management import installation
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import WARNING

SHIPPED = installation.PLUGIN


@pytest.fixture
def root(settings, tmp_path):
    """STATIC_ROOT with the collected and compressed files of this version."""
    shutil.copytree(SHIPPED / 'static', tmp_path, dirs_exist_ok=True)
    settings.STATIC_ROOT = str(tmp_path)
    settings.COMPRESS_ENABLED = settings.COMPRESS_OFFLINE = True
    compress(tmp_path, 'horizon.gbpStatus={}')
    return tmp_path


def compress(root, script):
    scripts = root / 'dashboard' / 'js'
    scripts.mkdir(parents=True, exist_ok=True)
    (scripts / 'output.1f.js').write_text(script)
    html = '<script src="/static/dashboard/js/output.1f.js"></script>'
    (root / 'dashboard' / 'manifest.json').write_text(json.dumps({'a block': html}))


@pytest.fixture
def enabled(tmp_path, monkeypatch):
    """The directory local/enabled with the files of this version; Horizon's own is empty."""
    place, own = tmp_path / 'local', tmp_path / 'own'
    own.mkdir()
    shutil.copytree(SHIPPED / 'enabled', place)
    monkeypatch.setattr(installation.local_enabled, '__path__', [str(place)])
    monkeypatch.setattr(installation.dashboard_enabled, '__path__', [str(own)])
    return place


@pytest.fixture
def libraries(monkeypatch):
    """{name: version} of what is installed."""
    installed = {'python-group-based-policy-client': '14.0.0', 'Django': '3.2'}

    def version(name):
        if name not in installed:
            raise installation.metadata.PackageNotFoundError(name)
        return installed[name]

    required = ['python-group-based-policy-client>=11.0.0', 'Django (>=3.2)', 'without-a-bound']
    monkeypatch.setattr(installation.metadata, 'requires', lambda _: required)
    monkeypatch.setattr(installation.metadata, 'version', version)
    return installed


def only(findings):
    (found,) = findings
    return found


def test_libraries_that_are_new_enough_are_no_finding(libraries):
    assert list(installation.libraries()) == []


@pytest.mark.parametrize('old', ['10.0.0', '9.1', '10.99.99rc1'])
def test_a_client_that_is_too_old_is_named(libraries, old):
    libraries['python-group-based-policy-client'] = old

    assert str(only(installation.libraries())) == (
        f'ERROR    python-group-based-policy-client {old} is too old. Install 11.0.0 or a newer one.'
    )


def test_a_library_that_is_missing_is_named(libraries):
    del libraries['Django']

    assert 'Django is not installed.' in only(installation.libraries()).what


def test_a_mistake_in_the_settings_is_a_finding(settings):
    settings.GBP_STATUS_UI = {'time_limit': 'BANANA'}
    found = only(installation.mistakes())

    assert found.level == ERROR
    assert 'time_limit' in found.what


def test_a_mistake_without_a_hint_says_where_to_correct_it(monkeypatch):
    monkeypatch.setattr(installation, 'check_settings', lambda: [checks.Error('wrong')])

    assert 'local_settings.d' in only(installation.mistakes()).to_do


def test_enabled_files_of_this_version_are_no_finding(enabled):
    assert list(installation.enabled_files()) == []


def test_an_enabled_file_that_is_missing_is_named_with_where_it_goes(enabled):
    (enabled / '_1591_project_gbp_status_panel.py').unlink()
    found = only(installation.enabled_files())

    assert found.level == ERROR
    assert '_1591_project_gbp_status_panel.py' in found.what
    assert str(enabled) in found.to_do


def test_an_enabled_file_of_another_version_is_named(enabled):
    (enabled / '_1591_project_gbp_status_panel.py').write_text('PANEL = "old"')
    found = only(installation.enabled_files())

    assert found.level == WARNING
    assert str(enabled / '_1591_project_gbp_status_panel.py') in found.what


def test_collected_and_compressed_files_of_this_version_are_no_finding(root):
    assert list(installation.static_files()) == []


def test_without_a_static_root_that_is_the_finding(settings):
    settings.STATIC_ROOT = None

    assert 'STATIC_ROOT' in only(installation.static_files()).what


@pytest.mark.parametrize('spoil', [lambda path: path.unlink(), lambda path: path.write_text('old')])
def test_static_files_that_are_missing_or_old_are_counted(root, spoil):
    spoil(next(root.glob('gbp_status_ui/js/*.js')))
    found = only(installation.static_files())

    assert found.what.startswith('1 static files')
    assert 'collectstatic' in found.to_do


def test_nothing_compressed_is_an_error(root):
    (root / 'dashboard' / 'manifest.json').unlink()

    assert 'nothing has been compressed' in only(installation.static_files()).what


def test_static_files_that_are_newer_than_the_compressed_ones_are_an_error(root):
    later = (root / 'dashboard' / 'manifest.json').stat().st_mtime + 60
    os.utime(next(root.glob('gbp_status_ui/js/*.js')), (later, later))

    assert 'newer than what was compressed' in only(installation.static_files()).what


def test_compressed_scripts_without_the_plugins_are_an_error(root):
    compress(root, 'horizon={}')

    assert 'without those of the plugin' in only(installation.static_files()).what


def test_what_is_compressed_when_it_is_asked_for_is_no_finding(root, settings):
    settings.COMPRESS_OFFLINE = False
    shutil.rmtree(root / 'dashboard')

    assert list(installation.static_files()) == []


def test_no_compression_is_a_warning(root, settings):
    settings.COMPRESS_ENABLED = False

    assert only(installation.static_files()).level == WARNING
