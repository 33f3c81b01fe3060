# SPDX-License-Identifier: Apache-2.0
"""Findings as text for people and as JSON, and the exit status of a plugin of Nagios."""

import json

import pytest

from gbp_status_ui.management import finding
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.finding import unknown
from gbp_status_ui.management.finding import warning

pytestmark = pytest.mark.releases

BROKEN, UNSEEN, SLOW, FINE = (
    error('Broken.', 'Mend it.'),
    unknown('Unseen.', 'Look.'),
    warning('Slow.', 'Speed it up.'),
    note('As it may be.'),
)


@pytest.mark.parametrize(
    ('found', 'status'),
    [
        ([], 0),
        ([FINE], 0),
        ([FINE, SLOW], 1),
        ([FINE, SLOW, BROKEN, UNSEEN], 2),
        ([SLOW, UNSEEN], 3),
    ],
    ids=['nothing', 'a note', 'a warning', 'an error', 'an unknown'],
)
def test_the_most_urgent_finding_makes_the_exit_status(found, status):
    assert finding.exit_status(found) == status


def test_text_has_the_most_urgent_first_and_counts_in_the_last_line():
    assert finding.as_text([FINE, SLOW, UNSEEN, BROKEN], '1.2').splitlines() == [
        'ERROR    Broken. Mend it.',
        'UNKNOWN  Unseen. Look.',
        'WARNING  Slow. Speed it up.',
        'NOTE     As it may be.',
        'gbp_status_ui 1.2: ERROR 1, UNKNOWN 1, WARNING 1, NOTE 1',
    ]


def test_a_finding_is_one_line_whatever_a_service_said():
    assert str(error('It said:\n<html>\n', 'Look.')) == 'ERROR    It said: <html> Look.'


def test_json_says_the_same():
    assert json.loads(finding.as_json([FINE, BROKEN], '1.2')) == {
        'version': '1.2',
        'exit_status': 2,
        'findings': [
            {'level': 'ERROR', 'what': 'Broken.', 'to_do': 'Mend it.'},
            {'level': 'NOTE', 'what': 'As it may be.', 'to_do': ''},
        ],
    }
