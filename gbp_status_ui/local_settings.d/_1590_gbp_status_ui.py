# SPDX-License-Identifier: Apache-2.0
# The settings of gbp_status_ui with their defaults. Write those that you want to change into a file of your own name in
# openstack_dashboard/local/local_settings.d; a setting that you leave out keeps its default.
GBP_STATUS_UI = {
    # How long one request of the dashboard waits for GBP, for all its calls together.
    # Takes a number of seconds above zero.
    'time_limit': 10,
    # How long a request of the dashboard waits for a list; what takes longer follows on the page by itself.
    # Takes a number of seconds above zero.
    'list_wait': 0.5,
    # How many calls to GBP one Horizon process makes at the same time.
    # Takes a whole number above zero.
    'parallel_calls': 32,
    # How many resources of a service chain kind a page reads one by one, which is the only way to a true status.
    # Takes a whole number above zero.
    'chain_shows': 200,
    # After how long in BUILD a resource is marked as long-running.
    # Takes a number of seconds above zero.
    'long_build': 600,
    # How often a page that is looked at reads all that it shows again, also what is not in BUILD.
    # Takes a number of seconds, or 0 for never.
    'heartbeat': 60,
    # How long a change has to last before the browser tells a user of it who asked for that.
    # Takes a number of seconds above zero.
    'notification_wait': 30,
    # Whether users with the same rights share answers. Turn it off if a policy of Neutron tells users apart by id.
    # Takes True or False.
    'share_between_users': True,
    # Whether the tables of group-based-policy-ui get the status column.
    # Takes True or False.
    'gbpui_tables': True,
    # Whether pages read what Neutron says of what a resource is realised by.
    # Takes True or False.
    'neutron_states': True,
    # The address of an object in the fabric's own dashboard; {dn} is its distinguished name. '' for no links.
    # Takes an address of the scheme http or https with {dn} behind its host, or ''.
    'apic_url': '',
}
