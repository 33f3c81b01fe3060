# SPDX-License-Identifier: Apache-2.0
"""A cache whose server is away."""

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    """Counts how often it is tried."""

    tried = 0

    def __init__(self, _location, params):
        super().__init__(params)

    def _fail(self, *_args, **_options):
        type(self).tried += 1
        raise ConnectionRefusedError('no cache at this address')

    add = get = set = touch = delete = clear = get_many = set_many = delete_many = _fail
