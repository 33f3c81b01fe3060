# SPDX-License-Identifier: Apache-2.0
"""With the optional enabled file group-based-policy-ui loads; without it nothing is changed."""

import inspect

from django.utils import encoding
from django.utils import translation

from gbp_status_ui.gbpui import removed_names

from tests.gbpui import release

CHAINS = 'network_services'
LOGGER = 'gbp_status_ui.gbpui.removed_names'
PROMISES = 'gbp_status_ui/gbpui/promises.js'


def test_all_of_gbpui_loads(gbpui, seen):
    assert seen.failures == {}
    assert set(seen.panels) - {CHAINS} == {'application_policy', 'network_policy', 'policytargets'}
    assert (CHAINS in seen.panels) == (gbpui / 'gbpui' / 'panels' / CHAINS).exists()


def test_all_that_gbpui_takes_of_modules_and_of_its_client_is_there(seen):
    assert seen.lacking == []


def test_every_template_of_gbpui_can_be_read(seen):
    assert seen.templates == {}


def test_its_widgets_render_as_django_asks_them_to(seen):
    dropdown, transfer = seen.widgets

    assert '<datalist id="list__ports"><option value="ssh"></datalist>' in dropdown
    assert '<option value="a" selected="selected">A</option>' in transfer


def test_its_promises_come_along(seen):
    assert PROMISES in seen.scripts
    assert 'gbpStatus.promises' in seen.angular


def test_the_log_names_in_one_line_what_was_put_back(seen):
    (line,) = seen.lines_of(LOGGER)

    assert 'the argument renderer of TransferTableWidget.render' in seen.put_back
    assert all(name in line for name in seen.put_back)


def test_without_the_file_nothing_is_put_back_and_the_dashboard_starts(seen_without):
    assert seen_without.put_back == []
    assert seen_without.lines_of(LOGGER) == []
    assert PROMISES not in seen_without.scripts
    assert seen_without.status == 200


def test_once_the_plugin_is_removed_what_is_left_of_it_does_nothing(tmp_path):
    seen = release.look(release.install('18.0.0'), tmp_path / 'enabled', with_plugin=False)

    assert seen.put_back == []
    assert PROMISES not in seen.scripts
    assert 'gbpStatus.promises' not in seen.angular
    assert seen.status == 200


def test_the_enabled_file_that_is_looked_for_is_that_of_the_plugin():
    assert (release.PLUGIN / 'enabled' / f'{removed_names.ENABLED_FILE}.py').is_file()


def test_without_gbpui_nothing_is_put_back(tmp_path):
    seen = release.look(tmp_path / 'nothing', tmp_path / 'enabled')

    assert seen.put_back == []
    assert PROMISES not in seen.scripts
    assert 'gbpStatus.promises' not in seen.angular
    assert seen.lines_of('gbp_status_ui') == []


def test_a_gbpui_without_its_widgets_lets_the_dashboard_start(tmp_path):
    (tmp_path / 'gbpui').mkdir()
    (tmp_path / 'gbpui' / '__init__.py').touch()
    (tmp_path / 'gbpui' / 'fields.py').write_text('raise ValueError("of a release to come")\n')
    seen = release.look(tmp_path, tmp_path / 'enabled')
    (line,) = seen.lines_of(LOGGER)

    assert seen.status == 200
    assert 'of a release to come' in line


def test_what_is_there_is_not_put_back(monkeypatch):
    before = object()
    monkeypatch.setattr(translation, 'ugettext_lazy', before, raising=False)
    monkeypatch.setattr(encoding, 'force_text', before, raising=False)
    put_back = list(removed_names._renamed())

    assert translation.ugettext_lazy is before
    assert not {'django.utils.translation.ugettext_lazy', 'django.utils.encoding.force_text'} & set(put_back)


def test_a_widget_that_takes_a_renderer_stays_as_it_is():
    class Widget(removed_names.Widget):
        def render(self, name, value, attrs=None, renderer=None):
            return inspect.stack()

    class Open(removed_names.Widget):
        def render(self, *args, **kwargs):
            return inspect.stack()

    assert not removed_names._lacks_renderer(Widget, __name__)
    assert not removed_names._lacks_renderer(Open, __name__)
