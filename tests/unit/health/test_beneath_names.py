# SPDX-License-Identifier: Apache-2.0
"""The addresses of the names that the fabric has for resources."""

from django.test import override_settings
import pytest

from gbp_status_ui import conf
from gbp_status_ui.health import beneath


@pytest.mark.parametrize(
    ('pattern', 'address'),
    [
        ('', ''),
        ('https://apic.example.org/#c:a|{dn}', 'https://apic.example.org/#c:a|uni%2Ftn-a%3F%22%3E%3Cscript%3E'),
        ('http://a/{dn}?n={dn}', 'http://a/uni%2Ftn-a%3F%22%3E%3Cscript%3E?n=uni%2Ftn-a%3F%22%3E%3Cscript%3E'),
        ('javascript:{dn}', ''),
    ],
)
def test_a_name_of_the_fabric_has_an_address_in_which_it_is_quoted(pattern, address):
    with override_settings(GBP_STATUS_UI={'apic_url': pattern}):
        assert beneath.fabric_address('uni/tn-a?"><script>') == address
    assert conf.get('apic_url') == ''
