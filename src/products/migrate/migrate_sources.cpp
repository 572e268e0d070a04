#include "products/migrate/migrate_sources.hpp"

namespace mainstay::migrate {
namespace {

using fields::field;

[[noreturn]] void refuse(std::string pointer, std::string message) {
    throw Fault(errors::invalid_input, "The input is not valid.",
                std::vector<Problem>{{std::move(pointer), std::move(message)}});
}

// Its faults belong to the request, of which it is a member.
void check_metadata(JsonText const& metadata) {
    try {
        catalog::read_metadata(metadata.text);
    } catch (Fault const& fault) {
        if (fault.problems().empty()) throw;
        auto problems = fault.problems();
        for (auto& problem : problems) problem.pointer.insert(0, "/metadata");
        throw Fault(fault.code(), fault.public_text(), std::move(problems));
    }
}

}  // namespace

fields::Table const& table_of(SourceInput const*) {
    static fields::Table const table{
        "MigrationSources",
        {field("script", &SourceInput::script, "T-SQL with its GO lines."),
         field("upload_id", &SourceInput::upload_id, "A script or a zip of scripts that was sent to /api/v1/uploads."),
         field("metadata", &SourceInput::metadata, "What a catalog export gave, in either shape.")}};
    return table;
}

catalog::Database read_sources(std::vector<SourceBytes> sources) {
    std::vector<catalog::ScriptFile> scripts;
    for (SourceBytes& source : sources) {
        if (source.is_metadata) return catalog::read_metadata(source.bytes);
        for (auto& script : dbt::read_input(source.name, std::move(source.bytes))) scripts.push_back(std::move(script));
    }
    return catalog::read_scripts(scripts);
}

void check_sources(Call const& call, SourceInput const& input) {
    int const sources =
        (input.script ? 1 : 0) + (input.upload_id ? 1 : 0) + (input.metadata ? 1 : 0) + (call.files.empty() ? 0 : 1);
    if (sources != 1) refuse("", "must have exactly one of script, metadata, upload_id, or files of a form");
    if (input.script && input.script->empty()) refuse("/script", "must not be empty");
    if (input.metadata) check_metadata(*input.metadata);
}

uploads::Upload upload_of(Call const& call, Database& database, files::FileId id) {
    auto upload = database.read(call.tenant(), [&](Snapshot& snapshot) { return uploads::find_upload(snapshot, id); });
    if (!upload) refuse("/upload_id", "names no upload");
    return std::move(*upload);
}

}  // namespace mainstay::migrate
