# SPDX-License-Identifier: Apache-2.0
"""A search of more words than count, as the pages show it."""

import pytest

from gbp_status_ui.model import scope

from tests import markup

WORDS = ' '.join(f'-w{number}' for number in range(33))


@pytest.mark.parametrize('tab', ['overview', 'groups'])
@pytest.mark.parametrize(('text', 'said'), [(WORDS, True), (WORDS[:-5], False)])
def test_a_page_keeps_all_words_and_says_that_some_do_not_count(gbp, member, tab, text, said):
    address = scope.PROJECT.url('index')
    document = markup.page(member.get(address, {'tab': f'gbp_status_tabs__{tab}', 'q': text}))

    assert document.query_one('#gbp-status-q').attrs['value'] == text
    assert ('Only the first 32 words of the search count.' in document.text()) is said
