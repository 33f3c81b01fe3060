# SPDX-License-Identifier: Apache-2.0
"""python -m tools.releases: write into docs/releases.rst what the last run of the tests says it ran on.

Tests say it themselves, as properties in the reports of pytest (see tests/versions.py).
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
import sys
from xml.etree import ElementTree

from tools import results

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / '.tox' / 'reports'
PAGE = ROOT / 'docs' / 'releases.rst'
BEGIN, END = '.. results begin\n', '.. results end\n'
HEAD = ('Horizon', 'Python', 'GBP', 'gbpui', 'tests', 'passed', 'failed', 'skipped')
#: The properties that tell one row from another; a test that did without one has not named it.
PROPERTIES = ('horizon', 'python', 'gbp', 'gbpui')
NONE = '–'
Row = tuple[str, ...]
OUTCOMES = {
    'failure': results.Count(failed=1),
    'error': results.Count(failed=1),
    'skipped': results.Count(skipped=1),
}


def rows(reports: Iterable[Path]) -> list[Row]:
    """Return the rows of the table below HEAD, of all tests in JUnit files that name a Horizon."""
    counts: dict[Row, results.Count] = collections.defaultdict(results.Count)
    for report in sorted(reports):
        for suite in ElementTree.parse(report).getroot().iter('testsuite'):
            for case in suite.iter('testcase'):
                ran_on = {**_properties(suite), **_properties(case)}
                if 'horizon' in ran_on:
                    key = tuple(ran_on.get(name, NONE) for name in PROPERTIES)
                    counts[(*key, case.attrib['classname'].split('.')[1])] += _outcome(case)
    return [
        (*key, str(count.passed), str(count.failed), str(count.skipped))
        for key, count in sorted(counts.items(), key=lambda item: [_numbers(part) for part in item[0]])
    ]


def _properties(element: ElementTree.Element) -> dict[str, str]:
    return {one.attrib['name']: one.attrib['value'] for one in element.findall('properties/property')}


def _outcome(case: ElementTree.Element) -> results.Count:
    return next((OUTCOMES[child.tag] for child in case if child.tag in OUTCOMES), results.Count(passed=1))


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Sort 3.10 behind 3.9, and words behind numbers."""
    return [(0, int(part), '') if part.isdigit() else (1, 0, part) for part in text.split('.')]


def as_text(found: Sequence[Row]) -> str:
    """Return the table for a terminal."""
    widths = [max(map(len, column)) for column in zip(HEAD, *found)]
    return '\n'.join('  '.join(map(str.ljust, row, widths)).rstrip() for row in (HEAD, *found))


def as_rst(found: Sequence[Row]) -> str:
    lines = ['', '.. list-table::', '   :header-rows: 1', '']
    for row in (HEAD, *found):
        lines += ['   %s %s' % ('  -' if number else '* -', cell) for number, cell in enumerate(row)]
    return '\n'.join(lines) + '\n\n'


def write(found: Sequence[Row], page: Path = PAGE) -> None:
    """Put the table between the two marks of the page."""
    before, _, rest = page.read_text(encoding='utf-8').partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + BEGIN + as_rst(found) + END + after, encoding='utf-8')


def main() -> None:
    found = rows(REPORTS.glob('*.xml'))
    if not found:
        sys.exit('There are no reports in %s: run the tests first.' % REPORTS)
    write(found)


if __name__ == '__main__':
    main()
