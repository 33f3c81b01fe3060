# SPDX-License-Identifier: Apache-2.0
"""What pip and other front ends call to build the package: setuptools, after the translations have been compiled."""

from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import build_sdist
from setuptools.build_meta import get_requires_for_build_editable
from setuptools.build_meta import get_requires_for_build_sdist
from setuptools.build_meta import get_requires_for_build_wheel
from setuptools.build_meta import prepare_metadata_for_build_editable
from setuptools.build_meta import prepare_metadata_for_build_wheel

from tools import catalogues

LOCALE = Path(__file__).resolve().parent.parent / 'gbp_status_ui' / 'locale'

__all__ = [
    'build_editable',
    'build_sdist',
    'build_wheel',
    'get_requires_for_build_editable',
    'get_requires_for_build_sdist',
    'get_requires_for_build_wheel',
    'prepare_metadata_for_build_editable',
    'prepare_metadata_for_build_wheel',
]


def build_wheel(*arguments: Any, **named: Any) -> str:
    catalogues.compile_all(LOCALE)
    return build_meta.build_wheel(*arguments, **named)


def build_editable(*arguments: Any, **named: Any) -> str:
    catalogues.compile_all(LOCALE)
    return build_meta.build_editable(*arguments, **named)
