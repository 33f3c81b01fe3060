# SPDX-License-Identifier: Apache-2.0
"""The formats of a report: text for people, JSON, Prometheus' text format, and the line of a Nagios plugin."""

from __future__ import annotations

import collections
from collections.abc import Iterator
import datetime
import json
import textwrap
import time
from typing import Union

from django.template.loader import render_to_string
from django.utils.timesince import timesince
import prettytable

from gbp_status_ui.health.problems import ProblemGroup
from gbp_status_ui.management.report import CRITICAL
from gbp_status_ui.management.report import Report
from gbp_status_ui.management.report import WORDS
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model import texts
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.templatetags import gbp_status as templatetags
from gbp_status_ui.views import records
from gbp_status_ui.views.base import in_words
from gbp_status_ui.views.problem_list import MAX_SHOWN_MEMBERS

#: The version of the JSON document: it changes when a member goes or means something else.
JSON_VERSION = 1

_RED, _YELLOW, _BOLD = '31', '33', '1'
_MAX_DETAILS_CHARACTERS = 200
#: How wide the column of reasons is at least.
_MIN_REASON_CHARACTERS = 24
#: How many blanks stand between two columns.
_GAP_CHARACTERS = 2
#: What has been so for less is new to all: nobody has looked before.
_MIN_SECONDS = 60
#: A line of the report: a resource, or the state of what is alike; its indent, its name, and why it is so.
_Line = tuple[Union[Resource, Status, None], str, str, str]

#: What separates a plugin's words from its performance data.
_NAGIOS_SEPARATOR = '|'


def text(report: Report, width: int | None = None, colours: bool = False) -> str:
    """Return the report for people; ``width`` is that of a terminal, None for lines of any length."""
    about = report.asked
    # Both are as Keystone has them.
    heading = one_line(texts.clean(f'GBP in region {about.region}, {about.place}'))
    lines = [heading, _coloured(report.sentence, _BOLD, colours)]
    rows = [line for group in report.problems.groups for line in _lines_of(report, group)]
    if rows:
        lines += ['', _table(report, rows, width, colours)]
    notes = _notes(report)
    return '\n'.join([*lines, *([''] if notes else []), *notes])


def _lines_of(report: Report, group: ProblemGroup) -> Iterator[_Line]:
    """Yield (resource, state or None, indent, name, words) of the cause, or of what is alike, and of the members."""
    if group.cause:
        yield group.cause, '', group.cause.title, _joined(_reason(group.cause), *_beside_the_reason(report, group))
    else:
        yield (
            group.members[0].condition,
            '',
            f'{len(group.members)} alike',
            group.fault or 'without details from the backend',
        )
    for row in group.members[:MAX_SHOWN_MEMBERS]:
        yield row, '  ', row.title, '' if group.fault == row.details else _reason(row)
    if group.members[MAX_SHOWN_MEMBERS:]:
        yield None, '  ', f'and {len(group.members) - MAX_SHOWN_MEMBERS} more', ''


def _beside_the_reason(report: Report, group: ProblemGroup) -> Iterator[str]:
    """Yield what else there is to say of a cause."""
    extent = report.problems.extent(group)
    if extent:
        yield render_to_string('gbp_status_ui/_extent.html', {'extent': extent}).strip()
    cause = group.cause
    also = report.problems.origins.also_broken(cause) if cause and cause.condition.explained else None
    if also:
        yield f'built from {also.kind.label} {also.title}, which is broken, too'
    if group.cycle:
        yield 'it and some of those that depend on it need one another'
    if group.hidden:
        yield f'also built from what you may not read ({", ".join(map(str, group.hidden))})'


def _table(report: Report, rows: list[_Line], width: int | None, colours: bool) -> str:
    """Return the lines as a table without borders."""
    has_projects = report.asked.scope.all_projects
    columns = ['STATUS', 'KIND', 'NAME', *(['PROJECT'] if has_projects else []), 'SEEN FOR', 'WHY']
    lines = [_cells(report, line, colours) for line in rows]
    if width:
        # Names stay whole, so that they can be copied.
        plain = [_cells(report, line, colours=False)[:-1] for line in rows]
        others = _drawn(columns[:-1], plain)
        room = max(_MIN_REASON_CHARACTERS, width - max(map(len, others)) - _GAP_CHARACTERS)
        lines = [[*cells, textwrap.fill(words, room)] for *cells, words in lines]
    return '\n'.join(line.rstrip() for line in _drawn(columns, lines))


def _drawn(columns: list[str], lines: list[list[str]]) -> list[str]:
    table = prettytable.PrettyTable(
        columns, border=False, align='l', left_padding_width=0, right_padding_width=_GAP_CHARACTERS
    )
    table.add_rows(lines)
    return table.get_string().splitlines()


def _cells(report: Report, line: _Line, colours: bool) -> list[str]:
    row, indent, name, words = line
    has_projects = report.asked.scope.all_projects
    project = [report.asked.project_names[row.project_id] if isinstance(row, Resource) else ''] if has_projects else []
    status, kind, since = _state(row, colours)
    return [indent + status, kind, *map(one_line, [name, *project]), since, one_line(words)]


def _state(row: Resource | Status | None, colours: bool) -> tuple[str, str, str]:
    """Return (status, kind, since when) of a resource, or of what is alike of several."""
    if not isinstance(row, Resource):
        return _label(row, colours) if row else '', '', ''
    note = '' if row.fresh else ' (as last reported)'
    return _label(row.condition, colours) + note, str(row.kind.label), _since(row.since)


def _label(condition: Status, colours: bool) -> str:
    colour = _RED if condition.problem else _YELLOW if condition.transient else ''
    return _coloured(str(condition.label), colour, colours)


def _coloured(words: str, colour: str, colours: bool) -> str:
    return f'\x1b[{colour}m{words}\x1b[0m' if colours and colour else words


def _since(seconds: float) -> str:
    """Return for how long at least it has been as it is."""
    if not seconds or time.time() - seconds < _MIN_SECONDS:
        return ''
    return timesince(datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc), depth=1).replace('\xa0', ' ')


def _reason(row: Resource) -> str:
    """Return why a row is as it is: what is in error beneath it, and the backend's own words."""
    return _joined(', '.join(f'{one.words}: {one.name}' for one in row.failed_beneath[:3]), row.details)


def _joined(*words: object) -> str:
    return '; '.join(str(word) for word in words if word)


def one_line(words: object) -> str:
    """Return words that a terminal shows on one line."""
    return templatetags.one_line(words)


def _notes(report: Report) -> list[str]:
    """Return what there is to say of what could not be read, in sentences."""
    notes = [
        f'{templatetags.what_failed(kinds)} could not be read. {in_words(failure)}'
        for failure, kinds, _is_own in templatetags.failed_by_cause(report.unread)
    ]
    pending = templatetags.pending_kinds(report.unread)
    if pending:
        notes.append(f'Not read in time: {", ".join(str(kind.label_plural) for kind in pending)}.')
    if report.problems.is_pending_beneath:
        notes.append('What Neutron reports of what is beneath was not read in time.')
    notes += [f'{kind.label_plural}: {number} could not be read.' for kind, number in report.unreadable]
    if report.statuses_at:
        notes.append(f'Some statuses were read at {templatetags.iso(report.statuses_at)}: to read them takes GBP long.')
    return notes


def as_json(report: Report) -> str:
    """Return the document that docs/monitoring.rst describes."""
    about, problems = report.asked, report.problems
    counts = [
        {'kind': kind, 'status': status, 'below': below or None, 'count': number}
        for (kind, status, below), number in report.counts.items()
    ]
    document = {
        'version': JSON_VERSION,
        'state': WORDS[report.exit_status].lower(),
        'summary': report.sentence,
        'region': about.region,
        'all_projects': about.scope.all_projects and not about.query.project,
        'project_id': about.query.project or (None if about.scope.all_projects else about.viewer.user.project_id),
        'read_at': templatetags.iso(report.read_at),
        'statuses_at': templatetags.iso(report.statuses_at) or None,
        'complete': report.is_exact,
        'unread': [{'kind': kind.collection, 'reason': failure.reason.value} for kind, failure in report.unread],
        'unreadable': [{'kind': kind.collection, 'count': number} for kind, number in report.unreadable],
        'broken': report.summary.broken,
        'causes': report.summary.causes,
        'building': report.summary.building,
        'counts': counts,
        **records.of_groups(problems),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def prometheus(report: Report) -> str:
    """Return the metrics in the text format 0.0.4; what could not be read has no samples."""
    region = report.asked.region
    lines = [
        '# HELP gbp_resources Resources of Group Based Policy by kind, status and the state of what is beneath.',
        '# TYPE gbp_resources gauge',
        *(
            sample('gbp_resources', number, region=region, kind=kind, status=status, below=below)
            for (kind, status, below), number in report.counts.items()
        ),
        '# HELP gbp_causes What explains the resources that are broken, as the overview counts it.',
        '# TYPE gbp_causes gauge',
        sample('gbp_causes', report.summary.causes, region=region),
        '# HELP gbp_complete Whether all has been read: 0 says that there may be more.',
        '# TYPE gbp_complete gauge',
        sample('gbp_complete', int(report.is_exact), region=region),
        '# HELP gbp_unread Kinds that could not be read, of GBP and of Neutron, by reason.',
        '# TYPE gbp_unread gauge',
        *(
            sample('gbp_unread', 1, region=region, kind=kind.collection, reason=failure.reason.value)
            for kind, failure in report.unread
        ),
    ]
    return '\n'.join(lines)


def sample(name: str, value: float, **labels: str) -> str:
    """Return one line of the text format 0.0.4."""
    quoted = ','.join(f'{label}="{_escaped(words)}"' for label, words in labels.items())
    return f'{name}{{{quoted}}} {value}'


def _escaped(words: str) -> str:
    return words.replace('\\', r'\\').replace('"', r'\"').replace('\n', r'\n')


def nagios(report: Report) -> str:
    """Return one line: the state, the first sentence with the first cause, and performance data."""
    words = f'{report.sentence}{_first_cause(report)}{_unread_words(report)}'
    counted: collections.Counter[str] = collections.Counter()
    for (_kind, status, below), number in report.counts.items():
        counted[status] += number
        counted['BELOW'] += number if below == neutron.ERROR.value and status != statuses.ERROR.value else 0
    data = [f"'{word.lower()}'={counted[word]}" for word in (*_words_of_states(), 'BELOW')]
    data.append(f"'unread'={len(report.unread)}")
    return f'{nagios_line(report.exit_status, words)} | {" ".join(data)}'


def nagios_line(status: int, words: str) -> str:
    """Return the words of a plugin; a bar in them would begin the performance data."""
    return f'GBP {WORDS[status]} - {" ".join(str(words).split()).replace(_NAGIOS_SEPARATOR, "/")}'


def _words_of_states() -> list[str]:
    return [status.value for status in statuses.KNOWN]


def _first_cause(report: Report) -> str:
    if report.exit_status != CRITICAL or not report.problems.groups:
        return ''
    row, _indent, name, why = next(_lines_of(report, report.problems.groups[0]))
    kind = f'{row.kind.label} ' if isinstance(row, Resource) else ''
    return f' First: {kind}{name}{f" ({why[:_MAX_DETAILS_CHARACTERS]})" if why else ""}.'


def _unread_words(report: Report) -> str:
    if not report.unread:
        return ''
    kinds = [kind.collection for kind, _failure in report.unread]
    known = [name for name in kinds if name in registry.BY_COLLECTION]
    return f' Not read: {", ".join(known or kinds)}.'


FORMATS = {'text': text, 'json': as_json, 'prometheus': prometheus, 'nagios': nagios}
