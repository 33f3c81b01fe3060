# SPDX-License-Identifier: Apache-2.0
"""What only newer releases of gunicorn know: as an option it would stop the older ones, here they pass over it."""

control_socket_disable = True
