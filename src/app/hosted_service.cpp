#include "app/hosted_service.hpp"

#include "base/text.hpp"

namespace mainstay::app {

web::Admission HostedService::admit(web::RequestHead const& head) {
    if (!hosts_.tenant_of(head.header("host"))) return service_.admit(head);
    web::RequestHead as_own = head;
    for (web::Header& header : as_own.headers)
        if (equals_ignoring_case(header.name, "host")) header.value = own_;
    return service_.admit(as_own);
}

}  // namespace mainstay::app
