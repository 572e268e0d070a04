// Commands on what protects accounts: master keys that are rotated, a second factor whose owner has lost it.
#include "app/commands.hpp"

#include "kernel/secrets/secrets.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"

#include <filesystem>

namespace mainstay::app {
namespace {

using fields::field;
using fields::length;

struct RotateInput {
    std::string file;
};
fields::Table const& table_of(RotateInput const*) {
    static fields::Table const table{
        "RotateInput",
        {field("file", &RotateInput::file, "The master keys, such as data/secrets.keys", length(1, 4096))}};
    return table;
}

struct RotateOutput {
    std::string master_key_id;
    std::int64_t rewrapped = 0;
};
fields::Table const& table_of(RotateOutput const*) {
    static fields::Table const table{
        "RotateOutput",
        {field("master_key_id", &RotateOutput::master_key_id, "The new one, first in the file."),
         field("rewrapped", &RotateOutput::rewrapped, "Data keys that are encrypted with it now.")}};
    return table;
}

RotateOutput rotate(CommandContext const& context, RotateInput const& input) {
    if (!std::filesystem::exists(input.file)) throw Fault(errors::not_found, "There is no file " + input.file + '.');
    secrets::MasterKeys keys(input.file);
    RotateOutput output{keys.add(), 0};
    secrets::Secrets const secrets(keys);
    std::int64_t some = 0;
    do {
        some = context.database.write(system_scope("command line: secrets rotate"),
                                      [&](Transaction& tx) { return secrets.rewrap(tx); });
        output.rewrapped += some;
    } while (some > 0);
    context.database.write(installation_scope("command line: secrets rotate", {}), [&](Transaction& tx) {
        audit::write(tx, installation_tenant, {"command line", "secrets rotate", output.master_key_id});
    });
    return output;
}

// The server has another working directory.
void make_portable(void* input) {
    std::string& file = static_cast<RotateInput*>(input)->file;
    file = std::filesystem::absolute(file).string();
}

std::string show(RotateOutput const& output) {
    return output.master_key_id + " is the master key now; " + std::to_string(output.rewrapped) +
           " data keys are encrypted with it. The older lines of the file are needed by backups alone";
}

struct ResetInput {
    Email email;
};
fields::Table const& table_of(ResetInput const*) {
    static fields::Table const table{"ResetInput", {field("email", &ResetInput::email, "Whose second factor")}};
    return table;
}

struct ResetOutput {
    identity::UserId id;
};
fields::Table const& table_of(ResetOutput const*) {
    static fields::Table const table{"ResetOutput", {field("id", &ResetOutput::id, "Whose it was.")}};
    return table;
}

ResetOutput reset(CommandContext const& context, ResetInput const& input) {
    return context.database.write(
        installation_scope("command line: user reset-second-factor", {}), [&](Transaction& tx) {
            auto const user = identity::find_user_by_email(tx, input.email);
            if (!user || !identity::reset_second_factor(tx, user->id))
                throw Fault(errors::not_found, "There is no account with that address and a second factor.");
            audit::write(tx, installation_tenant, {"command line", "user reset-second-factor", user->id.to_string()});
            return ResetOutput{user->id};
        });
}

std::string show_reset(ResetOutput const& output) {
    return output.id.to_string() + " signs in with the password alone now; its sessions were ended";
}

}  // namespace

Command rotate_secrets_command() {
    auto command =
        command_of("secrets", "rotate", "Make a new master key, and encrypt every tenant's data keys with it",
                   "mainstay secrets rotate --file ./data/secrets.keys", rotate, show);
    command.make_portable = make_portable;
    return command;
}

Command reset_second_factor_command() {
    return command_of("user", "reset-second-factor", "Take away the second factor of somebody who has lost it",
                      "mainstay user reset-second-factor --email ada@example.com", reset, show_reset);
}

}  // namespace mainstay::app
