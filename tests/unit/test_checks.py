# SPDX-License-Identifier: Apache-2.0
"""A mistake in the settings is reported with the name of the setting: by Django's checks and in the log."""

import logging

from django.apps import apps
from django.core import checks as django_checks
from django.test import override_settings
import pytest

from gbp_status_ui import conf
from gbp_status_ui.checks import check_settings
from gbp_status_ui.management import installation

pytestmark = pytest.mark.releases

NAN, INFINITY = float('nan'), float('inf')
NUMBERS = {0, 1, 1.5}
#: Type of a setting -> the numbers of NUMBERS that fit.
FIT = {
    conf.COUNT: {1},
    conf.SECONDS: {1, 1.5},
    conf.SECONDS_OR_NEVER: NUMBERS,
    conf.SWITCH: set(),
    conf.ADDRESS_OF_NAME: set(),
}

every_setting = pytest.mark.parametrize('setting', conf.SETTINGS, ids=lambda setting: setting.name)
every_type = pytest.mark.parametrize('kind', FIT, ids=lambda kind: kind.words)


def faults(given):
    with override_settings(GBP_STATUS_UI=given):
        return [(error.id, error.msg, error.hint) for error in check_settings()]


def test_the_defaults_are_fit():
    assert faults({setting.name: setting.default for setting in conf.SETTINGS}) == []


def test_no_settings_at_all_are_fit():
    assert faults({}) == []


@pytest.mark.parametrize('given', [['time_limit'], None, 'time_limit', 7], ids=repr)
def test_the_settings_have_to_be_a_dict(given):
    ((code, message, _),) = faults(given)

    assert code == 'gbp_status_ui.E001'
    assert message.startswith(f'GBP_STATUS_UI must be a dict of settings, not {given!r}.')


def test_an_unknown_setting_is_named_beside_those_that_there_are():
    ((code, message, hint),) = faults({'time_limits': 3})

    assert code == 'gbp_status_ui.E002'
    assert "'time_limits'" in message
    assert all(setting.name in hint for setting in conf.SETTINGS)


@pytest.mark.parametrize(
    'name', ['extensions_age', 'names_in_cell', 'parallel_calls_of_a_request', 'project_names_age', 'sightings_kept']
)
def test_a_setting_of_an_earlier_release_is_no_mistake(name, caplog):
    caplog.set_level(logging.WARNING, 'gbp_status_ui')
    message = f"GBP_STATUS_UI has '{name}', which has no effect any more."

    assert faults({name: 5}) == [('gbp_status_ui.I001', message, 'Leave it out.')]
    with override_settings(GBP_STATUS_UI={name: 5}):
        apps.get_app_config('gbp_status_ui').ready()
        assert caplog.text == ''
        assert [(one.level, one.what) for one in installation.mistakes()] == [('NOTE', message)]


@every_setting
def test_a_value_that_does_not_fit_is_named_with_what_would_and_what_is_used(setting):
    ((code, message, hint),) = faults({setting.name: 'BANANA'})

    assert code == 'gbp_status_ui.E003'
    assert message == f"GBP_STATUS_UI['{setting.name}'] must be {setting.type.words}, not 'BANANA'."
    assert setting.purpose in hint
    assert f'the default {setting.default!r} is used' in hint


@pytest.mark.parametrize('value', [-1, '10', None, [1], NAN, INFINITY], ids=repr)
@every_type
def test_no_type_takes(kind, value):
    assert not kind.fits(value)


@every_type
def test_a_type_takes_its_numbers(kind):
    assert {value for value in NUMBERS if kind.fits(value)} == FIT[kind]


@pytest.mark.parametrize('value', [True, False])
@every_type
def test_only_a_switch_is_true_or_false(kind, value):
    assert kind.fits(value) == (kind is conf.SWITCH)


@pytest.mark.parametrize(
    'value',
    [
        '',
        'https://apic.example.org/#c:{dn}',
        'http://[::1]:8080/{dn}',
        'https://a/?name={dn}&x=1',
        'https://a/{dn}/{dn}',
    ],
)
def test_an_address_of_a_name_may_be(value):
    assert faults({'apic_url': value}) == []


@pytest.mark.parametrize(
    'value',
    [
        'https://apic.example.org/',
        'apic.example.org/{dn}',
        '//apic.example.org/{dn}',
        '/{dn}',
        'javascript:alert({dn})',
        'data:text/html,{dn}',
        'ftp://apic.example.org/{dn}',
        'https:///{dn}',
        'https://{dn}/',
        'https://{dn}.example.org/{dn}',
        'https://apic.example.org:{dn}/{dn}',
        'https://[broken/{dn}',
        'https://apic.example.org/ {dn}',
        'https://apic.example.org/\n{dn}',
        b'https://apic.example.org/{dn}',
        ' ',
    ],
    ids=repr,
)
def test_an_address_of_a_name_has_a_scheme_that_is_safe_and_a_host_of_its_own(value):
    ((code, message, _),) = faults({'apic_url': value})

    assert code == 'gbp_status_ui.E003'
    assert 'scheme http or https' in message


def test_django_runs_the_check():
    with override_settings(GBP_STATUS_UI={'time_limits': 3}):
        assert 'gbp_status_ui.E002' in [error.id for error in django_checks.run_checks()]


def test_a_mistake_is_in_the_log_at_start_up(caplog):
    caplog.set_level(logging.ERROR, 'gbp_status_ui')
    with override_settings(GBP_STATUS_UI={'time_limits': 3}):
        apps.get_app_config('gbp_status_ui').ready()

    assert "GBP_STATUS_UI has no setting 'time_limits'." in caplog.text


def test_nothing_is_in_the_log_without_a_mistake(caplog):
    apps.get_app_config('gbp_status_ui').ready()

    assert caplog.text == ''
