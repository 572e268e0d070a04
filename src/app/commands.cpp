#include "app/commands.hpp"

#include "base/text.hpp"
#include "kernel/config/config.hpp"
#include "kernel/web/web.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"
#include "platform/tenants/tenants.hpp"

#include <system_error>

namespace mainstay::app {
namespace {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;

constexpr std::string_view command_line = "command line";  // who did it, to the audit

void note(Transaction& tx, TenantId of, std::string_view command, std::string object_id) {
    audit::write(tx, of, {std::string(command_line), std::string(command), std::move(object_id)});
}

struct TenantInput {
    std::string name;
    tenants::Plan plan = tenants::Plan::enterprise;
};
fields::Table const& table_of(TenantInput const*) {
    static fields::Table const table{
        "TenantInput",
        {field("name", &TenantInput::name, "What people call it", length(1, 100)),
         field("plan", &TenantInput::plan, "free, starter, pro or enterprise (the default)", defaulted())}};
    return table;
}

tenants::Tenant create_tenant(CommandContext const& context, TenantInput const& input) {
    return context.database.write(installation_scope("command line: tenant create", {}), [&](Transaction& tx) {
        auto tenant = tenants::create_tenant(tx, input.name, input.plan);
        note(tx, tx.tenant(), "tenant create", tenant.id.to_string());
        return tenant;
    });
}

std::string show_tenant(tenants::Tenant const& tenant) {
    return tenant.id.to_string() + "  " + tenant.name + " (" + tenant.slug + ")";
}

struct TenantListInput {
    std::optional<TenantId> after;
};
fields::Table const& table_of(TenantListInput const*) {
    static fields::Table const table{
        "TenantListInput", {field("after", &TenantListInput::after, "The last of the list before; 200 are listed")}};
    return table;
}

struct TenantListOutput {
    std::vector<tenants::Tenant> items;
};
fields::Table const& table_of(TenantListOutput const*) {
    static fields::Table const table{"TenantListOutput", {field("items", &TenantListOutput::items, "Oldest first.")}};
    return table;
}

TenantListOutput list_tenants(CommandContext const& context, TenantListInput const& input) {
    return {context.database.read(system_scope("command line: tenant list"), [&](Snapshot& snapshot) {
        return tenants::list_tenants(snapshot, input.after, web::page_size_max);
    })};
}

std::string show_tenants(TenantListOutput const& output) {
    std::string text;
    for (tenants::Tenant const& tenant : output.items) text += (text.empty() ? "" : "\n") + show_tenant(tenant);
    return text.empty() ? "There is none." : text;
}

struct UserInput {
    Email email;
    std::string name;
    std::optional<TenantId> tenant;
    tenants::Role role = tenants::Role::user;
    std::optional<std::string> password;
    bool is_operator = false;
};
fields::Table const& table_of(UserInput const*) {
    static fields::Table const table{
        "UserInput",
        {field("email", &UserInput::email, "Signs in with it"),
         field("name", &UserInput::name, "What people are called", length(0, 100), defaulted()),
         field("tenant", &UserInput::tenant, "Joins this tenant"),
         field("role", &UserInput::role, "owner, org_admin, billing_admin, support_agent or user", defaulted()),
         field("password", &UserInput::password, "8 to 128 characters; without it one is made and shown once"),
         field("is_operator", &UserInput::is_operator, "true: runs the installation (super_admin)", defaulted())}};
    return table;
}

struct UserOutput {
    identity::UserId id;
    Email email;
    std::optional<std::string> password;
};
fields::Table const& table_of(UserOutput const*) {
    static fields::Table const table{
        "UserOutput",
        {field("id", &UserOutput::id, "Begins with usr_."), field("email", &UserOutput::email, ""),
         field("password", &UserOutput::password, "The one that was made.")}};
    return table;
}

UserOutput create_user(CommandContext const& context, UserInput const& input) {
    bool const made = !input.password.has_value();
    std::string const password = made ? keys::new_secret().substr(3, 20) : *input.password;
    std::string const name = input.name.empty() ? input.email.text.substr(0, input.email.text.find('@')) : input.name;
    if (auto const why = identity::why_refused(password, {input.email.text, name}))
        throw Fault(errors::invalid_input, "The input is not valid.", std::vector<Problem>{{"/password", *why}});
    std::string const hash = identity::Passwords().hash(password);
    auto const user = context.database.write(installation_scope("command line: user create", {}), [&](Transaction& tx) {
        auto const created = identity::create_user(tx, {input.email, name, hash, input.is_operator});
        if (input.tenant) {
            if (!tenants::find_tenant(tx, *input.tenant)) throw Fault(errors::not_found, "There is no such tenant.");
            tenants::add_member(tx, *input.tenant, created.id, input.role, std::nullopt);
        }
        note(tx, input.tenant.value_or(tx.tenant()), "user create", created.id.to_string());
        return created;
    });
    return {user.id, user.email, made ? std::optional(password) : std::nullopt};
}

std::string show_user(UserOutput const& user) {
    return user.id.to_string() + "  " + user.email.text +
           (user.password ? "\npassword, shown this once: " + *user.password : std::string());
}

struct KeyInput {
    TenantId tenant;
    std::string name = "command line";
    std::vector<std::string> scopes;
    std::optional<std::int64_t> requests_per_minute;
    std::optional<Instant> expires_at;
};
fields::Table const& table_of(KeyInput const*) {
    static fields::Table const table{
        "KeyInput",
        {field("tenant", &KeyInput::tenant, "Whose key it is"),
         field("name", &KeyInput::name, "What it is for", length(1, 100), defaulted()),
         field("scopes", &KeyInput::scopes, "read, write, admin or single permissions, separated by commas",
               items(1, 50)),
         field("requests_per_minute", &KeyInput::requests_per_minute, "A limit of its own"),
         field("expires_at", &KeyInput::expires_at, "A time such as 2027-01-01T00:00:00Z")}};
    return table;
}

keys::CreatedKey create_key(CommandContext const& context, KeyInput const& input) {
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < input.scopes.size(); ++i)
        if (!identity::is_scope(input.scopes[i]))
            problems.push_back({"/scopes/" + std::to_string(i), "is not a scope"});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
    return context.database.write(input.tenant, [&](Transaction& tx) {
        keys::NewKey wanted;
        wanted.settings.name = input.name;
        wanted.settings.scopes = input.scopes;
        wanted.settings.expires_at = input.expires_at;
        if (input.requests_per_minute) wanted.settings.limits = {{"requests", *input.requests_per_minute, 60}};
        auto key = keys::create_key(tx, wanted, std::string(command_line));
        note(tx, input.tenant, "key create", key.id.to_string());
        return key;
    });
}

std::string show_key(keys::CreatedKey const& key) {
    return key.key.text + "\n" + key.id.to_string() + ", shown this once: keep it now";
}

struct BackupInput {
    std::string to;
};
fields::Table const& table_of(BackupInput const*) {
    static fields::Table const table{
        "BackupInput",
        {field("to", &BackupInput::to, "The file to make, where the server may write when one runs", length(1, 4096))}};
    return table;
}

struct BackupOutput {
    std::string file;
    std::int64_t bytes = 0;
};
fields::Table const& table_of(BackupOutput const*) {
    static fields::Table const table{
        "BackupOutput", {field("file", &BackupOutput::file, ""), field("bytes", &BackupOutput::bytes, "")}};
    return table;
}

BackupOutput backup(CommandContext const& context, BackupInput const& input) {
    try {
        context.database.backup(input.to);
        return {input.to, static_cast<std::int64_t>(std::filesystem::file_size(input.to))};
    } catch (std::system_error const& failure) {
        throw Fault(errors::invalid_input,
                    "The backup could not be written to " + input.to + ": " + failure.code().message() + '.',
                    failure.what());
    }
}

// The server has another working directory.
void make_portable(void* input) {
    std::string& to = static_cast<BackupInput*>(input)->to;
    to = std::filesystem::absolute(to).string();
}

std::string show_backup(BackupOutput const& made) {
    return made.file + ", " + std::to_string(made.bytes) + " bytes";
}

}  // namespace

std::vector<Command> const& all_commands() {
    static std::vector<Command> const commands = [] {
        Command backing_up =
            command_of("", "backup", "Copy the live SQLite database",
                       "mainstay backup --to /var/backups/mainstay.db --data ./data", backup, show_backup);
        backing_up.make_portable = make_portable;
        return std::vector<Command>{
            command_of("tenant", "create", "Create a tenant", "mainstay tenant create --name \"Acme\" --json",
                       create_tenant, show_tenant),
            command_of("tenant", "list", "List tenants", "mainstay tenant list --json", list_tenants, show_tenants),
            command_of("user", "create", "Create a user, in a tenant if one is named",
                       "mainstay user create --email ada@example.com --tenant ten_… --role owner", create_user,
                       show_user),
            import_users_command(),
            reset_second_factor_command(),
            command_of("key", "create", "Create an API key; it is shown once",
                       "mainstay key create --tenant ten_… --scopes admin --json", create_key, show_key),
            backing_up,
            export_command(),
            import_command(),
            rotate_secrets_command(),
            verify_audit_command()};
    }();
    return commands;
}

Command const* find_command(std::string_view full_name) {
    for (Command const& command : all_commands())
        if (command.full_name() == full_name) return &command;
    return nullptr;
}

std::shared_ptr<void> read_flags(Command const& command, std::map<std::string, std::string> const& flags) {
    auto input = command.make_input();
    fields::Report report;
    for (fields::Field const& member : command.input->table().fields) {
        auto const flag = flags.find(std::string(member.name));
        if (flag == flags.end()) {
            if (member.required) fields::report_missing(member, report);
        } else if (member.kind->read_text != nullptr) {
            fields::read_member(input.get(), member, flag->second, report);
        } else {
            json::Document list;
            list.parse(fields::to_json(config::list_of(flag->second)));
            member.kind->read(static_cast<char*>(input.get()) + member.offset, list.root(), report);
        }
    }
    if (!report.is_clean()) throw Fault(errors::invalid_input, "The flags are not valid.", std::move(report.problems));
    return input;
}

std::string input_to_json(Command const& command, void const* input) {
    std::string out;
    command.input->write(input, out);
    return out;
}

std::shared_ptr<void> input_from_json(Command const& command, std::string_view json) {
    auto input = command.make_input();
    fields::read_whole(input.get(), *command.input, json);
    return input;
}

}  // namespace mainstay::app
