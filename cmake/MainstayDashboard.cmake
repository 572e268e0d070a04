# Builds the dashboard of web/ into build/web, once for all presets, before it is embedded; tools/build_dashboard.py says
# when. Sets MAINSTAY_DASHBOARD, the folder, and MAINSTAY_DASHBOARD_STAMP, which changes with what is in it.

include_guard(GLOBAL)
get_filename_component(MAINSTAY_DASHBOARD ${CMAKE_BINARY_DIR}/../web ABSOLUTE)
set(MAINSTAY_DASHBOARD_STAMP ${CMAKE_BINARY_DIR}/dashboard.stamp)
file(GLOB_RECURSE dashboard_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/* ${CMAKE_SOURCE_DIR}/web/scripts/*)
list(FILTER dashboard_sources EXCLUDE REGEX "/src/api/(schema\\.d|limits)\\.ts$")
file(GLOB dashboard_settings CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.json ${CMAKE_SOURCE_DIR}/web/*.ts)
add_custom_command(
    OUTPUT ${MAINSTAY_DASHBOARD_STAMP}
    COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/build_dashboard.py --out ${MAINSTAY_DASHBOARD}
            --stamp ${MAINSTAY_DASHBOARD_STAMP}
    DEPENDS ${dashboard_sources} ${dashboard_settings} ${CMAKE_SOURCE_DIR}/web/index.html
            ${CMAKE_SOURCE_DIR}/tools/build_dashboard.py ${CMAKE_SOURCE_DIR}/docs/reference/openapi.json
            ${CMAKE_SOURCE_DIR}/examples/retail/retail.sql
    COMMENT "Building the dashboard"
    VERBATIM)
add_custom_target(dashboard DEPENDS ${MAINSTAY_DASHBOARD_STAMP})
