// What the tables of functions share.
#pragma once
#include "products/migrate/translate/binder.hpp"

#include <span>

namespace mainstay::translate {

// What a function's translation gets.
using FunctionHandler = Value (*)(Binder&, tsql::FunctionCall const&);
struct FunctionRow {
    std::string_view name;  // lower case
    std::size_t least;
    std::size_t most;
    FunctionHandler handler;
};
std::span<FunctionRow const> text_functions();
std::span<FunctionRow const> more_text_functions();
std::span<FunctionRow const> date_functions();
std::span<FunctionRow const> more_date_functions();
std::span<FunctionRow const> number_functions();
std::span<FunctionRow const> aggregate_functions();
std::span<FunctionRow const> window_functions();
std::span<FunctionRow const> other_functions();

inline Value argument(Binder& binder, tsql::FunctionCall const& node, std::size_t i) {
    return i < node.arguments.size() ? binder.value(node.arguments[i]) : Value{};
}

// The argument as text; numbers and dates become text as SQL Server does it implicitly.
Value text_argument(Binder&, tsql::FunctionCall const&, std::size_t i);

// A result of the length and kind of a text that was passed in.
Value text_result(std::string text, Value const& like, Rank = Rank::atom);

// The type that several values share, each converted to it; failed when one is. `results` are changed in place.
Value common_values(Binder&, std::vector<Value>& results, tsql::Span);

// The part of a date that DATEADD, DATEDIFF, DATEPART, DATENAME and DATETRUNC take, by its full name; empty when
// unknown.
std::string_view date_part(tsql::Expression const*, Binder&);

}  // namespace mainstay::translate
