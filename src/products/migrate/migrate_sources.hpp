// What a migration or an assessment is made of: one script, several, archives of them, or metadata.
#pragma once
#include "platform/uploads/uploads.hpp"
#include "products/migrate/migrate.hpp"

namespace mainstay::migrate {

struct SourceBytes {
    std::string name;  // as the sender calls it
    std::string bytes;
    bool is_metadata = false;  // JSON; it then stands alone
};

// Throws Fault(errors::input_unreadable), of metadata errors::invalid_input with its pointers.
catalog::Database read_sources(std::vector<SourceBytes>);

// Where a request's input comes from: exactly one of them, or files of a form.
struct SourceInput {
    std::optional<std::string> script;
    std::optional<files::FileId> upload_id;
    std::optional<JsonText> metadata;
};
fields::Table const& table_of(SourceInput const*);

// Throws Fault(errors::invalid_input) for none, several, an empty script, or metadata that cannot be read.
void check_sources(Call const&, SourceInput const&);
// Throws Fault(errors::invalid_input) for an id that names no upload of the tenant.
uploads::Upload upload_of(Call const&, Database&, files::FileId);

}  // namespace mainstay::migrate
