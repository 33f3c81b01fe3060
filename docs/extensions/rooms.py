# SPDX-License-Identifier: Apache-2.0
"""``gbp-rooms``: a picture of the package, drawn from the imports when the documentation is built."""

import ast
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive

PACKAGE = Path(__file__).resolve().parent.parent.parent / 'gbp_status_ui'
NAME_CHARACTERS, USES_CHARACTERS = 15, 75


def imports():
    """Return {room: the other rooms that it imports}; a room is a directory, or a module beside them."""
    found = {}
    for path in sorted(PACKAGE.rglob('*.py')):
        room = path.relative_to(PACKAGE).parts[0].removesuffix('.py')
        if room.isidentifier() and room != '__init__':
            found.setdefault(room, set()).update(_imported(ast.parse(path.read_text(encoding='utf-8'))))
    return {room: (used - {room}) & found.keys() for room, used in found.items()}


def _imported(tree):
    """Yield views for both ``from gbp_status_ui import views`` and ``from gbp_status_ui.views import base``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split('.')[0] == PACKAGE.name:
            yield from node.module.split('.')[1:2] or (alias.name for alias in node.names)


def floors(used):
    """Return lists of rooms, first those that nobody imports; each room imports only from later lists."""
    left, found = set(used), []
    while left:
        top = {room for room in left if not any(room in used[other] for other in left)}
        if not top:
            raise ValueError('these rooms import each other: %s' % ', '.join(sorted(left)))
        found.append(sorted(top))
        left -= top
    return found


def drawn(used):
    """Return the picture as text: a box a floor, a line a room with what it uses."""
    edge = '+%s+%s+\n' % ('-' * NAME_CHARACTERS, '-' * USES_CHARACTERS)
    order = [room for rooms in floors(used) for room in rooms]
    lines = {room: ' '.join(other for other in order if other in used[room]) for room in order}
    boxes = (
        ''.join('| %-*s| %-*s|\n' % (NAME_CHARACTERS - 1, room, USES_CHARACTERS - 1, lines[room]) for room in rooms)
        for rooms in floors(used)
    )
    return edge + edge.join(boxes) + edge


class Rooms(Directive):
    def run(self):
        return [nodes.literal_block(text=drawn(imports()), language='text')]


def setup(app):
    app.add_directive('gbp-rooms', Rooms)
    return {'parallel_read_safe': True}
