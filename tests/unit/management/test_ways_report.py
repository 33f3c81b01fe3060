# SPDX-License-Identifier: Apache-2.0
"""gbp_status_report --from --to: whether one group may open connections to another one, as an exit status."""

import json

from prometheus_client import parser as prometheus_parser
import pytest

from gbp_status_ui.management import report
from gbp_status_ui.management import ways_formats
from gbp_status_ui.model import verdicts

from tests import hostile
from tests.unit.management.reporting import run
from tests.unit.management.test_report_command import documented
from tests.unit.views.test_ways import Cloud
from tests.unit.views.test_ways import GROUPS
from tests.unit.views.test_ways import outside

ENDS = ('--from', 'front', '--to', 'db')


@pytest.fixture
def cloud(aim, shell):
    """The group front consumes what the group db provides."""
    shell('demo')
    made = Cloud(aim)
    made.front_id = made.front()
    return made


def broken(cloud):
    cloud.gbp.set(cloud.rule_set, 'ERROR')


def partly(cloud):
    rules = [*cloud.rules, cloud.rule('https', '443', status='ERROR')]
    cloud.gbp.change(cloud.rule_set, policy_rules=rules)


def beneath(cloud):
    network = cloud.gbp.neutron.make('networks', 'net', sync='error')
    cloud.gbp.change(cloud.gbp._rows[GROUPS][cloud.db]['l2_policy_id'], network_id=network)


def no_path(cloud):
    other = cloud.gbp.make('l3_policies', 'other-l3')
    cloud.gbp.change(cloud.gbp._rows[GROUPS][cloud.db]['l2_policy_id'], l3_policy_id=other)


def nothing(cloud):
    cloud.gbp.change(cloud.rule_set, policy_rules=[])


def no_rule_set(cloud):
    cloud.gbp.change(cloud.front_id, consumed_policy_rule_sets=[])


def the_other_way_round(cloud):
    no_rule_set(cloud)
    cloud.gbp.change(cloud.front_id, provided_policy_rule_sets=[cloud.rule_set])
    cloud.gbp.change(cloud.db, provided_policy_rule_sets=[], consumed_policy_rule_sets=[cloud.rule_set])


def unknown(cloud):
    cloud.gbp.set(cloud.db, 'BANANA')


def unread(cloud):
    cloud.gbp.fail('policy_actions', 500)


def building(cloud):
    cloud.gbp.set(cloud.db, 'BUILD')


def unreported(cloud):
    cloud.gbp.extensions -= {'cisco-apic-gbp', 'cisco-apic'}
    for rows in cloud.gbp._rows.values():
        for id_ in rows:
            cloud.gbp.set(id_, None)


def shared_subnet(cloud):
    unreported(cloud)
    no_rule_set(cloud)
    for group in (cloud.front_id, cloud.db):
        cloud.gbp.change(group, subnets=['a-subnet'])


@pytest.mark.parametrize(
    ('change', 'status', 'sentence'),
    [
        (lambda _cloud: None, 0, 'Works as far as GBP and Neutron report: front may open tcp 80 to db'),
        (unreported, 0, 'Allowed: front may open tcp 80 to db. No status of it is reported'),
        (shared_subnet, 0, 'They share a subnet: GBP opens everything between them, without a rule set'),
        (building, 1, 'Being built, or not known to the backend: group db'),
        (broken, 2, 'Broken: rule set web is in error'),
        (partly, 2, 'Partly broken: rule https is in error; tcp 80 is not affected'),
        (beneath, 2, 'Broken beneath L2 policy l2-db: network in error'),
        (no_path, 2, 'Allowed, but not connected: front is in L3 policy core, db in other-l3'),
        (nothing, 2, 'Nothing is allowed: the rule set has no rules'),
        (no_rule_set, 2, 'No rule set joins them'),
        (the_other_way_round, 2, 'Only db may open connections to front'),
        (unknown, 3, 'Cannot be said: GBP does not define the status BANANA of group db'),
        (unread, 3, 'Cannot be said: Rules could not be read'),
    ],
    ids=lambda one: getattr(one, '__name__', ''),
)
def test_each_verdict_has_its_exit_status(cloud, change, status, sentence):
    change(cloud)
    found, output, errors = run(*ENDS)

    assert output.splitlines()[:2] == ['GBP in region RegionOne, project demo', f'From front to db: {sentence}.']
    assert (found, errors) == (status, '')


def test_the_text_has_the_way_back_and_each_way_with_its_remarks(cloud):
    cloud.gbp.change(cloud.rules[0], enabled=False)

    assert run('--from', cloud.front_id, '--to', cloud.db)[1].splitlines()[2:] == [
        'From db to front: Only front may open connections to db.',
        '',
        'front -> web -> db: Works as far as GBP and Neutron report: front may open tcp 80 to db.',
        '  rule http: switched off in GBP, which no driver obeys.',
    ]


def test_where_no_rule_set_joins_them_those_of_each_are_named(cloud):
    theirs = cloud.gbp.make('policy_rule_sets', 'secret', 'other')
    cloud.gbp.change(cloud.front_id, consumed_policy_rule_sets=[theirs])

    assert run(*ENDS)[1].splitlines()[4:] == [
        'front provides: no rule set.',
        'front consumes: 1 that you may not see.',
        'db provides: web.',
        'db consumes: no rule set.',
    ]


def test_an_external_group_is_an_end(cloud):
    outside(cloud)

    assert run('--from', 'internet', '--to', 'db')[0] == 0


@pytest.mark.parametrize(('allowed', 'status'), [(True, 0), (False, 2)])
def test_a_group_and_itself_say_whether_members_may_talk(cloud, allowed, status):
    cloud.gbp.change(cloud.db, intra_ptg_allow=allowed)
    found, output, _errors = run('--from', 'db', '--to', cloud.db)

    assert (found, 'Members may' in output) == (status, True)


def test_of_an_automatic_group_nobody_says_that_nothing_joins_it(cloud):
    cloud.group('auto', is_auto_ptg=True)
    status, output, _errors = run('--from', 'auto', '--to', 'db')

    assert status == 3
    assert 'Automatic groups are joined by contracts of the fabric, too' in output


def nothing_readable(cloud):
    cloud.gbp.change(cloud.front_id, consumed_policy_rule_sets=[5])


def no_driver(cloud):
    no_rule_set(cloud)
    cloud.gbp.fail('extensions', 500)


@pytest.mark.parametrize('change', [nothing_readable, no_driver])
def test_what_could_not_be_read_may_join_them(cloud, change):
    change(cloud)

    assert run(*ENDS)[0] == report.UNKNOWN


def test_a_common_subnet_lets_in_whom_no_rule_set_does(cloud):
    cloud.gbp.extensions -= {'cisco-apic-gbp', 'cisco-apic'}
    for id_ in (cloud.front_id, cloud.db):
        cloud.gbp.change(id_, subnets=['a-subnet'])

    assert run('--from', 'db', '--to', 'front')[0] == report.OK


def test_the_document_has_verdict_ways_and_ends(cloud):
    broken(cloud)
    document = json.loads(run(*ENDS, '--format', 'json')[1])

    assert (document['state'], document['verdict'], document['complete']) == ('critical', 'broken', True)
    assert document['from'] == {'kind': GROUPS, 'id': cloud.front_id, 'name': 'front'}
    assert document['to']['id'] == cloud.db
    (way,) = document['ways']
    assert (way['verdict'], way['opens'], way['rule_set']['name']) == ('broken', True, 'web')
    assert way['sentence'] == document['sentence'] == 'Broken: rule set web is in error'


def test_a_way_through_a_rule_set_that_nobody_may_see_has_none(cloud):
    cloud.gbp._rows['policy_rule_sets'][cloud.rule_set]['tenant_id'] = 'other'
    status, output, _errors = run(*ENDS, '--format', 'json')

    assert (status, json.loads(output)['ways'][0]['rule_set']) == (3, None)
    assert 'front -> a rule set that you may not see -> db' in run(*ENDS)[1]


def test_nagios_has_one_line(cloud):
    broken(cloud)

    assert run(*ENDS, '--format', 'nagios')[:2] == (
        2,
        "GBP CRITICAL - From front to db: Broken: rule set web is in error. | 'ways'=1\n",
    )


def test_prometheus_reads_the_verdict(cloud):
    broken(cloud)
    cloud.gbp.change(cloud.front_id, name='the "front"\\\n')
    _status, output, _errors = run('--from', cloud.front_id, '--to', 'db', '--format', 'prometheus')
    families = {family.name: family.samples for family in prometheus_parser.text_string_to_metric_families(output)}

    assert [one.labels['verdict'] for one in families['gbp_way'] if one.value] == ['broken']
    assert {one.labels['verdict'] for one in families['gbp_way']} == {one.value for one in verdicts.VERDICTS}
    assert {name: [one.value for one in found] for name, found in families.items() if name != 'gbp_way'} == {
        'gbp_way_status': [2],
        'gbp_way_number': [1],
    }
    assert {one.labels['to'] for found in families.values() for one in found} == {'db'}
    assert [name for name in families if f'``{name}{{' not in documented()] == []


@pytest.mark.parametrize(
    ('arguments', 'words'),
    [
        (['--from', 'front'], 'Give both --from and --to.'),
        (['--to', 'db', '--from', ' '], 'Give both --from and --to.'),
        ([*ENDS, '--search', 'web'], '--kind and --search are for the report on problems'),
        ([*ENDS, '--kind', GROUPS], '--kind and --search are for the report on problems'),
        (['--from', 'banana', '--to', 'db'], 'There is no group or external group banana that you may read.'),
        (['--from', 'twin', '--to', 'db'], '2 groups are called twin: give the id of one.'),
        (['--from', 'x' * 5000, '--to', 'db'], 'There is no group or external group xxx'),
        (['--from', '\udcff', '--to', 'db'], '--from is no text in UTF-8.'),
        (['--from', 'web', '--to', 'db'], 'There is no group or external group web that you may read.'),
        ([*ENDS, '--project', 'other'], 'only an administrator sees the project other.'),
        ([*ENDS, '--all-projects'], 'only an administrator sees all projects.'),
    ],
)
def test_what_cannot_be_asked_is_one_line(cloud, arguments, words):
    cloud.front('twin')
    cloud.front('twin')
    status, output, errors = run(*arguments)

    assert (status, output, errors.count('\n')) == (3, '', 1)
    assert words in errors
    assert len(errors) < 400


def test_groups_that_could_not_be_read_are_not_said_to_be_missing(cloud):
    cloud.gbp.fail(GROUPS, 500)

    assert 'Groups could not be read.' in run(*ENDS)[2]


def test_an_administrator_asks_in_any_project(cloud, shell):
    cloud.group('front', project='other', consumes=[cloud.rule_set])
    shell('admin')

    assert run(*ENDS, '--all-projects')[0] == 3
    assert run(*ENDS, '--project', 'demo')[0] == 0


def test_what_is_being_built_is_waited_for(cloud, pauses):
    building(cloud)
    pauses += [lambda: None, lambda: cloud.gbp.set(cloud.db, 'ACTIVE')]
    status, output, _errors = run(*ENDS, '--watch')

    assert status == 0
    assert output.count('Being built, or not known to the backend: group db.') == 1
    assert 'From front to db: Works' in output


def test_a_group_that_is_not_there_yet_is_waited_for(cloud, pauses):
    pauses += [lambda: None, lambda: cloud.front('late')]
    status, output, _errors = run('--from', 'late', '--to', 'db', '--watch')

    assert status == 0
    assert 'There is no group or external group late that you may read.' in output


def test_an_outage_is_waited_for(cloud, pauses):
    unread(cloud)
    pauses += [lambda: None, lambda: cloud.gbp.fail('policy_actions', None)]

    assert run(*ENDS, '--watch')[0] == 0


@pytest.mark.parametrize('change', [broken, no_rule_set])
def test_what_is_broken_is_not_waited_for(cloud, pauses, change):
    change(cloud)
    began = report.time.now

    assert run(*ENDS, '--watch')[0] == 2
    assert report.time.now == began


def test_what_stays_in_build_is_not_known(cloud, pauses):
    building(cloud)

    assert run(*ENDS, '--watch', '--timeout', '20')[0] == 3


def test_what_never_comes_is_not_known(cloud, pauses):
    assert run('--from', 'late', '--to', 'db', '--watch', '--timeout', '20')[0] == 3


def test_names_stay_on_their_line(cloud):
    cloud.gbp.change(cloud.front_id, name=f'{hostile.NAME}\x1b[2J')
    output = run('--from', cloud.front_id, '--to', 'db')[1]

    assert '\x1b' not in output
    assert len(output.splitlines()) == 5


def test_the_document_of_the_documentation_has_each_member(cloud):
    document = json.loads(run(*ENDS, '--format', 'json')[1])
    members = {*document, *document['ways'][0]}

    assert [name for name in members if f'``{name}``' not in documented()] == []
    assert f'``version``, {ways_formats.JSON_VERSION},' in documented()


def with_network(cloud):
    network = cloud.gbp.neutron.make('networks', 'net')
    cloud.gbp.change(cloud.gbp._rows[GROUPS][cloud.db]['l2_policy_id'], network_id=network)


def test_where_neutron_could_not_be_read_nobody_knows(cloud, pauses):
    with_network(cloud)
    cloud.gbp.fail('networks', 500)
    status, output, _errors = run(*ENDS)
    assert (status, 'Networks could not be read.' in output) == (3, True)

    pauses += [lambda: cloud.gbp.fail('networks', None)]
    assert run(*ENDS, '--watch')[0] == 0


def test_what_neutron_forbids_is_not_waited_for(cloud, pauses):
    with_network(cloud)
    cloud.gbp.fail('networks', 403)
    began = report.time.now

    assert run(*ENDS, '--watch')[0] == 3
    assert report.time.now == began
