// The table of codes. 10xx: the file; 11xx: its words; 12xx: its grammar; 13xx: what was not looked into.
#pragma once
#include "products/migrate/tsql/diagnostic.hpp"

namespace mainstay::tsql::codes {

inline constexpr DiagnosticCode not_text{
    "TSQL1001", Severity::error, "Not a text file",
    "The file holds bytes that no script has, such as zeros. Database files, backups and archives look like this.",
    "Give the script itself. A .bacpac or .dacpac goes in as such, not under the name of a script."};
inline constexpr DiagnosticCode broken_encoding{
    "TSQL1002", Severity::error, "Broken encoding",
    "The file says it is UTF-16, or looks like it, but some of its units are no characters. Each was read as U+FFFD.",
    "Save the script again as UTF-8."};
inline constexpr DiagnosticCode assumed_windows_1252{
    "TSQL1003", Severity::warning, "Read as Windows-1252",
    "The file is neither UTF-8 nor UTF-16, so its bytes above 127 were read as Windows-1252, the usual code page of "
    "scripts from Western Europe and America. In another code page such letters come out wrong.",
    "Save the script again as UTF-8."};
inline constexpr DiagnosticCode too_large{
    "TSQL1004", Severity::error, "The file is too large", "A script may have 256 MiB. Nothing of it was read.",
    "Split the script at a GO; scripts that mostly insert rows split anywhere between statements."};
inline constexpr DiagnosticCode empty_file{"TSQL1005", Severity::warning, "The file is empty",
                                           "There is nothing but white space in it.",
                                           "Check that the export finished."};
inline constexpr DiagnosticCode unset_sqlcmd_variable{
    "TSQL1010", Severity::warning, "A sqlcmd variable has no value",
    "The script uses $(name), and neither a :setvar before that place nor the settings give it a value. It was kept as "
    "it stands.",
    "Give the variable a value in the settings, as `sqlcmd -v name=value` would."};
inline constexpr DiagnosticCode sqlcmd_command{
    "TSQL1011", Severity::note, "A sqlcmd command was not carried out",
    "Lines for sqlcmd other than :setvar are recorded only: they would read other files or run programs.",
    "Add the file that :r names to the upload."};
inline constexpr DiagnosticCode bad_sqlcmd_command{"TSQL1012", Severity::warning, "Unclear sqlcmd command",
                                                   "The line begins like a command for sqlcmd but is not whole.",
                                                   "Write `:setvar name \"value\"`."};
inline constexpr DiagnosticCode bad_repeat{"TSQL1013", Severity::warning, "The count of GO is not usable",
                                           "GO takes a number from 1 to 1,000,000. The batch was taken once.",
                                           "Write GO with a number, or without one."};
inline constexpr DiagnosticCode too_many_diagnostics{
    "TSQL1014", Severity::note, "More diagnostics than are kept",
    "Only the first thousand diagnostics of a script are kept; all are counted.",
    "Resolve those that are shown first."};

inline constexpr DiagnosticCode unclosed_string{
    "TSQL1101", Severity::error, "A string is not closed",
    "The quote that opens the string has no counterpart before the end of the script. Reading went on at the next GO.",
    "Close the string. A quote within a string is written twice."};
inline constexpr DiagnosticCode unclosed_comment{
    "TSQL1102", Severity::error, "A comment is not closed",
    "Comments nest in T-SQL: each /* needs its own */. Reading went on at the next GO.", "Close the comment."};
inline constexpr DiagnosticCode unclosed_identifier{
    "TSQL1103", Severity::error, "A quoted name is not closed",
    "A name in brackets or double quotes ends at its closing mark, and has 128 characters at most.",
    "Close the name. A closing bracket within a name is written twice."};
inline constexpr DiagnosticCode unknown_character{
    "TSQL1104", Severity::error, "A character that T-SQL does not have",
    "No word, number or operator contains this character here.",
    "Remove it. Typographic quotes and dashes often come from a word processor."};

inline constexpr DiagnosticCode syntax_error{
    "TSQL1201", Severity::error, "Syntax error",
    "The statement does not follow the grammar at this place. It was left out, and reading went on at the next "
    "statement.",
    "Compare with the syntax in the reference of Transact-SQL; if SQL Server accepts it, please report it."};
inline constexpr DiagnosticCode unexpected_end{"TSQL1202", Severity::error, "The statement ends too early",
                                               "The batch ended in the middle of a statement.",
                                               "Finish the statement, or move the GO behind it."};
inline constexpr DiagnosticCode too_deep{"TSQL1203", Severity::error, "Nested too deeply",
                                         "Parentheses, subqueries and blocks may stand 200 deep within each other.",
                                         "Move inner parts into common table expressions or views."};
inline constexpr DiagnosticCode too_long_chain{
    "TSQL1204", Severity::error, "Too many operators in one expression",
    "Without parentheses 2,500 arithmetic or string operators may follow each other.",
    "Build the value in several steps."};
inline constexpr DiagnosticCode stray_end{"TSQL1205", Severity::error, "END without BEGIN",
                                          "No block is open at this place. The word was left out.",
                                          "Remove the END, or add the BEGIN that it belongs to."};
inline constexpr DiagnosticCode not_a_statement{
    "TSQL1206", Severity::error, "No statement begins like this",
    "The word begins no statement, and only the first statement of a batch may "
    "call a procedure without EXECUTE.",
    "Check the spelling; write EXECUTE before a procedure's name."};
inline constexpr DiagnosticCode number_out_of_range{
    "TSQL1207", Severity::error, "The number is out of range",
    "Lengths, precisions and scales are whole numbers of at most five digits.", "Use MAX for the longest strings."};
inline constexpr DiagnosticCode too_many_errors{
    "TSQL1208", Severity::error, "Too many errors",
    "After 20,000 broken statements the rest of the script was not read. It is hardly T-SQL.",
    "Check that the script is for SQL Server and was saved whole."};

inline constexpr DiagnosticCode skipped_change{
    "TSQL1301", Severity::warning, "A statement that changes data or objects was not read",
    "The statement was recognized and its extent found, but it is not translated. What it changes is missing from the "
    "result.",
    "Check whether the models need its effect; express it as a model or a seed where they do."};
inline constexpr DiagnosticCode skipped_other{
    "TSQL1302", Severity::note, "A statement was passed over",
    "The statement steers, prints, sets up the server or gives permissions. It has no place in a set of models.",
    "Nothing is to be done unless the result shows otherwise."};

}  // namespace mainstay::tsql::codes
