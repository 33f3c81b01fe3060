# SPDX-License-Identifier: Apache-2.0
"""Texts in the order in which people look for them."""

import random

import pytest

from gbp_status_ui.health import folding


def shuffled(expected):
    found = list(expected)
    random.shuffle(found)
    return found


@pytest.mark.parametrize(
    'expected',
    [
        ['node2', 'node10', 'node10b'],
        ['Apfel', 'Äpfel', 'Birne'],
        ['Alpha', 'beta', 'Gamma'],
        ['Car', 'Čas', 'Cz', 'dom'],
        ['lodz', 'Łódź', 'Warszawa'],
        ['9a', '10', 'web'],
        ['a' + '9' * 5000, 'a1' + '0' * 5000],
        ['2', 'a2', 'a10', 'node'],
        ['\uff37\uff25\uff22', 'web2'],
        ['strasse', 'straße', 'straßen'],
        ['', '1', 'a'],
        ['rule', 'rule 1', 'rule 1 2', 'rule 1 10'],
        ['node', 'node002', 'node03'],
    ],
)
def test_names_are_in_their_natural_order(expected):
    assert sorted(shuffled(expected), key=folding.natural) == expected


@pytest.mark.parametrize(
    'expected',
    [
        ['10.9.0.0/16', '10.10.0.0/16', '192.168.0.0/24'],
        ['10.0.0.0/8', '10.0.0.0/16'],
        ['10.0.0.1/8', '10.0.1.0/24'],
        ['192.168.0.0/16', 'fd00::9/64', 'fd00::10:0/112'],
        ['10.0.0.0/16', '10.0.0.0/16, fd00::/48', '10.1.0.0/16'],
        ['fd00::/48', '10.0.0.0/99', 'unknown'],
    ],
)
def test_networks_are_in_the_order_of_their_numbers(expected):
    assert sorted(shuffled(expected), key=folding.addresses) == expected
