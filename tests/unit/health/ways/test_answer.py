# SPDX-License-Identifier: Apache-2.0
"""The answer from one party to another one."""

import pytest

from gbp_status_ui.health.ways import answer
from gbp_status_ui.model import verdicts

from tests.unit.health.ways import clouds
from tests.unit.health.ways.clouds import Cloud
from tests.unit.health.ways.clouds import GROUPS
from tests.unit.health.ways.test_joined import party
from tests.unit.health.ways.test_joined import said


def towards(cloud, opener, target):
    known = cloud.known()
    return answer.towards(known, party(known, opener), party(known, target))


def strangers(is_aim, subnets=('subnet',)):
    cloud = Cloud(is_aim)
    cloud.group('C')
    for id_ in 'AC':
        cloud.change(GROUPS, id_, subnets=list(subnets))
    return cloud


def test_no_rule_set_is_all_that_is_said_of_groups_that_none_joins():
    assert said(strangers(is_aim=False, subnets=()), 'A', 'C') == 'No rule set joins them'
    assert towards(strangers(is_aim=False), 'A', 'C').verdict is None


def test_a_common_subnet_opens_everything_with_the_reference_drivers():
    shared = 'They share a subnet: GBP opens everything between them, without a rule set'

    assert said(strangers(is_aim=False), 'A', 'C') == shared
    assert said(strangers(is_aim=True), 'A', 'C') == 'No rule set joins them'


def test_through_the_outside_there_is_no_way():
    cloud = clouds.with_outside()
    cloud.rule_set('T')
    cloud.rule('t', 'T')
    cloud.external('Y', provides=['T'], segments=['E'])
    cloud.group('C', consumes=['T'])

    assert towards(cloud, 'C', 'Y').verdict.value == 'works'
    assert said(cloud, 'C', 'B') == 'No rule set joins them'


#: The best of two verdicts counts: each is worth more than those after it.
WORTH = ['works', 'unreported', 'partly', 'building', 'unknown', 'broken', 'no-path', 'nothing']


@pytest.mark.parametrize(('better', 'worse'), list(zip(WORTH, WORTH[1:])))
def test_each_verdict_is_worth_more_than_the_next(better, worse):
    by_value = {verdict.value: verdict for verdict in verdicts.VERDICTS}

    assert by_value[better].worth > by_value[worse].worth
