// The pages that are compiled into the program: the dashboard, the API reference and the error codes.
#pragma once
#include "kernel/web/web.hpp"

#include <span>
#include <string>

namespace mainstay::app {

class Pages {
public:
    Pages();
    std::optional<web::Response> answer(web::RequestHead const&) const;

    // The codes that /docs/errors explains. Called before the first answer.
    void set_errors(std::span<ErrorCode const* const>);

private:
    std::optional<web::Response> file(web::RequestHead const&) const;
    std::optional<web::Response> errors(web::RequestHead const&) const;

    web::StaticFiles dashboard_;
    web::StaticFiles files_;
    web::StaticFiles reference_;
    std::string errors_;
};

}  // namespace mainstay::app
