# SPDX-License-Identifier: Apache-2.0
"""How many pages there are; what else a section says is seen in the tables and on the page."""

import pytest

from gbp_status_ui.views import section


@pytest.mark.parametrize(('rows', 'count'), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2)])
def test_rows_fill_pages(rows, count):
    assert section.pages(range(rows), 20) == count
