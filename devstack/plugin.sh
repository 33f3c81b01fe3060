# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# DevStack sources this file in each of its phases: plugin.sh <stack|unstack|clean> [phase]. In local.conf:
#   enable_plugin gbp-status-ui <address of the repository>

GBP_STATUS_UI_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

function install_gbp_status_ui {
    setup_develop "$GBP_STATUS_UI_DIR"
}

# DevStack collects and compresses static files after this phase.
function configure_gbp_status_ui {
    "${PYTHON:-python3}" -m gbp_status_ui install --no-static
}

function remove_gbp_status_ui {
    "${PYTHON:-python3}" -m gbp_status_ui remove --no-static
}

if is_service_enabled horizon && is_service_enabled gbp-status-ui; then
    case "$1 ${2:-}" in
        "stack install")
            echo_summary "Installing gbp_status_ui"
            install_gbp_status_ui
            ;;
        "stack post-config")
            echo_summary "Configuring gbp_status_ui"
            configure_gbp_status_ui
            ;;
        "unstack "* | "clean "*)
            remove_gbp_status_ui
            ;;
    esac
fi
