# SPDX-License-Identifier: Apache-2.0
"""Repositories of git that hold a tree of the project, uncommitted changes too."""

import shutil
import subprocess

AUTHOR = ('-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org')


def of(tree, directory):
    """Make a repository with one commit that has the files of the tree, without a tag; return the directory."""
    shutil.copytree(tree, directory, symlinks=True)
    git(directory, 'init', '--quiet')
    git(directory, 'add', '--all')
    git(directory, 'commit', '--quiet', '--message', 'Sources')
    return directory


def git(directory, *arguments):
    subprocess.run(['git', '-C', directory, *AUTHOR, *arguments], check=True)
