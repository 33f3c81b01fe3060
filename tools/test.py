# SPDX-License-Identifier: Apache-2.0
"""python -m tools.test [environment ...]: run tox, say what came of each environment and failed test, count all.

Without arguments all environments of tox.ini run. One whose Python is not to be had is named as not run, and has failed
only if it was asked for by name; the others have to run.
"""

from __future__ import annotations

import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import time

from tools import interpreters
from tools import releases
from tools import results

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / '.tox' / 'reports'
# Not below .tools: a Python that is called from inside a virtual environment takes itself for that.
INTERPRETERS = ROOT / '.tox' / 'interpreters'
TOOLS = Path(sys.executable).parent
TOX = str(TOOLS / 'tox')


def every_environment() -> list[str]:
    command = [TOX, 'list', '-d', '--no-desc', '-q']
    listed = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return listed.stdout.split()


def without_python(environments: list[str]) -> list[str]:
    """Return those of ``environments`` that want a Python which is not to be had."""
    versions = pythons(environments)
    had = {one: interpreters.provide(one, str(TOOLS / 'uv'), INTERPRETERS) for one in set(versions.values())}
    return [name for name in environments if not had[versions[name]]]


def pythons(environments: list[str]) -> dict[str, str]:
    """Return {environment: the version of Python that tox.ini names for it}."""
    command = [TOX, 'config', '-q', '-k', 'base_python', '-e', ','.join(environments)]
    said = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    return dict(re.findall(r'^\[testenv:(.+)\]\nbase_python = python(\d\.\d+)$', said, re.MULTILINE))


def run(environments: list[str]) -> dict[str, bool]:
    """Run tox, two environments at a time; return {environment: did it succeed}. One without a result has failed."""
    shutil.rmtree(REPORTS, ignore_errors=True)
    REPORTS.mkdir(parents=True)
    journal = REPORTS / ('tox-%s.json' % environments[0])
    how = ['run-parallel', '--parallel', '2', '--parallel-no-spinner'] if len(environments) > 1 else ['run']
    path = os.pathsep.join([str(INTERPRETERS), str(TOOLS), os.environ['PATH']])
    command = [TOX, *how, '--result-json', str(journal), '-e', ','.join(environments)]
    subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, 'PATH': path}, stdin=subprocess.DEVNULL)
    found = results.outcomes(journal) if journal.exists() else {}
    return {name: found.get(name, False) for name in environments}


def line(name: str, succeeded: bool) -> str:
    report = REPORTS / (name + '.xml')
    tests = str(results.count(report)) if report.exists() else 'no tests'
    return '%-22s %-6s %s' % (name, 'ok' if succeeded else 'FAILED', tests)


def main(asked: list[str]) -> int:
    """Return the exit status: 0 if everything that was to run has run and succeeded."""
    began_at = time.monotonic()
    environments = asked or every_environment()
    absent = without_python(environments)
    outcomes = run([name for name in environments if name not in absent])
    print('\nAfter %d s:' % (time.monotonic() - began_at))
    for name, succeeded in outcomes.items():
        print(line(name, succeeded))
    for name in absent:
        print('%-22s NOT RUN: its Python is not on this machine and could not be fetched' % name)
    reports = sorted(REPORTS.glob('*.xml'))
    print(releases.as_text(releases.rows(reports)))
    for report in reports:
        for failure in results.failures(report):
            print(f'FAILED {report.stem}: {failure}')
    print(sum(map(results.count, reports), results.Count()))
    return 0 if all(outcomes.values()) and not set(absent) & set(asked) else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
