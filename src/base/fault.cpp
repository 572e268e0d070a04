#include "base/fault.hpp"

namespace mainstay {

Fault::Fault(ErrorCode const& code, std::string public_text, std::string internal_text)
    : std::runtime_error(internal_text.empty() ? public_text : public_text + " [" + internal_text + "]"),
      code_(&code),
      public_text_(std::move(public_text)),
      internal_text_(std::move(internal_text)) {}

Fault::Fault(ErrorCode const& code, std::string public_text, std::vector<Problem> problems)
    : std::runtime_error(public_text),
      code_(&code),
      public_text_(std::move(public_text)),
      problems_(std::move(problems)) {}

}  // namespace mainstay
