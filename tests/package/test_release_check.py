# SPDX-License-Identifier: Apache-2.0
"""The release check names all that is missing, and lets pass what is complete."""

import shutil

import pytest

from tools import release_check

from tests.package import repository


@pytest.fixture
def sources(released, built, tmp_path):
    """A copy of the repository, with what is to be uploaded in dist/."""
    return shutil.copytree(released, tmp_path / 'sources', symlinks=True)


def commit(sources):
    repository.git(sources, 'commit', '--quiet', '--all', '--allow-empty', '--message', 'More')


def test_nothing_is_missing_of_a_complete_release(released, built, capfd):
    """So the same commit gives the same bytes: the check builds it again, here and not as ``built`` was."""
    assert release_check.main(released) == 0
    assert capfd.readouterr().out.splitlines()[-1] == 'Nothing is missing: the release can be published.'


@pytest.mark.parametrize(('name', 'new', 'old'), repository.SETTLED[:2], ids=['project_urls', 'security'])
def test_placeholders_are_named(sources, name, old, new):
    repository.change(sources / name, old, new)
    commit(sources)
    said = list(release_check.placeholders(sources))

    assert said
    assert all(('.invalid in %s, line ' % name) in sentence for sentence in said)


def test_what_is_not_committed_is_named(sources):
    (sources / 'new.txt').write_text('')

    assert list(release_check.uncommitted(sources)) == ['Commit or remove new.txt.']


def test_a_commit_without_a_tag_is_named(sources):
    commit(sources)

    assert list(release_check.tag(sources)) == ['Put a tag with the version, such as 1.2.3, on the last commit.']


def test_a_tag_without_a_message_is_named(sources):
    repository.git(sources, 'tag', '--delete', '2.3.4')
    repository.git(sources, 'tag', '2.3.4')

    assert list(release_check.tag(sources)) == ['Make the tag 2.3.4 with a message (git tag --annotate, or --sign).']


def test_a_version_for_copies_that_is_another_is_named(sources):
    repository.git(sources, 'tag', '--delete', '2.3.4')
    repository.git(sources, 'tag', '--annotate', '--message', 'Release', '3.0.0')

    assert list(release_check.version_without_tags(sources)) == [
        'fallback_version in pyproject.toml is 2.3.4: set it to the version of the release.'
    ]


def test_a_release_without_notes_is_named(sources):
    commit(sources)
    repository.git(sources, 'tag', '--annotate', '--message', 'Release', '3.0.0')

    assert list(release_check.release_notes(sources)) == [
        'The release notes have nothing under 3.0.0: add a note (reno new), and move the tag.'
    ]


def test_a_note_that_reno_does_not_take_is_named(sources):
    (sources / 'releasenotes' / 'notes' / 'odd-0123456789abcdef.yaml').write_text('---\nodd:\n  - Text.\n')
    (said,) = release_check.release_notes(sources)

    assert said.startswith('reno lint: ')
    assert 'odd-0123456789abcdef.yaml' in said


def test_distributions_of_another_commit_and_what_an_index_refuses_are_named(sources):
    repository.change(sources / 'README.rst', 'Read on\n=======', '.. toctree::\n\nRead on\n=======')
    repository.change(
        sources / 'README.rst', '.. image:: docs/images/groups.png', '.. image:: http://images.example.org/groups.png'
    )
    commit(sources)
    repository.git(sources, 'tag', '--force', '--annotate', '--message', 'Release', '2.3.4')
    said = list(release_check.distributions(sources))

    assert said[0].startswith('twine check --strict: ')
    assert said[1:] == [
        'The README of the wheel shows the picture http://images.example.org/groups.png; an index takes https alone.',
        'dist/gbp_status_ui-2.3.4.tar.gz is not what the last commit gives: run make dist.',
        'dist/gbp_status_ui-2.3.4-py3-none-any.whl is not what the last commit gives: run make dist.',
    ]


def test_languages_that_are_not_complete_are_listed(sources):
    catalogue = sources / 'gbp_status_ui' / 'locale' / 'de' / 'LC_MESSAGES' / 'django.po'
    repository.change(catalogue, 'msgstr "Fehler"', 'msgstr ""')

    assert [line.split()[0] for line in release_check.untranslated(sources)] == ['de']
