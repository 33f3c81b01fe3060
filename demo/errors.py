# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in a way that a user can act on: told in one line, never as a traceback."""


class DemoError(Exception):
    """The demo cannot start or go on; the text is one complete sentence for the user."""
