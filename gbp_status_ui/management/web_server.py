# SPDX-License-Identifier: Apache-2.0
"""Checks that the running dashboard answers, and that its web server accepts addresses as long as a poll's."""

from __future__ import annotations

from collections.abc import Iterator
import re
from urllib.parse import urlsplit

from django.conf import settings

from gbp_status_ui.management import http_get
from gbp_status_ui.management import static_files
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.finding import unknown
from gbp_status_ui.management.finding import warning
from gbp_status_ui.management.waiting import TimeBudget

#: A poll's request line is shorter than this.
REQUEST_LINE_BYTES = 4000


def find(url: str | None, seconds: float) -> Iterator[Finding]:
    """Yield the findings; ``url`` is that of the dashboard, which has so many seconds for each of two requests."""
    if not url:
        yield note('The running dashboard was not asked.', 'Give --url with the address of its log-in page.')
        return
    try:
        address = http_get.shown(url)
    except http_get.NoAddress:
        yield unknown('What --url gives is no address of a web server.', 'Give one that begins with http or https.')
        return
    try:
        response = http_get.get(url, TimeBudget(seconds))
    except http_get.NoAnswer as failure:
        yield error(f'{address} does not answer: {failure}.', 'Look at the web server, and at the address.')
        return
    if not response.ok:
        yield error(f'{address} answers {response.status_code}.', "Look at the web server's log, and at the address.")
    else:
        yield from compressed_files(address, response.text)
        yield from request_lines(url, seconds)


def compressed_files(address: str, html: str) -> Iterator[Finding]:
    """The dashboard loads what was compressed last, unless it runs since before that."""
    manifest = static_files.manifest()
    if not (static_files.is_compressed() and manifest.is_file()):
        return
    try:
        last = manifest.read_text(encoding='utf-8', errors='replace')
    except OSError:
        # Whoever looks at the static files says so.
        return
    name = re.compile(rf'/{re.escape(settings.COMPRESS_OUTPUT_DIR)}/(?:css|js)/([\w.-]+)')
    others = set(name.findall(html)) - set(name.findall(last))
    if others:
        yield warning(
            f'{address} loads {min(others)}, which the last "compress" on this host has not made.',
            'Restart the web server. Where other hosts answer, too, install the same version on each of them.',
        )


def request_lines(url: str, seconds: float) -> Iterator[Finding]:
    """Ask for an address as long as a poll's."""
    padding = 'x' * (REQUEST_LINE_BYTES - len('GET ? HTTP/1.1') - len(urlsplit(url).path or '/'))
    try:
        is_taken = http_get.get(f'{url.partition("#")[0].partition("?")[0]}?{padding}', TimeBudget(seconds)).ok
    except http_get.NoAnswer:
        is_taken = False
    if not is_taken:
        yield warning(
            f'The web server refuses a request line of {REQUEST_LINE_BYTES} bytes, so many rows take more polls.',
            'uWSGI: buffer-size = 16384. gunicorn: limit_request_line = 4094 or more. Apache: LimitRequestLine.',
        )
