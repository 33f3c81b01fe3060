# SPDX-License-Identifier: Apache-2.0
"""Repositories of git that hold a tree of the project, uncommitted changes too."""

import shutil
import subprocess

AUTHOR = ('-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org')
#: (file, what is to be settled before a release, what the tests put in its place).
SETTLED = (
    ('setup.cfg', '.invalid/', '.example.org/'),
    ('SECURITY.md', '.invalid>', '.example.org>'),
    ('pyproject.toml', 'fallback_version = "1.0.0"', 'fallback_version = "2.3.4"'),
)


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def of(tree, directory):
    """Make a repository with one commit that has the files of the tree, without a tag; return the directory."""
    shutil.copytree(tree, directory, symlinks=True)
    git(directory, 'init', '--quiet')
    git(directory, 'add', '--all')
    git(directory, 'commit', '--quiet', '--message', 'Sources')
    return directory


def git(directory, *arguments):
    subprocess.run(['git', '-C', directory, *AUTHOR, *arguments], check=True)
