# SPDX-License-Identifier: Apache-2.0
"""The enabled files in Horizon's directory: those of this release, nothing lost, all or none."""

import errno
import os
from pathlib import Path
import pkgutil

import pytest

from gbp_status_ui import __version__
from gbp_status_ui.management.installing import copies

from tests.unit.management.installing.snapshot import snapshot

NAMES = [shipped.name for shipped in copies.SHIPPED]
GROUP = '_1590_project_gbp_status_panel_group.py'
REMOVED_NAMES = '_1540_gbpui_removed_names.py'
#: What releases before 1.0 installed: without a stamp, with a list of scripts that there are no longer.
OLD = "ADD_INSTALLED_APPS = ['gbp_status_ui']\nADD_JS_FILES = ['gbp_status_ui/js/reading.js']\n"


@pytest.fixture
def directory(tmp_path):
    """Horizon's directory local/enabled, with a file of another plugin."""
    (tmp_path / '__init__.py').touch()
    (tmp_path / '_1595_project_of_somebody_panel.py').write_text('PANEL = "gbp_status"\n')
    return tmp_path


def make(changes):
    applied = copies.Applied()
    for change in changes:
        applied.make(change)
    applied.keep()


def install(directory):
    make(copies.to_install(directory))


def names(directory):
    return sorted(path.name for path in directory.iterdir())


def executed(directory):
    """Return the modules that Horizon executes there."""
    return sorted(module.name for module in pkgutil.iter_modules([str(directory)]))


def shipped(name):
    return next(path for path in copies.SHIPPED + copies.OPTIONAL if path.name == name)


def test_a_copy_is_what_is_shipped_and_names_the_release_that_wrote_it(directory):
    install(directory)

    assert names(directory) == sorted(['__init__.py', '_1595_project_of_somebody_panel.py', *NAMES])
    for name in NAMES:
        assert (directory / name).read_bytes().startswith(shipped(name).read_bytes())
        assert copies.version(directory / name) == __version__
        assert copies.is_current(directory / name, shipped(name))


def test_a_file_that_was_copied_by_hand_is_current_and_names_no_release(directory):
    (directory / GROUP).write_bytes(shipped(GROUP).read_bytes())

    assert copies.version(directory / GROUP) is None
    assert copies.is_current(directory / GROUP, shipped(GROUP))


@pytest.mark.parametrize('text', [OLD, '', '# Written by gbp_status_ui'])
def test_other_words_are_not_current(directory, text):
    (directory / GROUP).write_text(text)

    assert not copies.is_current(directory / GROUP, shipped(GROUP))
    assert copies.version(directory / GROUP) is None


def test_a_file_that_is_missing_is_not_current(directory):
    assert not copies.is_current(directory / GROUP, shipped(GROUP))


def test_everybody_may_read_a_copy_whatever_the_umask(directory):
    before = os.umask(0o077)
    try:
        install(directory)
    finally:
        os.umask(before)

    assert {(directory / name).stat().st_mode & 0o777 for name in NAMES} == {0o644}


def test_a_copy_belongs_to_whom_the_directory_belongs(directory, monkeypatch):
    given = []
    monkeypatch.setattr(copies.os, 'geteuid', lambda: 0)
    monkeypatch.setattr(copies.os, 'chown', lambda _name, user, group: given.append((user, group)))
    install(directory)

    assert given == [(directory.stat().st_uid, directory.stat().st_gid)] * len(NAMES)


def test_what_comes_back_after_a_failure_belongs_to_whom_it_belonged(directory, monkeypatch):
    given = {}
    (directory / GROUP).write_text(OLD)
    found = (directory / GROUP).stat()
    monkeypatch.setattr(copies.os, 'geteuid', lambda: 0)
    monkeypatch.setattr(copies.os, 'chown', lambda name, *owner, **_options: given.update({name: owner}))
    install(directory)

    assert given[directory / f'{GROUP}.bak'] == (found.st_uid, found.st_gid)


def test_the_second_time_nothing_changes(directory):
    install(directory)

    assert copies.to_install(directory) == []


def test_the_file_of_an_old_release_is_replaced_and_kept_where_horizon_does_not_execute_it(directory):
    (directory / GROUP).write_text(OLD)
    install(directory)

    assert copies.is_current(directory / GROUP, shipped(GROUP))
    assert (directory / f'{GROUP}.bak').read_text() == OLD
    assert executed(directory) == sorted(Path(name).stem for name in ['_1595_project_of_somebody_panel.py', *NAMES])


def test_what_was_kept_before_is_kept_on(directory):
    for text in ('first', 'second', 'third'):
        (directory / GROUP).write_text(text)
        install(directory)

    kept = [directory / f'{GROUP}.bak{number}' for number in ('', 2, 3)]
    assert [path.read_text() for path in kept] == ['first', 'second', 'third']


def test_a_stamp_of_another_release_is_replaced_and_nothing_is_kept(directory):
    install(directory)
    (directory / GROUP).write_bytes(shipped(GROUP).read_bytes() + (copies.STAMP % '0.9').encode())

    assert copies.version(directory / GROUP) == '0.9'
    install(directory)
    assert copies.version(directory / GROUP) == __version__
    assert not list(directory.glob('*.bak'))


def test_a_copy_that_the_web_server_cannot_read_is_made_readable(directory):
    install(directory)
    (directory / GROUP).chmod(0o600)
    install(directory)

    assert (directory / GROUP).stat().st_mode & 0o777 == 0o644


def test_a_file_that_a_release_has_written_and_this_one_does_not_have_goes(directory):
    outdated = directory / '_1592_project_gbp_status_other_panel.py'
    outdated.write_text('PANEL = 1\n' + copies.STAMP % '0.9')
    install(directory)

    assert not outdated.exists()
    assert outdated.with_name(f'{outdated.name}.bak').is_file()


@pytest.mark.parametrize('make_it', [install, lambda directory: make(copies.to_remove(directory))])
def test_files_of_others_are_left_alone(directory, make_it):
    before = snapshot(directory)
    make_it(directory)

    assert before.items() <= snapshot(directory).items()


def test_a_link_to_the_package_is_left_alone(directory):
    for name in NAMES:
        (directory / name).symlink_to(shipped(name))

    assert copies.to_install(directory) == []


def test_a_link_that_leads_nowhere_is_replaced(directory):
    (directory / GROUP).symlink_to(directory / 'nowhere')
    install(directory)

    assert copies.is_current(directory / GROUP, shipped(GROUP))
    assert not (directory / GROUP).is_symlink()


def test_the_optional_file_is_not_copied_but_brought_up_to_date(directory):
    install(directory)
    assert not (directory / REMOVED_NAMES).exists()

    (directory / REMOVED_NAMES).write_text('old')
    install(directory)
    assert copies.is_current(directory / REMOVED_NAMES, shipped(REMOVED_NAMES))


def test_removing_takes_all_of_them_the_optional_one_too(directory):
    install(directory)
    (directory / REMOVED_NAMES).write_bytes(shipped(REMOVED_NAMES).read_bytes())
    make(copies.to_remove(directory))

    assert names(directory) == ['_1595_project_of_somebody_panel.py', '__init__.py']


def test_removing_keeps_what_an_operator_wrote(directory):
    install(directory)
    (directory / GROUP).write_text('mine')
    make(copies.to_remove(directory))

    assert (directory / f'{GROUP}.bak').read_text() == 'mine'
    assert not (directory / GROUP).exists()


@pytest.mark.parametrize('failing', range(4))
@pytest.mark.parametrize('plan', [copies.to_install, copies.to_remove])
def test_a_failure_in_the_middle_leaves_all_as_it_was(directory, monkeypatch, plan, failing):
    install(directory)
    for name in NAMES:
        (directory / name).write_text(f'mine: {name}')
    (directory / '_1593_project_gbp_status_outdated_panel.py').write_text('PANEL = 1\n' + copies.STAMP % '0.9')
    before, changes, applied = snapshot(directory), plan(directory), copies.Applied()
    for change in changes[:failing]:
        applied.make(change)

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, 'unlink' if changes[failing].content is None else 'chmod', full)
        with pytest.raises(OSError, match='No space left'):
            applied.make(changes[failing])
    applied.take_back()

    assert snapshot(directory) == before


@pytest.mark.parametrize('fault', [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()], ids=repr)
def test_a_disk_that_is_full_leaves_no_half_a_file(directory, monkeypatch, fault):
    def fail(*_args):
        raise fault

    before = snapshot(directory)
    monkeypatch.setattr(Path, 'chmod', fail)
    with pytest.raises(type(fault)):
        install(directory)

    assert snapshot(directory) == before
