# SPDX-License-Identifier: Apache-2.0
"""Run as a process: start Horizon with the enabled files of $ENABLED_FILES, print what there is to see as JSON."""

import ast
import importlib
import inspect
import json
from pathlib import Path
import pkgutil
import sys

import django
from django.conf import settings
from django.template import engines
from django.test import Client

import horizon
from horizon.tables import DataTable

from gbp_status_ui.gbpui import removed_names


def failures(package):
    """Return {module: error} of the modules of a package that cannot be imported."""
    failed = {}
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.', onerror=lambda name: None):
        if is_loaded_by_horizon(module.name):
            try:
                importlib.import_module(module.name)
            except Exception as fault:  # noqa: BLE001 -- it is what is looked for
                failed[module.name] = repr(fault)
    return failed


def is_loaded_by_horizon(name):
    """The package also holds tests, and enabled files that are copied elsewhere."""
    return not any(part.startswith('_') or part == 'tests' for part in name.split('.'))


def all_failures():
    return failures(importlib.import_module('gbpui')) if removed_names.is_installed() else {}


def modules():
    """Return the modules of gbpui that have been imported."""
    return [module for name, module in sorted(sys.modules.items()) if name.startswith('gbpui.')]


def names_that_lack():
    """Return what gbpui takes of the modules that it imports, and of the client that it makes, and is not there."""
    return sorted({lacking for module in modules() for lacking in lacking_in(module)})


def lacking_in(module):
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(node, ast.Attribute):
            owner = owner_of(node.value, vars(module))
            if owner and not hasattr(owner, node.attr):
                yield f'{owner.__name__}.{node.attr}'


def owner_of(node, known):
    """Return the module of a name, or the class of what ``gbpclient(request)`` gives; None for all else."""
    if isinstance(node, ast.Name) and inspect.ismodule(known.get(node.id)):
        return known[node.id]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == 'gbpclient':
        return known['gbp_client'].Client
    return None


def templates_that_fail():
    """Return {template: error} of those that Django cannot read."""
    failed = {}
    for folder in folders_of_templates():
        for path in sorted(folder.rglob('*.html')):
            try:
                engines['django'].from_string(path.read_text())
            except Exception as fault:  # noqa: BLE001 -- it is what is looked for
                failed[path.name] = repr(fault)
    return failed


def folders_of_templates():
    """Yield the folders ``templates`` of the package and of its panels."""
    if removed_names.is_installed():
        yield from Path(importlib.import_module('gbpui').__path__[0]).rglob('templates')


def widgets():
    """Return what the two widgets of gbpui render as Django asks them to, nothing where they cannot be had."""
    try:
        fields = importlib.import_module('gbpui.fields')
    except (ImportError, ValueError):
        return []
    dropdown = fields.DropdownEditWidget(['ssh'], 'ports')
    transfer = fields.TransferTableWidget(choices=[('a', 'A')])
    return [
        dropdown.render('port', '22', attrs={}, renderer=None),
        transfer.render('rules', ['a'], attrs={}, renderer=None),
    ]


def table_columns():
    """Return {table: names of its columns} of all tables of gbpui that can be imported."""
    found = {}
    for module in modules():
        if module.__name__.startswith('gbpui.panels.') and module.__name__.endswith('.tables'):
            tables = [one for one in vars(module).values() if is_table(one) and one.__module__ == module.__name__]
            found.update({table.__name__: list(table._columns) for table in tables})
    return found


def is_table(one):
    return isinstance(one, type) and issubclass(one, DataTable)


def look():
    django.setup()
    status = Client().get('/auth/login/').status_code
    panels = [panel for panel in horizon.get_dashboard('project').get_panels() if panel.__module__.startswith('gbpui')]
    return {
        'put_back': removed_names.names(),
        'failures': all_failures(),
        'lacking': names_that_lack(),
        'templates': templates_that_fail(),
        'panels': sorted(panel.slug for panel in panels),
        'scripts': settings.HORIZON_CONFIG['js_files'],
        'angular': settings.HORIZON_CONFIG['angular_modules'],
        'widgets': widgets(),
        'columns': table_columns(),
        'status': status,
    }


print(json.dumps(look()))
