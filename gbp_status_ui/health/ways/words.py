# SPDX-License-Identifier: Apache-2.0
"""The sentence of each verdict on a way, and of the answer between two parties.

Sentences claim what GBP allows and what is reported, and no more: nobody here knows whether traffic flows, or that
anything is blocked.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import reachability as answers
from gbp_status_ui.health.ways import traffic
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.path import Gap
from gbp_status_ui.health.ways.reachability import Reachability
from gbp_status_ui.health.ways.rules import Why
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import NODE_DEPLOYMENT
from gbp_status_ui.model.resource import Resource

#: What a resource is called in the middle of a sentence.
_CALLED = {
    facts.GROUPS: _('group %s'),
    facts.EXTERNAL: _('external group %s'),
    facts.RULE_SETS: _('rule set %s'),
    facts.RULES: _('rule %s'),
    facts.CLASSIFIERS: _('classifier %s'),
    facts.ACTIONS: _('action %s'),
    facts.L2_POLICIES: _('L2 policy %s'),
    facts.L3_POLICIES: _('L3 policy %s'),
    facts.SEGMENTS: _('external segment %s'),
    facts.CHAINS: _('chain %s'),
}

#: What a way leads through or over, and cannot be seen.
_UNSEEN = {
    facts.RULE_SETS: _('the way leads through a rule set that you may not see'),
    facts.L2_POLICIES: _('the way leads over an L2 policy that you may not see'),
    facts.L3_POLICIES: _('the way leads over an L3 policy that you may not see'),
    facts.SEGMENTS: _('the way leads over an external segment that you may not see'),
    facts.GROUPS: _('the way leads to a group that you may not see'),
    facts.RULES: _('it depends on a rule, a classifier or an action that you may not see'),
    facts.DRIVER: _('it depends on the policy driver of GBP, which is not known'),
}

_DOUBTS = {
    Why.PARENT_UNREADABLE: _('it depends on a parent rule set that you may not see'),
    Why.ACTIONS: _('it depends on which of its actions the backend obeys, if any'),
    Why.PORTS: _('it allows ports without a protocol'),
    Why.NUMBER: _('answers may not pass, since the protocol is a number'),
    Why.DIRECTION: _('GBP does not define the direction of its classifier'),
    Why.DRIVER: _UNSEEN[facts.DRIVER],
}


def called(row: Resource) -> str:
    """Return what a resource is called in the middle of a sentence: 'rule set web'."""
    return str(_CALLED[row.kind.collection]) % row.title


def sentence(way: Way) -> str:
    """Return what is said of a way, without a full stop."""
    return _SENTENCES[way.verdict](way)


def _broken(way: Way) -> str:
    return gettext('Broken: %s') % _in_error(way.broken_stops or way.failed)


def _in_error(rows: Iterable[Resource]) -> str:
    first, *others = dict.fromkeys(rows)
    return traffic.and_more(gettext('%s is in error') % called(first), len(others))


def _partly(way: Way) -> str:
    what = _in_error(way.failed)
    if way.broken_beneath:
        return _and_besides(gettext('Partly broken: %s') % what, _beneath_each(way))
    values = {'what': what, 'traffic': traffic.words(way.openings.well)}
    return gettext('Partly broken: %(what)s; %(traffic)s is not affected') % values


def _beneath(way: Way) -> str:
    return gettext('Broken beneath %s') % gettext('; ').join(_beneath_each(way))


def _beneath_each(way: Way) -> list[str]:
    """Return all that is in error beneath each stop: ['L2 policy web: network in error, subnet in error']."""
    return [
        gettext('%(what)s: %(state)s')
        % {
            'what': called(stop),
            'state': gettext(', ').join(dict.fromkeys(str(one.words) for one in stop.failed_beneath)),
        }
        for stop in way.broken_beneath
    ]


def _no_path(way: Way) -> str:
    text = gettext('Allowed, but not connected: %s') if way.openings.sure else gettext('Not connected: %s')
    return _besides(way, text % _gap(way))


def _gap(way: Way) -> str:
    names = dict(zip(('one', 'other', 'third', 'fourth'), [row.title for row in way.path.ends]))
    text = {
        Gap.L3_POLICIES: gettext('%(one)s is in L3 policy %(other)s, %(third)s in %(fourth)s'),
        Gap.NO_SEGMENT: gettext('%(one)s has no external segment'),
        Gap.NOT_ON_SEGMENT: gettext('L3 policy %(one)s is not on a segment of %(other)s'),
        Gap.NO_ROUTE: gettext('segment %(one)s has no route'),
        Gap.PROJECTS: gettext('%(one)s is of another project than L3 policy %(other)s'),
    }[way.path.gap or Gap.NO_ROUTE]
    return text % names


def _besides(way: Way, text: str) -> str:
    said = [_in_error(way.failed)] if way.failed else []
    return _and_besides(text, [*said, *_beneath_each(way)])


def _and_besides(text: str, said: list[str]) -> str:
    return (
        gettext('%(sentence)s; besides, %(what)s') % {'sentence': text, 'what': gettext('; ').join(said)}
        if said
        else text
    )


def _nothing(way: Way) -> str:
    number = len(way.openings)
    reasons = {one.why for one in way.openings}
    values: dict[str, object] = {'number': number, 'parent': way.parent.title if way.parent else ''}
    if not number:
        why = gettext('the rule set has no rules')
    elif reasons == {Why.NO_DIRECTION}:
        why = ngettext('its rule has no direction', 'none of its %(number)s rules has a direction', number)
    elif reasons == {Why.NO_ACTION}:
        why = ngettext(
            'its rule has no action that allows anything',
            'none of its %(number)s rules has an action that allows anything',
            number,
        )
    elif reasons == {Why.PARENT}:
        why = ngettext(
            'its rule does not count: the parent %(parent)s does not use its classifier',
            'none of its %(number)s rules counts: the parent %(parent)s uses none of their classifiers',
            number,
        )
    else:
        why = gettext('none of its %(number)s rules opens anything')
    return _besides(way, gettext('Nothing is allowed: %s') % (why % values))


def _building(way: Way) -> str:
    building = [stop for stop in way.all_stops if facts.state_of(stop).building]
    chains = [stop for stop in building if _is_deploying_chain(stop)]
    others = [stop for stop in building if stop not in chains]
    if not others:
        values = {'chain': called(chains[0]), 'details': chains[0].details}
        text = gettext("Not confirmed: %(chain)s says %(details)s; GBP's own node drivers never say more")
        return text % values
    return traffic.and_more(
        gettext('Being built, or not known to the backend: %s') % called(others[0]), len(building) - 1
    )


def _is_deploying_chain(stop: Resource) -> bool:
    return stop.kind.collection == facts.CHAINS and stop.details.startswith(NODE_DEPLOYMENT)


def _unknown(way: Way) -> str:
    return gettext('Cannot be said: %s') % _why_unknown(way)


def _why_unknown(way: Way) -> str:
    if way.rule_set is None:
        return unseen(facts.RULE_SETS, way.known.unread)
    if way.path.unseen:
        return _without_l2_policy(way) or unseen(way.path.unseen[0], way.known.unread)
    if not way.openings.sure:
        why = way.openings.open[0].why
        return str(_DOUBTS[why]) if why in _DOUBTS else unseen(facts.RULES, way.known.unread)
    return _why_no_state(way)


def _why_no_state(way: Way) -> str:
    if way.without_chain:
        return gettext('%s: the chain has not been read') % traffic.listed([called(row) for row in way.without_chain])
    undefined = next(stop for stop in way.all_stops if facts.is_undefined(facts.state_of(stop)))
    if undefined.status is statuses.UNREAD:
        return gettext('the status of %s has not been read') % called(undefined)
    values = {'status': undefined.status.value, 'what': called(undefined)}
    return gettext('GBP does not define the status %(status)s of %(what)s') % values


def _without_l2_policy(way: Way) -> str:
    groups = [one for one in (way.consumer, way.provider) if not facts.is_external(one)]
    lacking = [one for one in groups if not one.attributes.get('l2_policy_id')]
    return gettext('%s names no L2 policy') % called(lacking[0]) if lacking else ''


def unseen(collection: str, unread: frozenset[str] = frozenset()) -> str:
    """Return what is said of a way that leads over something that was not in the answers, or could not be read."""
    if unread.intersection(_READ_WITH.get(collection, (collection,))):
        return gettext('%s could not be read') % registry.BY_COLLECTION[collection].label_plural
    return str(_UNSEEN[collection])


_READ_WITH = {facts.RULES: (facts.RULES, facts.CLASSIFIERS, facts.ACTIONS)}


def _unreported(way: Way) -> str:
    allowed = traffic.allowed(way.openings.sure, way.consumer, way.provider)
    return gettext('Allowed: %s. No status of it is reported') % allowed


def _works(way: Way) -> str:
    allowed = traffic.allowed(way.openings.sure, way.consumer, way.provider)
    if way.is_neutron_read:
        return gettext('Works as far as GBP and Neutron report: %s') % allowed
    return gettext('Works as far as GBP reports: %s') % allowed


_SENTENCES = {
    verdicts.BROKEN: _broken,
    verdicts.BENEATH: _beneath,
    verdicts.PARTLY: _partly,
    verdicts.NO_PATH: _no_path,
    verdicts.NOTHING: _nothing,
    verdicts.BUILDING: _building,
    verdicts.UNKNOWN: _unknown,
    verdicts.UNREPORTED: _unreported,
    verdicts.WORKS: _works,
}


def between(found: Reachability) -> str:
    """Return the sentence of the answer from one party to another one."""
    if found.needs_no_way:
        return gettext('They share a subnet: GBP opens everything between them, without a rule set')
    if found.is_only_other_way:
        names = {'target': found.target.title, 'opener': found.opener.title}
        if found.target.is_automatic or found.opener.is_automatic:
            return gettext('No rule set lets %(opener)s open connections to %(target)s') % names
        return gettext('Only %(target)s may open connections to %(opener)s') % names
    if found.best is None:
        return _not_joined(found)
    if len(found.ways) < 2:  # noqa: PLR2004 -- one way needs no number
        return sentence(found.best)
    values: dict[str, object] = {'sentence': sentence(found.best), 'number': found.by, 'total': len(found.ways)}
    return gettext('%(sentence)s (by %(number)s of %(total)s ways)') % values


def _not_joined(found: Reachability) -> str:
    if facts.is_external(found.opener) and facts.is_external(found.target):
        return gettext('No way leads from one external group to another')
    plumbing = [one for one in (found.opener, found.target) if not facts.is_party(one)]
    if plumbing:
        return gettext('%s is part of a service chain, so no way begins or ends there') % plumbing[0].title
    if not (facts.names_all_sets(found.opener) and facts.names_all_sets(found.target)):
        return gettext('Cannot be said: %s') % unseen(facts.RULE_SETS, frozenset([facts.RULE_SETS]))
    return gettext('No rule set joins them')


def within(group: Resource) -> str:
    """Return whether the members of one group may talk to each other."""
    if answers.members_may_talk(group):
        return gettext('Members may talk to each other, without a rule set')
    return gettext('Members may not talk to each other')
