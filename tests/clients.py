# SPDX-License-Identifier: Apache-2.0
"""Django's test client and request factory, which take ``headers`` from Django 4.2 on, for all releases."""

from django import test


class _TakesHeaders:
    def generic(self, *arguments, headers=None, **extra):
        named = {'HTTP_%s' % name.upper().replace('-', '_'): value for name, value in (headers or {}).items()}
        return super().generic(*arguments, **named, **extra)


class RequestFactory(_TakesHeaders, test.RequestFactory):
    pass


class Client(_TakesHeaders, test.Client):
    pass
