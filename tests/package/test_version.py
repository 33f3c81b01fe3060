# SPDX-License-Identifier: Apache-2.0
"""The version comes from the tags of git, and whatever sources there are without tags can be built, too."""

import os
import re
import shutil
import subprocess
import warnings

from build.util import project_wheel_metadata
import pytest

from tests.package import repository
from tests.package.repository import git

FALLBACK = '1.0.0'


def version(directory):
    """Return the version that a build of these sources has, whatever it warns of."""
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return project_wheel_metadata(directory, isolated=False)['Version']


@pytest.fixture
def sources(tree, tmp_path):
    return repository.of(tree, tmp_path / 'sources')


@pytest.fixture
def archive(sources, tmp_path):
    """archive() unpacks what ``git archive`` makes of the sources, as forges do, and returns the directory."""

    def unpacked():
        git(sources, 'archive', '--output', tmp_path / 'archive.tar', 'HEAD')
        shutil.unpack_archive(tmp_path / 'archive.tar', tmp_path / 'archive')
        return tmp_path / 'archive'

    return unpacked


def test_a_commit_with_a_tag_has_the_version_of_the_tag(sources):
    git(sources, 'tag', '2.3.4')

    assert version(sources) == '2.3.4'


def test_a_commit_after_a_tag_comes_after_its_release(sources):
    git(sources, 'tag', '2.3.4')
    git(sources, 'commit', '--quiet', '--allow-empty', '--message', 'More')

    assert re.fullmatch(r'2\.3\.5\.dev1\+g[0-9a-f]+', version(sources))


def test_a_clone_without_tags_comes_after_the_last_release(sources):
    assert re.fullmatch(r'1\.0\.1\.dev1\+g[0-9a-f]+', version(sources))


def test_a_shallow_clone_is_built(sources, tmp_path):
    git(sources, 'tag', '2.3.4')
    git(sources, 'commit', '--quiet', '--allow-empty', '--message', 'More')
    git(tmp_path, 'clone', '--quiet', '--depth', '1', sources.as_uri(), 'shallow')

    assert re.fullmatch(r'1\.0\.1\.dev1\+g[0-9a-f]+', version(tmp_path / 'shallow'))


def test_an_archive_of_a_tag_has_its_version(sources, archive):
    git(sources, 'tag', '2.3.4')

    assert version(archive()) == '2.3.4'


def test_an_archive_without_tags_has_that_of_the_last_release(archive):
    assert version(archive()) == FALLBACK


def test_a_copy_without_git_has_that_of_the_last_release(tree):
    assert version(tree) == FALLBACK


def test_a_clone_is_built_where_git_is_not_installed(sources, monkeypatch, tmp_path):
    monkeypatch.setenv('PATH', os.fspath(tmp_path))

    assert version(sources) == FALLBACK


def test_an_sdist_has_the_version_that_it_was_made_with(sources, tmp_path):
    git(sources, 'tag', '2.3.4')
    subprocess.run(['uv', 'build', '--quiet', '--sdist', '--out-dir', tmp_path, sources], check=True)
    shutil.unpack_archive(next(tmp_path.glob('*.tar.gz')), tmp_path)

    assert version(tmp_path / 'gbp_status_ui-2.3.4') == '2.3.4'
