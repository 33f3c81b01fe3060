# SPDX-License-Identifier: Apache-2.0
"""Becomes another program that ends when its parent dies: python lifeline.py PARENT_PID COMMAND...

Stands between processes.py and each service, so that a SIGKILL of the demo, seen by no handler, leaves nothing behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    if sys.platform == 'linux':
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # The parent may have died before the kernel was asked; then no signal would ever come.
    if os.getppid() != parent:
        sys.exit(1)
    # Popen blocks no signal, but a program in the background of a script inherits an ignored SIGINT.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.execvp(command[0], command)


if __name__ == '__main__':
    main(int(sys.argv[1]), sys.argv[2:])
