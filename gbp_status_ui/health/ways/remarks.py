# SPDX-License-Identifier: Apache-2.0
"""Remarks on a way that change no verdict: what GBP shows and no driver obeys, or what GBP does not show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import traffic
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.rules import Openings
from gbp_status_ui.health.ways.rules import Redirected
from gbp_status_ui.health.ways.rules import Why
from gbp_status_ui.model.resource import Resource


class Remark(NamedTuple):
    """One remark; ``slug`` tells it apart from others of a way."""

    slug: str
    text: str


#: What a remark says, and of which resources; of none where it is general.
_Said = tuple[str, str, list[Resource]]


def of(*ways: Way) -> list[Remark]:
    """Return the remarks on some ways: each once, with all resources that it is said of."""
    texts: dict[str, str] = {}
    rows: dict[str, dict[Resource, None]] = {}
    for way in ways:
        for slug, text, named in (*_of_rules(way), *_of_chains(way), *_of_parties(way)):
            texts[slug] = text
            rows.setdefault(slug, {}).update(dict.fromkeys(named))
    return [Remark(slug, _said(text, rows[slug])) for slug, text in texts.items()]


def _said(text: str, rows: Iterable[Resource]) -> str:
    """Return a text with the names of its resources."""
    names = [words.called(row) for row in rows]
    return text % traffic.listed(names) if names else text


def _of_each(slug: str, text: str, rows: Iterable[Resource | None]) -> list[_Said]:
    """Return what is said of some resources; nothing where there is none."""
    named = [row for row in rows if row]
    return [(slug, text, named)] if named else []


def _of_rules(way: Way) -> list[_Said]:
    switched_off = [one.rule for one in way.openings.open if one.is_switched_off]
    numbers = [one.rule for one in way.openings.open if one.why is Why.NUMBER]
    return [
        *_of_each('switched-off', gettext('%s: switched off in GBP, which no driver obeys'), switched_off),
        *_of_each('number', gettext('%s: answers may not pass, since the protocol is a number'), numbers),
        *_of_each('wider', gettext('%s: a wider rule beside a narrower one may not be in force'), _wider(way)),
    ]


def _wider(way: Way) -> list[Resource | None]:
    """GBP's reference drivers write no rule where they find a narrower one of the same set."""
    if way.known.is_aim is not False:
        return []
    return list(dict.fromkeys([*_wider_of(way.openings.by_consumer), *_wider_of(way.openings.by_provider)]))


def _wider_of(opened: Openings) -> list[Resource | None]:
    """Return the rules without ports beside some of the same protocol with ports, and those of any protocol."""
    seen = {(one.protocol, one.ports) for one in opened if one.classifier}
    wider = {(protocol, '') for protocol, ports in seen if protocol and ports}
    wider |= {('', '')} if seen - {('', '')} else set()
    return [one.rule for one in opened if one.classifier and (one.protocol, one.ports) in wider]


def _of_chains(way: Way) -> list[_Said]:
    nowhere, unseen, unread = (
        [one.rule for one in way.openings if one.redirected is redirected] for redirected in Redirected
    )
    is_redirected = any(one.chain for one in way.openings)
    return [
        *_of_each('no-chain', gettext('%s: redirect without a chain: acts as allow'), nowhere),
        *_of_each('hidden-chain', gettext('%s: the chain is not visible to you'), unseen),
        *_of_each('unread-chain', gettext('%s: the chain has not been read'), unread),
        *_general('nodes', gettext('GBP does not say whether traffic passes the nodes'), is_redirected),
    ]


def _of_parties(way: Way) -> list[_Said]:
    ends = (way.consumer, way.provider)
    proxied = [one for one in ends if one.attributes.get('proxy_group_id')]
    empty = [one for one in ends if one.attributes.get('policy_targets') == []]
    return [
        *_of_each('proxy', gettext('%s: all traffic goes through a proxy group'), proxied),
        *_of_each('empty', gettext('%s: no member'), empty),
        *_general('outside', gettext('From outside: needs a floating IP or a route there'), _opens_from_outside(way)),
        *_general('automatic', automatic(), any(one.is_automatic for one in ends)),
    ]


def _general(slug: str, text: str, holds: bool) -> list[_Said]:
    """Return what is said of no resource, where it holds."""
    return [(slug, text, [])] if holds else []


def _opens_from_outside(way: Way) -> bool:
    return any(facts.is_external(one) and way.opens_from(one) for one in (way.consumer, way.provider))


def automatic() -> str:
    """Return what is said of automatic groups: of them nobody may say that nothing joins them."""
    return gettext(
        'Automatic groups are joined by contracts of the fabric, too (DHCP, DNS, metadata, and everything among '
        'themselves)'
    )
