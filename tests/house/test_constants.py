# SPDX-License-Identifier: Apache-2.0
"""The name of each constant that is a number ends with what the number counts or measures."""

import ast
import re

from tests.house import source

MEASURES = {'BYTES', 'DAYS', 'FACTOR', 'MINUTES', 'MODE', 'MS', 'PIXELS', 'SECONDS', 'SEVERITY', 'STATUS', 'VERSION'}
COUNTED = {
    'ANSWERS', 'ATTRIBUTES', 'BADGES', 'BEATS', 'BOXES', 'CALLS', 'CELLS', 'CHANGES', 'CHARACTERS', 'CHIPS', 'CLICKS',
    'CLOUDS', 'CONNECTIONS', 'ENTRIES', 'ERRORS', 'FAULTS', 'FILES',
    'FRAMES', 'GROUPS', 'IDS', 'KINDS', 'LEVELS', 'LINES',
    'LISTENERS', 'MARKS', 'MEMBERS', 'MUTES', 'NAMES', 'NODES', 'NUMBERS', 'OPENERS', 'PAGES', 'PARTS', 'POLICIES',
    'POLLS', 'READS', 'REFRESHES', 'RETRIES', 'ROUNDS', 'ROWS', 'RULES', 'RUNS', 'SESSIONS', 'SETS', 'SHOWS',
    'SIGHTINGS', 'STEPS', 'TERMS', 'TRIES', 'TRIPS', 'USERS', 'VIEWERS', 'WAYS', 'WORDS', 'WORKERS',
}  # fmt: skip
# Horizon, Linux and gunicorn have chosen these names.
OF_OTHERS = {'PR_SET_PDEATHSIG', 'SESSION_TIMEOUT'}


def is_number(value, known):
    """Say whether an expression is made of numbers, and of constants that are known to be numbers."""
    if isinstance(value, ast.Constant):
        return type(value.value) in {int, float}
    if isinstance(value, ast.UnaryOp):
        return is_number(value.operand, known)
    if isinstance(value, ast.BinOp):
        return is_number(value.left, known) and is_number(value.right, known)
    return isinstance(value, ast.Name) and value.id in known


def assigned(node):
    """Yield (target, value) of an assignment, those of a tuple one by one."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, 'target', None)]
    for target in targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts)
        elif target is not None and getattr(node, 'value', None) is not None:
            yield target, node.value


def numbers(tree):
    """Return the names of the constants of a module that are numbers."""
    found = []
    for node in tree.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            found += [one.id for one, value in assigned(node) if isinstance(one, ast.Name) and is_number(value, found)]
    return found


def has_unit(name):
    return name.split('_')[-1] in MEASURES | COUNTED or name in OF_OTHERS


CODE = 'LIMIT = 5\nMAX_ROWS, _A_MS = 2, -LIMIT * 60\nIS_ON = True\nNAME = "5"\nONE: int = 1\nTWO: int\n'


def test_numbers_are_found_in_a_module():
    found = numbers(ast.parse(CODE))

    assert found == ['LIMIT', 'MAX_ROWS', '_A_MS', 'ONE']
    assert [name for name in found if not has_unit(name)] == ['LIMIT', 'ONE']


def test_constants_of_python_carry_their_unit():
    without = [
        (name, constant)
        for name, tree in source.trees('gbp_status_ui', 'demo', 'docs', 'tests', 'tools')
        for constant in numbers(tree)
        if not has_unit(constant)
    ]

    assert without == []


def test_constants_of_scripts_carry_their_unit():
    declared = re.compile(r'\bconst ([A-Z][A-Z_]*) = [-(]*(?:\d|[A-Z_]+_(?:MS|SECONDS) \*)')
    without = [
        (source.name(path), constant)
        for path in source.files('.js', '.mjs')
        for constant in declared.findall(path.read_text())
        if not has_unit(constant)
    ]

    assert without == []
