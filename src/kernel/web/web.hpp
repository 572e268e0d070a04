// The web: routes declared in one line each, the service that runs them, and the edge that owns the sockets.
#pragma once
#include "kernel/web/browser_rules.hpp"
#include "kernel/web/client_address.hpp"
#include "kernel/web/edge.hpp"
#include "kernel/web/endpoint.hpp"
#include "kernel/web/openapi.hpp"
#include "kernel/web/page.hpp"
#include "kernel/web/service.hpp"
#include "kernel/web/static_files.hpp"
#include "kernel/web/web_errors.hpp"

namespace mainstay::web {

// The codes of the kernel itself, for the reference.
void declare_kernel_errors(Routes&);

std::span<Migration const> migrations();

}  // namespace mainstay::web
