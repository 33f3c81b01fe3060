# SPDX-License-Identifier: Apache-2.0
"""The settings: each option has a default, a check, and a place in the sample file."""

import runpy

from django.test import override_settings
import pytest

from horizon import conf as horizon_conf

from gbp_status_ui import conf

from tests.settings import PLUGIN

every_option = pytest.mark.parametrize('option', conf.DEFAULTS)
SAMPLE = PLUGIN / 'local_settings.d' / '_1590_gbp_status_ui.py'


@every_option
def test_an_option_has_a_default(option):
    assert conf.get(option) == conf.DEFAULTS[option]


@every_option
def test_an_operator_overrides_one_option(option):
    with override_settings(GBP_STATUS_UI={option: 77}):
        assert conf.get(option) == 77
        assert {other: conf.get(other) for other in conf.DEFAULTS} == conf.DEFAULTS | {option: 77}


def test_the_sample_file_states_every_option_with_its_default():
    assert runpy.run_path(str(SAMPLE))[conf.SETTING] == conf.DEFAULTS


@every_option
def test_the_sample_file_explains_every_option(option):
    lines = [line.strip() for line in SAMPLE.read_text().splitlines()]
    (place,) = [number for number, line in enumerate(lines) if line.startswith(f"'{option}':")]

    assert lines[place - 1].startswith('# ')


def test_what_is_counted_is_an_option():
    assert set(conf.DEFAULTS) >= conf.COUNTS


def test_the_interval_of_polls_is_horizons_own(monkeypatch):
    assert conf.poll_interval() == 2500
    monkeypatch.setitem(horizon_conf.HORIZON_CONFIG, 'ajax_poll_interval', 5000)
    assert conf.poll_interval() == 5000


@pytest.mark.parametrize('nothing', [0, None])
def test_an_interval_of_nothing_is_horizons_default(monkeypatch, nothing):
    monkeypatch.setitem(horizon_conf.HORIZON_CONFIG, 'ajax_poll_interval', nothing)

    assert conf.poll_interval() == 2500
