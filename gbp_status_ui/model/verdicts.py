# SPDX-License-Identifier: Apache-2.0
"""The verdicts on a way, which joins two groups through a rule set; one row each.

A verdict says what GBP allows and which states are reported. It never says that traffic flows or is blocked.
"""

import dataclasses

from django.utils.translation import pgettext_lazy

from gbp_status_ui.model import statuses


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One verdict; ``severity`` orders ways as they are shown, the smaller the sooner somebody should look.

    ``worth`` orders those that open the same direction: between two groups the best of them counts, the greatest. Of a
    ``problem`` a resource that is in error, or something beneath it, is to blame.
    """

    value: str
    label: str = dataclasses.field(compare=False)
    tone: str
    icon: str
    severity: int
    worth: int
    problem: bool = False


BROKEN = Verdict(
    'broken',
    pgettext_lazy('verdict on a way', 'Broken'),
    statuses.ERROR.tone,
    statuses.ERROR.icon,
    0,
    worth=30,
    problem=True,
)
BENEATH = Verdict(
    'beneath',
    pgettext_lazy('verdict on a way', 'Broken beneath'),
    statuses.BELOW.tone,
    statuses.BELOW.icon,
    10,
    worth=35,
    problem=True,
)
PARTLY = Verdict(
    'partly',
    pgettext_lazy('verdict on a way', 'Partly broken'),
    statuses.ERROR.tone,
    'adjust',
    20,
    worth=60,
    problem=True,
)
NO_PATH = Verdict(
    'no-path', pgettext_lazy('verdict on a way', 'Not connected'), 'neutral', 'chain-broken', 30, worth=20
)
NOTHING = Verdict('nothing', pgettext_lazy('verdict on a way', 'Nothing allowed'), 'neutral', 'ban', 40, worth=10)
BUILDING = Verdict(
    'building', pgettext_lazy('verdict on a way', 'Being built'), statuses.BUILD.tone, statuses.BUILD.icon, 50, worth=50
)
UNKNOWN = Verdict(
    'unknown', pgettext_lazy('verdict on a way', 'Cannot be said'), 'neutral', 'question-circle', 60, worth=40
)
UNREPORTED = Verdict(
    'unreported',
    pgettext_lazy('verdict on a way', 'Not reported'),
    statuses.NONE.tone,
    statuses.NONE.icon,
    70,
    worth=70,
)
WORKS = Verdict(
    'works', pgettext_lazy('verdict on a way', 'Works'), statuses.ACTIVE.tone, statuses.ACTIVE.icon, 80, worth=80
)

#: All verdicts, in the order in which ways are shown.
VERDICTS = (BROKEN, BENEATH, PARTLY, NO_PATH, NOTHING, BUILDING, UNKNOWN, UNREPORTED, WORKS)
