# SPDX-License-Identifier: Apache-2.0
"""python -m tools.rooms: draw the rooms of the package into docs/images/rooms.svg, with an arrow to what each imports.

An arrow that others imply is left out: views imports model, but health does so too. A room is a directory of the
package, or a module beside them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / 'gbp_status_ui'
PICTURE = ROOT / 'docs' / 'images' / 'rooms.svg'
#: {room: the other rooms that it imports}.
Used = Mapping[str, AbstractSet[str]]
#: {room: where the middle of its box is}, in pixels.
Places = Mapping[str, tuple[int, int]]
#: From left to right, so that no arrow crosses a room; the middle one has the rooms that are not named.
COLUMNS = {'admin': 0, 'project': 1, 'apps': 3, 'checks': 3, 'conf': 3, 'enabled': 4, 'assets': 4}
WIDTH_PIXELS, HEIGHT_PIXELS, ACROSS_PIXELS, DOWN_PIXELS = 124, 30, 150, 58
#: How far from the middle of a box an arrow ends.
EDGE_PIXELS = 54
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" font-family="sans-serif" font-size="14">
<title>The rooms of the package, and which imports which</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0 L8 4 L0 8z" fill="#555"/></marker></defs>
<rect width="100%%" height="100%%" fill="#fff"/>
%s
</svg>
"""
ARROW = '<path d="M%d %d L%d %d" stroke="#555" marker-end="url(#head)"><title>%s imports %s</title></path>'
BOX = (
    '<rect x="%d" y="%d" width="%d" height="%d" rx="4" fill="#eef3f8" stroke="#456"/>'
    '<text x="%d" y="%d" text-anchor="middle">%s</text>'
)


def imports() -> Used:
    """Return {room: the other rooms that it imports}."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob('*.py')):
        room = path.relative_to(PACKAGE).parts[0].removesuffix('.py')
        if room.isidentifier() and room != '__init__':
            found.setdefault(room, set()).update(imported(ast.parse(path.read_text(encoding='utf-8'))))
    return {room: (used - {room}) & found.keys() for room, used in found.items()}


def imported(tree: ast.Module) -> set[str]:
    """Return views for both ``from gbp_status_ui import views`` and ``from gbp_status_ui.views import base``."""
    parts = [(module.split('.'), names) for module, names in statements(tree)]
    found = {room for (top, *inner), names in parts if top == PACKAGE.name for room in inner[:1] or names}
    return found - {'__version__'}


def statements(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Yield (module, names that are taken of it) of what is imported anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, [alias.name for alias in node.names]
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


def floors(used: Used) -> list[list[str]]:
    """Return lists of rooms, first those that nobody imports; each room imports only from later lists."""
    left, found = set(used), []
    while left:
        top = {room for room in left if not any(room in used[other] for other in left)}
        if not top:
            raise ValueError('these rooms import each other: %s' % ', '.join(sorted(left)))
        found.append(sorted(top))
        left -= top
    return found


def arrows(used: Used) -> list[tuple[str, str]]:
    """Return the (room, imported room) pairs that no others imply."""
    beneath: dict[str, AbstractSet[str]] = {}
    for room in reversed([room for floor in floors(used) for room in floor]):
        beneath[room] = set(used[room]).union(*(beneath[other] for other in used[room]))
    return [
        (room, other)
        for room in sorted(used)
        for other in sorted(used[room])
        if not any(other in beneath[between] for between in used[room])
    ]


def drawn(used: Used) -> str:
    """Return the picture as SVG: a row of boxes a floor."""
    rows = {room: row for row, rooms in enumerate(floors(used)) for room in rooms}
    places = {room: (COLUMNS.get(room, 2) * ACROSS_PIXELS + 80, row * DOWN_PIXELS + 24) for room, row in rows.items()}
    shapes = [_arrow(places, *pair) for pair in arrows(used)] + [_box(*places[room], room) for room in rows]
    width, height = 5 * ACROSS_PIXELS + 10, len(floors(used)) * DOWN_PIXELS
    return SVG % (width, height, width, '\n'.join(shapes))


def _arrow(places: Places, room: str, other: str) -> str:
    (x, y), (to_x, to_y) = places[room], places[other]
    aside = max(-EDGE_PIXELS, min(EDGE_PIXELS, x - to_x))
    return ARROW % (x, y + HEIGHT_PIXELS / 2, to_x + aside, to_y - HEIGHT_PIXELS / 2, room, other)


def _box(x: int, y: int, room: str) -> str:
    return BOX % (x - WIDTH_PIXELS / 2, y - HEIGHT_PIXELS / 2, WIDTH_PIXELS, HEIGHT_PIXELS, x, y + 5, room)


if __name__ == '__main__':
    PICTURE.write_text(drawn(imports()), encoding='utf-8')
