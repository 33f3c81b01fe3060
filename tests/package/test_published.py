# SPDX-License-Identifier: Apache-2.0
"""What is uploaded to an index is the same wherever it is built, and shows well there."""

import email
from pathlib import Path
import re
import subprocess
import sys
import tarfile
import zipfile

from tools import dist

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = re.compile(r'<([^>\s]+)>`_|image:: (\S+)')


def readme(wheel):
    """Return the text that an index shows."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith('.dist-info/METADATA')]
        return email.message_from_bytes(archive.read(name)).get_payload(decode=True).decode()


def test_they_are_named_by_the_version(built):
    """That each build of a commit gives the same bytes is test_release_check.py's."""
    assert [path.name for path in built] == ['gbp_status_ui-2.3.4.tar.gz', 'gbp_status_ui-2.3.4-py3-none-any.whl']


def test_an_index_takes_them(built):
    checked = subprocess.run([sys.executable, '-m', 'twine', 'check', '--strict', *built], check=False)

    assert checked.returncode == 0


def test_the_readme_of_an_index_has_absolute_addresses_of_the_commit_alone(released, wheel):
    commit = subprocess.run(
        ['git', '-C', released, 'rev-parse', 'HEAD'], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    source = dist.project_urls(released / 'setup.cfg')['Source']
    here = re.compile('%s/(?:blob|raw)/%s/(.+)' % (re.escape(source), commit))
    addresses = [link or picture for link, picture in ADDRESS.findall(readme(wheel))]
    files = [here.fullmatch(address) for address in addresses if not address.startswith('https://docs.openstack.org')]

    assert '%s/raw/%s/docs/images/groups.png' % (source, commit) in addresses
    assert [found.group(1) for found in files if not (ROOT / found.group(1)).is_file()] == []


def test_the_sdist_has_the_release_notes_as_a_changelog(sdist):
    with tarfile.open(sdist) as archive:
        text = archive.extractfile('gbp_status_ui-2.3.4/CHANGELOG.rst').read().decode()

    assert re.findall(r'^(\S+)\n=+$', text, re.MULTILINE) == ['2.3.4']
