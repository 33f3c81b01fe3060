# SPDX-License-Identifier: Apache-2.0
"""Debian with Horizon from its own packages, each release in a directory that stays, and copies of it for tests.

All that is mounted is mounted in a namespace of the process that needs it, so it goes with the process, however that
ends. Mirrors and settings of the network are those that apt of this machine has.
"""

import dataclasses
import os
from pathlib import Path
import shutil
import subprocess
import sys

from demo.environments import fingerprint
from tools import system_packages

#: What the chroots need of this machine, by the names of the programs; the packages have the same names.
PROGRAMS = ('debootstrap', 'unshare')
PACKAGES = ('openstack-dashboard', 'openstack-dashboard-apache', 'python3-pip', 'ca-certificates', 'git')
CERTIFICATES = Path('/etc/ssl/certs/ca-certificates.crt')
#: A chroot starts no services by itself; Debian enables a site that needs a module, which it does not enable.
FINISH = """\
printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
apt-get -qq update
apt-get -qq --yes --no-install-recommends install {packages} || true
for again in 1 2 3 4; do dpkg --configure --pending && break; done
test -e /etc/apache2/sites-enabled/openstack-dashboard-alias-only.conf
a2dissite -q default-ssl
"""
IN_A_NAMESPACE = ('unshare', '--mount', '--pid', '--fork', '--kill-child', 'sh', '-c')
ENTER = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
#: What pip and apt may need to reach what they install from.
PASSED = ('http_proxy', 'https_proxy', 'no_proxy', 'PIP_INDEX_URL', 'PIP_PROXY')


class NotHere(Exception):
    """Something that this machine lacks; the message is one line that names it."""


@dataclasses.dataclass(frozen=True)
class Release:
    """``upgraded_from`` is where an upgrade begins as long as there is no tag: the oldest commit for its Horizon."""

    name: str
    suite: str
    horizon: str
    python: str
    upgraded_from: str


RELEASES = (
    Release('Debian 12', 'bookworm', '23.0.0', '3.11', '8648bc2'),
    Release('Debian 13', 'trixie', '25.3.0', '3.13', 'b6385fd'),
)


def enter(root, *command):
    """Return the command that runs another in a chroot with processes of its own, which end with it."""
    return [*IN_A_NAMESPACE, ENTER, str(root), *command]


def environment():
    """Return the environment of a root shell in a chroot."""
    named = [name for one in PASSED for name in (one, one.upper())]
    return {
        **{name: os.environ[name] for name in named if name in os.environ},
        'DEBIAN_FRONTEND': 'noninteractive',
        'HOME': '/root',
        'LC_ALL': 'C.UTF-8',
        'PATH': '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    }


def ensure(release, directory):
    """Return the chroot of a release with Horizon installed; it is made unless it is there."""
    root, wanted = directory / release.suite, fingerprint(release.suite, FINISH, *PACKAGES)
    stamp = directory / f'{release.suite}.fingerprint'
    if not (stamp.exists() and stamp.read_text() == wanted):
        require_programs()
        stamp.unlink(missing_ok=True)
        shutil.rmtree(root, ignore_errors=True)
        directory.mkdir(parents=True, exist_ok=True)
        with (directory / f'{release.suite}.log').open('wb') as log:
            _make(release, root, mirrors(_index_targets()), log)
        stamp.write_text(wanted)
    return root


def copy(root, target):
    """Make a chroot that a test may change."""
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(['cp', '--archive', '--reflink=auto', root, target], check=True)
    return target


def require_programs():
    if os.geteuid() != 0:
        raise NotHere('The distributions need root: they are tried in a chroot.')
    absent = [name for name in PROGRAMS if not shutil.which(name)]
    if absent and system_packages.main(absent):
        raise NotHere(f'Missing system packages: {" ".join(absent)}')


def _index_targets():
    # Without lists, apt cannot tell whose archives it uses.
    subprocess.run(['apt-get', '-qq', 'update'], check=False)
    command = ['apt-get', 'indextargets', '--format', '$(LABEL)|$(REPO_URI)', 'Created-By: Packages']
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def mirrors(targets):
    """Return {label: address} of the archives of Debian that apt of this machine uses."""
    found = dict(line.split('|') for line in targets.splitlines() if line.startswith('Debian'))
    if not {'Debian', 'Debian-Security'} <= set(found):
        raise NotHere('apt of this machine has no archive of Debian: they can be tried on a Debian alone.')
    return found


def sources(suite, found):
    """Return the lines of sources.list."""
    places = [('Debian', suite), ('Debian', f'{suite}-updates'), ('Debian-Security', f'{suite}-security')]
    return ''.join(f'deb {found[label]} {place} main\n' for label, place in places)


def _make(release, root, found, log):
    say(f'Installing {release.name} with Horizon into {root}; the log is {log.name}')
    made = 'exec debootstrap --variant=minbase "$0" "$1" "$2"'
    _run([*IN_A_NAMESPACE, made, release.suite, root, found['Debian']], log)
    (root / 'etc' / 'apt' / 'sources.list').write_text(sources(release.suite, found))
    (root / 'etc' / 'apt' / 'apt.conf.d' / '90-of-the-machine').write_text(_settings_of_apt())
    for path in (CERTIFICATES, Path('/etc/resolv.conf'), Path('/etc/hosts')):
        _copy_file(path, root)
    finish = FINISH.format(packages=' '.join(PACKAGES))
    _run(enter(root, 'sh', '-ec', finish), log, env=environment())
    # The package ca-certificates has made its own.
    _copy_file(CERTIFICATES, root)


def _copy_file(path, root):
    target = root / path.relative_to('/')
    if path.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _settings_of_apt():
    """Return how apt of this machine reaches its archives: proxies, certificates, and whether dates are checked."""
    dumped = subprocess.run(['apt-config', 'dump', 'Acquire'], check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = ('Acquire::http', 'Acquire::Check-')
    return '\n'.join(line for line in dumped.splitlines() if line.startswith(wanted)) + '\n'


def _run(command, log, **options):
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)
    if done.returncode:
        raise NotHere(f'Making a chroot failed; its log is {log.name}')


def say(line):
    print(line, file=sys.stderr, flush=True)
