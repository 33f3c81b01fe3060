# SPDX-License-Identifier: Apache-2.0
"""What docs/monitoring.rst has for timers, Nagios and scripts does on the real cloud what it says there."""

import configparser
import json
import os
from pathlib import Path
import re
import shlex
import subprocess
import sys
import textwrap

from prometheus_client import parser as prometheus_parser
import pytest

from gbp_status_ui.caching import store

from tests.unit.management import reporting

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / 'docs' / 'monitoring.rst').read_text(encoding='utf-8')
GROUPS = 'policy_target_groups'
#: A project with nothing in it.
PROJECT = 'bistro'


@pytest.fixture
def shell(cloud, tmp_path):
    """The environment of a shell whose member of the project has logged in, with the command of this tree."""
    variables = {'USERNAME': PROJECT, 'PASSWORD': PROJECT, 'PROJECT_NAME': PROJECT, 'REGION_NAME': 'RegionOne'}
    domains = {'USER_DOMAIN_NAME': 'Default', 'PROJECT_DOMAIN_NAME': 'Default'}
    own = {f'OS_{name}': value for name, value in {'AUTH_URL': cloud.keystone_url, **variables, **domains}.items()}
    paths = {
        'PATH': f'{Path(sys.executable).parent}:{os.environ["PATH"]}',
        'PYTHONPATH': str(ROOT),
        'DJANGO_SETTINGS_MODULE': 'tests.settings',
        'HOME': str(tmp_path),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith('OS_')}
    return {**others, **own, **paths}


def block(beginning):
    """Return the block of the document that begins with some lines."""
    blocks = [textwrap.dedent(found) for found in re.findall(r'::\n\n((?:(?: {4}.*)?\n)+)', DOCUMENT)]
    (found,) = [text for text in blocks if text.startswith(f'{beginning}\n')]
    return found.strip('\n') + '\n'


def script(usage):
    """Return the script of the document with this first line, for ``sh -c``, without its arguments."""
    return [
        'sh',
        '-c',
        block(f'#!/bin/sh\n# usage: {usage}; the OS_* variables, or OS_CLOUD, say where'),
        usage.split()[0],
    ]


def run(words, environment):
    return subprocess.run(words, env=environment, cwd='/', capture_output=True, text=True, check=False, timeout=300)


def command_of(text, **replaced):
    """Return the words of a command in a document, for this Python, with what differs on each machine replaced."""
    for old, new in {'/usr/bin/python3': sys.executable, **replaced}.items():
        assert old in text
        text = text.replace(old, new)
    return shlex.split(text)


def scrape(text):
    families = {family.name: family for family in prometheus_parser.text_string_to_metric_families(text)}
    return {name: [(sample.labels, sample.value) for sample in family.samples] for name, family in families.items()}


def test_the_timer_writes_what_prometheus_reads(gbp, shell, tmp_path):
    group = gbp.make(GROUPS, 'oven', project=PROJECT, status='ERROR')
    service = configparser.ConfigParser(interpolation=None)
    service.optionxform = str
    service.read_string(block('[Unit]\nDescription=Status of Group Based Policy for node_exporter'))
    target = tmp_path / 'gbp.prom'
    command = command_of(service['Service']['ExecStart'], **{'/var/lib/node_exporter/gbp.prom': str(target)})
    command.remove('--all-projects')
    done = run(command, shell)
    found = scrape(target.read_text(encoding='utf-8'))
    broken = [
        (labels, number)
        for labels, number in found['gbp_resources']
        if labels['kind'] == GROUPS and labels['status'] == 'ERROR' and number
    ]

    assert str(done.returncode) in service['Service']['SuccessExitStatus'].split(), done.stderr
    assert [(labels['region'], number) for labels, number in broken] == [('RegionOne', 1)]
    assert [number for _labels, number in found['gbp_complete']] == [1]
    gbp.set(group, 'ACTIVE')
    assert run(command, shell).returncode == 0
    assert (
        sum(number for labels, number in scrape(target.read_text())['gbp_resources'] if labels['status'] == 'ERROR')
        == 0
    )


def test_the_administrator_of_the_timer_sees_all_projects(gbp, shell):
    gbp.make(GROUPS, 'oven', project=PROJECT, status='ERROR')
    admin = {f'OS_{name}': 'admin' for name in ('USERNAME', 'PASSWORD', 'PROJECT_NAME')}
    done = run(
        [sys.executable, '-m', 'gbp_status_ui', 'report', '--all-projects', '--search', 'oven'], {**shell, **admin}
    )

    assert done.returncode == 2, done.stderr
    assert re.search(rf'Error +Group +oven +{PROJECT}', done.stdout)


#: By exit status.
NAGIOS = ('OK', 'WARNING', 'CRITICAL', 'UNKNOWN')
STATES = {
    'OK': lambda gbp: gbp.make(GROUPS, 'oven', project=PROJECT),
    'CRITICAL': lambda gbp: gbp.make(GROUPS, 'oven', project=PROJECT, status='ERROR', details='No | port'),
}


@pytest.mark.parametrize(('status', 'word'), [(0, 'OK'), (2, 'CRITICAL')])
def test_nagios_gets_its_states(gbp, shell, cloud, tmp_path, status, word):
    STATES[word](gbp)
    own = {name: value for name, value in shell.items() if not name.startswith('OS_')}
    auth = ', '.join(
        f'{name[3:].lower()}: {value}'
        for name, value in shell.items()
        if name.startswith('OS_') and 'REGION' not in name
    )
    (tmp_path / 'clouds.yaml').write_text(
        f'clouds: {{shop: {{auth: {{{auth}}}, region_name: RegionOne}}}}', encoding='utf-8'
    )
    line = re.search(r'command_line +(.*)', block('define command {')).group(1)
    done = run(command_of(line, **{'/etc/nagios/clouds.yaml': str(tmp_path / 'clouds.yaml'), '$ARG1$': 'shop'}), own)

    assert done.returncode == status, done.stderr
    assert done.stdout.startswith(f'GBP {word} - ')
    assert re.fullmatch(r"[^|\n]+ \|( '[a-z]+'=\d+)+\n", done.stdout)


def test_a_script_creates_a_group_and_waits(gbp, shell):
    gbp.report({'oven': ('BUILD', '')})
    waits = [*script('create-and-wait.sh <name>'), 'oven']
    with subprocess.Popen(waits, env=shell, cwd='/', stdout=subprocess.PIPE, text=True) as running:
        first = running.stdout.readline()
        gbp.report({'oven': ('ERROR', '')})
        rest = running.stdout.read()
    gbp.take_over(GROUPS, 'oven', PROJECT)

    assert first.endswith('Group oven: Building\n')
    assert 'Group oven: Error' in rest
    assert running.returncode == 2


class Pair:
    """Group front consumes rule set web, and group db provides it."""

    def __init__(self, gbp):
        self.gbp = gbp
        self.l2_policies = [self._l2_policy(name) for name in ('core', 'edge')]
        kind = self._make('policy_classifiers', 'http', protocol='tcp', port_range='80', direction='in')
        allow = self._make('policy_actions', 'allow', action_type='allow')
        self.rule = self._make('policy_rules', 'http', policy_classifier_id=kind, policy_actions=[allow])
        self.web = self._make('policy_rule_sets', 'web', policy_rules=[self.rule])
        self.front = self.group('front', consumed_policy_rule_sets={self.web: ''})
        self.db = self.group('db', provided_policy_rule_sets={self.web: ''})

    def _make(self, collection, name, **attributes):
        return self.gbp.make(collection, name, PROJECT, **attributes)

    def _l2_policy(self, name):
        return self._make('l2_policies', name, l3_policy_id=self._make('l3_policies', name))

    def group(self, name, place=0, **attributes):
        return self._make(GROUPS, name, l2_policy_id=self.l2_policies[place], **attributes)

    def report_nothing(self):
        self.gbp.report(dict.fromkeys(('*', self.web, self.db), (None, None)))

    def join_nothing(self):
        self.gbp.change(GROUPS, self.front, PROJECT, consumed_policy_rule_sets={})

    def allow_nothing(self):
        self.gbp.change('policy_rule_sets', self.web, PROJECT, policy_rules=[])

    def part(self):
        """The group that is called front from now on is in another L3 policy."""
        self.gbp.change(GROUPS, self.front, PROJECT, name='near')
        self.front = self.group('front', place=1, consumed_policy_rule_sets={self.web: ''})


@pytest.fixture
def pair(gbp, shell, monkeypatch):
    """Two groups, and the command in this process, which has that shell's environment."""
    for name, value in shell.items():
        monkeypatch.setenv(name, value)
    return Pair(gbp)


def asked(*arguments, opener='front', target='db'):
    """Return (exit status, output, errors) of a report that takes nothing from before it."""
    store.backend().clear()
    return reporting.run('--from', opener, '--to', target, *arguments)


WAYS = [
    ('works', 0, lambda _pair: None),
    ('building', 1, lambda pair: pair.gbp.set(pair.db, 'BUILD')),
    ('unknown', 3, lambda pair: pair.gbp.set(pair.db, 'BANANA')),
    ('broken', 2, lambda pair: pair.gbp.set(pair.web, 'ERROR')),
    ('unreported', 0, Pair.report_nothing),
    ('no-path', 2, Pair.part),
    ('nothing', 2, Pair.allow_nothing),
    (None, 2, Pair.join_nothing),
]


def test_each_verdict_on_a_way_has_its_exit_status_in_each_format(pair):
    for verdict, status, change in WAYS:
        change(pair)
        document = json.loads(asked('--format', 'json')[1])
        metrics = scrape(asked('--format', 'prometheus')[1])
        line = asked('--format', 'nagios')
        text = asked()

        assert (document['verdict'], [one[0] for one in (line, text)]) == (verdict, [status, status])
        assert [labels['verdict'] for labels, number in metrics['gbp_way'] if number] == [verdict] * bool(verdict)
        assert [number for _labels, number in metrics['gbp_way_status']] == [status]
        assert f'From front to db: {document["sentence"]}.' in text[1]
        assert line[1].startswith(f'GBP {NAGIOS[status]} - From front to db: {document["sentence"]}. | ')


def test_what_is_no_end_of_a_way_is_one_line(pair, gbp):
    pair.group('twin')
    pair.group('twin')
    stranger = gbp.make(GROUPS, 'stranger', 'depot')
    refused = ['banana', 'twin', 'web', pair.web, stranger, 'stranger', 'a\nb', '../x?y=%00', '\udcff', 'x' * 9000, '']

    for name in refused:
        status, output, errors = asked(opener=name)
        assert (status, output, errors.count('\n')) == (3, '', 1)
        assert errors.startswith('gbp_status_report: ')
    assert asked(opener='db')[0] == 0


def test_a_step_of_a_job_waits_for_a_way(pair, gbp, shell):
    gbp.set(pair.db, 'BUILD')
    waits = [*script('wait-for-way.sh <from> <to>'), 'front', 'db']
    with subprocess.Popen(waits, env=shell, cwd='/', stdout=subprocess.PIPE, text=True) as running:
        first = running.stdout.readline()
        gbp.set(pair.db, 'ACTIVE')
        rest = running.stdout.read()

    assert first.endswith('Being built, or not known to the backend: group db.\n')
    assert 'From front to db: Works as far as GBP and Neutron report: front may open tcp 80 to db.' in rest
    assert running.returncode == 0
