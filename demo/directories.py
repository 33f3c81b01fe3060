# SPDX-License-Identifier: Apache-2.0
"""Whether the demo can keep its files where the user wants them; asked before anything else."""

from __future__ import annotations

import os
from pathlib import Path
import tempfile

from demo.errors import DemoError


def require_usable(directory: Path, setting: str) -> None:
    """Make a directory unless it is there. DemoError, which names the setting that chose it, if none can be had."""
    advice = 'choose another directory with %s' % setting
    if not str(directory).isprintable():
        raise DemoError('%a has characters that cannot be printed; %s.' % (str(directory), advice))
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as problem:
        why = 'it is a file' if os.path.isfile(directory) else problem.strerror
        raise DemoError('%s cannot be used (%s); %s.' % (directory, why, advice)) from None


def reason(problem: OSError) -> str:
    """What an OSError says, and of which file, on one line."""
    text = problem.strerror or str(problem)
    return '%s: %s' % (text, problem.filename) if problem.filename else text
