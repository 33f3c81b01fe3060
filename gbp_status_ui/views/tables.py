# SPDX-License-Identifier: Apache-2.0
"""Horizon's tables, one class a kind, made from its registry entry; the markup of a cell is a template."""

import dataclasses
import functools
import math

from django.template import defaultfilters
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from horizon import tables

from gbp_status_ui import conf
from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.views.badges import badge


class TemplateColumn(tables.Column):
    """A column whose cells a template renders, with the row as ``resource`` and the table as ``table``."""

    def __init__(self, transform, template, **kwargs):
        super().__init__(transform, **kwargs)
        self.template = template

    def get_raw_data(self, datum):
        return self.table.rendered(self.template, {'resource': datum, 'table': self.table, **self.extra(datum)})

    def extra(self, datum):
        """Return what else the template needs."""
        return {}


class RelatedColumn(TemplateColumn):
    """The names of related resources: as many as the setting says, and the count of the others."""

    def __init__(self, relation, **kwargs):
        super().__init__(relation.attribute, 'gbp_status_ui/_related.html', verbose_name=relation.label, **kwargs)
        self.relation = relation

    def extra(self, datum):
        shown = named_ids(self.relation, datum)
        names = self.table.names.get(self.relation.to, {})
        links = [
            {'name': names.get(id_, id_), 'url': self.table.scope.url('detail', self.relation.to, id_)} for id_ in shown
        ]
        return {'links': links, 'others': len(self.relation.ids(datum.attributes)) - len(shown)}


class NameColumn(TemplateColumn):
    """The name with a link; below it the beginning of the details where the rows are problems."""

    def __init__(self):
        super().__init__('name', 'gbp_status_ui/_name_cell.html', verbose_name=_('Name'))

    def extra(self, datum):
        section = self.table.section
        return {
            'url': self.table.scope.url('detail', datum.kind.collection, datum.id),
            'is_ambiguous': datum.id in section.ambiguous,
            'explains': section.explains,
        }


class StatusColumn(TemplateColumn):
    """The badge; beside it a note where what it says is no more than what the backend last reported."""

    def __init__(self):
        super().__init__('status', 'gbp_status_ui/_status_cell.html', verbose_name=_('Status'))

    def extra(self, datum):
        return {'badge': badge(datum, self.table.scope, self.table.request)}


class ProjectColumn(TemplateColumn):
    """The name of the project that a resource belongs to."""

    def __init__(self):
        super().__init__('project', 'gbp_status_ui/_project.html', verbose_name=_('Project'))

    def extra(self, datum):
        return {'project_name': self.table.project_names[datum.project_id]}


class SharedColumn(TemplateColumn):
    """Whether others see a resource, too; in a project's own panel also whose it is, if another's."""

    def __init__(self):
        super().__init__('shared', 'gbp_status_ui/_shared.html', verbose_name=_('Shared'))

    def extra(self, datum):
        return {'owner': self._owner(datum)}

    def _owner(self, datum):
        is_own = self.table.scope.all_projects or datum.project_id == self.table.request.user.project_id
        return '' if is_own else self.table.project_names[datum.project_id]


@dataclasses.dataclass(frozen=True)
class Header:
    """One column's head: its label, and where it sorts the table, the address and the order of it now."""

    label: str
    attributes: str
    url: str = ''
    order: str = ''


class StatusTable(tables.DataTable):
    """The rows of one page of one kind. ``section`` says which rows those are, ``names`` names what is related."""

    def __init__(self, request, section, scope, names, project_names):
        super().__init__(request, data=section.page_rows)
        self.section = section
        self.scope = scope
        self.names = names
        self.project_names = project_names
        self._templates = {}

    def rendered(self, name, context):
        """Return what a template makes of a context; for each look at one Horizon looks for files of the theme."""
        if name not in self._templates:
            self._templates[name] = get_template(name)
        return self._templates[name].render(context)

    @property
    def headers(self):
        return [self._header(column) for column in self.get_columns()]

    def _header(self, column):
        if column.name not in self.sort_keys:
            return Header(column.verbose_name, column.attr_string)
        query, here = self.section.query, self.section.sorted_by
        order = {column.name: 'ascending', f'-{column.name}': 'descending'}.get(here, '')
        sort = f'-{column.name}' if here == column.name else column.name
        return Header(column.verbose_name, column.attr_string, query.address(sort=sort), order)

    def get_empty_message(self):
        return _('There are none.')


@functools.cache
def table_class(kind, scope):
    """Return the table class of a kind in a scope, made once from the registry."""
    columns = {
        'name': NameColumn(),
        **_project_column(scope),
        'description': tables.Column('description', verbose_name=_('Description')),
        **{column.attribute: _column(column) for column in kind.columns},
        **_shared_column(kind),
        'status': StatusColumn(),
    }
    for name, column in columns.items():
        column.classes.append(f'gbp-status-column-{name}')
    meta = type('Meta', (), _meta(kind))
    sort_keys = {'name', 'project', 'description', 'shared', 'status', *(fact.attribute for fact in kind.facts)}
    return type(StatusTable)(kind.collection, (StatusTable,), {**columns, 'Meta': meta, 'sort_keys': sort_keys})


def _meta(kind):
    return {
        'name': kind.collection,
        'verbose_name': kind.label_plural,
        'template': 'gbp_status_ui/_table.html',
        'hidden_title': False,
        # Horizon's footer counts the rows of the page and stands above the table, too; the template has one of its own.
        'footer': False,
        'css_classes': 'gbp-status-table',
    }


def _column(column):
    if not isinstance(column, Fact):
        return RelatedColumn(column)
    return tables.Column(lambda resource: _plain(resource.attributes.get(column.attribute)), verbose_name=column.label)


def _plain(value):
    return defaultfilters.yesno(value).capitalize() if isinstance(value, bool) else value


def _project_column(scope):
    if not scope.all_projects:
        return {}
    return {'project': ProjectColumn()}


def _shared_column(kind):
    if not kind.shareable:
        return {}
    return {'shared': SharedColumn()}


def pages(rows, size):
    """Return how many pages of ``size`` the rows fill; no row is one page, too."""
    return max(1, math.ceil(len(rows) / size))


def named_ids(relation, resource):
    """Return the ids that a cell names; the others are counted."""
    return relation.ids(resource.attributes)[: conf.get('names_in_cell')]
