# SPDX-License-Identifier: Apache-2.0
"""python -m tools.release_check: list what is missing before the last commit can be published; 1 if anything is."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
import re
import subprocess
import sys
import tempfile
import zipfile

from tools import dist
from tools import translations

#: A name that no network has (RFC 2606): stands where the project's own address is to be set.
PLACEHOLDER = r'[[:alnum:]@._-]+\.invalid'
# Tests and the demo use such names for hosts that they do not reach.
NOT_PUBLISHED = (':!demo', ':!tests', ':!tools', ':!static')
FALLBACK = re.compile(r'^fallback_version = "(.+)"$', re.MULTILINE)
RELEASE = re.compile(r'\d+\.\d+\.\d+')
RELATIVE = re.compile(r'^\.\. image:: (?!https://)(\S+)', re.MULTILINE)


def placeholders(root: Path) -> Iterator[str]:
    found = _git(root, 'grep', '-n', '-I', '-o', '-E', PLACEHOLDER, 'HEAD', '--', '.', *NOT_PUBLISHED)
    for path, line, name in (one.split(':', 3)[1:] for one in found.splitlines()):
        yield 'Replace the placeholder %s in %s, line %s.' % (name, path, line)


def uncommitted(root: Path) -> Iterator[str]:
    for line in _git(root, 'status', '--porcelain').splitlines():
        yield 'Commit or remove %s.' % line[3:]


def tag(root: Path) -> Iterator[str]:
    release = _tag(root)
    if not release:
        yield 'Put a tag with the version, such as 1.2.3, on the last commit.'
    elif _git(root, 'cat-file', '-t', release).strip() != 'tag':
        yield 'Make the tag %s with a message (git tag --annotate, or --sign).' % release


def version_without_tags(root: Path) -> Iterator[str]:
    (said,) = FALLBACK.findall(_git(root, 'show', 'HEAD:pyproject.toml'))
    if said != _tag(root):
        yield 'fallback_version in pyproject.toml is %s: set it to the version of the release.' % said


def release_notes(root: Path) -> Iterator[str]:
    lint = subprocess.run(['reno', '--quiet', 'lint', root], check=False, capture_output=True, text=True)
    if lint.returncode:
        yield 'reno lint: %s' % (lint.stdout + lint.stderr).strip()
    elif _tag(root) and _tag(root) not in _newest_notes(root):
        yield 'The release notes have nothing under %s: add a note (reno new), and move the tag.' % _tag(root)


def distributions(root: Path) -> Iterator[str]:
    """Build them, hold them to what the index asks for, and those in dist/, if there are any, to what was built."""
    with tempfile.TemporaryDirectory() as scratch:
        built = dist.build(Path(scratch), root)
        yield from _refused(built)
        for picture in RELATIVE.findall(_readme(built[1])):
            yield 'The README of the wheel shows the picture %s; an index takes https alone.' % picture
        for path in built:
            published = root / 'dist' / path.name
            if not published.exists() or published.read_bytes() != path.read_bytes():
                yield 'dist/%s is not what the last commit gives: run make dist.' % path.name


CHECKS = (placeholders, uncommitted, tag, version_without_tags, release_notes, distributions)


def missing(root: Path) -> list[str]:
    """Return what is missing, one sentence each."""
    return [sentence for check in CHECKS for sentence in check(root)]


def untranslated(root: Path) -> list[str]:
    """Return a line for each language that is not complete; no release has to wait for them."""
    shares = translations.shares(root / 'gbp_status_ui')
    incomplete = {
        language: domains
        for language, domains in shares.items()
        if any(count < total for count, total in domains.values())
    }
    return translations.lines(incomplete)


def _git(root: Path, *arguments: str) -> str:
    """Return what git says; nothing, if it finds nothing."""
    return subprocess.run(['git', '-C', root, *arguments], check=False, capture_output=True, encoding='utf-8').stdout


def _tag(root: Path) -> str | None:
    """Return the tag of the last commit that is a version, or None."""
    return next(filter(RELEASE.fullmatch, _git(root, 'tag', '--points-at', 'HEAD').split()), None)


def _newest_notes(root: Path) -> list[str]:
    """Return the first version that reno lists, with those that follow."""
    listed = subprocess.run(['reno', '--quiet', 'list', root], check=True, stdout=subprocess.PIPE, text=True).stdout
    return re.findall(r'^(\S+)$', listed, re.MULTILINE)[:1]


def _refused(built: Sequence[Path]) -> Iterator[str]:
    command = [sys.executable, '-m', 'twine', '--no-color', 'check', '--strict', *map(str, built)]
    checked = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if checked.returncode:
        yield 'twine check --strict: %s' % checked.stdout.strip()


def _readme(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith('.dist-info/METADATA')]
        _headers, _blank, body = archive.read(name).decode().partition('\n\n')
        return body


def main(root: Path) -> int:
    found, languages = missing(root), untranslated(root)
    for sentence in found:
        print('MISSING  %s' % sentence)
    for line in languages:
        print('to know  not translated in full: %s' % line)
    print('%d missing' % len(found) if found else 'Nothing is missing: the release can be published.')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main(dist.ROOT))
