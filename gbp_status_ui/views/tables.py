# SPDX-License-Identifier: Apache-2.0
"""Horizon's tables, one class a kind, made from its registry entry; the markup of a cell is a template."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Mapping
import dataclasses
import functools
from typing import Any

from django.template import defaultfilters
from django.template.loader import get_template
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from horizon import tables
from horizon.tables.base import DataTableMetaclass

from gbp_status_ui.caching import bounded
from gbp_status_ui.health.searched import named_ids
from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import STATUS_FIELDS
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import badges
from gbp_status_ui.views import ways
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.section import Section

#: What a cell shows, by name: all that its template is given, beside the scope.
Content = dict[str, Hashable]

#: One cell: its classes, its template, and its content as pairs.
Cell = tuple[str, str, tuple[tuple[str, Hashable], ...]]

#: All that decides how a row looks: the name of its table, its id, the scope, the appearance of a request, its cells.
Key = tuple[str, str, Scope, tuple[Hashable, ...], tuple[Cell, ...]]

#: The tab on which two rows can be marked, to be led to the ways between them.
GROUPS_TAB = 'groups'

#: How many bytes of rows one process keeps: about a thousand, at some 8 kB each with what they are found by.
ROWS = bounded.BoundedCache(8_000_000)


class TemplateColumn(tables.Column):
    """A column whose cells a template renders from what :meth:`content` says, and from the scope."""

    def __init__(self, transform: str | Callable[[Resource], object], template: str, **kwargs: Any) -> None:
        super().__init__(transform, **kwargs)
        self.template = template

    def content(self, datum: Resource) -> Content:
        """Return {name: hashable value} of all that a cell shows."""
        raise NotImplementedError

    def cell(self, datum: Resource) -> Cell:
        return self.get_final_css(), self.template, tuple(self.content(datum).items())


class PlainColumn(TemplateColumn):
    """A column of words, numbers or texts of the API, as Horizon shows them."""

    def __init__(self, transform: Callable[[Resource], object], label: str) -> None:
        super().__init__(transform, 'gbp_status_ui/_plain.html', verbose_name=label)

    def content(self, datum: Resource) -> Content:
        """A text: True and 1 are equal for Python, and a list is no key."""
        value = self.transform(datum)
        return {'shown': None if value is None else str(formats.localize(value))}


class RelatedColumn(TemplateColumn):
    """The names of related resources: the first few, and the count of the others."""

    def __init__(self, relation: Relation) -> None:
        super().__init__(relation.attribute, 'gbp_status_ui/_related.html', verbose_name=relation.label)
        self.relation = relation

    def content(self, datum: Resource) -> Content:
        shown = named_ids(self.relation, datum)
        names = self.table.names.get(self.relation.to, {})
        return {
            'collection': self.relation.to,
            'links': tuple((id_, names.get(id_, id_)) for id_ in shown),
            'others': len(self.relation.ids(datum.attributes)) - len(shown),
        }


class NameColumn(TemplateColumn):
    """The name with a link; beside it the own name of what the backend made by itself, and a box to mark a group.

    If the rows are problems, the beginning of the details stands below the name.
    """

    def __init__(self) -> None:
        super().__init__('name', 'gbp_status_ui/_name_cell.html', verbose_name=_('Name'))

    def content(self, datum: Resource) -> Content:
        section = self.table.section
        return {
            'collection': datum.kind.collection,
            'id': datum.id,
            'name': datum.title,
            'own_name': datum.name if datum.title != datum.name else '',
            'is_ambiguous': datum.id in section.ambiguous,
            'details': datum.details if section.explains else '',
            'can_be_marked': section.query.tab == GROUPS_TAB and ways.has_fragment(datum.kind),
        }


class StatusColumn(TemplateColumn):
    """The badge, with a note beside it if the status is only what the backend last reported."""

    def __init__(self) -> None:
        super().__init__('status', 'gbp_status_ui/_status_cell.html', verbose_name=_('Status'))

    def content(self, datum: Resource) -> Content:
        read = _as_read(datum)
        badge = badges.badge(read, self.table.scope, self.table.request)
        return {'badge': badge, 'fresh': read.fresh, 'since': int(read.since), 'errors': read.errors}


def _as_read(datum: Resource) -> Resource:
    """Return a row without its status where that is being read: the page shows it in a moment."""
    if datum.fresh or datum.kind.read_by is ReadBy.SHOW:
        return datum
    attributes = {name: value for name, value in datum.attributes.items() if name not in STATUS_FIELDS}
    return dataclasses.replace(datum, attributes=attributes, fresh=True, since=0.0, beneath=None)


class ProjectColumn(TemplateColumn):
    """The name of the project that a resource belongs to."""

    def __init__(self) -> None:
        super().__init__('project', 'gbp_status_ui/_project.html', verbose_name=_('Project'))

    def content(self, datum: Resource) -> Content:
        return {'project_name': self.table.project_names[datum.project_id]}


class SharedColumn(TemplateColumn):
    """Whether others see a resource, too; in a project's own panel also whose it is, if another's."""

    def __init__(self) -> None:
        super().__init__('shared', 'gbp_status_ui/_shared.html', verbose_name=_('Shared'))

    def content(self, datum: Resource) -> Content:
        return {'shared': datum.shared, 'owner': self._owner(datum)}

    def _owner(self, datum: Resource) -> str:
        is_own = self.table.scope.all_projects or datum.project_id == self.table.request.user.project_id
        return '' if is_own else self.table.project_names[datum.project_id]


class StatusTable(tables.DataTable):
    """The rows of one page of one kind. ``section`` says which rows those are, ``names`` names what is related."""

    def __init__(
        self,
        request: Request,
        section: Section,
        scope: Scope,
        names: Mapping[str, Mapping[str, str]],
        project_names: ProjectNames,
    ) -> None:
        super().__init__(request, data=section.page_rows)
        self.section = section
        self.scope = scope
        self.names = names
        self.project_names = project_names
        # For each look at a template Horizon looks for files of the theme.
        self._template = functools.cache(get_template)

    def get_rows(self) -> list[str]:
        """Return the HTML of each row, from a cache if nothing has changed in it."""
        appearance = badges.appearance(self.request)
        return [self._row(datum, appearance) for datum in self.filtered_data]

    def _row(self, datum: Resource, appearance: tuple[Hashable, ...]) -> str:
        cells = tuple(column.cell(datum) for column in self.get_columns())
        key = self.name, datum.id, self.scope, appearance, cells
        return ROWS.get_or_make(key, lambda: _rendered(key, self._template))

    @property
    def headers(self) -> list[Context]:
        """Each column's head: its label, and where it sorts the table, the address and the order of it now."""
        return [self._header(column) for column in self.get_columns()]

    def _header(self, column: tables.Column) -> Context:
        head = {'label': column.verbose_name, 'attributes': column.attr_string}
        if column.name not in self.sort_keys:
            return head
        query, here = self.section.query, self.section.sorted_by
        order = {column.name: 'ascending', f'-{column.name}': 'descending'}.get(here, '')
        sort = f'-{column.name}' if here == column.name else column.name
        return {**head, 'url': query.address(sort=sort), 'order': order}

    def get_empty_message(self) -> str:
        if self.section.open_rows:
            return _('None of them has been read yet.')
        folded = self.section.folded
        return _('There are none but automatic ones, which are hidden.') if folded else _('There are none.')


def _rendered(key: Key, template: Callable[[str], Any]) -> str:
    """Return the HTML of a row; everything that it depends on is in its cache key."""
    table, id_, scope, _appearance, cells = key
    shown = [(classes, template(name).render({'scope': scope, **dict(content)})) for classes, name, content in cells]
    return template('gbp_status_ui/_row.html').render({'table': table, 'id': id_, 'cells': shown})


@functools.cache
def table_class(kind: Kind, scope: Scope) -> type[StatusTable]:
    """Return the table class of a kind in a scope, made once from the registry."""
    columns = {
        'name': NameColumn(),
        **({'project': ProjectColumn()} if scope.all_projects else {}),
        'description': PlainColumn(lambda resource: resource.description, _('Description')),
        **{column.attribute: _column(column) for column in kind.columns},
        **({'shared': SharedColumn()} if kind.shareable else {}),
        'status': StatusColumn(),
    }
    addresses = {fact.attribute for fact in kind.facts if fact.is_address}
    for name, column in columns.items():
        column.classes.append(f'gbp-status-column-{name}')
        column.classes.extend(['gbp-status-addresses'] if name in addresses else [])
    meta = type('Meta', (), _meta(kind))
    sort_keys = {'name', 'project', 'description', 'shared', 'status', *(fact.attribute for fact in kind.facts)}
    return DataTableMetaclass(kind.collection, (StatusTable,), {**columns, 'Meta': meta, 'sort_keys': sort_keys})


def _meta(kind: Kind) -> dict[str, object]:
    return {
        'name': kind.collection,
        'verbose_name': kind.label_plural,
        'template': 'gbp_status_ui/_table.html',
        'hidden_title': False,
        # Horizon's footer counts the rows of the page and stands above the table, too; the template has one of its own.
        'footer': False,
        'css_classes': 'gbp-status-table',
    }


def _column(column: Fact | Relation) -> tables.Column:
    if not isinstance(column, Fact):
        return RelatedColumn(column)
    show = _addresses if column.is_address else _plain
    return PlainColumn(lambda resource: show(resource.attributes.get(column.attribute)), column.label)


def _plain(value: object) -> object:
    return defaultfilters.yesno(value).capitalize() if isinstance(value, bool) else value


def _addresses(value: object) -> object:
    """Return networks so that a line ends between two of them alone."""
    return ', '.join(value.replace(',', ' ').split()) if isinstance(value, str) else value
