# SPDX-License-Identifier: Apache-2.0
"""What Neutron says of the objects that GBP resources are realised by: of some by their ids, or of a whole scope.

Calls use the user's token. Objects that the user may not see, and objects that are gone, are left out. Kinds that could
not be read, or whose states are hidden, stand in ``unread`` of the :class:`gbp_status_ui.service.api.Gbp`.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
import dataclasses
import math
from typing import cast
from typing import TYPE_CHECKING

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching.answers import Found
from gbp_status_ui.caching.answers import Known
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.model import neutron
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.neutron import NeutronObject
from gbp_status_ui.model.neutron import Objects
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Ids
from gbp_status_ui.service import calls
from gbp_status_ui.service import costs
from gbp_status_ui.service.call import Call

if TYPE_CHECKING:
    from gbp_status_ui.service.api import Gbp

#: How many networks are read one by one where their lists are not right; of more only an error is known.
MAX_SHOWS = 100


@dataclasses.dataclass(frozen=True)
class _Question:
    """One call, the kind of its answer, and the ids that it asks for; None for those of a whole scope."""

    call: Call
    kind: NeutronKind
    has_extension: bool
    ids: tuple[str, ...] | None = None


def by_ids(gbp: Gbp, wanted: Ids) -> Objects:
    """Read {collection: ids}; return a :class:`Objects` of :class:`NeutronObject`.

    It takes a list for every MAX_CALL_IDS ids of a kind, or a show for each network if the lists of networks are not
    right. What does not come in a moment is pending.
    """
    found = Objects()
    asked = [
        question for kind in _kinds(gbp, wanted, found) for question in _of_ids(gbp, kind, wanted[kind.collection])
    ]
    shows = tuple(question.call for question in asked if question.call.member)
    lists = [(question.call,) for question in asked if not question.call.member]
    answers = gbp.fetch_beside([*lists, *([shows] if shows else [])])
    return _taken(gbp, asked, answers, found)


def of_scope(gbp: Gbp, project_id: str = '') -> Objects:
    """List what is in error in the scope; return a :class:`Objects` of all that was listed.

    Lists go on after the request has ended. A slow one is not made again for COOLDOWN_FACTOR times as long as it took,
    unless the user forces a refresh.
    """
    found = Objects()
    if project_id and not is_id(project_id):
        return found
    kinds = _kinds(gbp, neutron.BY_COLLECTION, found)
    asked = [question for kind in kinds for question in _of_scope(gbp, kind, project_id)]
    answers = _listed(gbp, [question.call for question in asked])
    gbp.answers_beside += answers.values()
    return _taken(gbp, asked, answers, found)


def _kinds(gbp: Gbp, collections: Collection[str], found: Objects) -> list[NeutronKind]:
    """Return the kinds among some collections that this cloud has a state of; none where nobody knows what it has."""
    kinds = [kind for kind in neutron.KINDS if kind.collection in collections] if conf.get('neutron_states') else []
    if kinds and gbp.extensions is None:
        _note(gbp, found, {kind.collection: Failure(Reason.ERROR) for kind in kinds})
        return []
    return [kind for kind in kinds if kind.has_status or _has_extension(gbp, kind)]


def _has_extension(gbp: Gbp, kind: NeutronKind) -> bool:
    return kind.extension in (gbp.extensions or ())


def _of_ids(gbp: Gbp, kind: NeutronKind, ids: list[str]) -> list[_Question]:
    """Return the questions that some ids of a kind take."""
    has_extension = _has_extension(gbp, kind)
    fields = kind.fields(has_extension)
    number = 0 if kind.lists_are_right or not has_extension else MAX_SHOWS
    shown = [_Question(_show_of(kind, id_, fields), kind, has_extension, (id_,)) for id_ in ids[:number]]
    listed = [
        _Question(calls.list_of(kind, fields, some), kind, has_extension, some[1]) for some in calls.only(ids[number:])
    ]
    return shown + listed


def _show_of(kind: NeutronKind, id_: str, fields: tuple[str, ...]) -> Call:
    return dataclasses.replace(calls.show_of(kind, id_), params=(('fields', fields),))


def _of_scope(gbp: Gbp, kind: NeutronKind, project_id: str) -> list[_Question]:
    """Return the questions that the errors of a whole scope take; Neutron's own words for them are a filter."""
    has_extension = _has_extension(gbp, kind)
    # Neutron's filter by its own words for what has failed compares the truth, unlike that of GBP.
    failed = tuple(word.upper() for word in neutron.ERROR.words)
    errors = [] if has_extension else [('status', failed)]
    fields = kind.fields(has_extension)
    return [
        _Question(calls.list_of(kind, fields, *params, *errors), kind, has_extension)
        for params in gbp.filters(kind, project_id)
    ]


def _listed(gbp: Gbp, lists: Sequence[Call]) -> Found[Call]:
    """Return {call: Answer}: slow lists as they were read a short time ago, or asked for and not waited for."""
    known = gbp.shared.known(lists)
    slow = [call for call in lists if known[call].seconds > deadline.list_wait_seconds()]
    found = {} if gbp.forces_refresh else _cooling_down(gbp, {call: known[call] for call in slow})
    quick = [(call,) for call in lists if call not in slow]
    rest = [(call,) for call in slow if call not in found]
    # A page that asks again for lists of GBP shows what it has.
    hold_seconds = 0 if gbp.has_pending_lists else math.inf
    found |= gbp.fetch_beside(quick, hold_seconds, costs.MAX_LIST_SECONDS, are_lists=True)
    return found | gbp.fetch_beside(rest, 0, costs.MAX_LIST_SECONDS, are_lists=True)


def _cooling_down(gbp: Gbp, known: Known[Call]) -> Found[Call]:
    """Return {call: Answer} of those lists that were read so lately that they are not read again."""
    cooling_down = {call: entry for call, entry in known.items() if costs.in_cooldown(entry.good)}
    loaded = gbp.shared.loaded(cooling_down) if cooling_down else {}
    return {call: entry.good for call, entry in loaded.items() if entry.good}


def _taken(gbp: Gbp, asked: Sequence[_Question], answers: Found[Call], found: Objects) -> Objects:
    """Put the answers into the result, and what is wrong with them where the page says so."""
    for question in asked:
        answer, name = answers[question.call], question.kind.collection
        failure = answer.value
        if not isinstance(failure, Failure):
            _take(gbp, question, answer, found)
        elif failure.reason is Reason.BUSY:
            found.pending.setdefault(name, []).extend(question.ids or ())
        elif not (question.call.member and failure.reason is Reason.GONE):
            _note(gbp, found, {name: failure})
    return found


def _take(gbp: Gbp, question: _Question, answer: Answer, found: Objects) -> None:
    objects = _objects(question, answer)
    found.rows.setdefault(question.kind.collection, {}).update({one.id: one for one in objects})
    if not question.call.member and answer.rows.unreadable:
        gbp.unreadable[question.kind.collection] += answer.rows.unreadable
        # Any object that is missing may be among them.
        found.unavailable[question.kind.collection] = Failure(Reason.ERROR)
    if any(one.is_hidden for one in objects):
        _note(gbp, found, {question.kind.collection: Failure(Reason.FORBIDDEN)})


def _objects(question: _Question, answer: Answer) -> list[NeutronObject]:
    # A show has the attributes of one.
    rows = [cast(Attributes, answer.value)] if question.call.member else answer.rows
    is_listed = len(question.ids or rows) > 1
    objects = [NeutronObject(question.kind, row, question.has_extension, is_listed) for row in rows]
    return [one for one in objects if question.ids is None or one.id in question.ids]


def _note(gbp: Gbp, found: Objects, failures: Mapping[str, Failure]) -> None:
    found.unavailable |= failures
    gbp.unread |= failures
