# SPDX-License-Identifier: Apache-2.0
"""Optional: names that group-based-policy-ui (gbpui) uses and that Django, Horizon or itself have removed since.

Only the enabled file ``_1540_gbpui_removed_names.py`` begins this, while Horizon reads its settings: nothing that
``put_back`` calls may need settings. No exception may leave, since it would keep the whole dashboard from starting.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
import functools
import importlib
import importlib.abc
from importlib.machinery import ModuleSpec
import importlib.util
import inspect
import logging
from pathlib import Path
import sys
from types import ModuleType
from types import SimpleNamespace
from typing import Any

from django.conf import urls as conf_urls
from django.forms import Widget
from django.template import Engine
from django.template.library import import_library
from django.templatetags import static
from django.urls import re_path
from django.utils import encoding
from django.utils import translation

LOG = logging.getLogger(__name__)

#: Puts something back, and yields what that was, in words.
Step = Callable[[], Iterator[str]]

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
_put_back: dict[Step, list[str]] = {}


def put_back() -> bool:
    """Put back what gbpui imports, if gbpui is installed and the plugin is in use; return whether that is so.

    Without the plugin's own enabled file Horizon would not find the script that the optional file names.
    """
    if not (is_installed() and _is_enabled()):
        return False
    _take(_renamed, _static_tag, _launch_steps)
    return True


def put_back_when_ready() -> None:
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


def _take(*steps: Step) -> None:
    for step in steps:
        if step not in _put_back:
            _put_back[step] = list(step())


def is_installed() -> bool:
    return importlib.util.find_spec('gbpui') is not None


def _is_enabled() -> bool:
    return any(importlib.util.find_spec(f'{package}.{ENABLED_FILE}') for package in ENABLED)


def names() -> list[str]:
    """Return what was put back, in words."""
    return [name for names_of_step in _put_back.values() for name in names_of_step]


def _renamed() -> Iterator[str]:
    for module, name, successor in RENAMED:
        if not hasattr(module, name):
            setattr(module, name, successor)
            yield f'{module.__name__}.{name}'


def _static_tag() -> Iterator[str]:
    name = f'{STATIC_TAGS}.staticfiles'
    if not importlib.util.find_spec(STATIC_TAGS):
        sys.modules[name] = static
        yield name


def _launch_steps() -> Iterator[str]:
    package = importlib.util.find_spec('openstack_dashboard')
    places = (package and package.submodule_search_locations) or []
    module = Path(*LAUNCH_STEPS.split('.')[1:]).with_suffix('.py')
    if not any(Path(place, module).exists() for place in places):
        sys.meta_path.append(LaunchSteps())
        yield LAUNCH_STEPS


class LaunchSteps(importlib.abc.MetaPathFinder):
    """Finds the module of the steps where nobody else does. They derive from Horizon's, which needs settings."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != LAUNCH_STEPS:
            return None
        return importlib.util.spec_from_file_location(name, Path(__file__).with_name('launch_steps.py'))


def _static_library() -> Iterator[str]:
    """The same tags, as templates load them: ``{% load staticfiles %}``."""
    libraries = Engine.get_default().template_libraries
    if 'staticfiles' not in libraries:
        libraries['staticfiles'] = import_library(static.__name__)
        yield 'the template library staticfiles'


def _of_gbpui(module: str) -> Callable[[Callable[[Any], Iterator[str]]], Step]:
    """Make a step of what puts something back in a module of gbpui, where the release has that module."""

    def step_of(task: Callable[[Any], Iterator[str]]) -> Step:
        @functools.wraps(task)
        def step() -> Iterator[str]:
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


def _unusable(module: str, fault: Exception) -> str:
    return f'nothing in {module}, which cannot be imported ({fault!r})'


@_of_gbpui('gbpui.fields')
def _renderers(fields: ModuleType) -> Iterator[str]:
    """Django 2.1 and later pass a ``renderer`` to each widget; gbpui has widgets of its own that know none."""
    for widget in vars(fields).values():
        if _lacks_renderer(widget, fields.__name__):
            widget.render = _taking_renderer(widget.render)
            yield f'the argument renderer of {widget.__name__}.render'


@_of_gbpui('gbpui.client')
def _chain_specs(client: ModuleType) -> Iterator[str]:
    """Releases from 17.0.0 on cannot list service chain specs; the dialog of a policy action still asks for them."""
    for name, stand_in in (('servicechainspec_list', _no_specs), ('get_servicechain_spec', _unread_spec)):
        if not hasattr(client, name):
            setattr(client, name, stand_in)
            yield f'{client.__name__}.{name}'


@_of_gbpui('gbpui.panels.network_services.tabs')
def _yaml_loader(tabs: Any) -> Iterator[str]:
    """PyYAML 6 wants to know how to read a text; the pages of chain nodes and specs do not say."""
    if inspect.signature(tabs.yaml.load).parameters['Loader'].default is inspect.Parameter.empty:
        tabs.yaml = SimpleNamespace(load=tabs.yaml.safe_load, dump=tabs.yaml.dump)
        yield f'yaml.load without a loader in {tabs.__name__}'


def _no_specs(_request: object, **_filters: object) -> list[object]:
    return []


def _unread_spec(_request: object, spec: str) -> SimpleNamespace:
    return SimpleNamespace(id=spec, name=spec)


def _lacks_renderer(widget: Any, module: str) -> bool:
    is_own = inspect.isclass(widget) and issubclass(widget, Widget) and widget.__module__ == module
    parameters = inspect.signature(widget.render).parameters.values() if is_own else ()
    return is_own and not any(one.name == 'renderer' or one.kind is one.VAR_KEYWORD for one in parameters)


def _taking_renderer(render: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(render)
    def with_renderer(self: object, *args: object, renderer: object = None, **kwargs: object) -> str:
        return render(self, *args, **kwargs)

    return with_renderer
