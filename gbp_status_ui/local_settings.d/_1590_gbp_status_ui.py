# SPDX-License-Identifier: Apache-2.0
# The options of gbp_status_ui with their defaults. Write those that you want to change into a file of your own name in
# openstack_dashboard/local/local_settings.d; what you leave out keeps its default. Durations are seconds.
GBP_STATUS_UI = {
    # How long one request of the dashboard waits for GBP, whatever the number of calls it makes.
    'time_limit': 10,
    # How many calls to GBP one Horizon process makes side by side.
    'parallel_calls': 32,
    # How many of them may be for one request of the dashboard, so that a slow one leaves room for others.
    'parallel_calls_of_a_request': 8,
    # How many resources of a kind that only a show reads truly (service chains) a page shows one by one.
    'chain_shows': 200,
    # After how long in BUILD a resource is marked as taking long.
    'long_build': 600,
    # How long the answer to "which API extensions are there" is believed.
    'extensions_age': 300,
    # How long the names of projects are believed.
    'project_names_age': 300,
    # How many related resources a table cell names; the others are counted.
    'names_in_cell': 3,
}
