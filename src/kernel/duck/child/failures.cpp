#include "kernel/duck/child/failures.hpp"

#include "base/text.hpp"

#include <utility>

namespace mainstay::duck {
namespace {

constexpr std::pair<std::string_view, ErrorType> beginnings[] = {
    {"Parser Error", ErrorType::parser},
    {"Syntax Error", ErrorType::syntax},
    {"Binder Error", ErrorType::binder},
    {"Catalog Error", ErrorType::catalog},
    {"Conversion Error", ErrorType::conversion},
    {"Constraint Error", ErrorType::constraint},
    {"Out of Range Error", ErrorType::out_of_range},
    {"Invalid Input Error", ErrorType::invalid_input},
    {"Invalid type Error", ErrorType::invalid_type},
    {"Mismatch Type Error", ErrorType::mismatch_type},
    {"Not implemented Error", ErrorType::not_implemented},
    {"TransactionContext Error", ErrorType::transaction},
    {"Dependency Error", ErrorType::dependency},
    {"Permission Error", ErrorType::permission},
    {"IO Error", ErrorType::io},
    {"Out of Memory Error", ErrorType::out_of_memory},
    {"INTERNAL Error", ErrorType::internal},
    {"FATAL Error", ErrorType::internal},
    {"INTERRUPT Error", ErrorType::cancelled},
};

ErrorType type_of(std::string_view message) {
    for (auto const& [beginning, type] : beginnings)
        if (message.starts_with(beginning)) return type;
    return ErrorType::other;
}

}  // namespace

Failure failure(char const* message) {
    if (message == nullptr) return {{ErrorType::other, "DuckDB failed without saying why"}};
    return {{type_of(message), utf8(message)}};
}

std::string utf8(std::string_view text) {
    std::string out(text);
    if (is_utf8(out)) return out;
    for (char& c : out)
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    return out;
}

}  // namespace mainstay::duck
