# SPDX-License-Identifier: Apache-2.0
"""Checks by rendering the log-in page in each theme that all its compressed files exist, and contain the plugin's.

``compress`` may leave a block out and end with success, for example where its cache does not answer. Each page is an
error then, and only a page that is made shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
import re

from compressor.exceptions import OfflineGenerationError
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test import override_settings
from django.urls import get_script_prefix
from django.urls import reverse
import requests

from horizon import themes

from gbp_status_ui.management import advice
from gbp_status_ui.management.enabled_files import closed
from gbp_status_ui.management.enabled_files import unreadable
from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import Finding

#: {kind of file: (what one of its compressed files holds, what these are called)}
Marks = Mapping[str, tuple[str, str]]

#: The marks of a dashboard with the plugin.
OURS = {'js': ('gbpStatus', 'scripts'), 'css': ('gbp-status', 'styles')}
#: The same of a dashboard without the plugin: no mark, but the files have to be there.
NOBODYS = {kind: ('', name) for kind, (_mark, name) in OURS.items()}
_ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')


def find(marks: Marks = OURS) -> Iterator[Finding]:
    """Yield the findings, one for all themes that have it; ``marks`` is OURS or NOBODYS."""
    yield from dict.fromkeys(finding for theme, *_ in themes.get_themes() for finding in _of_theme(theme, marks))


def _of_theme(theme: str, marks: Marks) -> Iterator[Finding]:
    try:
        response = _get(theme)
    except OfflineGenerationError as missing:
        yield error(
            f'The compressed block with {_first_file(str(missing))} is missing, so each page is an error.',
            f'See that the cache answers: "compress" leaves out what it cannot make, and reports success. '
            f'{advice.install()}',
        )
    # Whatever a page is made of may be wrong in any way.
    except Exception as fault:  # noqa: BLE001
        yield error(f'The log-in page cannot be made: {fault!r}.', 'Correct what it names; all pages need it.')
    else:
        yield from _of_page(response, marks)


# Otherwise a dashboard with single sign-on leads elsewhere, and makes no page.
@override_settings(WEBSSO_DEFAULT_REDIRECT=False)
def _get(theme: str) -> HttpResponse:
    return _client(theme).get('/' + reverse('login')[len(get_script_prefix()) :], secure=True)


def _client(theme: str) -> Client:
    """Return somebody who is not logged in, at an address that the dashboard accepts."""
    hosts = [host.lstrip('.') for host in settings.ALLOWED_HOSTS if host != '*']
    client = Client(HTTP_HOST=next(iter(hosts), 'localhost'))
    client.cookies[settings.THEME_COOKIE_NAME] = theme
    return client


def _first_file(message: str) -> str:
    """Return the name of a block by what the compressor says that it is made of."""
    names = _ADDRESS.findall(message)
    return names[0] if names else 'the templates of AngularJS' if 'templateCache' in message else 'an inline script'


def _of_page(response: HttpResponse, marks: Marks) -> Iterator[Finding]:
    if response.status_code != requests.codes.ok:
        what = f'The log-in page answers {response.status_code} where it is made here.'
        yield error(what, 'Look at ALLOWED_HOSTS and at the middleware in the settings of Horizon.')
        return
    files = compressed_files(response.content.decode(errors='replace'))
    for kind, (mark, name) in marks.items():
        yield from _of_kind([path for path in files if path.suffix == f'.{kind}'], mark, name)


def compressed_files(html: str) -> list[Path]:
    """Return the compressed files that a page loads."""
    url = f'{settings.COMPRESS_URL.rstrip("/")}/{settings.COMPRESS_OUTPUT_DIR}/'
    root = Path(settings.COMPRESS_ROOT, settings.COMPRESS_OUTPUT_DIR)
    return [root / address[len(url) :] for address in _ADDRESS.findall(html) if address.startswith(url)]


def _of_kind(paths: Iterable[Path], mark: str, name: str) -> Iterator[Finding]:
    texts = []
    for path in paths:
        try:
            texts.append(path.read_text(encoding='utf-8', errors='replace'))
            yield from closed(path)
        except FileNotFoundError:
            yield error(f'The compressed file {path} is missing.', advice.install())
            return
        except OSError as failure:
            yield unreadable(path, failure)
            return
    if not any(mark in text for text in texts):
        yield error(f'The compressed {name} are without those of the plugin.', advice.install())
