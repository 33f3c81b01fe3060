# SPDX-License-Identifier: Apache-2.0
"""The verdicts on a way, which joins two groups through a rule set; one row each.

A verdict says what GBP allows and which states are reported. It never says that traffic flows or is blocked.
"""

import dataclasses

from django.utils.translation import pgettext_lazy

from gbp_status_ui.model import statuses


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One verdict.

    ``worth`` orders those that open the same direction: between two groups the best of them counts, the greatest. Of a
    ``problem`` a resource that is in error, or something beneath it, is to blame.
    """

    value: str
    label: str = dataclasses.field(compare=False)
    tone: str
    icon: str
    worth: int
    problem: bool = False


def _look(status: statuses.Status) -> tuple[str, str]:
    return status.tone, status.icon


BROKEN = Verdict('broken', pgettext_lazy('verdict on a way', 'Broken'), *_look(statuses.ERROR), worth=30, problem=True)
BENEATH = Verdict(
    'beneath', pgettext_lazy('verdict on a way', 'Broken beneath'), *_look(statuses.BENEATH), worth=35, problem=True
)
PARTLY = Verdict(
    'partly', pgettext_lazy('verdict on a way', 'Partly broken'), statuses.ERROR.tone, 'adjust', worth=60, problem=True
)
NO_PATH = Verdict('no-path', pgettext_lazy('verdict on a way', 'Not connected'), 'neutral', 'chain-broken', worth=20)
NOTHING = Verdict('nothing', pgettext_lazy('verdict on a way', 'Nothing allowed'), 'neutral', 'ban', worth=10)
BUILDING = Verdict('building', pgettext_lazy('verdict on a way', 'Being built'), *_look(statuses.BUILD), worth=50)
UNKNOWN = Verdict(
    'unknown', pgettext_lazy('verdict on a way', 'Cannot be said'), 'neutral', 'question-circle', worth=40
)
UNREPORTED = Verdict('unreported', pgettext_lazy('verdict on a way', 'Not reported'), *_look(statuses.NONE), worth=70)
WORKS = Verdict('works', pgettext_lazy('verdict on a way', 'Works'), *_look(statuses.ACTIVE), worth=80)

#: All verdicts, in the order in which ways are shown: the first are those that somebody should look at soonest.
VERDICTS = (BROKEN, BENEATH, PARTLY, NO_PATH, NOTHING, BUILDING, UNKNOWN, UNREPORTED, WORKS)
