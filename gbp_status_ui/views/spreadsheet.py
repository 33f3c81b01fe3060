# SPDX-License-Identifier: Apache-2.0
"""CSV (RFC 4180) that a spreadsheet shows as what it says, and takes for no formula (OWASP, CSV injection)."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
import csv
import re
from typing import Any

#: Without it Excel reads UTF-8 as the code page of the machine.
BYTE_ORDER_MARK = '\ufeff'

#: What begins a formula, and the characters that Unicode folds to it (NFKC); U+2212 is typed for a minus.
_FORMULA = (
    '=+\\-@\u207a\u207b\u207c\u208a\u208b\u208c\u2212\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20'
)
#: What a spreadsheet strips or does not show: quotes, marks of direction, characters without width.
_SKIPPED = '"\'\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff'
#: What separates cells in one country or another.
_SEPARATORS = ',;|\t\n\r'

_AT_THE_START = re.compile(f'[\\s{_SKIPPED}{_SEPARATORS}]*[{_FORMULA}]')
# No separator is among what is skipped here, or the time would grow with the square of the length.
_AFTER_A_SEPARATOR = re.compile(f'([{_SEPARATORS}])(?=(?:[^\\S\t\n\r]|[{_SKIPPED}])*[{_FORMULA}])')


def write(records: Iterable[Mapping[str, object]], columns: Sequence[str], stream: Any) -> None:
    """Write dicts below a head of their names."""
    stream.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(stream, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({name: guarded(value) for name, value in record.items()} for record in records)


def guarded(value: object) -> object:
    """Return a cell with an apostrophe before whatever would be a formula, which makes it text."""
    if not isinstance(value, str):
        return value
    start = _AT_THE_START.match(value)
    end = start.end() if start else 0
    return ("'" if start else '') + value[:end] + _AFTER_A_SEPARATOR.sub(r"\1'", value[end:])
