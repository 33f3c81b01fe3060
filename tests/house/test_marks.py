# SPDX-License-Identifier: Apache-2.0
"""Tests have the markers by which they are chosen: for each release of Horizon, and for make check."""

import configparser
import re
import shlex

import pytest

from tools import rooms

from tests.house import source

#: Libraries of which each Horizon has releases of its own.
LIBRARIES = {
    'compressor',
    'django',
    'horizon',
    'keystoneauth1',
    'openstack_auth',
    'openstack_dashboard',
    'requests',
    'urllib3',
}
#: What of them is the same in each release.
SAME = {'django.apps', 'django.conf', 'django.utils', 'django.utils.translation'}
MARK = 'pytest.mark.releases'
#: {module: the test that holds it}, where that is not called after the module.
ELSEWHERE = {
    'admin/panel.py': 'views/test_panel.py',
    'apps.py': 'test_checks.py',
    'management/commands/gbp_status_check.py': 'management/test_check.py',
    'management/commands/gbp_status_report.py': 'management/test_report_command.py',
    'management/login_page.py': 'management/test_broken_installations.py',
    'management/report_formats.py': 'management/test_report_command.py',
    'service/extensions.py': 'service/test_api.py',
    'service/idle_connections.py': 'service/test_transport_idle.py',
    'templatetags/gbp_status.py': 'test_templates.py',
    'views/fragments.py': 'views/test_every_page.py',
    'views/section.py': 'views/test_tables.py',
    'views/urls.py': 'views/test_every_page.py',
}
#: Horizon runs the enabled files; the others need the real group-based-policy-ui (tests/gbpui).
NOT_IN_UNIT = ('enabled/', 'gbpui/launch_steps.py', 'gbpui/removed_names.py')


def changed_by_releases():
    """Return the modules of the plugin that a release may change, as paths below it."""
    trees = source.trees('gbp_status_ui')
    modules = [(name.partition('/')[2], dict(rooms.statements(tree)).keys() - SAME) for name, tree in trees]
    return [name for name, used in modules if LIBRARIES & {one.partition('.')[0] for one in used}]


def files_of(name):
    directory, _, file = name.rpartition('/')
    by_name = list((source.ROOT / 'tests' / 'unit' / directory).glob(f'test_{file.removesuffix(".py")}*.py'))
    return by_name + ([source.ROOT / 'tests' / 'unit' / ELSEWHERE[name]] if name in ELSEWHERE else [])


@pytest.mark.parametrize('name', [name for name in changed_by_releases() if not name.startswith(NOT_IN_UNIT)])
def test_what_a_release_may_change_is_tested_on_each(name):
    assert any(MARK in path.read_text('utf-8') for path in files_of(name)), (
        f'No test of {name} has the marker {MARK}: mark one, or name its file in ELSEWHERE.'
    )


def test_exceptions_are_modules_that_a_release_may_change():
    assert set(ELSEWHERE) <= set(changed_by_releases())


def test_make_check_runs_what_is_quick_in_environments_that_there_are():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(source.ROOT / 'tox.ini')
    target = re.search(r'^check: .*\n((?:\t.*\n)+)', (source.ROOT / 'Makefile').read_text(), re.MULTILINE)[1]
    variable, _program, _module, runner, newest, *others = shlex.split(target.replace('\\\n', ' ').strip(' \t\n@'))
    name, _, arguments = variable.partition('=')

    assert runner == 'tools.test'
    assert f'{newest}: pytest ' in tox['testenv']['commands']
    assert f'{{posargs:{{env:{name}:tests/unit}}}}' in tox['testenv']['commands']
    assert ('-m "not slow"' in arguments, arguments.split()[-1]) == (True, 'tests/unit')
    assert {f'testenv:{one}' for one in others} <= set(tox)
