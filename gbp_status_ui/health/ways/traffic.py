# SPDX-License-Identifier: Apache-2.0
"""Traffic in words: what rules open, and who may open connections to whom."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import ngettext

from gbp_status_ui.health.folding import natural
from gbp_status_ui.health.ways.rules import Opening
from gbp_status_ui.model.resource import Resource


def words(opened: Iterable[Opening]) -> str:
    """Return the sum of what some rules open, in the middle of a sentence: 'tcp 80, 443 and icmp'."""
    ports: dict[str, list[str]] = {}
    for one in opened:
        ports.setdefault(one.protocol, []).append(one.ports)
    if '' in ports.get('', ()):
        return gettext('any traffic')
    # GBP keeps no order of rules. Names come before numbers.
    protocols = sorted(ports, key=lambda one: (one.isdigit(), natural(one)))
    return listed([_of_protocol(protocol, ports[protocol]) for protocol in protocols])


#: How many protocols, ports or resources a sentence names; the others are counted.
MAX_LISTED_NAMES = 8


def _of_protocol(protocol: str, ports: Sequence[str]) -> str:
    name = gettext('protocol %s') % protocol if protocol.isdigit() else protocol or gettext('any protocol')
    if '' in ports:
        return name
    found = [one.replace(':', '\N{EN DASH}') for one in sorted(set(ports), key=natural)]
    return and_more(f'{name} ' + ', '.join(found[:MAX_LISTED_NAMES]), len(found[MAX_LISTED_NAMES:]))


def listed(texts: Sequence[str]) -> str:
    """Return texts in one: 'a, b and c'; of many the first, and how many more there are."""
    if len(texts) > MAX_LISTED_NAMES:
        return and_more(', '.join(texts[:MAX_LISTED_NAMES]), len(texts) - MAX_LISTED_NAMES)
    *others, last = texts
    return gettext('%(others)s and %(last)s') % {'others': gettext(', ').join(others), 'last': last} if others else last


def and_more(text: str, others: int) -> str:
    """Return a text, and how many more there are, if there are any."""
    if not others:
        return text
    more = ngettext('and %(others)s more', 'and %(others)s more', others) % {'others': others}
    return f'{text} {more}'


def allowed(opened: Iterable[Opening], consumer: Resource, provider: Resource) -> str:
    """Return who may open connections to whom: 'front may open tcp 80 to db'."""
    opened = list(opened)
    if all(one.by_consumer and one.by_provider for one in opened):
        values = {'one': consumer.title, 'other': provider.title, 'traffic': words(opened)}
        return gettext('%(one)s and %(other)s may open %(traffic)s to each other') % values
    forth = _may_open(consumer, provider, [one for one in opened if one.by_consumer])
    back = _may_open(provider, consumer, [one for one in opened if one.by_provider])
    return _both(forth, back)


def _both(forth: str, back: str) -> str:
    return gettext('%(one)s, and %(other)s') % {'one': forth, 'other': back} if forth and back else forth or back


def _may_open(opener: Resource, target: Resource, opened: Sequence[Opening]) -> str:
    if not opened:
        return ''
    values = {'opener': opener.title, 'traffic': words(opened), 'target': target.title}
    return gettext('%(opener)s may open %(traffic)s to %(target)s') % values
