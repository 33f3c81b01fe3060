# SPDX-License-Identifier: Apache-2.0
"""Template tags: the badge, one for page and poll; addresses in a scope; the names of projects."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
import datetime
import re
from typing import Any
from typing import Union

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from gbp_status_ui import conf
from gbp_status_ui.health import beneath
from gbp_status_ui.health.query import Parameters
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.ways import words as of_ways
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.beneath import BadgeNote
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import ProjectNames

register = template.Library()
register.simple_tag(beneath.fabric_address)
register.simple_tag(Query.address, name='address')
register.simple_tag(Query.in_kind, name='search_in')
register.simple_tag(Scope.url, name='scoped_url')
register.filter('way_sentence', of_ways.sentence)

#: (kind, failure) of what could not be read.
Unread = Iterable[tuple[Union[Kind, NeutronKind], Failure]]

#: What Keystone makes; names may be longer.
_PROJECT_ID = re.compile('[0-9a-f]{32}')

#: So many kinds are named where they could not be read; more are counted.
MAX_NAMED_KINDS = 3


@register.inclusion_tag('gbp_status_ui/_badge.html')
def gbp_status_badge(resource: Resource, scope: Scope) -> dict[str, object]:
    """Render a resource's badge; ``scope`` says in which panel its links lead."""
    return badge_context(resource, scope, resource.badge_note)


def badge_context(resource: Resource, scope: Scope, beneath: BadgeNote | None) -> dict[str, object]:
    """Return what the badge's template takes; ``beneath`` is what the badge says of what is beneath."""
    return {
        'resource': resource,
        'beneath': beneath,
        'url': scope.url('detail', resource.kind.collection, resource.id),
    }


@register.inclusion_tag('gbp_status_ui/_failure.html')
def gbp_status_failure(failure: Failure) -> dict[str, object]:
    """Say why something could not be read."""
    return {'failure': failure, 'time_limit': conf.get('time_limit')}


@register.filter
def failed_by_cause(unread: Unread) -> list[tuple[Failure, list[Kind | NeutronKind], bool]]:
    """Return [(failure, kinds, whether any is GBP's own)] of (kind, failure): one reason is said once."""
    found: dict[Reason, tuple[Failure, list[Kind | NeutronKind]]] = {}
    for kind, failure in unread:
        if failure.reason is not Reason.BUSY:
            found.setdefault(failure.reason, (failure, []))[1].append(kind)
    return [(failure, kinds, not all(map(is_beneath, kinds))) for failure, kinds in found.values()]


@register.filter
def is_beneath(kind: Kind | NeutronKind) -> bool:
    """Whether a kind is one of Neutron, and none of GBP."""
    return isinstance(kind, NeutronKind)


@register.filter
def pending_kinds(unread: Unread) -> list[Kind | NeutronKind]:
    """Return those kinds of (kind, failure) that are still being read."""
    return [kind for kind, failure in unread if failure.reason is Reason.BUSY]


@register.simple_tag
def what_failed(kinds: Collection[Kind | NeutronKind], asked: int = 0) -> str:
    """Return which kinds could not be read: their names, or how many of ``asked``; what is beneath counts as one."""
    own = [str(kind.label_plural) for kind in kinds if not is_beneath(kind)]
    beneath_kinds = [str(kind.label_plural) for kind in kinds if is_beneath(kind)]
    if len(kinds) > MAX_NAMED_KINDS and beneath_kinds:
        beneath_kinds = [_('what Neutron reports of what is beneath')]
    if len(own) > MAX_NAMED_KINDS:
        values = {'failed': len(own), 'asked': asked}
        own = [(_('%(failed)s of %(asked)s kinds') if asked else _('%(failed)s kinds')) % values]
    *others, last = [*own, *beneath_kinds]
    return _('%(others)s and %(last)s') % {'others': ', '.join(others), 'last': last} if others else last


@register.filter
def one_line(value: object) -> str:
    """Return a text in one line, with a mark for each line break, so that no text can look like two values."""
    return ' ⏎ '.join(str(value).splitlines())


@register.filter
def full_stop(sentence: str) -> str:
    """Return a sentence with the sign that ends it in the user's language."""
    return _('%s.') % sentence


@register.filter
def short_id(name: str) -> str:
    """Return the beginning of the id of a project, for a page that does not know the name."""
    return f'{name[:8]}…' if _PROJECT_ID.fullmatch(name) else name


@register.simple_tag
def project_name(project_id: str | None, names: ProjectNames) -> str:
    """Return the name that ``names`` gives to a project."""
    return names[project_id]


@register.simple_tag
def hidden_fields(query: Query, **changes: Any) -> Parameters:
    """Return what a form sends along besides its own fields, whose parameters it changes to nothing."""
    return query.changed(**changes).parameters


@register.simple_tag
def also_broken(problem_list: Any, row: Resource) -> Resource | None:
    """Return the problem that one on a line of its own is built from, in a list by cause; None where there is none."""
    return problem_list.also_broken(row)


@register.filter
def moment(seconds: float) -> datetime.datetime | None:
    """Return a time in seconds since 1970 as the user's time zone has it; None for 0, which is no time."""
    return datetime.datetime.fromtimestamp(int(seconds), timezone.get_current_timezone()) if seconds else None


@register.filter
def iso(seconds: float) -> str:
    """Return a time in seconds since 1970 as machines read it: ISO 8601, in UTC; '' for 0, which is no time."""
    found = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc) if seconds else None
    return found.strftime('%Y-%m-%dT%H:%M:%SZ') if found else ''


@register.simple_tag
def moment_element(moment: datetime.datetime) -> str:
    """Return the ``<time>`` element of a moment, for the sentence of a translation."""
    return render_to_string('gbp_status_ui/_moment.html', {'moment': moment})


@register.filter
def is_today(time: datetime.datetime) -> bool:
    """Say whether a time is on the user's own today."""
    return time.date() == timezone.localtime().date()
