// Holds replies against the API document: an own reading of JSON Schema, apart from the code that writes replies.
#pragma once
#include "testing/http_client.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace mainstay::testing {

class OpenApiCheck {
public:
    explicit OpenApiCheck(std::string_view document);
    ~OpenApiCheck();

    // Empty, or what of the reply the document does not allow. A path that is not in the document may only answer
    // with a problem.
    std::string fault_of(std::string_view method, std::string_view target, HttpReply const&) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mainstay::testing
