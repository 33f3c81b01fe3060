# SPDX-License-Identifier: Apache-2.0
"""Root writes static files as their owner, and gives back what it has left."""

import os
from pathlib import Path
import pwd
from types import SimpleNamespace

import pytest

from gbp_status_ui.management.installing import ownership
from gbp_status_ui.management.installing.horizon import Problem

OWNER = SimpleNamespace(pw_name='www-data', pw_uid=33, pw_gid=34)


@pytest.fixture
def host(monkeypatch):
    """A host on which this process is root; ``belongs`` is {name of a file: owner}, others belong to root."""
    host = SimpleNamespace(belongs={}, given=[], user=0, unwritable=())

    def stat(path, **options):
        found = os.stat(path, **options)  # noqa: PTH116
        owner = host.belongs.get(Path(path).name, 0)
        return SimpleNamespace(st_uid=owner, st_gid=34, st_mode=found.st_mode, st_nlink=found.st_nlink)

    stand_in = SimpleNamespace(
        access=lambda place, _mode: place not in host.unwritable,
        chown=lambda name, *to, dir_fd, follow_symlinks: host.given.append((name, to, follow_symlinks)),
        fwalk=os.fwalk,
        geteuid=lambda: host.user,
        stat=stat,
        W_OK=os.W_OK,
        X_OK=os.X_OK,
    )
    monkeypatch.setattr(ownership, 'os', stand_in)
    monkeypatch.setattr(ownership.pwd, 'getpwuid', {33: OWNER}.__getitem__)
    return host


def test_root_acts_as_the_owner(host, tmp_path):
    host.belongs[tmp_path.name] = 33

    assert ownership.owner(tmp_path) is OWNER


def test_a_directory_that_is_not_there_yet_belongs_to_whom_the_one_above_belongs(host, tmp_path):
    host.belongs[tmp_path.name] = 33

    assert ownership.owner(tmp_path / 'static' / 'deep') is OWNER


def test_what_belongs_to_root_is_written_by_root(host, tmp_path):
    assert ownership.owner(tmp_path) is None


def test_whoever_is_not_root_writes_as_themselves(host, tmp_path):
    host.belongs[tmp_path.name], host.user = 33, 1000

    assert ownership.owner(tmp_path) is None


def test_an_owner_whom_the_host_does_not_know_is_a_problem(host, tmp_path):
    host.belongs[tmp_path.name] = 4321
    with pytest.raises(Problem, match='belongs to the user 4321'):
        ownership.owner(tmp_path)


def test_a_directory_that_cannot_be_written_is_a_problem_that_names_it(host, tmp_path):
    host.unwritable = [tmp_path]
    ownership.must_be_writable(tmp_path.parent)
    with pytest.raises(Problem, match=f'{tmp_path} cannot be written'):
        ownership.must_be_writable(tmp_path.parent, tmp_path / 'not there yet')


@pytest.fixture
def mixed(tmp_path, host):
    """A directory in which all but ``other`` belongs to root, one file with a second name elsewhere."""
    (tmp_path / 'directory').mkdir()
    for name in ('file', 'directory/below', 'other', 'linked'):
        (tmp_path / name).touch()
    os.link(tmp_path / 'linked', tmp_path / 'other-name')
    (tmp_path / 'symlink').symlink_to('/etc')
    host.belongs['other'] = 33
    return tmp_path


def test_what_root_has_left_is_found_but_for_what_may_be_elsewhere(mixed):
    assert sorted(name for _directory, name in ownership.of_root(mixed)) == ['below', 'directory', 'file', 'symlink']


def test_what_root_has_left_is_given_to_the_owner_and_links_are_not_followed(mixed, host):
    ownership.give(mixed, OWNER)

    assert len(host.given) == 4
    assert {(to, follows) for _name, to, follows in host.given} == {((33, mixed.stat().st_gid), False)}


def test_a_process_gets_the_groups_of_its_user():
    user = pwd.getpwuid(os.geteuid())

    assert ownership.identity(user) == {
        'user': user.pw_uid,
        'group': user.pw_gid,
        'extra_groups': os.getgrouplist(user.pw_name, user.pw_gid),
    }
    assert ownership.identity(None) == {}
