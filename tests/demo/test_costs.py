# SPDX-License-Identifier: Apache-2.0
"""What answers cost with another backend, and that calls take turns on its one processor."""

from gbp_demo import costs
import pytest

from demo import cloud
from demo import neutron
from demo.errors import DemoError

GROUPS = 'policy_target_groups'


@pytest.mark.parametrize(
    ('query', 'milliseconds'),
    [
        ('', 12),
        ('fields=id&fields=status', 12),
        ('fields=status_details', 12),
        ('fields=id&fields=name', 5),
        ('id=1f&fields=id&fields=status', 20),
        ('id=1f&fields=id', 5),
        ('status=ERROR&status=BUILD', 12),
    ],
)
def test_a_row_costs_by_what_is_asked_of_it(query, milliseconds):
    assert costs.seconds_for('apic', GROUPS, query, 10) == pytest.approx(milliseconds / 100)


def test_what_nobody_has_measured_costs_nothing():
    assert costs.seconds_for('apic', 'nat_pools', '', 10) == 0
    assert costs.seconds_for('other', GROUPS, '', 10) == 0


def test_calls_take_turns_on_one_processor():
    waits = []

    def sleep(seconds):
        waits.append(round(seconds, 3))
        if len(waits) == 1:
            # Another call comes while the first one has its first turn.
            processor.work(costs.TURN_SECONDS)

    processor = costs.Processor(clock=lambda: 1000.0, sleep=sleep)
    processor.work(2.5 * costs.TURN_SECONDS)

    assert waits == [0.02, 0.04, 0.06, 0.07]


def test_a_processor_that_was_idle_begins_at_once():
    now, waits = [1000.0], []
    processor = costs.Processor(clock=lambda: now[0], sleep=waits.append)
    processor.work(costs.TURN_SECONDS)
    now[0] += 60
    processor.work(costs.TURN_SECONDS)

    assert waits == pytest.approx([costs.TURN_SECONDS] * 2)


def test_work_that_goes_on_no_more_ends_with_the_turn():
    waits = []
    processor = costs.Processor(clock=lambda: 1000.0, sleep=waits.append)
    processor.work(60, goes_on=lambda: len(waits) < 2)
    assert len(waits) == 2


def test_the_demo_offers_what_its_neutron_knows():
    assert set(neutron.COSTS) == set(costs.BACKENDS)


def test_unknown_costs_are_refused_with_what_there_is(tmp_path):
    with pytest.raises(DemoError, match='choose apic'):
        cloud.Cloud(tmp_path, costs='opflex')
