# SPDX-License-Identifier: Apache-2.0
"""The tables of each release of group-based-policy-ui have the status column, and no other table has it."""

from gbp_status_ui.gbpui import columns

LOGGER = 'gbp_status_ui.gbpui.columns'
CHAINS = 'network_services'


def tables_of(gbpui):
    """Return the names of the tables that a release has of those that can get the column."""
    has = {panel for panel in columns.TABLES if (gbpui / 'gbpui' / 'panels' / panel).exists()}
    return {name for panel in has for name in columns.TABLES[panel]}


def test_every_table_has_the_column_before_its_actions(gbpui, seen):
    without_actions = {name: [one for one in seen.columns[name] if one != 'actions'] for name in tables_of(gbpui)}

    assert len(tables_of(gbpui)) == (15 if CHAINS in seen.panels else 11)
    assert {name: found[-1] for name, found in without_actions.items()} == dict.fromkeys(tables_of(gbpui), 'status')
    assert {found.count('status') for found in without_actions.values()} == {1}


def test_the_status_of_nova_stays_where_it_is(seen):
    place = seen.columns['InstancesTable'].index('status')

    assert seen.columns['InstancesTable'][place + 1] != 'actions'


def test_no_other_table_is_touched(gbpui, seen):
    others = {name: found for name, found in seen.columns.items() if name not in tables_of(gbpui)}

    assert [name for name, found in others.items() if 'status' in found] == ['InstancesTable']


def test_a_table_that_gets_its_column_is_not_in_the_log(seen):
    assert seen.lines_of(LOGGER) == []


def test_of_a_gbpui_that_cannot_load_one_line_names_the_tables_and_the_reason(gbpui, seen_without):
    (line,) = seen_without.lines_of(LOGGER)

    assert all(name in line for name in tables_of(gbpui))
    assert line.count('ugettext_lazy') == 1
    assert 'docs/gbpui.rst' in line
