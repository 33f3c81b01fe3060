# SPDX-License-Identifier: Apache-2.0
"""python compress.py [option ...]: Django's command ``compress``, with one thread.

django-compressor compiles styles in four threads. Before release 4.6, which needs Python 3.10 and Django 4.2, two of
them at times compile the same block at once, and one stops with a syntax error that the styles do not have:
https://github.com/django-compressor/django-compressor/issues/1291
"""

from __future__ import annotations

from concurrent import futures
import sys

from django.core import management


class OneThread(futures.ThreadPoolExecutor):
    """A pool with one thread, whatever number is asked for."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        super().__init__(max_workers=1)


def main(options: list[str]) -> None:
    futures.ThreadPoolExecutor = OneThread  # type: ignore[misc] # django-compressor looks for it there.
    management.execute_from_command_line(['django', 'compress', *options])


if __name__ == '__main__':
    main(sys.argv[1:])
