# SPDX-License-Identifier: Apache-2.0
"""python -m tools.measures: measure the code beside that of other projects, and write tables into docs/measures.rst.

Git fetches each project at one commit into ``.measures``. radon counts lines, comments and complexity of Python. The
length of a function is from the line of its ``def`` to its last line, docstring and inner functions included.
"""

from __future__ import annotations

import ast
import collections
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
import dataclasses
import math
from pathlib import Path
import re
import shutil
import statistics
import subprocess
from typing import Any
from typing import Union

from radon import complexity
from radon import raw
import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / 'docs' / 'measures.rst'
BEGIN, END = '.. measures begin\n', '.. measures end\n'
SOURCES = ROOT / '.measures'
# Written by a tool, or by somebody else.
NOT_OWN = re.compile(r'/(migrations|locale|vendor|node_modules)/|\.min\.js$|\.stories\.')
# Megabytes of place names.
DATA = 'netbox/extras/data/*'
TEST = re.compile(
    r'(^|/)(tests?|__mocks__)/|(^|/)(test_[^/]*|[^/]*_tests?|conftest|tests)\.py$|\.(test|spec|mock)\.\w+$'
)
FUNCTIONS = {'function_declaration', 'function_expression', 'arrow_function', 'method_definition', 'generator_function',
             'generator_function_declaration'}  # fmt: skip
GRAMMARS = {
    '.js': tree_sitter_javascript.language,
    '.mjs': tree_sitter_javascript.language,
    '.ts': tree_sitter_typescript.language_typescript,
    '.tsx': tree_sitter_typescript.language_tsx,
}


#: What a table has in one place.
Cell = Union[int, str]


@dataclasses.dataclass(frozen=True)
class Project:
    """One row: where Git fetches it, at which commit, and the directories or files that are measured."""

    name: str
    address: str
    commit: str
    python: tuple[str, ...]
    scripts: tuple[str, ...]


GITHUB = 'https://github.com/'
OWN = {'python': ('gbp_status_ui', 'tests'), 'scripts': ('static', 'tests/js')}
PROJECTS = (
    Project(
        'django-debug-toolbar 7.0.0', GITHUB + 'django-commons/django-debug-toolbar',
        '6c6633700e9962b15eb29e59baae7de9f2f0e9d6',
        ('debug_toolbar', 'tests'), ('debug_toolbar/static', 'tests/js'),
    ),
    Project(
        'django-htmx 1.29.0', GITHUB + 'adamchainz/django-htmx', 'a27556eee0ffa92829427e95c7d8e2bf997a4bb0',
        ('src/django_htmx', 'tests'), ('src/django_htmx/static/django_htmx/django-htmx.js',),
    ),
    Project(
        'wagtail 7.4.3', GITHUB + 'wagtail/wagtail', 'eceb34882b5e45bdf96c29222f574e9a506533a9',
        ('wagtail',), ('client/src',),
    ),
    Project(
        'netbox 4.6.8', GITHUB + 'netbox-community/netbox', '3db98de783c02038775b78f9804a95681f78eb7b',
        ('netbox',), ('netbox/project-static/src',),
    ),
    Project(
        'octavia-dashboard 17.0.0', GITHUB + 'openstack/octavia-dashboard', '0bfcd6464b79ce29de807226c06b9e712828bff2',
        ('octavia_dashboard',), ('octavia_dashboard/static',),
    ),
    Project(
        'horizon.tables 26.0.0', GITHUB + 'openstack/horizon', 'e48473ce019c69eea261f2116bbeb161a660d3b6',
        ('horizon/tables', 'horizon/test/unit/tables'),
        ('horizon/static/horizon/js/horizon.tables.js',),
    ),
    Project('gbp_status_ui at 4d163de', str(ROOT), '4d163de', **OWN),
    Project('gbp_status_ui at 6ef4035', str(ROOT), '6ef4035', **OWN),
    Project('gbp_status_ui, now', str(ROOT), 'HEAD', **OWN),
)  # fmt: skip


@dataclasses.dataclass
class Module:
    """What is measured of one file."""

    path: Path
    lines: int
    code: int
    comments: int
    functions: list[int]
    complexities: list[int] = dataclasses.field(default_factory=list)
    imports: set[str] = dataclasses.field(default_factory=set)


def fetched(project: Project) -> Path:
    """Return the directory with the project's files at its commit."""
    commit = project.commit
    if project.address == str(ROOT):
        commit = subprocess.check_output(['git', '-C', ROOT, 'rev-parse', commit], text=True).strip()
    place, part = SOURCES / commit, SOURCES / (commit + '.part')
    if not place.exists():
        shutil.rmtree(part, ignore_errors=True)
        subprocess.run(['git', 'init', '--quiet', part], check=True)
        wanted = ['/%s/**/*.py' % name for name in project.python]
        wanted += ['/%s%s' % (name, ending) for name in project.scripts for ending in ('', '/**/*.*s', '/**/*.tsx')]
        for command in (
            ['remote', 'add', 'origin', project.address],
            ['fetch', '--quiet', '--depth', '1', '--filter', 'blob:none', 'origin', commit],
            ['sparse-checkout', 'set', '--no-cone', *wanted, '!/' + DATA],
            ['checkout', '--quiet', 'FETCH_HEAD'],
        ):
            subprocess.run(['git', '-C', part, *command], check=True)
        part.rename(place)
    return place


def files(place: Path, below: Iterable[str], endings: Collection[str]) -> tuple[list[Path], list[Path]]:
    """Return (the product's files, its tests) of a project."""
    found: dict[bool, list[Path]] = collections.defaultdict(list)
    for name in below:
        one = place / name
        for path in sorted(one.rglob('*') if one.is_dir() else [one]):
            relative = path.relative_to(place).as_posix()
            if path.suffix in endings and not NOT_OWN.search('/' + relative):
                found[bool(TEST.search(relative))].append(path)
    return found[False], found[True]


def of_python(path: Path) -> Module:
    text = path.read_text(encoding='utf-8')
    lines, tree = raw.analyze(text), ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return Module(
        path,
        lines=lines.loc,
        code=lines.loc - lines.blank - lines.single_comments - lines.multi,
        comments=lines.single_comments + lines.multi,
        functions=[(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions],
        complexities=[block.complexity for block in _blocks(complexity.cc_visit_ast(tree))],
        imports=set(_imports(tree, _package(path))),
    )


def _blocks(blocks: Iterable[Any]) -> Iterator[Any]:
    """Yield functions and methods, also those inside of others."""
    for block in blocks:
        if block.letter != 'C':
            yield block
        yield from _blocks(getattr(block, 'methods', []) + getattr(block, 'closures', []))


def _package(path: Path) -> list[str]:
    """Return the parts of the name of the package that a module stands in."""
    parts: list[str] = []
    while (path.parent / '__init__.py').exists():
        path = path.parent
        parts.insert(0, path.name)
    return parts


def _imports(node: ast.AST, package: list[str]) -> Iterator[str]:
    """Yield the names that a module imports anywhere, but for those that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            above = package[: len(package) - child.level + 1] if child.level else []
            module = '.'.join([*above, *filter(None, [child.module])])
            yield from ('%s.%s' % (module, alias.name) for alias in child.names)
        elif not (isinstance(child, ast.If) and 'TYPE_CHECKING' in ast.dump(child.test)):
            yield from _imports(child, package)


def in_circles(modules: Iterable[Module]) -> int:
    """Return how many modules import each other, whatever number of steps it takes."""
    named = {'.'.join([*_package(one.path), one.path.stem]).removesuffix('.__init__'): one for one in modules}
    imported = {name: (_known(used, named) for used in one.imports) for name, one in named.items()}
    graph = {name: {one for one in found if one and one != name} for name, found in imported.items()}
    reached = {name: _reached(name, graph) for name in graph}
    return sum(name in reached[name] for name in graph)


def _known(used: str, named: Collection[str]) -> str | None:
    """Return the module that an imported name leads to: a module, or one that has what is imported."""
    return next((name for name in (used, used.rpartition('.')[0]) if name in named), None)


def _reached(start: str, graph: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    left = list(graph[start])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += graph[name]
    return found


def of_script(path: Path) -> Module:
    content = path.read_bytes()
    tree = tree_sitter.Parser(tree_sitter.Language(GRAMMARS[path.suffix]())).parse(content)
    with_comments: set[int] = set()
    with_code: set[int] = set()
    functions = []
    left = [tree.root_node]
    while left:
        node = left.pop()
        rows = range(node.start_point[0], node.end_point[0] + 1)
        if node.type == 'comment':
            with_comments.update(rows)
        elif not node.child_count:
            with_code.update(rows)
        if node.type in FUNCTIONS:
            functions.append(len(rows))
        left += node.children
    return Module(path, content.count(b'\n'), len(with_code), len(with_comments - with_code), functions)


def ninetieth(values: Sequence[int]) -> int:
    """Return the value that nine of ten do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.9) - 1]


def size_cells(modules: Sequence[Module]) -> Iterator[Cell]:
    code, comments = sum(one.code for one in modules), sum(one.comments for one in modules)
    lengths = [one.lines for one in modules]
    yield from (len(modules), code, '%d %%' % round(100 * comments / (code + comments)))
    yield '%d / %d' % (statistics.median(lengths), max(lengths))


def function_cells(modules: Sequence[Module]) -> Iterator[Cell]:
    lengths = [length for one in modules for length in one.functions]
    yield len(lengths)
    yield '%d / %d / %d' % (statistics.median(lengths), ninetieth(lengths), max(lengths))


def complexity_cells(modules: Sequence[Module]) -> Iterator[Cell]:
    values = [value for one in modules for value in one.complexities]
    # B is 10 at most.
    yield from (max(values), sum(complexity.cc_rank(value) > 'B' for value in values), in_circles(modules))


SIZES = ('files', 'lines of code', 'comments', 'lines of a file: median / longest')
LENGTHS = ('functions', 'lines of a function: median / p90 / longest')
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Sequence[Module]], Iterable[Cell]]]] = {
    'Python of the product': (
        (*SIZES, *LENGTHS, 'highest complexity', 'functions above 10', 'modules in circles'),
        lambda modules: (*size_cells(modules), *function_cells(modules), *complexity_cells(modules)),
    ),
    'Python of its tests': ((*SIZES, *LENGTHS), lambda modules: (*size_cells(modules), *function_cells(modules))),
}
TABLES['Scripts of the product'] = TABLES['Scripts of its tests'] = TABLES['Python of its tests']


def measured(project: Project, place: Path) -> list[list[Module]]:
    """Return what is measured of a project, in the order of the tables."""
    python = [[of_python(path) for path in paths] for paths in files(place, project.python, ('.py',))]
    scripts = [[of_script(path) for path in paths] for paths in files(place, project.scripts, GRAMMARS)]
    return python + scripts


def table(title: str, head: Iterable[str], rows: Iterable[Sequence[Cell]]) -> str:
    lines = ['.. list-table:: %s' % title, '   :header-rows: 1', '']
    for row in (('project', *head), *rows):
        lines += ['   %s %s' % ('  -' if number else '* -', cell) for number, cell in enumerate(row)]
    return '\n'.join(lines) + '\n\n'


def written(found: Mapping[Project, Sequence[Sequence[Module]]]) -> str:
    """Return the tables; ``found`` is {project: what is measured of it}."""
    texts = []
    for number, (title, (head, cells)) in enumerate(TABLES.items()):
        rows = [(project.name, *cells(parts[number])) for project, parts in found.items() if parts[number]]
        texts.append(table(title, head, rows))
    return '\n' + ''.join(texts)


def main() -> None:
    before, _, rest = PAGE.read_text(encoding='utf-8').partition(BEGIN)
    places = {project: fetched(project) for project in PROJECTS}
    tables = written({project: measured(project, place) for project, place in places.items()})
    PAGE.write_text(before + BEGIN + tables + END + rest.partition(END)[2], encoding='utf-8')


if __name__ == '__main__':
    main()
