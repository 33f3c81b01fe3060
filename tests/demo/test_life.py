# SPDX-License-Identifier: Apache-2.0
"""The scripted life: who is in which state when, and that it fits the application that is seeded."""

from gbp_demo import backend_texts
from gbp_demo import life
import pytest

from demo.seed import bakery
from demo.seed import infrastructure
from demo.seed import shop_chains
from demo.seed import shop_groups
from demo.seed import shop_network

SEEDED = [
    *infrastructure.RESOURCES,
    *shop_network.RESOURCES,
    *shop_groups.RESOURCES,
    *bakery.RESOURCES,
    *shop_chains.RESOURCES,
    *bakery.CHAINS,
]
STEPS = [step for script in life.SCRIPTS.values() for step in script]
ONCE = ((5, 'BUILD', 'a'), (10, 'ACTIVE', ''), (None, 'ERROR', 'b'))
CYCLE = ((5, 'BUILD', 'a'), (10, 'ACTIVE', ''))


@pytest.mark.parametrize(
    ('seconds', 'status'), [(-3, 'BUILD'), (0, 'BUILD'), (4.9, 'BUILD'), (5, 'ACTIVE'), (15, 'ERROR'), (1e9, 'ERROR')]
)
def test_a_script_goes_through_its_steps_and_stays_at_the_last(seconds, status):
    assert life.step_at(ONCE, seconds)[0] == status


@pytest.mark.parametrize(('seconds', 'status'), [(0, 'BUILD'), (14, 'ACTIVE'), (15, 'BUILD'), (1500 + 6, 'ACTIVE')])
def test_a_script_whose_last_step_ends_begins_again(seconds, status):
    assert life.step_at(CYCLE, seconds)[0] == status


def test_every_script_belongs_to_a_seeded_resource():
    assert set(life.SCRIPTS) <= {resource.name for resource in SEEDED}


def test_a_name_with_a_script_is_that_of_one_resource():
    names = [resource.name for resource in SEEDED if resource.name in life.SCRIPTS]
    assert sorted(names) == sorted(set(names))


def test_only_the_last_step_may_last_for_ever():
    assert all(step[0] for script in life.SCRIPTS.values() for step in script[:-1])


def test_texts_and_states_fit_the_columns_of_gbp():
    assert all(status is None or len(status) <= 16 for _, status, _ in STEPS)
    assert all(details is None or len(details) <= backend_texts.MAX_DETAILS_CHARACTERS for *_, details in STEPS)


def test_the_hostile_text_is_as_long_as_the_api_allows():
    assert len(backend_texts.HOSTILE) == 4096
    for part in ('<img src=x onerror=', '</script>', '"', "'", '{{ 7 * 7 }}', '\U0001f525', '\u202b'):
        assert part in backend_texts.HOSTILE


@pytest.mark.parametrize('status', ['BUILD', 'ACTIVE', 'ERROR', None, 'active', 'DEGRADED'])
def test_every_kind_of_state_is_shown(status):
    assert status in {step[1] for step in STEPS}


def test_one_is_being_built_for_more_than_ten_minutes():
    assert any(status == 'BUILD' and lasts and lasts > 600 for lasts, status, _ in STEPS)


def test_one_group_is_in_error_without_a_text_below_an_l2_policy_that_has_one():
    group = next(resource for resource in SEEDED if resource.name == 'warehouse-scanners')
    assert life.step_at(life.SCRIPTS[group.name], 0) == ('ERROR', '')
    status, details = life.step_at(life.SCRIPTS[group.attributes['l2_policy_id'].name], 0)
    assert (status, bool(details)) == ('ERROR', True)


@pytest.mark.parametrize('minutes', range(0, 60, 3))
def test_most_work_and_something_moves_at_any_time(minutes):
    def moving(script):
        return script[-1][0] is not None

    now = [life.step_at(life.SCRIPTS[one.name], minutes * 60)[0] for one in SEEDED if one.name in life.SCRIPTS]
    troubled = sum(status in {'ERROR', 'BUILD'} for status in now)
    assert troubled < len(SEEDED) / 4
    assert sum(moving(script) for script in life.SCRIPTS.values()) >= 5
