# SPDX-License-Identifier: Apache-2.0
"""Tables of the reference, made from the package: ``gbp-settings``, ``gbp-states`` and ``gbp-kinds``."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

from django.conf import settings
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from gbp_status_ui import conf
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses

Cells = tuple[str, ...]

# Labels are translated when they are shown; that asks for settings.
settings.configure(USE_I18N=False)


def settings_rows() -> Iterator[Cells]:
    for setting in conf.SETTINGS:
        yield setting.name, repr(setting.default), setting.type.words, setting.purpose


def state_rows() -> Iterator[Cells]:
    for status in statuses.KNOWN:
        yield status.value, str(status.label), 'yes' if status.transient else 'no', str(status.sentence)


def kind_rows() -> Iterator[Cells]:
    for kind in registry.KINDS:
        yield kind.collection, str(kind.label), kind.tab, kind.extension, kind.read_by.value


def table(head: Cells, rows: Iterable[Cells]) -> nodes.table:
    """Return a table of docutils; the first column is code."""
    group = nodes.tgroup(cols=len(head))
    group.extend(nodes.colspec(colwidth=1) for _ in head)
    group += nodes.thead('', _row(head, nodes.inline))
    group += nodes.tbody('', *(_row(row, nodes.literal) for row in rows))
    return nodes.table('', group)


def _row(cells: Cells, first: type[nodes.TextElement]) -> nodes.row:
    texts = [first(text=cells[0]), *map(nodes.Text, cells[1:])]
    return nodes.row('', *(nodes.entry('', nodes.paragraph('', '', text)) for text in texts))


def directive(head: Cells, rows: Callable[[], Iterable[Cells]]) -> type[Directive]:
    """Return the class of a directive that is replaced by a table."""
    return type('Table', (Directive,), {'run': lambda _self: [table(head, rows())]})


TABLES = {
    'gbp-settings': directive(('Setting', 'Default', 'Takes', 'What for'), settings_rows),
    'gbp-states': directive(('Status', 'Badge', 'Polled', 'Meaning'), state_rows),
    'gbp-kinds': directive(('Collection', 'Name', 'Tab', 'API extension', 'True status by'), kind_rows),
}


def setup(app: Sphinx) -> dict[str, bool]:
    for name, table_directive in TABLES.items():
        app.add_directive(name, table_directive)
    return {'parallel_read_safe': True}
