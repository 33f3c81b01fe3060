# SPDX-License-Identifier: Apache-2.0
"""Where Chromium is on this system: its headless shell, which is quicker since it has no window, or else all of it."""

import shutil

#: What bindep.txt asks for, by the names of the programs.
PROGRAMS = ('chromium-headless-shell', 'chromium')


def path() -> str:
    """Return the path of the program.

    :raises FileNotFoundError: there is none
    """
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise FileNotFoundError('Chromium is missing; "make test" installs it')
