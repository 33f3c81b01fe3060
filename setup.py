# SPDX-License-Identifier: Apache-2.0
"""What setup.cfg cannot say: scripts shrink on their way into a wheel."""

from pathlib import Path

import minify
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildPy(build_py):
    """Shortens the names within scripts: Horizon's compressor takes out comments and white space alone."""

    def copy_file(self, infile, outfile, *arguments, **options):
        placed, copied = super().copy_file(infile, outfile, *arguments, **options)
        # A strict editable install links the sources, and what is written would be written into them.
        if copied and not self.editable_mode and str(placed).endswith('.js'):
            script = Path(placed)
            # Horizon joins its scripts: the next one begins with a parenthesis, which would call this one.
            small = minify.string('application/javascript', script.read_text(encoding='utf-8'))
            script.write_text(small + ';\n', encoding='utf-8')
        return placed, copied


setup(cmdclass={'build_py': BuildPy})
