# SPDX-License-Identifier: Apache-2.0
"""Optional: names that group-based-policy-ui (gbpui) uses and that Django, Horizon or itself have removed since.

Only the enabled file ``_1540_gbpui_removed_names.py`` begins this, while Horizon reads its settings: nothing that
``put_back`` calls may need settings. No exception may leave, since it would keep the whole dashboard from starting.
"""

import functools
import importlib
import importlib.abc
import importlib.util
import inspect
import logging
from pathlib import Path
import sys
from types import SimpleNamespace

from django.conf import urls as conf_urls
from django.forms import Widget
from django.template import Engine
from django.template.library import import_library
from django.templatetags import static
from django.urls import re_path
from django.utils import encoding
from django.utils import translation

LOG = logging.getLogger(__name__)

#: (module, the name that it has lost, what took the place of that).
RENAMED = (
    (translation, 'ugettext_lazy', translation.gettext_lazy),
    (translation, 'ungettext_lazy', translation.ngettext_lazy),
    (encoding, 'force_text', encoding.force_str),
    (conf_urls, 'url', re_path),
)
#: Where the template tag ``static`` was before Django 3.0.
STATIC_TAGS = 'django.contrib.staticfiles.templatetags'
#: The steps of Horizon's old form for launching an instance. gbpui's class that names them is reached by no address.
LAUNCH_STEPS = 'openstack_dashboard.dashboards.project.instances.workflows.create_instance'

#: What Horizon has of the plugin itself while that is in use.
ENABLED_FILE = '_1590_project_gbp_status_panel_group'
ENABLED = ('openstack_dashboard.local.enabled', 'openstack_dashboard.enabled')

#: {step: what it has put back}; empty unless the optional file has asked for it.
_put_back = {}


def put_back():
    """Put back what gbpui imports, if gbpui is installed and the plugin is in use; return whether that is so.

    Without the plugin's own enabled file Horizon would not find the script that the optional file names.
    """
    if not (is_installed() and _is_enabled()):
        return False
    _take(_renamed, _static_tag, _launch_steps)
    return True


def put_back_when_ready():
    """Put back what takes Django's settings, if the optional file has asked for it, and log all that was put back."""
    if not _put_back:
        return
    _take(_static_library, _renderers, _chain_specs, _yaml_loader)
    if names():
        LOG.warning(
            'Put back for group-based-policy-ui, since Django, Horizon or itself have removed it: %s. '
            'Delete _1540_gbpui_removed_names.py from local/enabled to end that.',
            ', '.join(names()),
        )


def _take(*steps):
    for step in steps:
        if step not in _put_back:
            _put_back[step] = list(step())


def is_installed():
    return importlib.util.find_spec('gbpui') is not None


def _is_enabled():
    return any(importlib.util.find_spec(f'{package}.{ENABLED_FILE}') for package in ENABLED)


def names():
    """Return what was put back, in words."""
    return [name for names_of_step in _put_back.values() for name in names_of_step]


def _renamed():
    for module, name, successor in RENAMED:
        if not hasattr(module, name):
            setattr(module, name, successor)
            yield f'{module.__name__}.{name}'


def _static_tag():
    name = f'{STATIC_TAGS}.staticfiles'
    if not importlib.util.find_spec(STATIC_TAGS):
        sys.modules[name] = static
        yield name


def _launch_steps():
    package = importlib.util.find_spec('openstack_dashboard').submodule_search_locations[0]
    module = Path(package, *LAUNCH_STEPS.split('.')[1:]).with_suffix('.py')
    if not module.exists():
        sys.meta_path.append(LaunchSteps())
        yield LAUNCH_STEPS


class LaunchSteps(importlib.abc.MetaPathFinder):
    """Finds the module of the steps where nobody else does. They derive from Horizon's, which needs settings."""

    def find_spec(self, name, path=None, target=None):
        if name != LAUNCH_STEPS:
            return None
        return importlib.util.spec_from_file_location(name, Path(__file__).with_name('launch_steps.py'))


def _static_library():
    """The same tags, as templates load them: ``{% load staticfiles %}``."""
    libraries = Engine.get_default().template_libraries
    if 'staticfiles' not in libraries:
        libraries['staticfiles'] = import_library(static.__name__)
        yield 'the template library staticfiles'


def _of_gbpui(module):
    """Make a step of what puts something back in a module of gbpui, where the release has that module."""

    def step_of(task):
        @functools.wraps(task)
        def step():
            try:
                found = importlib.import_module(module)
            except ModuleNotFoundError as fault:
                if not f'{module}.'.startswith(f'{fault.name}.'):
                    yield _unusable(module, fault)
            except Exception as fault:  # noqa: BLE001 -- reported; whatever is wrong in gbpui, the dashboard has to start
                yield _unusable(module, fault)
            else:
                yield from task(found)

        return step

    return step_of


def _unusable(module, fault):
    return f'nothing in {module}, which cannot be imported ({fault!r})'


@_of_gbpui('gbpui.fields')
def _renderers(fields):
    """Django 2.1 and later pass a ``renderer`` to each widget; gbpui has widgets of its own that know none."""
    for widget in vars(fields).values():
        if _lacks_renderer(widget, fields.__name__):
            widget.render = _taking_renderer(widget.render)
            yield f'the argument renderer of {widget.__name__}.render'


@_of_gbpui('gbpui.client')
def _chain_specs(client):
    """Releases from 17.0.0 on cannot list service chain specs; the dialog of a policy action still asks for them."""
    for name, stand_in in (('servicechainspec_list', _no_specs), ('get_servicechain_spec', _unread_spec)):
        if not hasattr(client, name):
            setattr(client, name, stand_in)
            yield f'{client.__name__}.{name}'


@_of_gbpui('gbpui.panels.network_services.tabs')
def _yaml_loader(tabs):
    """PyYAML 6 wants to know how to read a text; the pages of chain nodes and specs do not say."""
    if inspect.signature(tabs.yaml.load).parameters['Loader'].default is inspect.Parameter.empty:
        tabs.yaml = SimpleNamespace(load=tabs.yaml.safe_load, dump=tabs.yaml.dump)
        yield f'yaml.load without a loader in {tabs.__name__}'


def _no_specs(_request, **_filters):
    return []


def _unread_spec(_request, spec):
    return SimpleNamespace(id=spec, name=spec)


def _lacks_renderer(widget, module):
    if not (inspect.isclass(widget) and issubclass(widget, Widget) and widget.__module__ == module):
        return False
    parameters = inspect.signature(widget.render).parameters.values()
    return not any(one.name == 'renderer' or one.kind is one.VAR_KEYWORD for one in parameters)


def _taking_renderer(render):
    @functools.wraps(render)
    def with_renderer(self, *args, renderer=None, **kwargs):
        return render(self, *args, **kwargs)

    return with_renderer
