// The pages that are compiled into the program: set-up, a first page, and the API reference.
#pragma once
#include "kernel/web/web.hpp"

namespace mainstay::app {

class Pages {
public:
    Pages();
    std::optional<web::Response> answer(web::RequestHead const&) const;

private:
    web::StaticFiles files_;
    web::StaticFiles reference_;
};

}  // namespace mainstay::app
