# SPDX-License-Identifier: Apache-2.0
"""The libraries and the settings of the plugin, as the check looks at them."""

from django.core import checks
import pytest

from gbp_status_ui.management import installation
from gbp_status_ui.management.finding import ERROR

pytestmark = pytest.mark.releases


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


def test_a_source_tree_in_the_path_has_no_requirements(monkeypatch):
    def not_installed(name):
        raise installation.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(installation.metadata, 'requires', not_installed)

    assert list(installation.libraries()) == []


def test_a_mistake_in_the_settings_is_a_finding(settings):
    settings.GBP_STATUS_UI = {'time_limit': 'BANANA'}
    found = only(installation.mistakes())

    assert found.level == ERROR
    assert 'time_limit' in found.what


def test_a_mistake_without_a_hint_says_where_to_correct_it(monkeypatch):
    monkeypatch.setattr(installation, 'check_settings', lambda: [checks.Error('wrong')])

    assert 'local_settings.d' in only(installation.mistakes()).to_do
