# SPDX-License-Identifier: Apache-2.0
"""The running dashboard, asked at the address that the operator gives; real sockets."""

import pytest

from gbp_status_ui.management import web_server
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.finding import UNKNOWN
from gbp_status_ui.management.finding import WARNING

from tests import faulty_service

pytestmark = pytest.mark.releases

WELL = faulty_service.body({})


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


def answer_up_to(limit, refuse):
    """A web server that takes request lines up to ``limit`` bytes."""

    def answer(handler):
        (WELL if len(handler.requestline) <= limit else refuse)(handler)

    return answer


def fail(status):
    return lambda handler: handler.wfile.write(b'HTTP/1.1 %d No\r\nContent-Length: 0\r\n\r\n' % status)


def drop(_handler):
    """Close the connection."""


def find(answer, path='/auth/login/'):
    with faulty_service.running(answer) as service:
        return list(web_server.find(service.url + path, 10))


def levels(found):
    return [one.level for one in found]


def test_without_an_address_nothing_is_asked():
    assert levels(web_server.find(None, 10)) == [NOTE]


@pytest.mark.parametrize('limit', [4000, 4094, 8190])
@pytest.mark.parametrize('path', ['/auth/login/', '/auth/login/?next=/#top', ''])
def test_a_web_server_that_takes_the_request_line_of_a_poll_is_no_finding(limit, path):
    assert find(answer_up_to(limit, fail(414)), path) == []


@pytest.mark.parametrize('refuse', [drop, fail(414)])
def test_a_web_server_that_refuses_or_drops_it_is_a_warning(refuse):
    assert levels(find(answer_up_to(3999, refuse))) == [WARNING]


@pytest.mark.parametrize('status', [400, 404, 500, 502])
def test_a_dashboard_that_fails_is_an_error(status):
    (found,) = find(fail(status))

    assert found.level == ERROR
    assert f'/auth/login/ answers {status}.' in found.what


def test_a_dashboard_that_hangs_up_is_an_error():
    assert levels(find(drop)) == [ERROR]


@pytest.mark.parametrize(
    'odd', ['BANANA', 'cloud.example/', 'http://', 'http://[', 'http://a:b/', 'ftp://a/', 'http://a\n/', 'http://a b/']
)
def test_an_address_that_is_none_is_no_verdict(odd):
    assert levels(web_server.find(odd, 10)) == [UNKNOWN]


def test_a_password_in_the_address_is_not_shown():
    (found,) = web_server.find('http://admin:hunter2@127.0.0.1:1/?token=hunter2', 10)

    assert found.what.startswith('http://127.0.0.1:1/ does not answer: ')
    assert 'hunter2' not in found.what


@pytest.mark.parametrize(
    ('name', 'found'), [('output.1f.js', []), ('output.old.js', [WARNING])], ids=['as here', 'of before']
)
def test_a_dashboard_that_was_not_restarted_is_a_warning(installation, name, found):
    page = f'/horizon/static/dashboard/js/{name} /horizon/static/dashboard/css/output.2e.css'

    assert levels(find(faulty_service.body(page))) == found
