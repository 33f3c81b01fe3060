# SPDX-License-Identifier: Apache-2.0
"""Optional: names that group-based-policy-ui (gbpui) imports and that Django and Horizon have removed since.

Only the enabled file ``_1540_gbpui_removed_names.py`` calls this, while Horizon reads its settings: nothing here may
need settings, and no exception may leave, since it would keep the whole dashboard from starting.
"""

import functools
import importlib
import importlib.abc
import importlib.util
import inspect
import logging
from pathlib import Path
import sys

from django.conf import urls as conf_urls
from django.forms import Widget
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

_put_back = []


def put_back():
    """Put back what is missing, and nothing where gbpui is not installed; say whether it is."""
    if not is_installed():
        return False
    if not _put_back:
        _put_back.extend([*_renamed(), *_static_tag(), *_launch_steps(), *_renderers()])
    return True


def is_installed():
    return importlib.util.find_spec('gbpui') is not None


def names():
    """Return what was put back, in words."""
    return list(_put_back)


def report():
    """Log what was put back. Called when Django is ready: there is no log yet while Horizon reads its settings."""
    if _put_back:
        LOG.warning(
            'Put back for group-based-policy-ui, since Django and Horizon have removed it: %s. '
            'Delete _1540_gbpui_removed_names.py from local/enabled to end that.',
            ', '.join(_put_back),
        )


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


def _renderers():
    """Django 2.1 and later pass a ``renderer`` to each widget; gbpui has widgets of its own that know none."""
    try:
        fields = importlib.import_module('gbpui.fields')
    except Exception as fault:  # noqa: BLE001 -- reported later; whatever is wrong in gbpui, the dashboard has to start
        yield f'nothing in gbpui.fields, which cannot be imported ({fault!r})'
        return
    for widget in vars(fields).values():
        if _lacks_renderer(widget, fields.__name__):
            widget.render = _taking_renderer(widget.render)
            yield f'the argument renderer of {widget.__name__}.render'


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
