# SPDX-License-Identifier: Apache-2.0
"""Each answer is for its reader alone, and is nothing else than it says."""

import pytest

from gbp_status_ui.model import scope

pytestmark = pytest.mark.releases

GROUPS = 'policy_target_groups'
EXPORT = '?tab=gbp_status_tabs__groups&format='


def directives(response):
    return {part.strip() for part in response.headers['Cache-Control'].split(',')}


@pytest.fixture(params=[scope.PROJECT, scope.ADMIN], ids=['project', 'admin'])
def panel(request):
    return request.param


def addresses(panel, group):
    return {
        'page': panel.url('index'),
        'table': panel.url('index') + '?tab=gbp_status_tabs__groups',
        'poll': panel.url('statuses') + f'?{GROUPS}={group}',
        'poll of nothing': panel.url('statuses'),
        'line': panel.url('lines') + f'?kind={GROUPS}',
        'line of nothing': panel.url('lines') + '?kind=banana',
        'csv': panel.url('export') + EXPORT + 'csv',
        'json': panel.url('export') + EXPORT + 'json',
        'no file': panel.url('export') + EXPORT + 'banana',
        'resource': panel.url('detail', GROUPS, group),
        'no resource': panel.url('detail', GROUPS, 'banana'),
        'no kind': panel.url('detail', 'banana', 'banana'),
        'explanation': panel.url('explanation', GROUPS, group),
        'no explanation': panel.url('explanation', GROUPS, 'banana'),
        'explanation of no kind': panel.url('explanation', 'banana', 'banana'),
    }


@pytest.mark.slow
def test_every_answer_is_private_and_of_its_type(gbp, administrator, panel):
    group = gbp.make(GROUPS, 'web', project='admin')
    answers = {name: administrator.get(address) for name, address in addresses(panel, group).items()}

    assert [name for name, answer in answers.items() if 'private' not in directives(answer)] == []
    assert [name for name, answer in answers.items() if 'Cookie' not in answer.headers['Vary']] == []
    assert [name for name, answer in answers.items() if answer.headers['X-Content-Type-Options'] != 'nosniff'] == []
    assert {name for name, answer in answers.items() if answer.status_code == 404} == {
        'no resource',
        'no kind',
        'no explanation',
        'explanation of no kind',
    }


def test_an_answer_that_says_that_nothing_changed_says_it_too(member, group):
    address = scope.PROJECT.url('statuses')
    first = member.get(address, {GROUPS: group})
    second = member.get(address, {GROUPS: group}, headers={'if-none-match': first.headers['ETag']})

    assert second.status_code == 304
    assert directives(second) == {'private', 'no-cache'}


def test_what_could_not_be_read_is_private_too(gbp, member):
    gbp.fail(GROUPS, 500)
    answers = [
        member.get(scope.PROJECT.url('detail', GROUPS, 'banana')),
        member.get(scope.PROJECT.url('explanation', GROUPS, 'banana')),
        member.get(scope.PROJECT.url('export') + EXPORT + 'csv'),
    ]

    assert [(answer.status_code, 'private' in directives(answer)) for answer in answers] == [(503, True)] * 3


@pytest.mark.parametrize('format_', ['csv', 'json'])
def test_no_file_is_stored_on_the_way(gbp, member, format_):
    gbp.make(GROUPS, 'web')

    assert directives(member.get(scope.PROJECT.url('export') + EXPORT + format_)) == {'private', 'no-store'}


def test_a_page_that_is_not_there_is_horizons_own(member):
    page = member.get(scope.PROJECT.url('detail', GROUPS, 'banana')).content.decode()

    assert 'Sorry, the page you were looking for does not exist' in page
