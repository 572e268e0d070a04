// Takes users over from another program, with the hashes of their passwords.
#include "app/cli.hpp"
#include "app/commands.hpp"

#include "base/text.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"
#include "platform/tenants/tenants.hpp"

namespace mainstay::app {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;

constexpr std::size_t users_in_unit = 200;  // a unit is brief
constexpr std::uintmax_t file_bytes_max = 256u << 20;

struct ImportInput {
    std::string file;
};
fields::Table const& table_of(ImportInput const*) {
    static fields::Table const table{
        "ImportInput",
        {field("file", &ImportInput::file,
               "A user a line as JSON: email, name, and if there are password_hash (bcrypt or Argon2id), tenant, role",
               length(1, 4096))}};
    return table;
}

struct ImportedUser {
    Email email;
    std::string name;
    std::string password_hash;  // empty: a password is chosen by "Forgot your password?"
    std::optional<TenantId> tenant;
    tenants::Role role = tenants::Role::user;
};
fields::Table const& table_of(ImportedUser const*) {
    static fields::Table const table{
        "ImportedUser",
        {field("email", &ImportedUser::email, ""), field("name", &ImportedUser::name, "", length(1, 100)),
         field("password_hash", &ImportedUser::password_hash, "", length(0, 200), defaulted()),
         field("tenant", &ImportedUser::tenant, ""), field("role", &ImportedUser::role, "", defaulted())}};
    return table;
}

struct ImportOutput {
    std::int64_t imported = 0;
    std::int64_t skipped = 0;
};
fields::Table const& table_of(ImportOutput const*) {
    static fields::Table const table{
        "ImportOutput",
        {field("imported", &ImportOutput::imported, "Accounts made."),
         field("skipped", &ImportOutput::skipped, "Addresses that have an account; nothing of it was changed.")}};
    return table;
}

bool is_known_hash(std::string const& hash) {
    return hash.empty() || identity::Passwords::is_bcrypt(hash) || identity::Passwords::is_current(hash);
}

// All of the file is read before anything is written.
std::vector<ImportedUser> read_users(std::string const& path) {
    std::error_code unreadable;
    if (std::filesystem::file_size(path, unreadable) > file_bytes_max && !unreadable)
        throw Fault(errors::invalid_input, "The file is larger than 256 MB; divide it.");
    std::string const text = read_file(path);
    std::vector<ImportedUser> users;
    std::vector<Problem> problems;
    std::size_t number = 0;
    for (auto const line : split(text, '\n')) {
        std::string const place = "/" + std::to_string(++number);
        if (trim(line).empty()) continue;
        try {
            users.push_back(fields::from_json<ImportedUser>(trim(line)));
            if (!is_known_hash(users.back().password_hash))
                problems.push_back({place + "/password_hash", "is of neither bcrypt nor this program"});
        } catch (Fault const& fault) {
            for (Problem const& problem : fault.problems())
                problems.push_back({place + problem.pointer, problem.message});
            if (fault.problems().empty()) problems.push_back({place, "is not JSON"});
        }
        if (problems.size() >= fields::max_problems) break;
    }
    if (!problems.empty())
        throw Fault(errors::invalid_input, "The file is not valid; nothing was imported.", std::move(problems));
    return users;
}

bool import_one(Transaction& tx, ImportedUser const& input) {
    if (identity::find_user_by_email(tx, input.email)) return false;
    auto const user = identity::create_user(tx, {input.email, input.name, input.password_hash});
    if (input.tenant) {
        if (!tenants::find_tenant(tx, *input.tenant))
            throw Fault(errors::not_found, "There is no tenant " + input.tenant->to_string() + '.');
        tenants::add_member(tx, *input.tenant, user.id, input.role, std::nullopt);
    }
    audit::write(tx, input.tenant.value_or(tx.tenant()), {"command line", "user import", user.id.to_string()});
    return true;
}

ImportOutput import(CommandContext const& context, ImportInput const& input) {
    auto const users = read_users(input.file);
    ImportOutput output;
    for (std::size_t first = 0; first < users.size(); first += users_in_unit) {
        auto const some = std::span(users).subspan(first, std::min(users_in_unit, users.size() - first));
        auto const imported =
            context.database.write(installation_scope("command line: user import", {}), [&](Transaction& tx) {
                return std::count_if(some.begin(), some.end(),
                                     [&](ImportedUser const& user) { return import_one(tx, user); });
            });
        output.imported += imported;
        output.skipped += static_cast<std::int64_t>(some.size()) - imported;
    }
    return output;
}

// The server has another working directory.
void make_portable(void* input) {
    std::string& file = static_cast<ImportInput*>(input)->file;
    file = std::filesystem::absolute(file).string();
}

std::string show(ImportOutput const& output) {
    return std::to_string(output.imported) + " imported, " + std::to_string(output.skipped) +
           " skipped, for their addresses have accounts";
}

}  // namespace

Command import_users_command() {
    auto command =
        command_of("user", "import", "Take users over from another program, with the hashes of their passwords",
                   "mainstay user import --file users.jsonl", import, show);
    command.make_portable = make_portable;
    return command;
}

}  // namespace mainstay::app
