# SPDX-License-Identifier: Apache-2.0
"""The settings: one entry makes the default, the check and the place in the sample file."""

import runpy

from django.test import override_settings
import pytest

from horizon import conf as horizon_conf

from gbp_status_ui import conf

from tests.settings import PLUGIN

pytestmark = pytest.mark.releases

every_setting = pytest.mark.parametrize('setting', conf.SETTINGS, ids=lambda setting: setting.name)
SAMPLE = PLUGIN / 'local_settings.d' / '_1590_gbp_status_ui.py'
HEAD = """\
# SPDX-License-Identifier: Apache-2.0
# The settings of gbp_status_ui with their defaults. Write those that you want to change into a file of your own name in
# openstack_dashboard/local/local_settings.d; a setting that you leave out keeps its default.
GBP_STATUS_UI = {
"""
#: A value that fits and is no default, by the type of a setting.
OTHER = {
    conf.COUNT: 77,
    conf.SECONDS: 77.5,
    conf.SECONDS_OR_NEVER: 0,
    conf.SWITCH: False,
    conf.ADDRESS_OF_NAME: 'https://apic.example.org/#{dn}',
}


def other(setting):
    return not setting.default if setting.type is conf.SWITCH else OTHER[setting.type]


def values():
    return {setting.name: conf.get(setting.name) for setting in conf.SETTINGS}


def sample():
    entries = ''.join(
        f'    # {setting.purpose}\n    # Takes {setting.type.words}.\n    {setting.name!r}: {setting.default!r},\n'
        for setting in conf.SETTINGS
    )
    return HEAD + entries + '}\n'


def test_without_settings_all_have_their_defaults():
    assert values() == {setting.name: setting.default for setting in conf.SETTINGS}


@every_setting
def test_an_operator_overrides_one_setting(setting):
    defaults = values()

    with override_settings(GBP_STATUS_UI={setting.name: other(setting)}):
        assert values() == {**defaults, setting.name: other(setting)}


@every_setting
def test_a_value_that_does_not_fit_is_the_default(setting):
    with override_settings(GBP_STATUS_UI={setting.name: 'BANANA'}):
        assert conf.get(setting.name) == setting.default


@pytest.mark.parametrize('given', [None, [], 'time_limit', 7], ids=repr)
def test_settings_that_are_no_dict_are_the_defaults(given):
    defaults = values()

    with override_settings(GBP_STATUS_UI=given):
        assert values() == defaults


def test_names_are_unique():
    assert list(conf.BY_NAME) == [setting.name for setting in conf.SETTINGS]


def test_the_sample_file_is_made_of_the_entries(pinned):
    assert pinned.agrees(SAMPLE, sample()), 'make settings writes it anew'
    assert runpy.run_path(str(SAMPLE))[conf.SETTING] == values()


@every_setting
def test_each_setting_is_read(setting):
    sources = [path.read_text(encoding='utf-8') for path in PLUGIN.rglob('*.py')]

    assert any(f"conf.get('{setting.name}')" in text for text in sources)


@every_setting
def test_a_purpose_is_a_sentence_that_fits_into_a_line_of_the_sample(setting):
    assert setting.purpose.endswith('.')
    assert len('    # ' + setting.purpose) <= 120


def test_the_interval_of_polls_is_horizons_own(monkeypatch):
    assert conf.poll_interval() == 2500
    monkeypatch.setitem(horizon_conf.HORIZON_CONFIG, 'ajax_poll_interval', 5000)
    assert conf.poll_interval() == 5000


@pytest.mark.parametrize('nothing', [0, None])
def test_an_interval_of_nothing_is_horizons_default(monkeypatch, nothing):
    monkeypatch.setitem(horizon_conf.HORIZON_CONFIG, 'ajax_poll_interval', nothing)

    assert conf.poll_interval() == 2500
