# SPDX-License-Identifier: Apache-2.0
"""The table of releases is what the reports of pytest say, and tox tests each Horizon on the Python of its pins."""

import configparser
import re

import pytest

from demo import dashboard
from demo import environments
from tools import releases

from tests.house import source
from tests.house.source import ROOT

CASE = '<testcase classname="tests.%s.test_x" name="x">%s%s</testcase>'
PROPERTIES = '<properties>%s</properties>'
PROPERTY = '<property name="%s" value="%s"/>'


def properties(**named):
    return PROPERTIES % ''.join(PROPERTY % one for one in named.items())


@pytest.fixture
def table(tmp_path):
    """table(cases, **properties of the suite) gives the rows of one report."""

    def rows(*cases, **named):
        (tmp_path / 'one.xml').write_text(
            '<testsuites><testsuite>%s%s</testsuite></testsuites>' % (properties(**named), ''.join(cases))
        )
        return releases.rows(tmp_path.glob('*.xml'))

    return rows


def test_tests_are_counted_by_what_they_ran_on(table):
    rows = table(
        CASE % ('unit', '', ''), CASE % ('unit', '', '<failure/>'), CASE % ('cloud', '', ''), horizon='27.0.0', gbp='16'
    )

    assert rows == [
        ('27.0.0', '–', '16', '–', 'cloud', '1', '0', '0'),
        ('27.0.0', '–', '16', '–', 'unit', '1', '1', '0'),
    ]


def test_what_a_test_says_comes_before_what_its_suite_says(table):
    case = CASE % ('browser', properties(horizon='22.1.1'), '')

    assert table(case, horizon='27.0.0', python='3.9') == [('22.1.1', '3.9', '–', '–', 'browser', '1', '0', '0')]


@pytest.mark.parametrize(('outcome', 'counts'), [('error', ('0', '1', '0')), ('skipped', ('0', '0', '1'))])
def test_what_has_not_passed_is_not_counted_as_passed(table, outcome, counts):
    assert table(CASE % ('unit', '', '<%s/>' % outcome), horizon='27.0.0')[0][-3:] == counts


def test_a_test_that_names_no_horizon_is_in_no_row(table):
    assert table(CASE % ('house', '', '')) == []


def test_numbers_are_sorted_as_numbers(table):
    cases = [CASE % ('unit', properties(horizon=one, python='3.9'), '') for one in ('27.0.0', '9.1.0', '22.1.1')]

    assert [row[0] for row in table(*cases)] == ['9.1.0', '22.1.1', '27.0.0']


def test_the_table_replaces_the_one_of_the_page(tmp_path):
    page = tmp_path / 'releases.rst'
    page.write_text('Before\n\n%sold\n%s\nAfter\n' % (releases.BEGIN, releases.END))
    releases.write([('27.0.0', '3.11', '16', '16.0.0', 'unit', '1', '0', '0')], page)
    text = page.read_text()

    assert text.startswith('Before\n\n' + releases.BEGIN)
    assert text.endswith(releases.END + '\nAfter\n')
    assert '   * - Horizon\n     - Python\n' in text
    assert '   * - 27.0.0\n     - 3.11\n' in text
    assert 'old' not in text


def test_the_terminal_has_a_line_for_each_row():
    lines = releases.as_text([('27.0.0', '3.11', '16', '16.0.0', 'unit', '1', '0', '0')]).splitlines()

    assert lines[0].split() == list(releases.HEAD)
    assert lines[1].split() == ['27.0.0', '3.11', '16', '16.0.0', 'unit', '1', '0', '0']


def test_each_horizon_that_there_are_pins_for_is_tested_on_the_python_of_its_pins():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / 'tox.ini')
    section = tox['testenv']
    pins = dict(re.findall(r'^(horizon[\d.]+)(?:,\S+)?: -r demo/pins/(\S+)$', section['deps'], re.MULTILINE))
    pythons = re.findall(r'^(\S+): python(\S+)$', section['base_python'], re.MULTILINE)
    named = {factor: python for factors, python in pythons for factor in factors.split(',')}

    assert {'horizon-%s.txt' % release for release in dashboard.releases()} == set(pins.values())
    for factor, name in pins.items():
        assert named.get(factor, environments.PYTHON) == environments.python_of(environments.PINS / name)


def test_the_newest_horizon_runs_all_unit_tests_and_each_other_those_that_a_release_may_change():
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / 'tox.ini')
    section = tox['testenv']
    *others, newest = re.findall(r'^horizon([\d.]+)(?:,\S+)?: -r', section['deps'], re.MULTILINE)
    commands = section['commands'].replace('\\\n', '')
    runs = re.findall(r'^unit-horizon(\S+): pytest .*\{posargs:(.*)\}$', commands, re.MULTILINE)

    assert dict(runs) == {newest: '{env:UNIT_TESTS:tests/unit}', '{%s}' % ','.join(others): '-m releases tests/unit'}


@pytest.mark.parametrize('release', dashboard.releases())
def test_the_pins_have_jquery_with_the_migrate_that_loads_on_it(release):
    pins = (environments.PINS / f'horizon-{release}.txt').read_text()
    # Migrate 3 needs jQuery 3: https://github.com/jquery/jquery-migrate
    majors = re.findall(r'^xstatic-jquery(?:-migrate)?==(\d+)\.', pins, re.MULTILINE)

    assert majors in (['1', '1'], ['3', '3'])


def test_one_module_asks_which_release_it_runs_on():
    asking = re.compile(r"version\('(?:horizon|django)'\)|django\.VERSION|get_version\(\)|sys\.version", re.IGNORECASE)
    asked = [source.name(path) for path in source.files('.py', '.html', '.js') if asking.search(path.read_text())]

    # The second one tells the operator.
    assert [name for name in asked if name.startswith(('gbp_status_ui/', 'static/', 'templates/'))] == [
        'gbp_status_ui/assets.py',
        'gbp_status_ui/management/installing/horizon.py',
    ]
