// The table of codes 40xx: rules of repair, and what of a database the project cannot carry over.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

namespace mainstay::dbt::codes {

using tsql::DiagnosticCode;
using tsql::Severity;

inline constexpr DiagnosticCode read_as_text{
    "TSQL4001", Severity::warning, "A column is read as text",
    "Some of its rows could not be cast to the column's type, so the staging model passes them on as text. Whatever "
    "reads the column gets text as well.",
    "Look at the rows that the engine names, correct them or their load, and write the cast back."};
inline constexpr DiagnosticCode order_dropped{
    "TSQL4002", Severity::note, "The order at the end of a model was left out",
    "The engine refused the ORDER BY, and nothing but the order of the rows depended on it. A table has no order.",
    "Order where the model is read."};
inline constexpr DiagnosticCode check_not_carried{
    "TSQL4010", Severity::warning, "A CHECK constraint did not become a test",
    "Its condition could not be translated; the diagnostics beside this one say which part.",
    "Write the test by hand, in the model's YAML file."};
inline constexpr DiagnosticCode computed_from_source{
    "TSQL4011", Severity::warning, "A computed column is read from the source",
    "Its expression could not be translated, so the staging model expects the load to bring the column's values.",
    "Load the column like any other, or write its expression into the staging model."};
inline constexpr DiagnosticCode reads_untranslated{
    "TSQL4012", Severity::error, "It reads what could not be translated",
    "A view that this one reads has no model, so this one has none either.",
    "Translate the view that is named; this one then follows."};
inline constexpr DiagnosticCode reference_unknown{
    "TSQL4013", Severity::warning, "A foreign key to a table that is not there",
    "The scripts do not make the table that the constraint names, so that there is nothing to test against.",
    "Add the script that makes it."};

}  // namespace mainstay::dbt::codes
