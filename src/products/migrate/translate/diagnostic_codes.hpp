// The table of codes of the translation. 20xx: left out, without effect on rows; 21xx: equal but for a corner; 22xx: to
// be reviewed; 30xx and 31xx: not translated. The number decides the class.
#pragma once
#include "products/migrate/tsql/tsql.hpp"

namespace mainstay::translate::codes {

using tsql::DiagnosticCode;
using tsql::Severity;

inline constexpr DiagnosticCode hint_dropped{"TSQL2001", Severity::note, "A hint was left out",
                                             "Hints steer locks and plans of SQL Server; they do not choose rows.",
                                             "Nothing is to be done."};
inline constexpr DiagnosticCode order_dropped{
    "TSQL2002", Severity::note, "An ORDER BY without effect was left out",
    "TOP (100) PERCENT … ORDER BY in a view promises no order to those who read the view.",
    "Order where the rows are read."};
inline constexpr DiagnosticCode recursion_limit{
    "TSQL2003", Severity::note, "No limit of recursion",
    "SQL Server ends a recursive query with an error after 100 levels, or as MAXRECURSION says. DuckDB has no limit.",
    "Make sure that the data have no circle, or carry a depth and compare it."};
inline constexpr DiagnosticCode database_name_dropped{
    "TSQL2004", Severity::note, "The name of the database was left out",
    "The object was looked up in the catalog by its schema and name alone.",
    "Check that the scripts of that database are part of the migration."};

inline constexpr DiagnosticCode text_compared{
    "TSQL2101", Severity::note, "Text is compared by lower() and rtrim()",
    "Under a case-insensitive collation SQL Server compares without case and without trailing spaces. The translation "
    "compares lower(rtrim(x, ' ')). Linguistic rules beyond that (ß and ss, width, kana, Turkish i) are not "
    "reproduced.",
    "Nothing is to be done unless the data hold such letters."};
inline constexpr DiagnosticCode text_order{
    "TSQL2102", Severity::note, "Text is ordered by code points",
    "SQL Server orders text by its collation: accents beside their base letter, punctuation before digits. The "
    "translation "
    "orders lower(rtrim(x, ' ')) by code points, so that accented letters come behind z.",
    "Order by a number or date where the place of accented letters matters."};
inline constexpr DiagnosticCode text_representative{"TSQL2103", Severity::note,
                                                    "One spelling stands for texts that are equal",
                                                    "Texts that differ in case or trailing spaces fall into one group. "
                                                    "SQL Server shows any of them; the translation shows "
                                                    "one as well, not always the same.",
                                                    "Group by a key rather than a name where the spelling matters."};
inline constexpr DiagnosticCode division_by_zero{
    "TSQL2104", Severity::note, "Division by zero gives NULL",
    "SQL Server ends the query with an error; DuckDB gives NULL, or infinity for floating-point numbers.",
    "Guard the divisor with NULLIF to get NULL on both."};
inline constexpr DiagnosticCode text_to_number{
    "TSQL2105", Severity::note, "Text is read as a number",
    "DuckDB accepts '1.5' for a whole number and refuses the empty text, which SQL Server reads as 0.",
    "Convert in staging, and test the column."};
inline constexpr DiagnosticCode microseconds{
    "TSQL2106", Severity::note, "Times have microseconds",
    "datetime2(7) and time(7) have steps of 100 nanoseconds, DuckDB's timestamp has microseconds.",
    "Nothing is to be done unless the seventh digit carries meaning."};
inline constexpr DiagnosticCode xml_entities{"TSQL2107", Severity::note, "Marks are not escaped",
                                             "FOR XML PATH without TYPE turns &, < and > into entities. The "
                                             "translation joins the texts as they are, which is what "
                                             "such queries mean.",
                                             "Nothing is to be done."};
inline constexpr DiagnosticCode unordered_join{"TSQL2108", Severity::note, "Texts are joined in no given order",
                                               "Neither engine promises an order without ORDER BY.",
                                               "Add WITHIN GROUP (ORDER BY …)."};
inline constexpr DiagnosticCode offset_lost{
    "TSQL2109", Severity::note, "The offset is not kept",
    "datetimeoffset keeps the offset that was written; DuckDB's timestamptz keeps the instant alone.",
    "Keep the offset in a column of its own where it is needed."};
inline constexpr DiagnosticCode current_moment{
    "TSQL2110", Severity::note, "The current time or a random value",
    "The value differs from run to run, on both engines. The current time is that of the session's time zone.",
    "Pass the date in as a variable where runs must be repeatable."};
inline constexpr DiagnosticCode english_names{
    "TSQL2111", Severity::note, "Names of months and days are English",
    "DATENAME and text forms of dates follow the session's language on SQL Server. The translation gives English.",
    "Nothing is to be done where the login's language is us_english."};
inline constexpr DiagnosticCode datetime_steps{
    "TSQL2112", Severity::note, "datetime has steps of 1/300 second",
    "SQL Server rounds to .000, .003 and .007 seconds; the translation keeps the exact value.",
    "Nothing is to be done unless times are compared for equality."};
inline constexpr DiagnosticCode first_day{
    "TSQL2113", Severity::note, "The week begins on Sunday",
    "DATEPART(weekday) and (week) follow SET DATEFIRST. The translation takes 7, the setting of us_english.",
    "Use ISO_WEEK where the week must not depend on settings."};
inline constexpr DiagnosticCode pattern_from_data{
    "TSQL2115", Severity::note, "A LIKE pattern that is not written in the query",
    "Classes such as [a-z] in patterns that come from data are not translated; % and _ work.",
    "Make sure that the patterns hold no brackets."};
inline constexpr DiagnosticCode uuid_order{
    "TSQL2116", Severity::note, "Order of uniqueidentifier",
    "SQL Server compares the last six bytes first; DuckDB compares from the left.", "Do not order by such columns."};
inline constexpr DiagnosticCode rounding_of_float{
    "TSQL2117", Severity::note, "Floating-point numbers may differ in the last digit",
    "The two engines sum and round floating-point numbers in different orders.", "Nothing is to be done."};
inline constexpr DiagnosticCode short_text{"TSQL2118", Severity::note, "A number that may not fit its text",
                                           "SQL Server writes * where a whole number has more digits than the text's "
                                           "length; the translation keeps the digits that "
                                           "fit.",
                                           "Give the text a length of 11, which every int fits."};
inline constexpr DiagnosticCode negative_length{
    "TSQL2119", Severity::note, "A length that may be negative",
    "LEFT, RIGHT and SUBSTRING end with an error for a negative length; the translation takes 0.",
    "Guard the length where CHARINDEX may find nothing."};
inline constexpr DiagnosticCode code_page{
    "TSQL2120", Severity::note, "Characters above 127",
    "char and varchar hold bytes of a code page, DuckDB's texts are UTF-8. Codes and bytes are the same up to 127.",
    "Nothing is to be done for ASCII texts."};
inline constexpr DiagnosticCode json_text{
    "TSQL2121", Severity::note, "JSON is written anew",
    "JSON_QUERY gives a part of the text as it stands there; the translation writes it without white space.",
    "Nothing is to be done where the part is read as JSON."};
inline constexpr DiagnosticCode text_to_date{"TSQL2201", Severity::warning, "Text is read as a date",
                                             "SQL Server reads many forms of dates, by its language settings; DuckDB "
                                             "reads ISO 8601 alone and ends with an error "
                                             "for others.",
                                             "Convert in staging with an explicit format."};
inline constexpr DiagnosticCode top_without_order{"TSQL2202", Severity::warning, "TOP or OFFSET without a whole order",
                                                  "Without ORDER BY each engine may choose other rows.",
                                                  "Add an ORDER BY that ends in a unique column."};
inline constexpr DiagnosticCode number_format{"TSQL2203", Severity::warning, "A format that depends on the culture",
                                              "FORMAT follows .NET's cultures. The translation gives the English form.",
                                              "Compare a few values."};
inline constexpr DiagnosticCode ambiguous_date{
    "TSQL2204", Severity::warning, "A date whose order of parts depends on settings",
    "The text was read as month/day/year, the order of us_english.", "Write dates as 'yyyymmdd'."};
inline constexpr DiagnosticCode held_as_text{
    "TSQL2205", Severity::warning, "A type without a counterpart",
    "xml, sql_variant, hierarchyid and spatial values are held as text.",
    "Check what reads the column; unpack the values before they are exported where it needs more."};
inline constexpr DiagnosticCode float_text{"TSQL2206", Severity::warning, "A floating-point number becomes text",
                                           "SQL Server gives six digits; DuckDB gives as many as are needed.",
                                           "Convert to decimal first, or use STR."};
inline constexpr DiagnosticCode is_numeric{
    "TSQL2207", Severity::warning, "ISNUMERIC is approximate",
    "ISNUMERIC also says 1 to '$', '.', '1e5' and '-'. The translation asks whether the text is a number.",
    "Use TRY_CAST for the type that is meant."};
inline constexpr DiagnosticCode recursive_member{
    "TSQL2208", Severity::warning, "A window or TOP within recursion",
    "SQL Server runs the recursive member row by row, DuckDB level by level, so that windows see other rows.",
    "Compare the rows, or take the window out of the recursion."};

inline constexpr DiagnosticCode no_text{"TSQL3001", Severity::error, "No text to translate",
                                        "The query could not be read, or its text is not part of the upload.",
                                        "Upload the script that holds it."};
inline constexpr DiagnosticCode too_large{"TSQL3002", Severity::error, "The translation is too large",
                                          "Views that read views are put together up to a limit.", "Split the query."};
inline constexpr DiagnosticCode unknown_table{
    "TSQL3003", Severity::error, "The table is not known",
    "No script or metadata describes the table or view, so that its columns are not known.",
    "Add the script that creates it. System views (sys.…) have no counterpart."};
inline constexpr DiagnosticCode unknown_column{"TSQL3004", Severity::error, "The column is not known",
                                               "None of the tables in sight has a column of this name.",
                                               "Check the spelling, or add the script that adds the column."};
inline constexpr DiagnosticCode ambiguous_column{"TSQL3005", Severity::error, "The column is ambiguous",
                                                 "More than one of the tables has a column of this name.",
                                                 "Write the table's alias before it."};
inline constexpr DiagnosticCode unknown_function{"TSQL3006", Severity::error, "A function without translation",
                                                 "The function has no counterpart that gives the same values.",
                                                 "Express it otherwise, or write the model by hand."};
inline constexpr DiagnosticCode user_function{
    "TSQL3007", Severity::error, "A function that cannot be put in place",
    "Functions whose body is one RETURN of an expression or query are put in place; this one has statements.",
    "Rewrite it as an expression, or as a macro."};
inline constexpr DiagnosticCode xml_method{"TSQL3008", Severity::error, "An XML method",
                                           "DuckDB has no XQuery: value(), query(), exist(), nodes() and modify() "
                                           "cannot be carried out.",
                                           "Unpack the XML into columns before it is exported."};
inline constexpr DiagnosticCode clr_method{"TSQL3009", Severity::error, "A method of a CLR type",
                                           "Methods of hierarchyid, geography and geometry have no counterpart here.",
                                           "Export their results as columns (ToString(), Lat, Long)."};
inline constexpr DiagnosticCode for_clause{"TSQL3010", Severity::error, "FOR XML or FOR JSON",
                                           "Only the joining of texts by FOR XML PATH('') is translated.",
                                           "Build the document where it is needed, outside the models."};
inline constexpr DiagnosticCode table_function{"TSQL3011", Severity::error, "A table function without translation",
                                               "The rows of this function cannot be worked out.",
                                               "Load what it reads as a table of its own."};
inline constexpr DiagnosticCode unknown_variable{"TSQL3012", Severity::error, "A variable without a value",
                                                 "Queries of views have no variables; this one is not known here.",
                                                 "Give it as a variable of the project."};
inline constexpr DiagnosticCode unknown_conversion{"TSQL3013", Severity::error, "A conversion without translation",
                                                   "No rule gives the same value for these two types.",
                                                   "Convert in steps through a type that both know."};
inline constexpr DiagnosticCode unknown_construct{"TSQL3014", Severity::error, "A construct without translation",
                                                  "This part of the query has no counterpart in DuckDB.",
                                                  "Express it otherwise, or write the model by hand."};
inline constexpr DiagnosticCode unknown_argument{
    "TSQL3015", Severity::error, "An argument that must be written out",
    "The translation depends on the value of this argument, which is not a plain literal of a known kind.",
    "Write the value as a literal."};
inline constexpr DiagnosticCode temporal_query{
    "TSQL3016", Severity::error, "FOR SYSTEM_TIME in a form that is not known",
    "The table has no history in the catalog.", "Add the script with SYSTEM_VERSIONING = ON (HISTORY_TABLE = …)."};
inline constexpr DiagnosticCode unknown_style{"TSQL3017", Severity::error, "A style or format without translation",
                                              "CONVERT's style or FORMAT's pattern is not one of those translated.",
                                              "Use one of the ISO styles (23, 112, 120, 126)."};
inline constexpr DiagnosticCode linked_server{"TSQL3018", Severity::error, "A table of another server",
                                              "Names of four parts read from a linked server.",
                                              "Load the table as a source of its own."};
inline constexpr DiagnosticCode grouped_outside{
    "TSQL3019", Severity::error, "A subquery reads grouped text of the query around it",
    "Grouped text is shown by one of its spellings, which a subquery cannot ask for.",
    "Group in a common table expression first."};
inline constexpr DiagnosticCode wrong_arguments{"TSQL3020", Severity::error, "A wrong number of arguments",
                                                "The function takes another number of arguments.",
                                                "Correct the query; SQL Server refuses it as well."};
inline constexpr DiagnosticCode not_a_constant{
    "TSQL3021", Severity::error, "A value that only a server can work out",
    "Rows of VALUES are kept when their values follow from the script alone.", "Export the table's rows instead."};
inline constexpr DiagnosticCode broken_source{"TSQL3023", Severity::error, "A view below is not translated",
                                              "The query reads a view whose columns could not be worked out.",
                                              "Resolve the diagnostics of that view first."};
inline constexpr DiagnosticCode repeated_column{
    "TSQL3024", Severity::error, "A column name stands twice",
    "SQL Server refuses a view, derived table or common table whose columns have the same name (errors 4506, 8156).",
    "Give one of the columns an alias, or name the columns in place of *."};
inline constexpr DiagnosticCode too_many_columns{"TSQL3025", Severity::error, "Too many columns",
                                                 "SQL Server takes 4,096 columns in a SELECT list and 1,024 in a view.",
                                                 "Name the columns that are needed."};

}  // namespace mainstay::translate::codes
