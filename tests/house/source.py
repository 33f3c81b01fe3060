# SPDX-License-Identifier: Apache-2.0
"""The project's own files, for the tests that hold them to its rules."""

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PLUGIN = ROOT / 'gbp_status_ui'
PLACES = ('gbp_status_ui', 'static', 'templates', 'demo', 'tests', 'tools', 'devstack', 'docs', 'releasenotes', '.ci')


def files(*endings, below=PLACES):
    """Return the files that end so, the generated and those behind a symlink left out; all without ``endings``."""
    found = [path for place in below for path in (ROOT / place).rglob('*')]
    found += ROOT.iterdir() if below == PLACES else []
    return sorted(path for path in found if path.name.endswith(endings or '') and _is_own(path))


def _is_own(path):
    # In a linked worktree .git is a file, which is Git's own.
    return path.is_file() and '__pycache__' not in path.parts and path.name != '.git'


def name(path):
    return str(path.relative_to(ROOT))


def trees(*below):
    """Return (name, syntax tree) of the Python files below the places."""
    return [(name(path), _parsed(path)) for path in files('.py', below=below)]


@functools.cache
def _parsed(path):
    return ast.parse(path.read_text())


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def strings(tree):
    """Return the strings in the code of a module, its docstrings left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in constants if isinstance(node.value, str)]


def called(tree):
    """Return the last names of what is called: sleep for time.sleep()."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(function, 'attr', getattr(function, 'id', '')) for function in calls}
