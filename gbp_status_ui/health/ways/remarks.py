# SPDX-License-Identifier: Apache-2.0
"""What is worth a word about a way, and never a verdict: what GBP shows and nobody obeys, or does not show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import traffic
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.joined import Way
from gbp_status_ui.health.ways.rules import Opening
from gbp_status_ui.health.ways.rules import Redirected
from gbp_status_ui.health.ways.rules import Why
from gbp_status_ui.model.resource import Resource


class Remark(NamedTuple):
    """One remark; ``slug`` tells it apart from others of a way."""

    slug: str
    text: str


def of(way: Way) -> list[Remark]:
    """Return the remarks on a way."""
    found = [*_of_rules(way), *_of_chains(way), *_of_parties(way)]
    return [Remark(slug, text) for slug, text in found if text]


def _of_rules(way: Way) -> list[tuple[str, str]]:
    switched_off = _named(one.rule for one in way.open if one.is_switched_off)
    numbers = _named(one.rule for one in way.open if one.why is Why.NUMBER)
    return [
        ('switched-off', switched_off and gettext('%s: switched off in GBP, which no driver obeys') % switched_off),
        ('number', numbers and gettext('%s: answers may not pass, since the protocol is a number') % numbers),
        ('wider', _wider(way)),
    ]


def _wider(way: Way) -> str:
    """GBP's reference drivers write no rule where they find a narrower one of the same set."""
    wider = [one for one in way.open if any(_is_wider(one, other) for other in way.open)] if not way.is_aim else []
    text = gettext('%s: a wider rule beside a narrower one of the same rule set may not be in force')
    return text % _named(one.rule for one in wider) if wider else ''


def _is_wider(one: Opening, other: Opening) -> bool:
    meets = (one.by_consumer and other.by_consumer) or (one.by_provider and other.by_provider)
    if not meets or one.classifier is None or other.classifier is None or one.ports:
        return False
    if not one.protocol:
        return bool(other.protocol or other.ports)
    return one.protocol == other.protocol and bool(other.ports)


def _of_chains(way: Way) -> list[tuple[str, str]]:
    nowhere, unseen, unread = (
        _named(one.rule for one in way.openings if one.redirected is redirected) for redirected in Redirected
    )
    is_redirected = any(one.chain for one in way.openings)
    return [
        ('no-chain', nowhere and gettext('%s: redirect without a chain: acts as allow') % nowhere),
        ('hidden-chain', unseen and gettext('%s: its chain is not visible to you') % unseen),
        ('unread-chain', unread and gettext('%s: its chain has not been read') % unread),
        ('nodes', gettext('GBP does not say whether traffic passes the nodes') if is_redirected else ''),
    ]


def _of_parties(way: Way) -> list[tuple[str, str]]:
    ends = (way.consumer, way.provider)
    proxied = _named(one for one in ends if one.attributes.get('proxy_group_id'))
    empty = _named(one for one in ends if one.attributes.get('policy_targets') == [])
    outside = any(facts.is_external(one) and way.opens_from(one) for one in ends)
    return [
        ('proxy', proxied and gettext('%s: all of its traffic goes through a proxy group') % proxied),
        ('empty', empty and gettext('%s: it has no member') % empty),
        ('outside', gettext('From outside: needs a floating IP or a route there') if outside else ''),
        ('automatic', automatic() if any(one.is_automatic for one in ends) else ''),
    ]


def automatic() -> str:
    """Return what is said of automatic groups: of them nobody may say that nothing joins them."""
    return gettext(
        'Automatic groups are joined by contracts of the fabric, too (DHCP, DNS, metadata, and everything among '
        'themselves)'
    )


def _named(rows: Iterable[Resource | None]) -> str:
    names = [words.called(row) for row in dict.fromkeys(rows) if row]
    return traffic.listed(names) if names else ''
