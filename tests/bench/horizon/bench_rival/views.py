# SPDX-License-Identifier: Apache-2.0
"""The table and its page. An updated row shows its group alone and knows no names, as Horizon's own do."""

from horizon import tables

from bench_rival import groups


class UpdateRow(tables.Row):
    ajax = True

    def get_data(self, request, group_id):
        return groups.name(groups.group_get(request, group_id), {})


class GroupsTable(tables.DataTable):
    name = tables.Column('name', verbose_name='Name')
    description = tables.Column('description', verbose_name='Description')
    l2_policy = tables.Column('l2_policy', verbose_name='L2 Policy')
    provided = tables.Column('provided', verbose_name='Provided Rule Sets')
    consumed = tables.Column('consumed', verbose_name='Consumed Rule Sets')
    shared = tables.Column('shared', verbose_name='Shared')
    status = tables.Column(
        'status', verbose_name='Status', status=True, status_choices=(('active', True), ('error', False))
    )

    class Meta:
        name = 'groups'
        verbose_name = 'Groups'
        row_class = UpdateRow
        status_columns = ('status',)


class IndexView(tables.DataTableView):
    table_class = GroupsTable
    template_name = 'horizon/common/_data_table_view.html'
    page_title = 'Groups'

    def get_data(self):
        known = groups.names(self.request)
        return [groups.name(group, known) for group in groups.group_list(self.request)]
