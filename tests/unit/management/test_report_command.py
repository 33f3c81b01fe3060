# SPDX-License-Identifier: Apache-2.0
"""python -m django gbp_status_report: formats, exit statuses, what is waited for, and one line where it cannot look."""

import dataclasses
import errno
import io
import json
import os

from django.apps import apps
from django.core.management import call_command
from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.management import login
from gbp_status_ui.management import report
from gbp_status_ui.management import report_formats
from gbp_status_ui.management import report_options
from gbp_status_ui.management.commands import gbp_status_report
from gbp_status_ui.model import registry

from tests.settings import PLUGIN
from tests.unit.management.reporting import counts
from tests.unit.management.reporting import run
from tests.unit.management.reporting import status_of
from tests.unit.management.reporting import value
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS

#: The options that every command has.
OF_DJANGO = {
    '--help',
    '--version',
    '--verbosity',
    '--settings',
    '--pythonpath',
    '--traceback',
    '--no-color',
    '--force-color',
    '--skip-checks',
}


def test_a_project_without_a_problem_is_ok(demo):
    demo.make(GROUPS, 'web')
    status, output, errors = run()

    assert status == 0
    assert output.splitlines() == [
        'GBP in region RegionOne, project demo',
        'GBP and Neutron report no error, and GBP is building nothing.',
    ]
    assert errors == ''


def test_what_is_being_built_is_a_warning(demo):
    demo.make(GROUPS, 'web', status='BUILD')

    assert run()[0] == 1


def test_a_cause_stands_above_what_it_breaks(demo):
    policy = demo.make('l3_policies', 'shop', status='ERROR', details='No VRF left.')
    bridge = demo.make('l2_policies', 'lan', status='ERROR', l3_policy_id=policy)
    demo.make(GROUPS, 'web', status='ERROR', l2_policy_id=bridge)
    status, output, _errors = run()

    assert status == 2
    lines = [line.split() for line in output.splitlines()[4:]]
    assert [' '.join(line) for line in lines] == [
        'Error L3 Policy shop No VRF left.; 2 broken with it, of 2 that depend on it',
        'Error L2 Policy lan',
        'Error Group web',
    ]
    assert [line.index('Error') for line in output.splitlines()[4:]] == [1, 3, 3]


def test_many_of_one_fault_are_one_line(demo):
    for number in range(25):
        demo.make(GROUPS, f'web-{number:02}', status='ERROR', details='No port left.')
    output = run()[1]

    assert '25 alike' in output
    assert 'and 5 more' in output
    assert output.count('No port left.') == 1


def test_what_may_not_be_read_is_named(demo):
    policy = demo.make('l3_policies', 'shop', project='other')
    demo.make('l2_policies', 'lan', status='ERROR', l3_policy_id=policy)

    assert 'also built from what you may not read (L3 Policy)' in run()[1]


def test_a_cause_that_needs_another_names_it(demo):
    policy = demo.make('l3_policies', 'shop', status='ERROR', details='No VRF left.')
    demo.make('l2_policies', 'lan', status='ERROR', details='No bridge left.', l3_policy_id=policy)

    assert 'built from L3 Policy shop, which is broken, too' in run()[1]


def test_names_stay_whole_on_a_narrow_terminal(demo):
    demo.make(GROUPS, 'a-rather-long-name-of-a-group', status='ERROR', details=' '.join(['reason'] * 40))
    with login.logged_in('', '', 10) as viewer:
        found = report.Reader(report.asked(viewer, 10, '', False, '', ''), 10).read()
        lines = report_formats.text(found, width=90).splitlines()

    assert sum('a-rather-long-name-of-a-group' in line for line in lines) == 1
    assert max(map(len, lines)) <= 90
    assert ' '.join(lines).count('reason') == 40


def test_the_details_are_one_line_whatever_a_backend_says(demo):
    demo.make(GROUPS, 'web', status='ERROR', details='One\nError  Group  db  Two\x1b[31m')

    assert 'One ⏎ Error  Group  db  Two' in run()[1]
    assert '\x1b' not in run()[1]


def test_an_error_beneath_is_one(demo):
    subnet = demo.neutron.make('subnets', 'lan', sync='error')
    demo.extensions |= {'cisco-apic'}
    demo.make(GROUPS, 'web', subnets=[subnet])
    status, output, _errors = run()

    assert status == 2
    assert 'Error only beneath' in output
    assert 'subnet in error: lan' in output


@pytest.mark.releases
def test_colours_are_for_terminals_that_want_them(demo, monkeypatch):
    demo.make(GROUPS, 'web', status='ERROR')

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def shown():
        terminal = Terminal()
        assert status_of(call_command, 'gbp_status_report', stdout=terminal) == 2
        return terminal.getvalue()

    monkeypatch.delenv('NO_COLOR', raising=False)
    assert '\x1b[31mError\x1b[0m' in shown()
    monkeypatch.setenv('NO_COLOR', '1')
    assert '\x1b' not in shown()
    assert '\x1b' not in run()[1]


@pytest.mark.releases
def test_the_document_has_what_the_overview_exports(demo):
    id_ = demo.make(GROUPS, 'web', status='ERROR', details='No port left.')
    status, output, _errors = run('--format', 'json')
    document = json.loads(output)

    assert status == 2
    assert (document['state'], document['complete'], document['broken']) == ('critical', True, 1)
    (group,) = document['groups']
    (row,) = group['resources']
    assert (row['id'], row['status'], row['status_details']) == (id_, 'ERROR', 'No port left.')
    assert {'kind': GROUPS, 'status': 'ERROR', 'below': 'ok', 'count': 1} in document['counts']


@pytest.mark.releases
def test_a_scrape_is_what_prometheus_reads(demo):
    demo.make(GROUPS, 'web', status='ERROR', details='"quoted" \\ {brace}\n')
    demo.make(GROUPS, 'db')
    demo.make('l3_policies', 'odd', status='half "done"\\')
    output = run('--format', 'prometheus')[1]

    assert counts(output) == {
        (GROUPS, 'ERROR', 'ok'): 1,
        (GROUPS, 'ACTIVE', 'ok'): 1,
        ('l3_policies', 'half "done"\\', 'ok'): 1,
    }
    assert (value(output, 'gbp_causes'), value(output, 'gbp_complete'), value(output, 'gbp_unread')) == ([1], [1], [])


def test_nothing_is_known_of_what_is_beneath_where_the_setting_is_off(demo):
    demo.make('l3_policies', 'l3')
    demo.make(CHAINS, 'chain')
    with override_settings(GBP_STATUS_UI={'neutron_states': False}):
        output = run('--format', 'prometheus')[1]

    assert counts(output) == {('l3_policies', 'ACTIVE', ''): 1, (CHAINS, 'ACTIVE', 'none'): 1}


def test_a_kind_without_resources_counts_none_and_one_that_could_not_be_read_is_absent(demo):
    demo.fail('l3_policies', 500)
    status, output, _errors = run('--format', 'prometheus')

    samples = [line for line in output.splitlines() if line.startswith('gbp_resources{')]
    kinds = {kind.collection for kind in registry.KINDS} - {'l3_policies'}
    assert {line.partition('kind="')[2].partition('"')[0] for line in samples} == kinds
    assert {line.rpartition(' ')[2] for line in samples} == {'0'}
    assert value(output, 'gbp_complete') == [0]
    assert 'gbp_unread{region="RegionOne",kind="l3_policies",reason="error"} 1' in output
    assert status == 3


STATES = [
    (lambda gbp: gbp.make(GROUPS, 'web'), 0, 'GBP OK - GBP and Neutron report no error, and GBP is building nothing.'),
    (lambda gbp: gbp.make(GROUPS, 'web', status='BUILD'), 1, 'GBP WARNING - 1 of 1 resources is being built.'),
    (
        lambda gbp: gbp.make(GROUPS, 'web', status='ERROR', details='No | port'),
        2,
        'GBP CRITICAL - 1 of 1 resources is broken, by 1 cause. First: Group web (No / port).',
    ),
    (
        lambda gbp: gbp.fail(GROUPS, 500),
        3,
        f'GBP UNKNOWN - Nothing broken was found in what could be read. Not read: {GROUPS}.',
    ),
]


@pytest.mark.parametrize(('happens', 'status', 'words'), STATES, ids=report.WORDS)
def test_nagios_has_four_states_and_one_line(demo, happens, status, words):
    happens(demo)
    found, output, _errors = run('--format', 'nagios')
    line, bar, data = output.rstrip('\n').partition(' | ')

    assert (found, line, bar) == (status, words, ' | ')
    assert '\n' not in data
    assert [part.partition('=')[0] for part in data.split(' ')] == [
        "'error'",
        "'build'",
        "'active'",
        "'none'",
        "'below'",
        "'unread'",
    ]


def test_an_error_counts_more_than_what_is_not_known(demo):
    demo.make(GROUPS, 'web', status='ERROR')
    demo.fail('l3_policies', 500)
    status, output, _errors = run()

    assert status == 2
    assert 'At least 1 resource is broken' in output
    assert 'L3 Policies could not be read.' in output


def test_what_a_user_may_not_read_is_not_known(demo):
    demo.forbids = lambda _person, asked: asked.collection == GROUPS

    assert run()[0] == 3


def test_an_answer_that_does_not_come_is_not_known(demo, pauses, monkeypatch):
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.05)
    demo.hold('l3_policies')
    demo.hold_full_lists('l3_policies')
    status, output, _errors = run('--timeout', '0.2')
    demo.release()

    assert status == 3
    assert 'L3 Policies' in output


def test_what_neutron_does_not_say_is_not_known(demo):
    demo.extensions |= {'cisco-apic'}
    demo.fail('subnets', 500)
    status, output, _errors = run()

    assert status == 3
    assert 'Subnets could not be read.' in output


def test_a_chain_has_the_status_of_a_show(demo):
    """Its list says what was stored."""
    demo.make(CHAINS, 'chain', status='ERROR')

    assert counts(run('--format', 'prometheus')[1])[CHAINS, 'ERROR', 'none'] == 1


def test_one_kind_is_looked_at_and_its_causes_are_found_elsewhere(demo):
    bridge = demo.make('l2_policies', 'lan', status='ERROR')
    demo.make(GROUPS, 'web', status='ERROR', l2_policy_id=bridge)
    demo.make('policy_rules', 'allow', status='ERROR')
    demo.fail('policy_actions', 500)
    output = run('--kind', GROUPS)[1]

    assert '1 of 1 resources is broken' in output
    assert 'L2 Policy   lan' in output
    assert 'allow' not in output


def test_a_search_looks_at_what_it_finds(demo):
    demo.make(GROUPS, 'web')
    demo.make(GROUPS, 'db', status='ERROR')

    assert run('--search', 'web')[0] == 0
    assert run('--search', 'db')[0] == 2
    assert run('--search', 'shop')[0] == 3


def test_a_kind_that_the_cloud_lacks_is_not_known(demo):
    demo.extensions -= {'servicechain'}
    status, output, _errors = run('--kind', CHAINS)

    assert status == 3
    assert 'has no extension "servicechain"' in output


def test_the_own_project_alone_is_looked_at(demo):
    demo.make(GROUPS, 'web', project='other', status='ERROR')

    assert run()[0] == 0
    assert run('--project', 'demo')[0] == 0


def test_an_administrator_sees_all_projects(shell, gbp):
    shell('admin')
    gbp.make(GROUPS, 'web', project='other', status='ERROR')
    status, output, _errors = run('--all-projects')

    assert status == 2
    assert 'all projects' in output
    assert 'Bakery' in output


@pytest.mark.parametrize(('project', 'status'), [('other', 2), ('Bakery', 2), ('demo', 0)])
def test_an_administrator_asks_for_one_project_by_id_or_name(shell, gbp, project, status):
    shell('admin')
    gbp.make(GROUPS, 'web', project='other', status='ERROR')

    assert run('--project', project)[0] == status


@pytest.mark.parametrize(
    ('person', 'arguments', 'words'),
    [
        ('demo', ['--all-projects'], 'only an administrator sees all projects'),
        ('demo', ['--project', 'other'], 'only an administrator sees the project other'),
        ('admin', ['--project', 'nowhere'], 'no project nowhere'),
        ('admin', ['--project', 'other', '--all-projects'], 'not both'),
        ('demo', ['--region', 'Atlantis'], 'region Atlantis'),
        ('demo', ['--output', '/nowhere/gbp.prom'], '/nowhere/gbp.prom cannot be written'),
    ],
)
def test_what_cannot_be_asked_for_is_one_line(shell, person, arguments, words):
    shell(person)
    status, output, errors = run(*arguments)

    assert (status, output) == (3, '')
    assert words in errors
    assert errors.startswith('gbp_status_report: ')
    assert errors.count('\n') == 1


def test_names_that_several_projects_have_take_an_id(shell, keystone_projects):
    keystone_projects['another'] = 'Bakery (domain-of-other)'
    keystone_projects['other'] = 'Bakery (domain-of-other)'
    shell('admin')

    assert '2 projects' in run('--project', 'Bakery (domain-of-other)')[2] or run('--project', 'other')[0] == 0


@pytest.mark.parametrize(
    'arguments',
    [['--format', 'xml'], ['--kind', 'bananas'], ['--timeout', '-1'], ['--timeout', 'nan'], ['--banana'], ['banana']],
)
def test_a_mistake_on_the_command_line_is_no_error_of_the_cloud(arguments, capsys):
    """Nagios takes argparse's own status, 2, for one."""
    parser = gbp_status_report.Command().create_parser('manage.py', 'gbp_status_report')

    assert status_of(parser.parse_args, arguments) == 3
    assert capsys.readouterr().err.count('\n') == 1


@pytest.mark.releases
def test_a_log_in_that_fails_is_said_to_nagios_where_it_listens(shell):
    shell('demo', OS_PASSWORD='wrong')
    status, output, errors = run('--format', 'nagios')

    assert status == 3
    assert output.startswith('GBP UNKNOWN - Keystone refuses the log-in')
    assert errors == ''


def test_a_token_that_neutron_refuses_is_one_line(demo):
    demo.people.clear()
    status, _output, errors = run()

    assert status == 3
    assert errors == 'gbp_status_report: The network service does not accept the token.\n'


@pytest.mark.releases
def test_a_horizon_without_the_plugin_is_named(demo, monkeypatch):
    monkeypatch.setattr(apps, 'is_installed', lambda _name: False)

    assert 'not enabled' in run()[2]


def test_a_file_is_replaced_when_all_is_read(demo, tmp_path):
    target = tmp_path / 'gbp.prom'
    target.write_text('old', encoding='utf-8')
    status, output, _errors = run('--format', 'prometheus', '--output', str(target))

    assert (status, output) == (0, '')
    assert value(target.read_text(encoding='utf-8'), 'gbp_complete') == [1]
    assert oct(target.stat().st_mode & 0o777) == '0o644'
    assert [path.name for path in tmp_path.iterdir()] == ['gbp.prom']


def test_a_file_that_cannot_be_replaced_leaves_none_behind(demo, tmp_path):
    (tmp_path / 'gbp.prom').mkdir()

    assert run('--format', 'prometheus', '--output', str(tmp_path / 'gbp.prom'))[0] == 3
    assert [path.name for path in tmp_path.iterdir()] == ['gbp.prom']


def test_a_link_stays_one(demo, tmp_path):
    (tmp_path / 'link').symlink_to(tmp_path / 'gbp.prom')

    assert run('--format', 'prometheus', '--output', str(tmp_path / 'link'))[0] == 0
    assert (tmp_path / 'link').readlink() == tmp_path / 'gbp.prom'
    assert value((tmp_path / 'gbp.prom').read_text(encoding='utf-8'), 'gbp_complete') == [1]


def test_what_is_no_file_is_not_replaced(demo, tmp_path):
    """Root could replace /dev/null."""
    pipe = tmp_path / 'pipe'
    os.mkfifo(pipe)

    assert run('--output', str(pipe))[0::2] == (3, f'gbp_status_report: {pipe} cannot be written: it is no file.\n')
    assert pipe.is_fifo()


class Closed(io.StringIO):
    """A stream that fails."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def flush(self):
        if self.number:
            raise OSError(self.number, os.strerror(self.number))


@pytest.mark.parametrize(
    ('number', 'status', 'words'),
    [
        (errno.EPIPE, 2, ''),
        (errno.ENOSPC, 3, 'gbp_status_report: The standard output cannot be written: No space left on device.\n'),
    ],
)
def test_an_output_that_fails_is_one_line_and_one_that_is_closed_is_none(demo, number, status, words):
    demo.make(GROUPS, 'web', status='ERROR')
    output, errors = Closed(number), io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command('gbp_status_report', stdout=output, stderr=errors)
    # Python flushes a stream once more when nobody refers to it any longer, and Python 3.13 tells of a failure there.
    output.number = None

    assert (left.value.code, errors.getvalue()) == (status, words)


def test_names_of_keystone_do_not_reach_the_terminal_as_commands(demo, monkeypatch):
    place = report.asked

    def asked(*arguments):
        return dataclasses.replace(place(*arguments), place='project \x1b[2Jdemo\nGBP')

    monkeypatch.setattr(report, 'asked', asked)

    assert run()[1].splitlines()[0] == 'GBP in region RegionOne, project demo ⏎ GBP'


def test_a_refusal_is_one_line_whatever_it_names(demo):
    status, _output, errors = run('--project', '\x1b[2Jo\nther')

    assert status == 3
    assert errors.count('\n') == 1
    assert '\x1b' not in errors


def documented():
    return (PLUGIN.parent / 'docs' / 'monitoring.rst').read_text(encoding='utf-8')


def test_the_document_names_each_option():
    parser = gbp_status_report.Command().create_parser('manage.py', 'gbp_status_report')
    names = {name for action in parser._actions for name in action.option_strings if name.startswith('--')} - OF_DJANGO

    assert names >= {'--format', '--watch'}
    assert [name for name in names if name not in documented()] == []


def test_the_document_names_each_member_and_metric(demo):
    demo.make(GROUPS, 'web', status='ERROR')
    members = set(json.loads(run('--format', 'json')[1])) - {'grouping'}
    metrics = {line.split()[2] for line in run('--format', 'prometheus')[1].splitlines() if line.startswith('# TYPE')}

    assert [name for name in members | metrics if f'``{name}' not in documented()] == []
    assert f'``version``, {report_formats.JSON_VERSION},' in documented()


def test_an_interruption_is_no_traceback(monkeypatch):
    def interrupt(_command, *_args, **_options):
        raise KeyboardInterrupt

    ended = []
    monkeypatch.setattr(os, '_exit', ended.append)
    monkeypatch.setattr(gbp_status_report.Command, 'handle', interrupt)
    gbp_status_report.Command().run_from_argv(['manage.py', 'gbp_status_report'])

    assert ended == [130]


@pytest.mark.parametrize('words', ['soon', '-1', 'nan', '1e300'])
def test_a_number_of_seconds_that_is_none_is_named(capsys, words):
    with pytest.raises(SystemExit):
        gbp_status_report.Command().create_parser('manage.py', 'gbp_status_report').parse_args([f'--timeout={words}'])

    assert f'{words} is no number of seconds' in capsys.readouterr().err


def test_the_process_ends_at_once(demo, monkeypatch):
    """Threads that still wait for a service hold up the end of an interpreter."""
    ended = []
    monkeypatch.setattr(os, '_exit', ended.append)
    gbp_status_report.Command().run_from_argv(['manage.py', 'gbp_status_report', '--format', 'nagios'])

    assert ended == [0]


@pytest.mark.parametrize('option', report_options.NAMES.values())
def test_bytes_that_are_no_text_name_nothing(demo, option):
    status, output, errors = run(option, 'web-\udcff', '--format', 'nagios')

    assert (status, errors) == (3, '')
    assert output == f'GBP UNKNOWN - {option} is no text in UTF-8.\n'
