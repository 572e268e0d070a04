// What stands in an archive, for whoever writes and whoever reads one. Within portability alone.
#pragma once
#include "platform/portability/portability.hpp"

namespace mainstay::portability {

inline constexpr std::string_view manifest_member = "manifest.json";
inline constexpr std::string_view accounts_member = "accounts.jsonl";
std::string member_of_table(std::string_view table);  // "rows/keys.jsonl"
std::string member_of_file(files::FileId);            // "files/fil_…"

// A member of the tenant: as much of the account as its colleagues see.
struct Account {
    tenants::UserId user_id;
    Email email;
    std::string name;
};
fields::Table const& table_of(Account const*);

std::vector<ColumnSaid> columns_said(TenantTable const&);

// A row as one line of JSON, its end included.
void append_row(TenantTable const&, RowValues, std::string& out);
// The values of such a line, which is kept as long as they are. Throws Fault(errors::archive_refused).
std::vector<fields::SqlValue> read_row(TenantTable const&, json::Document&, std::string_view line);

// --- what is taken -------------------------------------------------------------------------------------------------

// Why the table stays behind; empty: it is taken.
std::string_view why_left_out(std::string_view table);
struct Part {
    std::string_view table, condition, why_not_the_rest;
};
// Which of its rows are taken, where that is not all of them.
std::span<Part const> parts();
// Of flow.
std::span<UnfinishedWork const> unfinished_work();
// Whose rows have to be there before those of the others.
bool is_loaded_first(std::string_view table);
// Throws std::logic_error when a column has a name as secrets have and nobody has said whether it is taken.
void require_decisions(std::vector<TenantTable> const&);

}  // namespace mainstay::portability
