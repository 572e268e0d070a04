// What ends a request, a job or a command: a code that callers can rely on, a text for them, a text for the log.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

// One row of the table of codes. Each is a constant with static storage; the name is its identity on the wire,
// the rest makes its page in the documentation.
struct ErrorCode {
    std::string_view name;     // snake_case, never changed once released
    int status;                // HTTP status
    std::string_view title;    // a few words, without a full stop
    std::string_view meaning;  // what happened and what the caller can do
};

// One fault of an input, at its place.
struct Problem {
    std::string pointer;  // RFC 6901; empty for the whole input
    std::string message;  // a lower-case predicate: "must be a string"
};

class Fault : public std::runtime_error {
public:
    // public_text may be shown to the caller; internal_text goes to the log alone.
    Fault(ErrorCode const& code, std::string public_text, std::string internal_text = {});
    Fault(ErrorCode const& code, std::string public_text, std::vector<Problem> problems);

    ErrorCode const& code() const { return *code_; }
    std::string const& public_text() const { return public_text_; }
    std::string const& internal_text() const { return internal_text_; }
    std::vector<Problem> const& problems() const { return problems_; }

    // Seconds after which the same request may succeed; 0 says nothing. Becomes Retry-After.
    int retry_after_s = 0;

private:
    ErrorCode const* code_;
    std::string public_text_;
    std::string internal_text_;
    std::vector<Problem> problems_;
};

// The codes that any part of the program may throw.
namespace errors {
inline constexpr ErrorCode invalid_input{
    "invalid_input", 422, "The input is not valid",
    "One or more members of the input are wrong; `errors` lists each with its JSON "
    "pointer. Correct them and send the request again."};
inline constexpr ErrorCode not_found{"not_found", 404, "Not found",
                                     "There is no such object, or you may not know of it."};
inline constexpr ErrorCode internal_error{
    "internal_error", 500, "Something went wrong on our side",
    "The request was not carried out. The log has the details under its request_id."};
inline constexpr ErrorCode busy{"busy", 503, "Too much work at the moment",
                                "Nothing was done. Send the request again after Retry-After seconds."};
inline constexpr ErrorCode deadline_exceeded{"deadline_exceeded", 503, "The request took too long",
                                             "It was stopped at its deadline and nothing of it was kept."};
inline constexpr ErrorCode storage_full{"storage_full", 507, "The disk is full",
                                        "Nothing was written. Reading goes on; writing does again once there is room."};
inline constexpr ErrorCode conflict{"conflict", 409, "The object is not in a state that allows this",
                                    "Read the object again and decide anew."};
}  // namespace errors

}  // namespace mainstay
