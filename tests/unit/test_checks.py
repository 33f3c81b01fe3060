# SPDX-License-Identifier: Apache-2.0
"""A mistake in the settings is told at start-up, by the name of the option."""

from django.core import checks as django_checks
from django.test import override_settings
import pytest

from gbp_status_ui import conf
from gbp_status_ui.checks import check_settings


def faults(given):
    with override_settings(GBP_STATUS_UI=given):
        return [(error.id, error.msg) for error in check_settings()]


def test_the_defaults_are_fit():
    assert faults(conf.DEFAULTS) == []


def test_no_settings_at_all_are_fit():
    assert faults({}) == []


def test_the_settings_have_to_be_a_dict():
    ((code, message),) = faults(['time_limit'])

    assert code == 'gbp_status_ui.E001'
    assert 'GBP_STATUS_UI' in message


def test_an_unknown_option_is_named():
    ((code, message),) = faults({'time_limits': 3})

    assert code == 'gbp_status_ui.E002'
    assert "'time_limits'" in message


@pytest.mark.parametrize('value', [0, -1, '10', None, True, float('nan'), float('inf')], ids=repr)
@pytest.mark.parametrize('option', conf.DEFAULTS)
def test_every_option_is_a_positive_number(option, value):
    ((code, message),) = faults({option: value})

    assert code == 'gbp_status_ui.E003'
    assert option in message


@pytest.mark.parametrize('option', conf.DEFAULTS)
def test_only_durations_may_be_broken(option):
    assert bool(faults({option: 1.5})) == (option in conf.COUNTS)


def test_django_runs_the_check_at_start_up():
    with override_settings(GBP_STATUS_UI={'time_limits': 3}):
        assert 'gbp_status_ui.E002' in [error.id for error in django_checks.run_checks()]
