# SPDX-License-Identifier: Apache-2.0
"""A command of root leaves no key that the web server cannot read."""

import sys

from horizon.utils import secret_key as horizons

from gbp_status_ui import __main__
from gbp_status_ui.management import secret_key


def test_no_key_is_written_where_there_is_none(tmp_path):
    with secret_key.unwritten():
        made_up = horizons.generate_or_read_from_file(str(tmp_path / 'key'), 40)

    assert len(made_up) == 40
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_there_is_read(tmp_path):
    written = horizons.generate_or_read_from_file(str(tmp_path / 'key'))

    with secret_key.unwritten():
        assert horizons.generate_or_read_from_file(str(tmp_path / 'key')) == written


def test_horizon_writes_keys_again_afterwards(tmp_path):
    with secret_key.unwritten():
        pass
    horizons.generate_or_read_from_file(str(tmp_path / 'key'))

    assert (tmp_path / 'key').exists()


def test_without_horizon_the_command_goes_on(monkeypatch):
    monkeypatch.setitem(sys.modules, 'horizon.utils.secret_key', None)

    with secret_key.unwritten():
        assert horizons.generate_key(20)


def test_each_command_runs_without_writing_one(monkeypatch, tmp_path):
    def load_settings(_name, _arguments):
        return horizons.generate_or_read_from_file(str(tmp_path / 'key'), 40)

    monkeypatch.setitem(__main__.COMMANDS, 'check', (load_settings, ''))
    monkeypatch.chdir(tmp_path)

    assert len(__main__.main(['check'])) == 40
    assert list(tmp_path.iterdir()) == []
