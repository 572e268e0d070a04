// Beside the hosts that the settings allow, those of tenants are answered for: subdomains and verified domains, which
// come and go while the program runs (SECURITY 24). Only the look at the Host knows of it; whoever handles the request
// sees it as it was sent.
#pragma once
#include "kernel/web/web.hpp"
#include "platform/domains/domains.hpp"

#include <string>

namespace mainstay::app {

class HostedService : public web::Application {
public:
    // `own`: a host that the service allows.
    HostedService(web::Application& service, domains::Hosts const& hosts, std::string own)
        : service_(service), hosts_(hosts), own_(std::move(own)) {}

    web::Admission admit(web::RequestHead const&) override;
    void handle(web::Request request, std::shared_ptr<void const> route, web::Reply reply) override {
        service_.handle(std::move(request), std::move(route), std::move(reply));
    }
    web::Response refuse(int status, std::string_view code, std::string_view detail) override {
        return service_.refuse(status, code, detail);
    }
    void note_exception(std::string_view where, std::string_view what) noexcept override {
        service_.note_exception(where, what);
    }

private:
    web::Application& service_;
    domains::Hosts const& hosts_;
    std::string const own_;
};

}  // namespace mainstay::app
