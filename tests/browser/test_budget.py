# SPDX-License-Identifier: Apache-2.0
"""What the plugin adds to a dashboard: few bytes."""

from tests import dashboards
from tests.weight import weigh


def test_scripts_and_styles_are_small(cloud):
    weight = weigh(dashboards.static())

    assert weight.scripts
    assert weight.styles
    # The map takes 3,500 of these: its tree of keys, what is joined, and cells that follow. Scripts of one thing each,
    # made with all that they use by name, take 800; outcomes that have all of their fields from the beginning 100;
    # focus and folds that stay where they are, and maps that forget what is gone, 500.
    assert weight.scripts + weight.styles < 33_800
