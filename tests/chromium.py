# SPDX-License-Identifier: Apache-2.0
"""Where Chromium is on this system: its headless shell, which is quicker since it has no window, or else all of it."""

import shutil

#: What bindep.txt asks for, by the names of the programs.
PROGRAMS = ('chromium-headless-shell', 'chromium')


def path(search=None):
    """Return the path of the program, a string.

    :param search: directories as in the environment's PATH, which is the default
    :raises FileNotFoundError: there is none
    """
    for program in PROGRAMS:
        if found := shutil.which(program, path=search):
            return found
    raise FileNotFoundError('Chromium is missing; "make test" installs it')
