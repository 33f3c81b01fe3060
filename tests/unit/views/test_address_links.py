# SPDX-License-Identifier: Apache-2.0
"""Links and forms that lead to a changed address: each changes its own parameters alone."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string
import pytest

from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.views.section import Section

from tests import markup

ADDRESS = '?tab=gbp_status_tabs__groups&kind=external_policies&project=p1&status=error&q=web&sort=name'
OVERVIEW = '?tab=gbp_status_tabs__overview&project=p1&status=error&q=web&group=none&fault=0123456789ab&size=20'
MAP = '?tab=gbp_status_tabs__overview&project=p1&q=web&view=map&frame=l3p'


def rendered(template, address, tab='groups', **context):
    query = Query.of(QueryDict(f'{address}&page=3'.removeprefix('?')), tab)
    return markup.fragment(render_to_string(f'gbp_status_ui/{template}', {'query': query, **context}))


def section():
    query = Query.of(QueryDict(f'{ADDRESS}&size=50&page=3'.removeprefix('?')), 'groups')
    kind = registry.BY_COLLECTION['policy_target_groups']
    return Section(Listing(kind), query, Paginator(range(45), 20).get_page(2))


def link(document, text):
    (found,) = [one for one in document.query('a') if markup.words(one) == text]
    return found.attrs['href']


def hidden(document):
    return {one.attrs['name']: one.attrs['value'] for one in document.query('input[type=hidden]')}


def test_a_link_changes_its_own_parameter():
    kinds = rendered('_kinds.html', ADDRESS, kind_links=[('Groups', '?', False)])
    frames = rendered('_map.html', MAP, 'overview', page={'map': {'is_one': True}, 'is_empty': True})
    fault = rendered('_one_fault.html', OVERVIEW, 'overview', fault=('ERROR', 'no route'))

    assert link(kinds, 'All kinds') == ADDRESS.replace('&kind=external_policies', '')
    assert link(rendered('_search.html', ADDRESS), 'Clear') == ADDRESS.replace('&q=web', '')
    assert link(frames, 'Show all L3 policies') == MAP.replace('&frame=l3p', '')
    assert link(fault, 'Show all') == OVERVIEW.replace('&fault=0123456789ab', '')


@pytest.mark.parametrize(('template', 'own'), [('_search.html', 'q'), ('_project_filter.html', 'project')])
def test_a_form_sends_everything_but_its_own_field(template, own):
    others = dict(QueryDict(ADDRESS.removeprefix('?')).items())
    del others[own]

    assert hidden(rendered(template, ADDRESS)) == others


def test_the_form_of_pages_sends_the_kind_of_its_table_and_neither_page_nor_size():
    others = dict(QueryDict(ADDRESS.removeprefix('?')).items()) | {'kind': 'policy_target_groups'}

    assert hidden(rendered('_page_form.html', ADDRESS, section=section())) == others
