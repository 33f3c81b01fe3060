# SPDX-License-Identifier: Apache-2.0
"""Of the rows of a list that took long nothing is said before they have been read again for who is asking."""

import pytest

from gbp_status_ui.model import scope

from tests.unit.browser import Browser
from tests.unit.stand_in import is_full_list
from tests.unit.stand_in import Refused
from tests.unit.viewing import said
from tests.unit.views.test_large_kinds import exported
from tests.unit.views.test_large_kinds import FRAGMENT
from tests.unit.views.test_large_kinds import get
from tests.unit.views.test_large_kinds import GROUPS
from tests.unit.views.test_large_kinds import lines
from tests.unit.views.test_large_kinds import LIST_SECONDS
from tests.unit.views.test_large_kinds import opened
from tests.unit.views.test_large_kinds import TAB

COUNTED = '.gbp-status-chips [data-gbp-status-count]:not([data-gbp-status-count-kind="external_policies"])'


@pytest.fixture
def page(member, simulated):
    return Browser(member, simulated)


@pytest.fixture
def unshared(gbp, page, simulated):
    """Groups of another project that were shared when the list was read last, and are not any more; their ids."""
    gbp.make(GROUPS, 'web', status='ERROR')
    ids = [
        gbp.make(GROUPS, f'secret-{number:02}', project='other', shared=True, status='ERROR', description='hush hush')
        for number in range(40)
    ]
    gbp.takes = lambda asked, _rows: LIST_SECONDS * (asked.collection == GROUPS and is_full_list(asked))
    page.open(**TAB)
    assert 'secret-' in page.retry_list(**TAB).text()
    for id_ in ids:
        gbp.change(id_, shared=False)
    simulated.run(25 * 60)
    return ids


@pytest.mark.slow
@pytest.mark.parametrize('age', ['max-age=86400', 'max-age=0', ''])
@pytest.mark.parametrize('asked', [{}, {'q': 'hush'}, {'q': 'secret-01'}, {'status': 'error'}, {'page': '2'}], ids=str)
def test_of_what_is_no_longer_shared_nothing_is_shown_counted_or_found(unshared, member, page, age, asked):
    headers = {'Cache-Control': age} if age else {}
    texts = [
        said(get(member, headers=headers, **asked)),
        said(get(member, headers=FRAGMENT | headers, **asked)),
        page.open(headers, **asked).text(),
        said(lines(member, 'problems', GROUPS, headers=headers)),
    ]

    assert [text for text in texts if 'hush hush' in text or any(id_ in text for id_ in unshared)] == []
    assert 'q' in asked or not any('secret-' in text for text in texts)
    assert not opened(member, headers=headers, **asked).query(COUNTED)


def by_ids_slow(gbp):
    gbp.takes = lambda asked, _rows: (
        1000 * (asked.collection == GROUPS and (is_full_list(asked) or 'id' in asked.parameters))
    )


def by_ids_failing(gbp):
    def refuse(asked, answer):
        if 'id' in asked.parameters:
            raise Refused(500, 'Fault')
        return answer

    gbp.rewrite = refuse


@pytest.mark.slow
@pytest.mark.parametrize('fault', [by_ids_slow, by_ids_failing])
@pytest.mark.parametrize('asked', [{}, {'q': 'hush'}, {'status': 'error'}, {'page': '2'}, {'sort': '-name'}], ids=str)
def test_of_what_could_not_be_read_again_nothing_is_shown_counted_or_found(gbp, unshared, member, page, fault, asked):
    fault(gbp)
    document = page.open(**TAB, **asked)
    texts = [document.text(), said(get(member, headers=FRAGMENT, **asked)), said(lines(member, 'problems', GROUPS))]

    assert [text for text in texts if 'secret-' in text or 'hush hush' in text] == []
    assert not document.query(COUNTED)
    assert not document.query('#policy_target_groups .gbp-status-row-count')
    assert not any('There are none.' in one.text() for one in document.query('#policy_target_groups'))
    # How many rows a search finds by what they say would tell what that is.
    assert 'q' not in asked or 'could not be read yet' not in document.text()


@pytest.mark.slow
@pytest.mark.parametrize('asked', ['', '&q=hush', '&status=error'])
@pytest.mark.parametrize('format_', ['csv', 'json'])
@pytest.mark.parametrize('tab', ['groups', 'overview'])
def test_a_file_has_nothing_of_what_is_no_longer_shared(unshared, member, simulated, tab, format_, asked):
    address = scope.PROJECT.url('export') + f'?tab=gbp_status_tabs__{tab}&format={format_}{asked}'
    text = exported(member, simulated, address)

    assert 'secret-' not in text
    assert 'hush hush' not in text
    assert asked == '&q=hush' or 'web' in text
