#include "kernel/web/web.hpp"

namespace mainstay::web {

void declare_kernel_errors(Routes& routes) {
    using namespace errors;
    routes.declare({&invalid_input, &not_found, &internal_error, &busy, &deadline_exceeded, &storage_full, &conflict,
                    &malformed_json});
    routes.declare({&wal_full, &data_folder_in_use, &schema_refused, &durable_path_failed, &outcome_unknown});
    routes.declare({&bad_request, &request_timeout, &payload_too_large, &uri_too_long, &expectation_failed,
                    &headers_too_large, &method_not_implemented, &http_version, &too_many_connections,
                    &address_in_use});
    routes.declare({&unauthorized, &forbidden, &tenant_required, &impersonator_refused, &csrf_refused, &limited,
                    &method_not_allowed, &unsupported_media_type, &host_refused, &idempotency_key_reused,
                    &idempotency_in_progress, &idempotency_secret});
}

}  // namespace mainstay::web
