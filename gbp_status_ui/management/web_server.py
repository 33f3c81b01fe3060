# SPDX-License-Identifier: Apache-2.0
"""Does the running dashboard answer, and does its web server take an address as long as a poll's?"""

from urllib.parse import urlsplit

from gbp_status_ui.management import asking
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.finding import unknown
from gbp_status_ui.management.finding import warning
from gbp_status_ui.management.waiting import Deadline

#: A poll's request line is shorter than this.
REQUEST_LINE_BYTES = 4000


def find(url, seconds):
    """Yield the findings; ``url`` is that of the dashboard, which has so many seconds for each of two requests."""
    if not url:
        yield note('The running dashboard was not asked.', 'Give --url with the address of its log-in page.')
        return
    try:
        address = asking.shown(url)
    except asking.NoAddress:
        yield unknown('What --url gives is no address of a web server.', 'Give one that begins with http or https.')
        return
    try:
        response = asking.get(url, Deadline(seconds))
    except asking.NoAnswer as failure:
        yield error(f'{address} does not answer: {failure}.', 'Look at the web server, and at the address.')
        return
    if not response.ok:
        yield error(f'{address} answers {response.status_code}.', "Look at the web server's log, and at the address.")
    else:
        yield from request_lines(url, seconds)


def request_lines(url, seconds):
    """Ask for an address as long as a poll's."""
    padding = 'x' * (REQUEST_LINE_BYTES - len('GET ? HTTP/1.1') - len(urlsplit(url).path or '/'))
    try:
        is_taken = asking.get(f'{url.partition("#")[0].partition("?")[0]}?{padding}', Deadline(seconds)).ok
    except asking.NoAnswer:
        is_taken = False
    if not is_taken:
        yield warning(
            f'The web server refuses a request line of {REQUEST_LINE_BYTES} bytes, so many rows take more polls.',
            'uWSGI: buffer-size = 16384. gunicorn: limit_request_line = 4094 or more. Apache: LimitRequestLine.',
        )
