# SPDX-License-Identifier: Apache-2.0
"""Horizon as the demo serves it; each answer says of which worker it is."""

import os

from dashboard_wsgi import application as horizon


def application(environ, start_response):
    def start(status, headers, *details):
        return start_response(status, [*headers, ('X-Worker', str(os.getpid()))], *details)

    return horizon(environ, start)
