// The table of codes in one list, for the documentation and for checks.
#include "products/migrate/translate/diagnostic_codes.hpp"

#include "products/migrate/translate/translate.hpp"

#include <array>

namespace mainstay::translate {

namespace {

using namespace codes;

constexpr std::array all_codes = {
    &hint_dropped,
    &order_dropped,
    &recursion_limit,
    &database_name_dropped,
    &text_compared,
    &text_order,
    &text_representative,
    &division_by_zero,
    &text_to_number,
    &microseconds,
    &xml_entities,
    &unordered_join,
    &offset_lost,
    &current_moment,
    &english_names,
    &datetime_steps,
    &first_day,
    &pattern_from_data,
    &uuid_order,
    &rounding_of_float,
    &short_text,
    &negative_length,
    &code_page,
    &json_text,
    &text_to_date,
    &top_without_order,
    &number_format,
    &ambiguous_date,
    &held_as_text,
    &float_text,
    &is_numeric,
    &recursive_member,
    &no_text,
    &too_large,
    &unknown_table,
    &unknown_column,
    &ambiguous_column,
    &unknown_function,
    &user_function,
    &xml_method,
    &clr_method,
    &for_clause,
    &table_function,
    &unknown_variable,
    &unknown_conversion,
    &unknown_construct,
    &unknown_argument,
    &temporal_query,
    &unknown_style,
    &linked_server,
    &grouped_outside,
    &wrong_arguments,
    &not_a_constant,
    &broken_source,
    &repeated_column,
    &too_many_columns,
};

}  // namespace

std::span<tsql::DiagnosticCode const* const> diagnostic_codes() {
    return all_codes;
}

std::string_view name_of(Fidelity fidelity) {
    switch (fidelity) {
        case Fidelity::exact: return "exact";
        case Fidelity::equal_with_note: return "equal-with-note";
        case Fidelity::needs_review: return "needs-review";
        case Fidelity::not_translated: return "not-translated";
    }
    return "";
}

}  // namespace mainstay::translate
