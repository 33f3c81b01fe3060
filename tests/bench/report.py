# SPDX-License-Identifier: Apache-2.0
"""The figures as tables of reStructuredText, put between two marks of docs/performance.rst."""

import datetime
import os
from pathlib import Path
import platform

DOCUMENT = Path(__file__).parents[2] / 'docs' / 'performance.rst'
BEGIN, END = '.. figures begin', '.. figures end'


def write(sections):
    """Put the sections, which are lists of lines, between the marks of the document."""
    text = DOCUMENT.read_text()
    head, _begin, rest = text.partition(BEGIN)
    _old, _end, tail = rest.partition(END)
    body = '\n\n'.join('\n'.join(section) for section in sections)
    DOCUMENT.write_text(f'{head}{BEGIN}\n\n{body}\n\n{END}{tail}')


def machine(versions):
    """Return the section that says on what the figures were taken."""
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    memory = os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30
    what = f'{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}'
    return [f'Taken on {day} by ``make bench`` on: {what}; {versions}.']


def _processor():
    lines = Path('/proc/cpuinfo').read_text().splitlines()
    named = [line.partition(':')[2].strip() for line in lines if line.startswith('model name')]
    return named[0] if named else platform.machine()


def table(title, heads, rows):
    """Return the lines of a table; its cells are texts."""
    lines = [f'.. list-table:: {title}', '   :header-rows: 1', '']
    for row in (heads, *rows):
        lines += [f'   {"*" if number == 0 else " "} - {cell}' for number, cell in enumerate(row)]
    return lines


def seconds(value):
    return f'{value:.3f} s' if value < 10 else f'{value:.1f} s'


def milliseconds(value):
    return f'{value * 1000:.1f} ms' if value < 0.1 else f'{value * 1000:.0f} ms'


def times(value):
    return f'{value:.2f}' if value < 10 else f'{value:.0f}'


def size(value):
    return f'{value:.0f} B' if value < 1000 else f'{value / 1000:.1f} kB'
