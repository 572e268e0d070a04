// The table of codes 15xx: what the scripts say about objects, and what of it has no place in a catalog.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

namespace mainstay::catalog::codes {

using tsql::DiagnosticCode;
using tsql::Severity;

inline constexpr DiagnosticCode made_twice{"TSQL1501", Severity::warning, "An object is made twice",
                                           "Two statements create an object of the same name. The later one counts.",
                                           "Remove the one that is out of date, or rename it."};
inline constexpr DiagnosticCode unknown_object{
    "TSQL1502", Severity::warning, "The object is not in the scripts",
    "The statement changes, describes or fills an object that no script before it creates.",
    "Add the script that creates it, or give the scripts in the order in which they are run."};
inline constexpr DiagnosticCode no_place{
    "TSQL1503", Severity::note, "A statement that makes no object",
    "The statement was read, but it neither makes nor changes tables, views, modules or rows that a catalog keeps.",
    "Nothing is to be done unless the result shows otherwise."};
inline constexpr DiagnosticCode rows_from_query{
    "TSQL1504", Severity::warning, "Rows that only a server can work out",
    "The INSERT takes its rows from a query over tables or from a procedure. They are not among the table's rows.",
    "Export the table's rows, or turn the statement into a model."};
inline constexpr DiagnosticCode unknown_type{
    "TSQL1505", Severity::warning, "A type that is not known",
    "The name is neither a type of SQL Server nor an alias type that a script before it creates.",
    "Add the script with its CREATE TYPE."};
inline constexpr DiagnosticCode no_definition{
    "TSQL1506", Severity::warning, "A view without its text",
    "The metadata list the view with its columns but not with its definition, so that it cannot be translated.",
    "Export the definitions as well (sys.sql_modules); the guide has the query."};
inline constexpr DiagnosticCode unreadable_definition{
    "TSQL1507", Severity::error, "A definition that is no view",
    "The text given as the definition of a view is not one CREATE VIEW statement or query.",
    "Compare it with sys.sql_modules; definitions are cut off where an export limits their length."};
inline constexpr DiagnosticCode external_table{
    "TSQL1508", Severity::warning, "A table without columns of its own",
    "The columns of a FileTable or of CREATE TABLE … AS SELECT are not written in the script.",
    "Export the table's columns as metadata."};
inline constexpr DiagnosticCode wrong_count{"TSQL1509", Severity::error, "A row of another length",
                                            "A row has more or fewer values than the statement has columns.",
                                            "Correct the statement; SQL Server refuses it as well."};

}  // namespace mainstay::catalog::codes
