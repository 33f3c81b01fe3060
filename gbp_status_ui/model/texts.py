# SPDX-License-Identifier: Apache-2.0
"""Cleans texts of services and addresses for pages, files and logs.

A browser's parser drops NUL, so that a page holds another text than the one which was escaped; UTF-8 has no bytes for
half a surrogate pair; a terminal obeys escape sequences. All such texts pass through this module.
"""

import re
from typing import Any

#: Control characters but tab and newline, and halves of surrogate pairs.
_UNFIT = re.compile(r'[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]')
#: What sets colours in a terminal, and other control sequences (ECMA-48, 5.4); they are no part of the text.
_SEQUENCE = re.compile(r'(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]')
#: Of _UNFIT what may stand in a JSON document as it is. No other control character may: a parser refuses it.
_UNFIT_IN_JSON = re.compile(r'[\x7f-\x9f\ud800-\udfff]')
#: What an escape in a JSON document may make of it: a control character, or half a surrogate pair. Behind an escaped
#: backslash nothing is an escape; so where a ``u`` follows one, it cannot be told which halves are a pair.
_UNFIT_ESCAPE = re.compile(
    r"""\\(?:
        [bfr]
      | \\u
      | u00(?: 0[0-8b-fB-F] | 1 | 7[fF] | [89] )
      | u[dD](?: [89abAB]..(?!\\u[dD][c-fC-F]) | (?<!\\u[dD][89abAB]..\\u[dD])[c-fC-F] )
    )""",
    re.VERBOSE,
)
_LINE_BREAK = re.compile(r'\r\n?')
#: Far more than GBP needs.
MAX_LEVELS = 20
_REPLACEMENT = '\N{REPLACEMENT CHARACTER}'


def clean(text: str) -> str:
    """Return a text with a mark for each character that is unfit; a carriage return is a newline.

    The colours of a terminal leave no trace.
    """
    if text.isprintable():
        return text
    return _UNFIT.sub(_REPLACEMENT, _SEQUENCE.sub('', _LINE_BREAK.sub('\n', text)))


def may_be_unfit(document: str) -> bool:
    """Say whether a JSON document may have texts that are not clean: a quick look, which may err on the safe side."""
    if '\x7f' in document or ('\\' in document and _UNFIT_ESCAPE.search(document)):
        return True
    return not document.isascii() and bool(_UNFIT_IN_JSON.search(document))


def cleaned(value: Any, depth: int = MAX_LEVELS) -> Any:
    """Return a JSON value with all texts in it clean, names of attributes, too.

    :raises RecursionError: it is nested too deeply: what a page makes of it would not end well, either
    """
    if depth < 0:
        raise RecursionError
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(name): cleaned(one, depth - 1) for name, one in value.items()}
    return [cleaned(one, depth - 1) for one in value] if isinstance(value, list) else value
