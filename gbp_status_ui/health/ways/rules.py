# SPDX-License-Identifier: Apache-2.0
"""What the rules of a rule set allow: the traffic of each rule, its direction, how certain that is, and its state.

Each rule adds a permission. No rule forbids anything, and the order of rules has no effect.
"""

from __future__ import annotations

from collections.abc import Callable
import dataclasses
import enum
import functools
import itertools

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import Key

ALLOW, REDIRECT = 'allow', 'redirect'

#: Who may open connections, by the direction of a classifier: (the consumer, the provider).
_OPENS = {'in': (True, False), 'out': (False, True), 'bi': (True, True)}

#: What GBP writes in the place of the consumer of a chain that serves all consumers.
_ANY_CONSUMER = ('N/A', None, '')


class Sureness(enum.Enum):
    """How sure it is that a rule opens its traffic."""

    SURE = 'sure'
    DOUBTFUL = 'doubtful'
    NONE = 'none'


class Why(enum.Enum):
    """Why a rule opens nothing, or nobody can be sure that it does."""

    # It opens nothing.
    NO_DIRECTION = 'no direction'
    NO_ACTION = 'no action'
    # The parent uses none of the classifiers.
    PARENT = 'parent'
    # Nobody can be sure.
    UNREADABLE = 'unreadable'
    PARENT_UNREADABLE = 'parent unreadable'
    ACTIONS = 'actions'
    PORTS = 'ports without protocol'
    NUMBER = 'protocol as a number'
    DIRECTION = 'unknown direction'
    DRIVER = 'unknown driver'


class Redirected(enum.Enum):
    """What becomes of a rule that redirects and has no chain here."""

    # It acts as allow.
    NOWHERE = 'nowhere'
    # There should be a chain, and the user may not see it.
    UNSEEN = 'unseen'
    # Chains have not all been read.
    UNREAD = 'unread'


@dataclasses.dataclass(frozen=True)
class Opening:
    """What one rule of a way comes to.

    ``rule`` is None where it cannot be seen, ``by_consumer`` and ``by_provider`` say who may open connections.
    ``stops`` are what its state is taken from: rule, classifier, actions and chain. ``redirected`` is said of a
    redirect without a chain.
    """

    rule: Resource | None
    sureness: Sureness
    why: Why | None = None
    classifier: Resource | None = None
    by_consumer: bool = False
    by_provider: bool = False
    stops: tuple[Resource, ...] = ()
    chain: Resource | None = None
    redirected: Redirected | None = None

    @property
    def is_sure(self) -> bool:
        return self.sureness is Sureness.SURE

    @property
    def opens(self) -> bool:
        """Whether it may open anything."""
        return self.sureness is not Sureness.NONE

    @functools.cached_property
    def state(self) -> Status:
        """The worst state of what it consists of, as far as that is believed."""
        unread = [statuses.UNREAD] if self.redirected is Redirected.UNREAD else []
        states = [*map(facts.state_of, self.stops), *unread]
        return min(states, key=lambda state: state.severity, default=statuses.NONE)

    @property
    def protocol(self) -> str:
        return _text(self.classifier, 'protocol')

    @property
    def ports(self) -> str:
        return _text(self.classifier, 'port_range')

    @property
    def is_switched_off(self) -> bool:
        """Whether GBP says that it is not enabled, which no driver obeys."""
        return self.rule is not None and self.rule.attributes.get('enabled') is False


class Openings(tuple[Opening, ...]):  # noqa: SLOT001 -- what follows of them is kept in it
    """What the rules of a set come to, in the API's order.

    A set may have thousands of rules, and hundreds of ways have them in common: what follows of them is found once.
    """

    @functools.cached_property
    def sure(self) -> Openings:
        """What is opened for sure, as far as GBP says."""
        return Openings(one for one in self if one.is_sure)

    @functools.cached_property
    def open(self) -> Openings:
        """What is opened, or may be."""
        return Openings(one for one in self if one.opens)

    @functools.cached_property
    def well(self) -> Openings:
        """What is opened for sure, and of which no error is reported."""
        return Openings(one for one in self.sure if not one.state.problem)

    @functools.cached_property
    def by_consumer(self) -> Openings:
        """By which the consumer may open connections."""
        return Openings(one for one in self.open if one.by_consumer)

    @functools.cached_property
    def by_provider(self) -> Openings:
        """By which the provider may open connections."""
        return Openings(one for one in self.open if one.by_provider)

    @functools.cached_property
    def states(self) -> list[Status]:
        """The states of those that are sure, each once."""
        return list({id(one.state): one.state for one in self.sure}.values())

    @functools.cached_property
    def stops(self) -> dict[Key, Resource]:
        """{key: resource} of what those that are sure consist of."""
        return {stop.key: stop for one in self.sure for stop in one.stops}

    @functools.cached_property
    def failed(self) -> list[Resource]:
        """Those of their stops that are in error."""
        return [stop for stop in self.stops.values() if facts.state_of(stop).problem]

    @functools.cached_property
    def redirects(self) -> bool:
        """Whether any redirects for sure, so that it depends on provider and consumer which chain there is."""
        return any(map(_is_redirect, self.stops.values()))


def openings(known: Known, rule_set: Resource, consumer: Resource, provider: Resource) -> Openings:
    """Return the :class:`Openings` of a set for one way through it; ways without chains of their own have the same."""
    found = _once(known, (rule_set.id,), lambda: _of_any_way(known, rule_set))
    if not found.redirects:
        return found
    is_named = any(_names(chain, consumer) for chain in known.chains.get(provider.id, ()))
    return _once(
        known,
        (rule_set.id, provider.id, consumer.id if is_named else ''),
        lambda: Openings(_with_chain(known, one, consumer, provider) for one in found),
    )


def _once(known: Known, place: tuple[str, ...], make: Callable[[], Openings]) -> Openings:
    if place not in known.openings:
        known.openings[place] = make()
    found: Openings = known.openings[place]
    return found


def _of_any_way(known: Known, rule_set: Resource) -> Openings:
    """Return what the rules of a set come to but for chains."""
    counted = _counted_by_parent(known, rule_set)
    made = [_opening(known, known.get(facts.RULES, id_)) for id_ in facts.named(rule_set, 'policy_rules')]
    return Openings(map(counted.of, made))


@dataclasses.dataclass(frozen=True)
class _Counted:
    """Which rules of a set count: those with one of the ``classifiers`` of its parent, by ids; None is for all.

    ``is_doubtful`` says that the parent or its rules cannot be seen.
    """

    classifiers: frozenset[str] | None = None
    is_doubtful: bool = False

    def of(self, one: Opening) -> Opening:
        """Return the opening of a rule as it counts in the set."""
        if self.is_doubtful and one.opens:
            return dataclasses.replace(one, sureness=Sureness.DOUBTFUL, why=one.why or Why.PARENT_UNREADABLE)
        if self.classifiers is None or one.rule is None:
            return one
        if str(one.rule.attributes.get('policy_classifier_id')) in self.classifiers:
            return one
        return dataclasses.replace(one, sureness=Sureness.NONE, why=Why.PARENT)


def _counted_by_parent(known: Known, rule_set: Resource) -> _Counted:
    parent_id = rule_set.attributes.get('parent_id')
    if not parent_id:
        return _Counted()
    parent = known.get(facts.RULE_SETS, parent_id)
    rules = [known.get(facts.RULES, id_) for id_ in facts.named(parent, 'policy_rules')] if parent else []
    if parent is None or None in rules:
        return _Counted(is_doubtful=True)
    return _Counted(frozenset(str(rule.attributes.get('policy_classifier_id')) for rule in rules if rule))


def _opening(known: Known, rule: Resource | None) -> Opening:
    if rule is None:
        return Opening(None, Sureness.DOUBTFUL, Why.UNREADABLE, by_consumer=True, by_provider=True)
    classifier = known.get(facts.CLASSIFIERS, rule.attributes.get('policy_classifier_id'))
    actions = [known.get(facts.ACTIONS, id_) for id_ in facts.named(rule, 'policy_actions')]
    sureness, why = _sureness(known.is_aim, classifier, actions)
    by_consumer, by_provider = _directions(known.is_aim, classifier)
    stops = tuple(one for one in (rule, classifier, *actions) if one)
    return Opening(rule, sureness, why, classifier, by_consumer, by_provider, stops)


def _directions(is_aim: bool | None, classifier: Resource | None) -> tuple[bool, bool]:
    """Return who may open connections; a direction that nobody knows may be any."""
    direction = classifier.attributes.get('direction') if classifier else ''
    if direction is None:
        return (False, False) if is_aim is False else (True, True)
    return _OPENS.get(str(direction).lower(), (True, True))


def _sureness(
    is_aim: bool | None, classifier: Resource | None, actions: list[Resource | None]
) -> tuple[Sureness, Why | None]:
    types = [_type(action) if action else None for action in actions]
    found = {_with_driver(driver, classifier, types) for driver in ((True, False) if is_aim is None else (is_aim,))}
    return found.pop() if len(found) == 1 else (Sureness.DOUBTFUL, Why.DRIVER)


def _with_driver(is_aim: bool, classifier: Resource | None, types: list[str | None]) -> tuple[Sureness, Why | None]:
    nothing = _why_nothing(is_aim, classifier, types)
    if nothing:
        return Sureness.NONE, nothing
    why = _doubt_of_classifier(is_aim, classifier) or _doubt_of_actions(is_aim, types)
    return (Sureness.DOUBTFUL, why) if why else (Sureness.SURE, None)


def _why_nothing(is_aim: bool, classifier: Resource | None, types: list[str | None]) -> Why | None:
    """Return why a rule opens nothing: the reference drivers need a direction, the AIM driver an action with a type."""
    if is_aim:
        return Why.NO_ACTION if set(types) == {''} else None
    return Why.NO_DIRECTION if classifier and classifier.attributes.get('direction') is None else None


def _doubt_of_classifier(is_aim: bool, classifier: Resource | None) -> Why | None:
    if classifier is None:
        return Why.UNREADABLE
    protocol, ports = _text(classifier, 'protocol'), _text(classifier, 'port_range')
    if ports and not protocol:
        return Why.PORTS
    if is_aim and protocol.isdigit():
        return Why.NUMBER
    direction = classifier.attributes.get('direction')
    return None if direction is None or str(direction).lower() in _OPENS else Why.DIRECTION


def _doubt_of_actions(is_aim: bool, types: list[str | None]) -> Why | None:
    """Return why the actions leave a doubt. None in the place of a type is that of an action that cannot be seen.

    The first action alone decides for the AIM driver, and nobody knows which one that is.
    """
    if types and not any(one is not None for one in types):
        return Why.UNREADABLE
    permitting = [one in (ALLOW, REDIRECT) for one in types]
    is_sure = bool(types) and all(permitting) if is_aim else any(permitting)
    return None if is_sure else Why.ACTIONS


def _with_chain(known: Known, one: Opening, consumer: Resource, provider: Resource) -> Opening:
    """Find the chain of a rule that redirects for sure."""
    redirects = [action for action in one.stops if _is_redirect(action)] if one.is_sure else []
    if not redirects:
        return one
    specs = set(itertools.chain.from_iterable(map(specs_of, redirects)))
    if not specs or not _makes_chains(known, provider):
        return dataclasses.replace(one, redirected=Redirected.NOWHERE)
    chain = _chain(known, one, specs, consumer, provider)
    if chain is None:
        return dataclasses.replace(one, redirected=Redirected.UNSEEN if known.all_chains else Redirected.UNREAD)
    return dataclasses.replace(one, chain=chain, stops=(*one.stops, chain))


def specs_of(action: Resource) -> list[str]:
    """Return the id of the chain spec that an action redirects to, if it does."""
    return facts.ids(action, 'action_value') if _is_redirect(action) else []


def _is_redirect(row: Resource) -> bool:
    return row.kind.collection == facts.ACTIONS and _type(row) == REDIRECT


def _type(action: Resource) -> str:
    """Return the type of an action in lower case; '' for null."""
    return _text(action, 'action_type').lower()


def _makes_chains(known: Known, provider: Resource) -> bool:
    enforced = provider.attributes.get('enforce_service_chains') is not False
    return known.has_chains and not facts.is_external(provider) and enforced


def _chain(known: Known, one: Opening, specs: set[str], consumer: Resource, provider: Resource) -> Resource | None:
    """Return the chain of a rule: one that names the consumer first, then the most urgent."""
    found = [
        chain
        for chain in serving(known, consumer, provider)
        if one.classifier
        and chain.attributes.get('classifier_id') == one.classifier.id
        and specs.intersection(facts.ids(chain, 'servicechain_specs'))
    ]
    return min(found, key=lambda chain: (not _names(chain, consumer), facts.state_of(chain).severity), default=None)


def serving(known: Known, consumer: Resource, provider: Resource) -> list[Resource]:
    """Return the chains of a provider that serve a consumer; mostly a chain serves all of them."""
    found = [] if facts.is_external(provider) else known.chains.get(provider.id, [])
    return [
        chain for chain in found if _names(chain, consumer) or chain.attributes.get('consumer_ptg_id') in _ANY_CONSUMER
    ]


def _names(chain: Resource, consumer: Resource) -> bool:
    return chain.attributes.get('consumer_ptg_id') == consumer.id


def _text(row: Resource | None, attribute: str) -> str:
    value = row.attributes.get(attribute) if row else None
    return '' if value is None else str(value)
