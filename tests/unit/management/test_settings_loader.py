# SPDX-License-Identifier: Apache-2.0
"""Settings that are loaded without a trace: in a process of its own, since they are loaded once."""

from pathlib import Path
import subprocess
import sys

import pytest

from gbp_status_ui.management import settings_loader

ROOT = Path(__file__).parents[3]
SETTINGS = """
from horizon.utils import secret_key
SECRET_KEY = secret_key.generate_or_read_from_file({key!r})
LOGGING = {{'version': 1, 'handlers': {{'file': {{'class': 'logging.FileHandler', 'filename': {log!r}}}}}}}
"""
BROKEN = {
    'a handler that is not there': {'version': 1, 'handlers': {'a': {'class': 'banana.Handler'}}},
    'another version': {'version': 7},
}
LOADED = """
import django
from gbp_status_ui.management import settings_loader
settings, keys = settings_loader.load()
django.setup()
print(len(settings.SECRET_KEY), *keys)
"""


@pytest.mark.slow
def test_neither_a_key_nor_a_log_file_is_written(tmp_path):
    key, log = tmp_path / 'key', tmp_path / 'horizon.log'
    (tmp_path / 'own.py').write_text(SETTINGS.format(key=str(key), log=str(log)))
    done = subprocess.run(
        [sys.executable, '-c', LOADED],
        check=True,
        env={'DJANGO_SETTINGS_MODULE': 'own', 'PYTHONPATH': f'{ROOT}:{tmp_path}'},
        stdout=subprocess.PIPE,
        text=True,
    )

    assert done.stdout.split() == ['64', str(key)]
    assert not key.exists()
    assert not log.exists()


@pytest.mark.parametrize(
    ('owner', 'directory', 'found'), [(0, 33, True), (0, 0, False), (33, 33, False), (None, 0, False)]
)
def test_a_key_of_root_among_those_of_another_is_unreadable(monkeypatch, tmp_path, owner, directory, found):
    key = tmp_path / 'key'
    if owner is not None:
        key.touch()
    monkeypatch.setattr(settings_loader, '_owner_of', lambda path: path.stat() and {key: owner}.get(path, directory))

    assert list(settings_loader.unreadable([key])) == [key] * found


@pytest.mark.parametrize('wanted', BROKEN.values(), ids=BROKEN.keys())
def test_a_logging_that_ends_the_dashboard_is_not_passed_over(wanted):
    with pytest.raises(ValueError, match=r'banana|configure|version'):
        settings_loader.configure(wanted)
