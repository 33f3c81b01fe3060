# SPDX-License-Identifier: Apache-2.0
"""The fault that details tell of, without what differs from resource to resource: ids, addresses, numbers and names."""

import re

from gbp_status_ui.model.resource import Resource

#: Stands for what was left out.
LEFT_OUT = '…'

_HEX = r'[0-9a-f]'
_VARYING = re.compile(
    '|'.join(
        (
            # What is quoted is a name or a value. An apostrophe inside of a word quotes nothing.
            r'"[^"\n]{1,255}"',
            r"(?<!\w)'[^'\n]{1,255}'(?!\w)",
            r'`[^`\n]{1,255}`',
            rf'\b{_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}}\b',
            rf'\b(?:{_HEX}{{2}}[:-]){{5}}{_HEX}{{2}}\b',
            # Neutron names a device by the beginning of its port's id.
            rf'\b(?:tap|qbr|qvb|qvo|qg-|qr-){_HEX}{{8}}-{_HEX}{{2}}\b',
            rf'(?<![\w:])(?:{_HEX}{{0,4}}:){{2,7}}{_HEX}{{0,4}}(?:/\d+)?(?![\w:])',
            r'\b\d{1,3}(?:\.\d{1,3}){3}(?:/\d+)?(?::\d+)?\b',
            rf'\b(?:0x{_HEX}+|(?=[a-f]*\d){_HEX}{{12,}})\b',
            r'(?<!\w)\d+(?:[.,:]\d+)*',
        )
    ),
    re.IGNORECASE,
)
#: Hosts, racks and interfaces are numbered in lower case (leaf101), and codes of faults are not (F0467). Of a protocol
#: the number is a version.
_NUMBERED = re.compile(r'\b(?!(?:\w*v|ip|inet)\d\b|(?:aes|errno|http|md|sha)\d+\b)([a-z]{2,})\d+\b')
_SPACE = re.compile(r'\s+')


def pattern(resource: Resource) -> str:
    """Return the fault of a resource's details; '' where the backend gives none, and nothing beneath is in error."""
    text = resource.details
    if resource.beneath and (resource.has_problem_beneath or not text):
        return str(resource.beneath.words)
    for own in (resource.id, resource.attributes.get('name')):
        # Looked for first: the pattern has to be compiled for each resource.
        if own and own in text:
            text = re.sub(rf'(?<!\w){re.escape(own)}(?!\w)', LEFT_OUT, text)
    text = _NUMBERED.sub(rf'\1{LEFT_OUT}', _VARYING.sub(LEFT_OUT, text))
    return _SPACE.sub(' ', text).strip()
