# SPDX-License-Identifier: Apache-2.0
"""What the tests parse of a page is valid, and all of it is found."""

from django.http import HttpResponse
import pytest

from tests import markup

PAGE = '<!DOCTYPE html><html><head><title>Groups</title></head><body>%s</body></html>'
SIDEBAR = '<nav id="sidebar"><li><p><div></nav>'


def page(body):
    return markup.page(HttpResponse(PAGE % body))


@pytest.mark.parametrize(
    'wrong',
    [
        '<p>a<div>b</p></div>',
        '<b>a<i>b</b></i>',
        '<a href="x"href="y">a</a>',
        '<template><b>a</template>',
        '<nav><p>a</b></nav>',
        '<p id="a"></p><p id="a"></p>',
    ],
)
def test_what_is_not_valid_is_refused(wrong):
    for parse in (page, markup.fragment):
        with pytest.raises(AssertionError):
            parse(SIDEBAR + wrong)


def test_what_is_valid_is_read_whatever_horizon_has_around_it():
    document = page(SIDEBAR + '<script>if (a < b) { c }</script><ul><li>a<b>b</b></li><li>c</li></ul>')

    assert markup.texts(document, 'ul') == ['ab c']
    assert markup.texts(document, 'li b') == ['b']


def test_what_stands_in_a_template_is_found_and_is_no_text_of_what_is_around_it():
    document = markup.fragment('<div data-x><p>a</p><template id="t">b <i>c</i></template></div>')

    assert markup.texts(document, 'div') == ['a']
    assert markup.texts(document, 'template') == ['b c']
    assert [element.attrs['id'] for element in document.query_one('i').enclosing if 'id' in element.attrs] == ['t']
    assert document.query_one('div').attrs == {'data-x': ''}
