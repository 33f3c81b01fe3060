# SPDX-License-Identifier: Apache-2.0
"""The sdist and the wheel hold the plugin, all of it and nothing else."""

import tarfile
import zipfile

import pytest

DATA = ('enabled', 'local_settings.d', 'locale', 'static', 'templates')


def plugin_files(tree):
    """Return the names of all files below gbp_status_ui, those behind the symlinks too, but for what a build makes."""
    places = [tree / 'gbp_status_ui', *(tree / 'gbp_status_ui' / name for name in ('static', 'templates'))]
    found = {path for place in places for path in place.rglob('*') if path.is_file() and path.suffix != '.mo'}
    return {str(path.relative_to(tree)) for path in found}


def compiled(files):
    """Return the names of the compiled translations that belong to these files."""
    return {name[: -len('.po')] + '.mo' for name in files if name.endswith('.po')}


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.split('/')[0].endswith('.dist-info')}


def test_the_wheel_holds_the_plugin_and_nothing_else(tree, wheel):
    files = plugin_files(tree)

    assert compiled(files)
    assert names(wheel) == files | compiled(files)


@pytest.mark.parametrize('part', DATA)
def test_the_wheel_holds_files_that_are_not_code(wheel, part):
    assert any(name.startswith('gbp_status_ui/%s/' % part) for name in names(wheel))


def test_a_wheel_of_the_tree_is_the_same_as_one_of_the_sdist(wheel, wheel_of_the_tree):
    assert names(wheel_of_the_tree) == names(wheel)


def test_the_sdist_holds_what_a_wheel_is_made_of_and_no_link(tree, sdist):
    with tarfile.open(sdist) as archive:
        members = archive.getmembers()
    held = {member.name.split('/', 1)[1] for member in members if member.isfile()}

    assert not [member.name for member in members if member.islnk() or member.issym()]
    assert held >= plugin_files(tree) | {'LICENSE', 'setup.cfg', 'pyproject.toml'}


def test_the_sdist_holds_what_distributions_test_and_document_with(tree, sdist):
    with tarfile.open(sdist) as archive:
        held = {member.name.split('/', 1)[1] for member in archive.getmembers() if member.isfile()}
    wanted = {
        str(path.relative_to(tree))
        for place in ('demo', 'devstack', 'docs', 'releasenotes', 'static', 'templates', 'tests', 'tools')
        for path in (tree / place).rglob('*')
        if path.is_file() and path.suffix != '.pyc'
    }

    assert held >= wanted | {path.name for path in tree.iterdir() if path.is_file() and not path.name.startswith('.')}


def test_the_metadata_name_the_licence_and_what_is_required(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith('.dist-info/METADATA')]
        metadata = archive.read(name).decode()
        licences = [name for name in archive.namelist() if name.endswith('/LICENSE')]

    assert licences
    for line in ('Requires-Python: >=3.9', 'Requires-Dist: horizon>=22.1', 'License-File: LICENSE'):
        assert line in metadata.splitlines()
