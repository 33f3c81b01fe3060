# SPDX-License-Identifier: Apache-2.0
"""Enabled files, as the check looks at them; what is broken about them is in test_broken_installations.py."""

import os

import pytest

from gbp_status_ui import __version__
from gbp_status_ui.management import enabled_files
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.installing import copies

pytestmark = pytest.mark.releases

ADMIN = '_2390_admin_gbp_status_panel.py'


def stamp(sound, version, words=''):
    path = sound.local / ADMIN
    path.write_text(path.read_text() + words + copies.STAMP % version)


def test_a_file_that_this_version_has_written_is_no_finding(installation):
    stamp(installation, __version__)

    assert list(enabled_files.find()) == []


def test_a_file_of_another_version_with_the_same_words_is_a_note(installation):
    stamp(installation, '0.1')
    (found,) = enabled_files.find()

    assert found.level == NOTE
    assert f'{ADMIN} was written by gbp_status_ui 0.1' in found.what


def test_a_file_of_another_version_with_other_words_is_an_error_that_names_it(installation):
    stamp(installation, '0.1', words='# old\n')
    (found,) = enabled_files.find()

    assert found.level == ERROR
    assert f'{__version__}: gbp_status_ui 0.1 has written it.' in found.what


@pytest.mark.parametrize(
    ('mode', 'owner', 'group', 'is_closed'),
    [(0o600, 0, 0, True), (0o640, 0, 0, True), (0o640, 0, 33, False), (0o644, 0, 0, False), (0o600, 33, 33, False)],
)
def test_a_file_that_root_alone_can_read_is_closed_to_the_web_server(
    tmp_path, monkeypatch, mode, owner, group, is_closed
):
    status = os.stat_result((0o100000 | mode, 1, 1, 1, owner, group, 0, 0, 0, 0))
    monkeypatch.setattr(type(tmp_path), 'stat', lambda _path: status)
    found = list(enabled_files.closed(tmp_path))

    monkeypatch.undo()
    assert len(found) == is_closed
