# SPDX-License-Identifier: Apache-2.0
"""What is measured of code is what it has."""

import pytest

from tools import measures

MODULE = '''\
"""A docstring."""

from plugin import other


def outer(value):
    # A comment.
    def inner():
        return value

    return inner if value else None
'''
SCRIPT = """\
// A comment.
function outer() {
  return (value) => {
    return value; // Beside code.
  };
}
"""


@pytest.fixture
def place(tmp_path):
    """A package whose modules are texts: place(other='…') gives what is measured of each, by its name."""

    def written(**texts):
        texts['__init__'] = ''
        for name, text in texts.items():
            (tmp_path / 'plugin' / (name + '.py')).parent.mkdir(exist_ok=True)
            (tmp_path / 'plugin' / (name + '.py')).write_text(text)
        return [measures.of_python(path) for path in (tmp_path / 'plugin').iterdir()]

    return written


def test_lines_and_functions_of_python_are_counted(place):
    (module,) = [one for one in place(module=MODULE) if one.lines]

    assert (module.lines, module.code, module.comments) == (11, 5, 2)
    assert sorted(module.functions) == [2, 6]
    assert sorted(module.complexities) == [1, 2]


@pytest.mark.parametrize('suffix', ['.js', '.ts'])
def test_lines_and_functions_of_scripts_are_counted(tmp_path, suffix):
    path = tmp_path / ('script' + suffix)
    path.write_text(SCRIPT)
    script = measures.of_script(path)

    assert (script.lines, script.code, script.comments) == (6, 5, 1)
    assert sorted(script.functions) == [3, 5]


def test_a_circle_has_all_modules_that_import_each_other(place):
    modules = place(
        one='from plugin import two',
        two='from plugin.three import name',
        three='import plugin.one',
        four='import plugin.one',
    )

    assert measures.in_circles(modules) == 3


def test_what_only_a_type_checker_imports_makes_no_circle(place):
    modules = place(one='from plugin import two', two='if TYPE_CHECKING:\n    from . import one')

    assert measures.in_circles(modules) == 0


def test_tests_are_counted_apart(tmp_path):
    names = ('plugin/a.py', 'plugin/migrations/b.py', 'plugin/tests/c.py', 'plugin/test_d.py', 'plugin/tested.py')
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    product, tests = measures.files(tmp_path, ('plugin',), ('.py',))

    assert [path.name for path in product] == ['a.py', 'tested.py']
    assert [path.name for path in tests] == ['test_d.py', 'c.py']


def test_nine_of_ten_values_are_below_the_ninetieth():
    assert measures.ninetieth(range(1, 11)) == 9
    assert measures.ninetieth([5]) == 5


def test_a_table_has_a_row_for_each_project():
    assert measures.table('Title', ['lines'], [('ours', 4)]) == (
        '.. list-table:: Title\n   :header-rows: 1\n\n   * - project\n     - lines\n   * - ours\n     - 4\n\n'
    )
