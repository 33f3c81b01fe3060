# SPDX-License-Identifier: Apache-2.0
"""python -m tools.dist: build the sdist and the wheel of the last commit into dist/, each time with the same bytes.

What is not committed is left out. The sdist gets a CHANGELOG.rst from the release notes and a README without relative
links: an index shows the README, and has none of the files beside it.
"""

from __future__ import annotations

import configparser
import gzip
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / 'demo' / 'pins' / 'build.txt'
PRETEND = 'SETUPTOOLS_SCM_PRETEND_VERSION_FOR_GBP_STATUS_UI'
NOTES = Path('releasenotes', 'notes', 'reno.cache')
#: Where GitHub and GitLab show a file of a commit, and where they have the file itself.
PAGE, FILE = '{source}/blob/{commit}/{path}', '{source}/raw/{commit}/{path}'
# What has a scheme (https:) is absolute already.
LINK = re.compile(r'(?P<before><)(?P<path>(?![a-z]+:)[^<>\s]+)(?P<after>>`_)')
PICTURE = re.compile(r'(?P<before>\.\. image:: )(?P<path>(?![a-z]+:)\S+)(?P<after>)')


def build(directory: Path, root: Path = ROOT) -> tuple[Path, Path]:
    """Build the distributions of a repository's HEAD into ``directory``; return the paths of sdist and wheel."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        clone, tree = Path(scratch, 'clone'), Path(scratch, 'tree')
        _run('git', 'clone', '--quiet', '--', root, clone)
        epoch = _output('git', '-C', clone, 'log', '-1', '--format=%ct').strip()
        version = _output(sys.executable, '-m', 'setuptools_scm', '--root', clone).strip()
        environment = {**os.environ, 'SOURCE_DATE_EPOCH': epoch, 'UV_CONSTRAINT': str(CONSTRAINTS), PRETEND: version}
        _export(clone, tree)
        _write_release_notes(clone, tree)
        _make_links_absolute(tree / 'README.rst', _output('git', '-C', clone, 'rev-parse', 'HEAD').strip())
        made = _built('--sdist', tree, Path(scratch, 'made'), environment)
        sdist = _without_traces(made, directory, int(epoch))
        shutil.unpack_archive(sdist, Path(scratch, 'sdist'))
        (unpacked,) = Path(scratch, 'sdist').iterdir()
        wheel = _built('--wheel', unpacked, Path(scratch, 'wheel'), environment)
        return sdist, Path(shutil.copy(wheel, directory))


def _export(clone: Path, tree: Path) -> None:
    """Files of an archive may change, and setuptools-scm does not take it for a clone with uncommitted changes."""
    archive = clone.with_suffix('.tar')
    _run('git', '-C', clone, 'archive', '--output', archive, 'HEAD')
    shutil.unpack_archive(archive, tree)


def _write_release_notes(clone: Path, tree: Path) -> None:
    """Write the changelog, and what reno needs to make the documentation without git."""
    (tree / 'CHANGELOG.rst').write_text(_output('reno', '--quiet', 'report', '--no-show-source', clone), 'utf-8')
    _run('reno', '--quiet', 'cache', clone)
    shutil.copyfile(clone / NOTES, tree / NOTES)


def _make_links_absolute(readme: Path, commit: str) -> None:
    text = readme.read_text('utf-8')
    source = project_urls(readme.with_name('setup.cfg'))['Source']
    for pattern, address in ((LINK, PAGE), (PICTURE, FILE)):
        absolute = address.format(source=source, commit=commit, path=r'\g<path>')
        text = pattern.sub(r'\g<before>%s\g<after>' % absolute, text)
    readme.write_text(text, 'utf-8')


def project_urls(path: Path) -> dict[str, str]:
    """Return {name: address} of a setup.cfg."""
    setup = configparser.ConfigParser()
    setup.read(path, 'utf-8')
    return dict(line.split(' = ') for line in setup['metadata']['project_urls'].strip().splitlines())


def _built(kind: str, tree: Path, directory: Path, environment: dict[str, str]) -> Path:
    """Build into a new directory. Files get the rights that the umask leaves, and in a wheel the time of the commit."""
    command = [sys.executable, '-m', 'build', '--quiet', '--installer', 'uv', kind, '--outdir']
    subprocess.run([*command, directory, tree], check=True, env=environment, umask=0o022, stdout=subprocess.DEVNULL)
    (made,) = directory.iterdir()
    return made


def _without_traces(sdist: Path, directory: Path, epoch: int) -> Path:
    """Copy an sdist without the times, owners and rights of the files on the machine that it was built on."""
    copy = directory / sdist.name
    with (
        tarfile.open(sdist) as before,
        copy.open('wb') as file,
        gzip.GzipFile('', 'wb', fileobj=file, mtime=epoch) as packed,
        tarfile.open(fileobj=packed, mode='w', format=tarfile.PAX_FORMAT) as after,
    ):
        for member in sorted(before.getmembers(), key=lambda one: one.name):
            clean = tarfile.TarInfo(member.name)
            clean.type, clean.size, clean.mtime = member.type, member.size, epoch
            clean.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            after.addfile(clean, before.extractfile(member) if member.isfile() else None)
    return copy


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


def _output(*command: str | Path) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout


if __name__ == '__main__':
    shutil.rmtree(ROOT / 'dist', ignore_errors=True)
    for path in build(ROOT / 'dist'):
        print(path.relative_to(ROOT))
