# SPDX-License-Identifier: Apache-2.0
"""What the documents tell operators to type, taken from them, so that the tests run the very words."""

import re

#: A comment with the name of the words, and the code block behind it.
NAMED = re.compile(r'^\.\. words: (?P<name>[\w-]+)\n\.\. code-block:: text\n\n(?P<lines>(?:   .*\n|\n)+)', re.MULTILINE)
#: A literal block behind ``::``, and the lines that stand in from the margin.
LITERAL = re.compile(r'::\n\n(?P<lines>(?:    .*\n|\n)+)')


def named(text):
    """Return {name: words} of the code blocks of a document that a comment names."""
    return {found['name']: _outdented(found['lines']) for found in NAMED.finditer(text)}


def literal(text, containing):
    """Return the first literal block of a document with ``containing`` in it."""
    return next(_outdented(found['lines']) for found in LITERAL.finditer(text) if containing in found['lines'])


def for_debian(lines):
    """Return words for a virtual environment as they have to be on Debian, with the Python of the system."""
    return (
        lines.replace('pip install', 'python3 -m pip install --break-system-packages')
        .replace('python -m', 'python3 -m')
        .replace('python -c', 'python3 -c')
    )


def _outdented(lines):
    written = lines.rstrip().splitlines()
    margin = min(len(line) - len(line.lstrip()) for line in written if line)
    return ''.join(line[margin:] + '\n' for line in written)
