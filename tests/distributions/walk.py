# SPDX-License-Identifier: Apache-2.0
"""The walk: install by the README, ask the check, set up the cache, look, remove; the same by a package; an upgrade."""

import subprocess
import urllib.error
import urllib.request

from tests.distributions import pages
from tests.distributions import words
from tests.distributions.host import CLONE
from tests.distributions.host import RESTART

CHECK = 'python3 -m gbp_status_ui check'
#: Where the plugin leaves files on a host. What Python compiled of them may stay: it does nothing without them.
TRACES = (
    'etc/openstack-dashboard/**/*gbp_status*.py',
    'usr/lib/python3/dist-packages/openstack_dashboard/local/**/*gbp_status*.py',
    'usr/lib/python3/dist-packages/gbp_status_ui',
    'usr/local/lib/python3*/dist-packages/gbp_status_ui',
    'var/lib/openstack-dashboard/static/gbp_status_ui',
)


class Walk:
    """After :meth:`go` each attribute is what one step came to."""

    def __init__(self, release, host, browser, project, pictures):
        self._host, self._browser, self._project, self._pictures = host, browser, project, pictures
        self._begin = _last_tag(project) or release.upgraded_from
        self._words_of_the_release = release.name.lower().replace(' ', '-')
        self._head = _git(project, 'rev-parse', 'HEAD').strip()
        self._readme = (project / 'README.rst').read_text(encoding='utf-8')
        self._words = words.named((project / 'docs' / 'install.rst').read_text(encoding='utf-8'))

    def go(self):
        self._install()
        self._set_up_the_cache()
        self._remove()
        self._package()
        return self

    def _install(self):
        self._host.clone(self._project, self._head)
        self.installed = self._host.do(words.literal(self._readme, 'gbp_status_ui install'), CLONE)
        self.files = self._host.find(*TRACES)
        self.check_before = self._host.do(CHECK)
        # A release may need words of its own before any page of Horizon is there.
        self.prepared = self._host.do(self._words.get(self._words_of_the_release, RESTART))
        self.login_after_root_has_checked = status(f'{self._host.address}/auth/login/')

    def _set_up_the_cache(self):
        """Debian's own settings log people out when a request comes to another process, whatever page it is."""
        self.cached = self._host.do(self._words['debian-cache'])
        self.check_after = self._host.do(CHECK)
        self.pages = self._look('installed')

    def _remove(self):
        self.removed = self._host.do(self._words['debian-remove'])
        self.left = self._host.find(*TRACES)
        self.login_without = status(f'{self._host.address}/auth/login/')
        self.panel_without = pages.status_of_the_panel(self._browser, self._host.address)

    def _package(self):
        self.packaged = self._host.do(self._words['debian-package'], CLONE)
        self.check_packaged = self._host.do(CHECK)
        self.unpackaged = self._host.do(
            self._words['debian-remove'].replace(
                'PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip uninstall --yes gbp_status_ui',
                'apt-get remove --yes python3-gbp-status-ui',
            )
        )
        self.left_by_the_package = self._host.find(*TRACES)

    def upgrade(self):
        """Go on: install what was before, and upgrade it."""
        self._host.clone(self._project, self._begin)
        self.old = self._host.do(words.for_debian(old_words(self._project, self._begin)), CLONE, times=4)
        self._host.clone(self._project, self._head)
        self.upgraded = self._host.do(self._words['debian-upgrade'], CLONE)
        self.check_upgraded = self._host.do(CHECK)
        self.pages_upgraded = self._look('upgraded')
        return self

    def _look(self, name):
        return pages.look(self._browser, self._host.address, self._pictures, name)


def old_words(project, commit):
    """Return how the README of a commit installs the plugin."""
    return words.literal(_git(project, 'show', f'{commit}:README.rst'), 'pip install .')


def _last_tag(project):
    return next(iter(_git(project, 'tag', '--merged', 'HEAD', '--sort', '-creatordate').split()), None)


def _git(project, *arguments):
    return subprocess.run(['git', '-C', project, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def status(address):
    """Return the status of the answer to somebody who has not logged in."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
