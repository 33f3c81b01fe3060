# SPDX-License-Identifier: Apache-2.0
"""What ``make distributions`` types is what the documents say, and its mirrors are those of apt."""

import pytest

from tests.distributions import chroots
from tests.distributions import words
from tests.house.source import ROOT

TARGETS = """\
Debian|http://mirror.example.org/debian/
Debian-Security|http://mirror.example.org/debian-security/
Some Tool|http://tool.example.org/
"""
PAGE = """\
Before::

    other words

.. words: first
.. code-block:: text

   cat > file <<'END'
   {
       'a': 1,

   }
   END

After::

    pip install .
    cd /

The end.
"""


def test_words_are_those_of_the_block_that_a_comment_names():
    assert words.named(PAGE) == {'first': "cat > file <<'END'\n{\n    'a': 1,\n\n}\nEND\n"}


def test_a_literal_block_is_found_by_what_stands_in_it():
    assert words.literal(PAGE, 'pip install') == 'pip install .\ncd /\n'


def test_the_documents_have_the_words_that_the_walk_types():
    named = words.named((ROOT / 'docs' / 'install.rst').read_text(encoding='utf-8'))

    assert set(named) == {'debian-13', 'debian-package', 'debian-cache', 'debian-upgrade', 'debian-remove'}


def test_words_for_an_environment_become_those_for_the_python_of_the_system():
    assert words.for_debian("pip install .\nbase=$(python -c '')\nA=b python -m django compress\n") == (
        "python3 -m pip install --break-system-packages .\nbase=$(python3 -c '')\nA=b python3 -m django compress\n"
    )


def test_the_mirrors_are_those_of_apt():
    found = chroots.mirrors(TARGETS)

    assert chroots.sources('trixie', found).splitlines() == [
        'deb http://mirror.example.org/debian/ trixie main',
        'deb http://mirror.example.org/debian/ trixie-updates main',
        'deb http://mirror.example.org/debian-security/ trixie-security main',
    ]


def test_a_machine_without_archives_of_debian_is_told_so_in_one_line():
    with pytest.raises(chroots.NotHere, match=r'^apt of this machine has no archive of Debian: .*$'):
        chroots.mirrors('Ubuntu|http://mirror.example.org/ubuntu/\n')


def test_somebody_who_is_not_root_is_told_so_in_one_line(monkeypatch):
    monkeypatch.setattr(chroots.os, 'geteuid', lambda: 1000)

    with pytest.raises(chroots.NotHere, match=r'^The distributions need root: .*$'):
        chroots.require_programs()
