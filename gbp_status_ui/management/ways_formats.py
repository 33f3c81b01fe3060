# SPDX-License-Identifier: Apache-2.0
"""The formats of a report on the ways between two groups: text, JSON, metrics, and the line of a Nagios plugin."""

from __future__ import annotations

from collections.abc import Iterator
import json

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import words
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.management import report_formats
from gbp_status_ui.management.report import WORDS
from gbp_status_ui.management.report_formats import one_line
from gbp_status_ui.management.ways_report import WaysReport
from gbp_status_ui.model import texts
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.templatetags import gbp_status as templatetags
from gbp_status_ui.views.base import in_words

#: The version of the JSON document: it changes when a member goes or means something else.
JSON_VERSION = 1

_DOES = {facts.PROVIDED: 'provides', facts.CONSUMED: 'consumes'}


def text(report: WaysReport) -> str:
    """Return the report for people: the answer there and back, then each way with what is remarkable of it."""
    about = report.asked
    lines = [texts.clean(f'GBP in region {about.region}, {about.place}'), f'{_heading(report)}: {report.sentence}.']
    if not report.is_within:
        back = reachability.towards(report.known, report.target, report.opener)
        lines.append(f'From {report.target.title} to {report.opener.title}: {words.between(back)}.')
    details = [*_ways(report), *_rule_sets(report), *_notes(report)]
    return '\n'.join([*map(one_line, lines), *([''] if details else []), *details])


def _heading(report: WaysReport) -> str:
    return f'From {report.opener.title} to {report.target.title}'


def _ways(report: WaysReport) -> Iterator[str]:
    for way in report.ways:
        yield one_line(f'{_line(way)}: {words.sentence(way)}.')
        yield from (one_line(f'  {remark.text}.') for remark in remarks.of(way))


def _line(way: Way) -> str:
    rule_set = way.rule_set.title if way.rule_set else 'a rule set that you may not see'
    return f'{way.consumer.title} -> {rule_set} -> {way.provider.title}'


def _rule_sets(report: WaysReport) -> Iterator[str]:
    for party, attribute, seen, unseen in report.rule_sets:
        names = [row.title for row in seen] + ([f'{unseen} that you may not see'] if unseen else [])
        yield one_line(f'{party.title} {_DOES[attribute]}: {", ".join(names) or "no rule set"}.')


def _notes(report: WaysReport) -> Iterator[str]:
    if report.opener.is_automatic or report.target.is_automatic:
        yield f'{remarks.automatic()}.'
    for failure, kinds, _is_own in templatetags.failed_by_cause(report.unread):
        yield f'{templatetags.what_failed(kinds)} could not be read. {in_words(failure)}'
    if report.is_cut:
        yield 'What Neutron reports of what is beneath was not read in time.'


def as_json(report: WaysReport) -> str:
    """Return the document that docs/monitoring.rst describes."""
    about = report.asked
    document = {
        'version': JSON_VERSION,
        'state': WORDS[report.exit_status].lower(),
        'verdict': report.verdict.value if report.verdict else None,
        'sentence': report.sentence,
        'region': about.region,
        'read_at': templatetags.iso(report.read_at),
        'complete': report.is_complete,
        'unread': [{'kind': kind.collection, 'reason': failure.reason.value} for kind, failure in report.unread],
        'from': _named(report.opener),
        'to': _named(report.target),
        'ways': [_record(report, way) for way in report.ways],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _named(row: Resource | None) -> dict[str, str] | None:
    return {'kind': row.kind.collection, 'id': row.id, 'name': row.attributes.get('name') or ''} if row else None


def _record(report: WaysReport, way: Way) -> dict[str, object]:
    return {
        'verdict': way.verdict.value,
        'sentence': words.sentence(way),
        'opens': way.opens_from(report.opener),
        'consumer': _named(way.consumer),
        'rule_set': _named(way.rule_set),
        'provider': _named(way.provider),
        'remarks': [remark.text for remark in remarks.of(way)],
    }


def prometheus(report: WaysReport) -> str:
    """Return the metrics in the text format 0.0.4; the verdict that counts is 1, the others are 0."""
    ends = {'region': report.asked.region, 'from': report.opener.title, 'to': report.target.title}
    lines = [
        '# HELP gbp_way Whether one group may open connections to another one: 1 for the verdict on its best way.',
        '# TYPE gbp_way gauge',
        *(
            report_formats.sample('gbp_way', int(verdict is report.verdict), **ends, verdict=verdict.value)
            for verdict in verdicts.VERDICTS
        ),
        '# HELP gbp_way_status The exit status of the report: 0, or 1 being built, 2 no way that works, 3 not known.',
        '# TYPE gbp_way_status gauge',
        report_formats.sample('gbp_way_status', report.exit_status, **ends),
        '# HELP gbp_way_number The number of ways by which the first group may open connections.',
        '# TYPE gbp_way_number gauge',
        report_formats.sample('gbp_way_number', len(report.found.ways), **ends),
    ]
    return '\n'.join(lines)


def nagios(report: WaysReport) -> str:
    """Return one line: the state, the answer, and how many ways there are."""
    line = report_formats.nagios_line(report.exit_status, f'{_heading(report)}: {report.sentence}.')
    return f"{line} | 'ways'={len(report.found.ways)}"


FORMATS = {'text': text, 'json': as_json, 'prometheus': prometheus, 'nagios': nagios}
