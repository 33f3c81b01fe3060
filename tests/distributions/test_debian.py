# SPDX-License-Identifier: Apache-2.0
"""The words of the README and of docs/install.rst lead to working pages on Debian, and away from them again."""

#: How the check begins what it says about Debian's cache in memory.
ABOUT_THE_CACHE = 'LocMemCache'


def test_the_words_of_the_readme_install_it(seen):
    assert seen.installed.status == 0, seen.installed.said
    assert [name for name in seen.files if name.endswith('_1591_project_gbp_status_panel.py')] != []


def test_the_web_server_can_read_its_key_after_root_has_installed_and_checked(seen):
    assert seen.prepared.status == 0, seen.prepared.said
    assert seen.login_after_root_has_checked == 200


def test_the_check_names_the_cache_that_debian_sets_up(seen):
    assert seen.check_before.status != 0
    assert ABOUT_THE_CACHE in seen.check_before.said


def test_the_words_about_the_cache_leave_nothing_to_say(seen):
    assert seen.cached.status == 0, seen.cached.said
    assert ABOUT_THE_CACHE not in seen.check_after.said
    assert seen.check_after.status == 0, seen.check_after.said


def test_the_pages_are_there_below_horizon(seen):
    assert 'resources are broken' in seen.pages.overview
    assert seen.pages.groups == 1
    assert 'subnet' in seen.pages.popover
    assert seen.pages.errors == []


def test_a_removal_leaves_horizon_without_it(seen):
    assert seen.removed.status == 0, seen.removed.said
    assert seen.left == []
    assert seen.login_without == 200
    assert seen.panel_without == 404


def test_a_package_of_ones_own_does_without_the_flag_of_pip(seen):
    assert seen.packaged.status == 0, seen.packaged.said
    assert seen.check_packaged.status == 0, seen.check_packaged.said
    assert seen.unpackaged.status == 0, seen.unpackaged.said
    assert seen.left_by_the_package == []


def test_an_upgrade_brings_what_this_release_needs(upgraded):
    assert upgraded.old.status == 0, upgraded.old.said
    assert upgraded.upgraded.status == 0, upgraded.upgraded.said
    assert upgraded.check_upgraded.status == 0, upgraded.check_upgraded.said
    assert upgraded.pages_upgraded.groups == 1
    assert upgraded.pages_upgraded.errors == []
