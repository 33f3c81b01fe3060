# SPDX-License-Identifier: Apache-2.0
"""The results of a tox run: what each environment came to, and all tests counted from the reports of pytest."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from xml.etree import ElementTree

MAX_FAILURE_CHARACTERS = 300


@dataclasses.dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return '%d passed, %d failed, %d skipped' % (self.passed, self.failed, self.skipped)


def count(report: Path) -> Count:
    """Count the tests in a JUnit file; one that broke in its setup or teardown has failed.

    Node.js writes a test that stands in no suite beside the suites.
    """
    root = ElementTree.parse(report).getroot()
    total = sum(map(_count_one, root.findall('testcase')), Count())
    for suite in root.iter('testsuite'):
        tests, skipped = int(suite.attrib['tests']), int(suite.attrib['skipped'])
        failed = int(suite.attrib['failures']) + int(suite.attrib['errors'])
        total += Count(tests - failed - skipped, failed, skipped)
    return total


def _count_one(case: ElementTree.Element) -> Count:
    failed = case.find('failure') is not None or case.find('error') is not None
    skipped = case.find('skipped') is not None
    return Count(int(not failed and not skipped), int(failed), int(skipped and not failed))


def failures(report: Path) -> list[str]:
    """Return a line for each test of a JUnit file that failed: its name, and the first line of what it said."""
    found = []
    for case in ElementTree.parse(report).getroot().iter('testcase'):
        for reason in [*case.findall('failure'), *case.findall('error')]:
            said = (reason.attrib.get('message') or reason.text or '').strip().partition('\n')[0]
            found.append(f'{case.attrib.get("classname", "")}.{case.attrib["name"]}: {said}'[:MAX_FAILURE_CHARACTERS])
    return found


def outcomes(journal: Path) -> dict[str, bool]:
    """Return {environment: did it succeed} from the file that ``tox --result-json`` writes."""
    environments = json.loads(journal.read_text())['testenvs']
    return {
        name: outcome.get('result', {}).get('success', False)
        for name, outcome in environments.items()
        if not name.startswith('.pkg')
    }
