# SPDX-License-Identifier: Apache-2.0
"""The enabled file takes scripts and styles from the package, so that it stays the same at an upgrade."""

from pathlib import Path

import pytest

import gbp_status_ui
from gbp_status_ui import assets
from gbp_status_ui.enabled import _1590_project_gbp_status_panel_group as enabled

pytestmark = pytest.mark.releases

STATIC = Path(gbp_status_ui.__file__).parent / 'static'


def test_every_script_is_listed_once():
    scripts = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob('js/**/*.js')]

    assert scripts
    assert sorted(assets.SCRIPTS) == sorted(scripts)


def test_what_is_for_the_optional_file_is_not_listed():
    assert (STATIC / 'gbp_status_ui/gbpui/promises.js').is_file()
    assert [name for name in assets.SCRIPTS if 'promises' in name] == []


def test_the_styles_are_one_file_that_there_is():
    (style,) = assets.STYLES

    assert (STATIC / style).is_file()


def test_the_enabled_file_names_no_script_itself():
    assert enabled.ADD_JS_FILES == assets.SCRIPTS
    assert enabled.ADD_SCSS_FILES == assets.STYLES
    assert '.js' not in Path(enabled.__file__).read_text(encoding='utf-8')
