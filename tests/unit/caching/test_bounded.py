# SPDX-License-Identifier: Apache-2.0
"""What a process remembers has a size that it never exceeds."""

import concurrent.futures

import pytest

from gbp_status_ui.caching import bounded

MAX_BYTES = 100_000


@pytest.fixture
def repeat():
    """repeat(letter, times): a text, remembered by what it was made of."""
    return bounded.memoize(MAX_BYTES)(lambda letter, times: letter * times)


def test_a_result_is_made_once(repeat):
    assert [repeat('a', 3), repeat('a', 3), repeat('b', 1)] == ['aaa', 'aaa', 'b']
    assert vars(repeat.cache_info()) | {'bytes': 0} == {'hits': 1, 'misses': 2, 'currsize': 2, 'bytes': 0}


def test_all_results_together_are_bounded(repeat):
    for number in range(500):
        repeat(chr(0x4E00 + number), 500)

        assert repeat.cache_info().bytes <= MAX_BYTES
    assert repeat.cache_info().currsize > 50


def test_the_least_recently_used_goes_first(repeat):
    repeat('a', 1000)
    for number in range(500):
        repeat(chr(0x4E00 + number), 500)
        repeat('a', 1000)
    misses = repeat.cache_info().misses
    repeat('a', 1000)
    repeat(chr(0x4E00), 500)

    assert repeat.cache_info().misses == misses + 1


def test_one_large_result_drives_no_other_out(repeat):
    repeat('a', 3)
    repeat('b', MAX_BYTES // 2)

    assert repeat('b', MAX_BYTES // 2) == 'b' * (MAX_BYTES // 2)
    assert (repeat.cache_info().currsize, repeat.cache_info().hits) == (1, 0)


def test_what_was_dropped_is_no_longer_counted(repeat):
    repeat('a', 3)
    repeat.cache_clear()

    assert set(vars(repeat.cache_info()).values()) == {0}


@pytest.mark.slow
def test_several_threads_count_alike():
    repeat = bounded.memoize(MAX_BYTES)(lambda number: 'a' * (number % 7 * 400))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(repeat, [number % 90 for number in range(5000)]))

    assert repeat.cache_info().hits + repeat.cache_info().misses == 5000
    assert repeat.cache_info().bytes <= MAX_BYTES
