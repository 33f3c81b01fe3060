# SPDX-License-Identifier: Apache-2.0
"""What the configuration of Apache says about the processes of Horizon."""

import pytest

from gbp_status_ui.management import processes

ALIAS = 'WSGIScriptAlias /horizon /usr/share/openstack-dashboard/wsgi.py\n'
RDO = 'WSGIScriptAlias /dashboard /usr/share/openstack-dashboard/openstack_dashboard/wsgi.py\n'
DAEMON = 'WSGIDaemonProcess horizon user=www-data group=www-data'
CONFIGURED = {
    'named group with three': (f'{ALIAS}{DAEMON} processes=3 threads=10\nWSGIProcessGroup horizon\n', True),
    'named group with one': (f'{ALIAS}{DAEMON} threads=15\nWSGIProcessGroup horizon\n', False),
    'named group in the alias': (f'{ALIAS.strip()} process-group=horizon\n{DAEMON} processes=2\n', True),
    'group that is commented out': (f'{ALIAS}{DAEMON}\n    #WSGIProcessGroup horizon\n', True),
    'as RDO has it': (f'{RDO}WSGIDaemonProcess dashboard\nWSGIProcessGroup dashboard\n', False),
    'another application': ('WSGIScriptAlias /keystone /usr/bin/keystone-wsgi-public\n', None),
    'commented out': (f'# {ALIAS}', None),
}


@pytest.mark.parametrize(('text', 'several'), CONFIGURED.values(), ids=CONFIGURED.keys())
def test_apache_says_whether_there_are_several(tmp_path, text, several):
    for name in ('apache2/sites-enabled/horizon.conf', 'httpd/conf.d/horizon.conf'):
        path = tmp_path / name.replace('/', '-', 1) / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        found = processes.found(tmp_path / name.replace('/', '-', 1))

        assert found.several is several
        assert found.words.endswith('.')


def test_without_apache_it_is_not_known(tmp_path):
    assert processes.found(tmp_path).several is None


def test_a_file_that_cannot_be_read_says_nothing(tmp_path):
    (tmp_path / 'apache2' / 'sites-enabled' / 'horizon.conf').mkdir(parents=True)

    assert processes.found(tmp_path).several is None
