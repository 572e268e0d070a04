// Takes a tenant out as an archive, and brings one in.
#include "app/commands.hpp"

#include "platform/audit/audit.hpp"
#include "platform/portability/portability.hpp"

#include <filesystem>

namespace mainstay::app {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;

constexpr char const* command_line = "command line";

portability::Needs const& carrying_of(CommandContext const& context) {
    if (context.carrying == nullptr) throw std::logic_error("a command on archives was given no files");
    return *context.carrying;
}

struct ExportInput {
    TenantId tenant;
    std::string out;
};
fields::Table const& table_of(ExportInput const*) {
    static fields::Table const table{
        "ExportInput",
        {field("tenant", &ExportInput::tenant, "Whose archive"),
         field("out", &ExportInput::out, "The file to make, where the server may write when one runs",
               length(1, 4096))}};
    return table;
}

struct ExportOutput {
    std::string file;
    std::int64_t row_count = 0, file_count = 0, bytes = 0;
    std::string sha256;
};
fields::Table const& table_of(ExportOutput const*) {
    static fields::Table const table{
        "ExportOutput",
        {field("file", &ExportOutput::file, ""), field("row_count", &ExportOutput::row_count, ""),
         field("file_count", &ExportOutput::file_count, ""), field("bytes", &ExportOutput::bytes, ""),
         field("sha256", &ExportOutput::sha256, "")}};
    return table;
}

ExportOutput take_out(CommandContext const& context, ExportInput const& input) {
    if (std::filesystem::exists(input.out))
        throw Fault(errors::invalid_input, "There is a file " + input.out + " already.");
    auto const made = portability::export_tenant(carrying_of(context), context.database, input.tenant, input.out,
                                                 [] { return false; });
    context.database.write(installation_scope("command line: export", {}), [&](Transaction& tx) {
        audit::write(tx, input.tenant, {command_line, "export", input.tenant.to_string()});
    });
    return {input.out, made.row_count, made.file_count, made.bytes, made.sha256};
}

std::string show_export(ExportOutput const& made) {
    return made.file + ", " + std::to_string(made.bytes) + " bytes: " + std::to_string(made.row_count) + " rows, " +
           std::to_string(made.file_count) + " files\nsha256 " + made.sha256;
}

struct ImportInput {
    std::string file;
    portability::Members members = portability::Members::invited;
    tenants::Plan plan = tenants::Plan::free;
};
fields::Table const& table_of(ImportInput const*) {
    static fields::Table const table{
        "ImportInput",
        {field("file", &ImportInput::file, "The archive", length(1, 4096)),
         field("members", &ImportInput::members,
               "invited (the default): each gets a mail; matched: whoever has an account here with a verified address "
               "is a member at once",
               defaulted()),
         field("plan", &ImportInput::plan, "What it may here: free (the default), starter, pro or enterprise",
               defaulted())}};
    return table;
}

portability::Imported bring_in(CommandContext const& context, ImportInput const& input) {
    if (!std::filesystem::is_regular_file(input.file))
        throw Fault(errors::not_found, "There is no file " + input.file + '.');
    return portability::import_tenant(carrying_of(context), context.database, input.file,
                                      {input.members, input.plan, command_line});
}

std::string show_import(portability::Imported const& made) {
    return made.id.to_string() + " (" + made.slug + "): " + std::to_string(made.row_count) + " rows, " +
           std::to_string(made.file_count) + " files, " + std::to_string(made.members_matched) + " members matched, " +
           std::to_string(made.members_invited) + " invited";
}

// The server has another working directory.
template <class Input, std::string Input::*Path>
void make_portable(void* input) {
    std::string& path = static_cast<Input*>(input)->*Path;
    path = std::filesystem::absolute(path).string();
}

}  // namespace

Command export_command() {
    auto command = command_of("", "export", "Take everything out that a tenant has, as one archive",
                              "mainstay export --tenant ten_… --out harbour.zip", take_out, show_export);
    command.make_portable = make_portable<ExportInput, &ExportInput::out>;
    return command;
}

Command import_command() {
    auto command = command_of("", "import", "Bring a tenant in from its archive",
                              "mainstay import --file harbour.zip --plan pro", bring_in, show_import);
    command.make_portable = make_portable<ImportInput, &ImportInput::file>;
    return command;
}

}  // namespace mainstay::app
