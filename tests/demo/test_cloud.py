# SPDX-License-Identifier: Apache-2.0
"""Starting: what is refused, what is remembered, and what makes something be built again."""

import json
import socket

import pytest

from demo import __main__ as command_line
from demo import cloud
from demo import dashboard
from demo import environments
from demo import neutron
from demo import policies
from demo import ports
from demo.errors import DemoError
from demo.preparation import Preparation


@pytest.mark.parametrize('gbp', [(), ('17',), ('16', '16'), ('16', '18', '16'), ('',)])
def test_an_unknown_gbp_is_refused_with_what_there_is(gbp):
    with pytest.raises(DemoError, match='choose one or two of 16, 18'):
        cloud.check_releases(gbp, None)


def test_an_unknown_horizon_is_refused_with_what_there_is():
    with pytest.raises(DemoError, match=r'choose one of 22\.1\.1 .*, 27\.0\.0 '):
        cloud.check_releases(('16',), '23.0.0')


@pytest.mark.parametrize(
    ('name', 'release'), [('22.1', '22.1.1'), ('25', '25.7.3'), ('27.0.0', '27.0.0'), ('2', '2'), ('', '')]
)
def test_the_beginning_of_a_release_is_enough(name, release):
    assert dashboard.release_of(name) == release


@pytest.mark.parametrize(('release', 'python'), [('22.1', '3.9'), ('24.0', '3.10'), ('27', '3.11')])
def test_a_horizon_runs_on_the_python_that_its_pins_are_for(release, python):
    pins, _gbpui = dashboard.pins_of(dashboard.release_of(release), '16')
    assert environments.python_of(environments.PINS / (pins + '.txt')) == python


@pytest.mark.parametrize('gbp', [('16',), ('18',), ('16', '18'), ('18', '16')])
def test_one_or_two_known_releases_are_taken(gbp):
    assert cloud.check_releases(gbp, '27.0.0') is None


def test_the_environment_sets_the_defaults_of_the_command_line():
    chosen = command_line.options(
        [],
        {'DEMO_GBP': '18', 'DEMO_PORT': '8181', 'DEMO_DIR': '/x', 'DEMO_HORIZON': '25.5.2', 'DEMO_COSTS': 'apic'},
    )
    assert (chosen.gbp, chosen.port, chosen.directory, chosen.horizon) == ('18', 8181, '/x', '25.5.2')
    assert chosen.costs == 'apic'


def test_the_demo_has_the_backend_of_the_real_driver_unless_another_one_is_chosen():
    assert command_line.options([], {}).backend == 'apic'
    assert command_line.options([], {'DEMO_BACKEND': 'reference'}).backend == 'reference'
    assert command_line.options(['--backend', 'detailed'], {'DEMO_BACKEND': 'apic'}).backend == 'detailed'


def test_an_unknown_backend_is_refused_with_what_there_is(tmp_path):
    with pytest.raises(DemoError, match='choose one of apic, reference, detailed'):
        cloud.Cloud(tmp_path, backend='opflex')


@pytest.mark.parametrize('gbp', neutron.RELEASES)
@pytest.mark.parametrize('backend', neutron.BACKENDS)
def test_each_backend_has_settings_and_a_database_of_its_own(tmp_path, gbp, backend):
    one = neutron.Neutron(tmp_path, tmp_path / 'environment', gbp, 'R', 1, 'http://k', backend, bare=True)
    (tmp_path / 'environment' / 'etc' / 'neutron').mkdir(parents=True)
    (tmp_path / 'environment' / 'etc' / 'neutron' / 'api-paste.ini').touch()
    one.directory.mkdir()
    one._write_settings()
    settings = (one.directory / 'neutron.conf').read_text()
    assert one.directory.name == f'neutron-gbp{gbp}-{backend}-bare'
    assert f'policy_drivers = demo_{backend}\n' in settings
    assert ('ApicCore' in settings) == ('demo_apic,proxy_group' in settings) == (backend == 'apic')
    assert ('group_policy,ncp' in settings) == (gbp == '16')


def test_an_option_comes_before_the_environment():
    chosen = command_line.options(['--gbp', '16,18', '--no-horizon', '--bare'], {'DEMO_GBP': '18', 'DEMO_PORT': ''})
    assert (chosen.gbp, chosen.port, chosen.horizon, chosen.bare) == ('16,18', 8080, None, True)


def test_a_problem_is_told_in_one_line_and_ends_with_an_error(capsys):
    assert command_line.main(['--gbp', '17'], {}) == 1
    assert capsys.readouterr().err.count('\n') == 1


def test_the_ports_are_remembered_while_they_are_free(tmp_path):
    first = ports.remembered(tmp_path / 'ports.json', ['keystone', 'RegionOne'])
    assert ports.remembered(tmp_path / 'ports.json', ['keystone', 'RegionOne']) == first
    assert len(set(first.values())) == 2


def test_a_remembered_port_that_is_taken_is_replaced(tmp_path):
    with socket.create_server(('127.0.0.1', 0)) as other:
        taken = other.getsockname()[1]
        (tmp_path / 'ports.json').write_text(json.dumps({'keystone': taken}))
        assert ports.remembered(tmp_path / 'ports.json', ['keystone'])['keystone'] != taken


def test_a_taken_port_that_the_user_chose_is_refused():
    with socket.create_server(('127.0.0.1', 0)) as other, pytest.raises(DemoError, match=r'taken.*DEMO_PORT'):
        ports.require_free(other.getsockname()[1])


def test_a_second_cloud_in_one_directory_is_refused(tmp_path):
    first, second = cloud.Cloud(tmp_path), cloud.Cloud(tmp_path)
    first._claim()
    with pytest.raises(DemoError, match='running in'):
        second._claim()
    first.stop()
    second._claim()
    second.stop()


def test_a_fingerprint_changes_with_content_and_name(tmp_path):
    pins = tmp_path / 'a.txt'
    pins.write_text('x==1')
    before = environments.fingerprint(pins, '3.11')
    assert environments.fingerprint(pins, '3.11') == before
    assert environments.fingerprint(pins, '3.12') != before
    pins.write_text('x==2')
    assert environments.fingerprint(pins, '3.11') != before
    assert environments.fingerprint(pins.rename(tmp_path / 'b.txt'), '3.11') != before


@pytest.mark.parametrize('path', sorted(environments.PINS.glob('*.txt')), ids=lambda path: path.stem)
def test_every_requirement_of_an_environment_is_pinned(path):
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith('#')]
    assert lines
    assert path.stem == 'build' or all('==' in line for line in lines)


def test_of_several_pins_the_last_counts(tmp_path):
    (tmp_path / 'a.txt').write_text('# Two packages\nx==1\ny==1 ; python_version < "3"\n')
    (tmp_path / 'b.txt').write_text('x==2\nz==1\n')
    assert environments.merge(tmp_path / 'a.txt', tmp_path / 'b.txt').split('\n') == [
        'x==2',
        'y==1 ; python_version < "3"',
        'z==1',
        '',
    ]


@pytest.mark.parametrize('gbp', neutron.RELEASES)
def test_every_gbp_has_its_own_gbpui_in_the_dashboard(gbp):
    assert dashboard.environment_of('27.0.0', gbp) == f'horizon-27.0.0-gbp{gbp}'
    assert f'group-based-policy-ui=={gbp}.0.0' in environments.merge(
        *(environments.PINS / f'{part}.txt' for part in dashboard.pins_of('27.0.0', gbp))
    )


def test_the_files_of_the_plugin_are_all_of_it_and_no_traces_of_running(tmp_path):
    generated = ('gbp_status_ui/__pycache__/api.pyc', 'gbp_status_ui/locale/django.mo')
    for name in ('gbp_status_ui/api.py', *generated, 'static/a.js', 'setup.cfg', 'tests/t.py'):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in dashboard.plugin_files(tmp_path)]
    assert found == ['gbp_status_ui/api.py', 'static/a.js', 'setup.cfg']


def test_the_filter_stands_where_calls_are_authenticated_and_answers_have_an_id():
    paste = neutron.with_filter('[composite:x]\nnoauth = cors request_id b\nkeystone = cors request_id b c\n')
    assert 'noauth = cors request_id b\nkeystone = cors request_id demo b c\n' in paste
    assert '[filter:demo]\nuse = egg:gbp_demo#demo\n' in paste


def test_members_see_what_is_shared_and_only_administrators_share():
    rules = policies.rules()
    assert rules['get_service_profile'] == 'rule:admin_or_owner or field:service_profiles:shared=True'
    assert rules['create_l3_policy:shared'] == 'rule:admin_only'
    assert rules['get_policy_target'] == 'rule:admin_or_owner'


def test_calls_are_those_since_a_time_oldest_first(tmp_path):
    calls = [{'start': 30, 'path': 'c'}, {'start': 10, 'path': 'a'}, {'start': 20, 'path': 'b'}]
    (tmp_path / 'calls-RegionOne.jsonl').write_text(''.join(json.dumps(call) + '\n' for call in calls))
    assert [call['path'] for call in cloud.Cloud(tmp_path).calls(since=20)] == ['b', 'c']
    assert cloud.Cloud(tmp_path).calls(region='RegionTwo') == []


def test_switches_are_replaced_whole_and_removed(tmp_path):
    switches = cloud.Switches(tmp_path / 'faults.json')
    switches.set({'*': {'status': 500}})
    assert json.loads((tmp_path / 'faults.json').read_text()) == {'*': {'status': 500}}
    switches.clear()
    switches.clear()
    assert list(tmp_path.iterdir()) == []


def test_nothing_runs_after_giving_up(tmp_path):
    preparation = Preparation(print)
    preparation.give_up()
    with pytest.raises(DemoError, match='given up'):
        preparation.run('Sleeping', ['sleep', '60'], tmp_path / 'log')
