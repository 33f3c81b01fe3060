# SPDX-License-Identifier: Apache-2.0
"""What a run of ``gbp_status_report`` says."""

import io

from django.core.management import call_command
from prometheus_client import parser as prometheus_parser


def run(*arguments):
    """Return (exit status, output, errors)."""
    output, errors = io.StringIO(), io.StringIO()
    status = status_of(call_command, 'gbp_status_report', *arguments, stdout=output, stderr=errors)
    return status, output.getvalue(), errors.getvalue()


def status_of(function, *arguments, **options):
    """Return the exit status; what pytest keeps of an exception would keep the command and its streams."""
    try:
        function(*arguments, **options)
    except SystemExit as left:
        return left.code
    return None


def counts(output):
    """Return {(kind, status, below): number} of a scrape, without what there is none of."""
    families = {family.name: family for family in prometheus_parser.text_string_to_metric_families(output)}
    samples = families['gbp_resources'].samples
    assert {sample.labels['region'] for sample in samples} == {'RegionOne'}
    found = {(one.labels['kind'], one.labels['status'], one.labels['below']): one.value for one in samples}
    return {key: number for key, number in found.items() if number}


def value(output, name):
    families = {family.name: family for family in prometheus_parser.text_string_to_metric_families(output)}
    return [sample.value for sample in families[name].samples]
