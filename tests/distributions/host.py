# SPDX-License-Identifier: Apache-2.0
"""A host with a distribution's Horizon, as its operator works on it from a root shell."""

import dataclasses
import shutil
import socket
import subprocess

from demo import ports
from demo.processes import Services

from tests.distributions import chroots

#: Where an operator has the clone.
CLONE = '/usr/local/src/gbp_status_ui'
#: There is no systemd in a chroot: these words are done by :class:`Host` itself.
RESTART = 'systemctl restart apache2'
DOCUMENTED_MEMCACHED = '127.0.0.1:11211'


@dataclasses.dataclass(frozen=True)
class Done:
    """What words came to; ``said`` is all that they printed."""

    status: int
    said: str


class Host:
    """A chroot ``root`` with Apache on a port of its own; everything that it starts ends with :meth:`stop`."""

    def __init__(self, root, keystone_url):
        self.root = root
        found = ports.remembered(root.with_name(f'{root.name}-ports.json'), ['apache', 'memcached'])
        self._port, self._memcached_port = found['apache'], found['memcached']
        self.address = f'http://localhost:{self._port}/horizon'
        self._logs = root.with_name(f'{root.name}-logs')
        shutil.rmtree(self._logs, ignore_errors=True)
        self._logs.mkdir()
        self._web, self._memcached = Services(self._logs), Services(self._logs)
        self._configure(keystone_url)

    def _configure(self, keystone_url):
        """Do what every operator does: the address of Keystone; and the port, which this machine shares."""
        self._edit('etc/openstack-dashboard/local_settings.py', f'\nOPENSTACK_KEYSTONE_URL = {keystone_url!r}\n')
        self._replace('etc/apache2/ports.conf', 'Listen 80\n', f'Listen {ports.ADDRESS}:{self._port}\n')
        self._replace('etc/apache2/sites-available/000-default.conf', '*:80>', f'*:{self._port}>')

    def _edit(self, name, more):
        with (self.root / name).open('a') as target:
            target.write(more)

    def _replace(self, name, old, new):
        path = self.root / name
        text = path.read_text()
        assert old in text, f'{name}: {old}'
        path.write_text(text.replace(old, new))

    def do(self, words, directory='/', times=1):
        """Type words into a shell that stops at the first that fails; return what they came to.

        Words of old, which compress with several threads, may take several ``times``: they fail by chance.
        """
        before, restarts, _after = words.partition(RESTART)
        done = self._type(before, directory)
        while done.status and times > 1:
            done, times = self._type(before, directory), times - 1
        if restarts and done.status == 0:
            self.restart()
        return done

    def _type(self, words, directory):
        # The port of the documents may be taken on this machine.
        here = words.replace(DOCUMENTED_MEMCACHED, f'{ports.ADDRESS}:{self._memcached_port}')
        done = subprocess.run(
            chroots.enter(self.root, 'sh', '-ec', f'cd {directory}\n{here}'),
            check=False,
            env=chroots.environment(),
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        with (self._logs / 'words.log').open('a') as log:
            log.write(f'{words}\n--> {done.returncode}\n{done.stdout}\n')
        return Done(done.returncode, done.stdout)

    def clone(self, project, commit):
        """Have the clone of the project at a commit."""
        target = self.root / CLONE.lstrip('/')
        if not target.exists():
            subprocess.run(['git', 'clone', '--quiet', '--no-hardlinks', project, target], check=True)
        subprocess.run(['git', '-C', target, 'checkout', '--quiet', '--detach', commit], check=True)

    def restart(self):
        """Let the web server load all anew; return when it answers. A memcached that is installed runs by then."""
        if self.find('usr/bin/memcached') and not self._listens():
            self._start_memcached()
        self._web.stop()
        self._web.start('apache', chroots.enter(self.root, 'apache2ctl', '-D', 'FOREGROUND'), chroots.environment())
        self._web.wait_until_ready('apache', f'http://{ports.ADDRESS}:{self._port}/')

    def _start_memcached(self):
        command = ['memcached', '-u', 'memcache', '-l', ports.ADDRESS, '-p', str(self._memcached_port)]
        self._memcached.start('memcached', chroots.enter(self.root, *command), chroots.environment())
        while not self._listens():
            self._memcached.check()

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex((ports.ADDRESS, self._memcached_port)) == 0

    def find(self, *patterns):
        """Return the names of the files that patterns below the root find."""
        found = {path for pattern in patterns for path in self.root.glob(pattern)}
        return sorted(str(path.relative_to(self.root)) for path in found)

    def stop(self):
        self._web.stop()
        self._memcached.stop()
