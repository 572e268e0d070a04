// Commands that work on the data: the same function runs in the command line's own process when it can open the
// database, and in the running server, asked over its control socket, when the server has it.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/storage/storage.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::portability {
struct Needs;
}

namespace mainstay::app {

struct CommandContext {
    Database& database;
    portability::Needs const* carrying = nullptr;  // where there are files
};

struct Command {
    std::string group;  // "tenant"; empty for a command that stands alone
    std::string name;   // "create"
    std::string summary;
    std::string example;
    fields::Kind const* input = nullptr;
    std::shared_ptr<void> (*make_input)() = nullptr;
    // Where a part of the input means something only where the command was typed; nullptr: no part does.
    void (*make_portable)(void* input) = nullptr;
    std::function<std::string(CommandContext const&, void const* input)> run;  // gives JSON
    std::function<std::string(std::string const& json)> show;                  // for people

    std::string full_name() const { return group.empty() ? name : group + ' ' + name; }
};

template <class In, class Out>
Command command_of(std::string group, std::string name, std::string summary, std::string example,
                   Out (*run)(CommandContext const&, In const&), std::string (*show)(Out const&)) {
    return {std::move(group),
            std::move(name),
            std::move(summary),
            std::move(example),
            &fields::kind_of<In>(),
            [] { return std::shared_ptr<void>(std::make_shared<In>()); },
            nullptr,
            [run](CommandContext const& context, void const* input) {
                return fields::to_json(run(context, *static_cast<In const*>(input)));
            },
            [show](std::string const& json) { return show(fields::from_json<Out>(json)); }};
}

std::vector<Command> const& all_commands();
Command verify_audit_command();
Command import_users_command();
Command export_command();
Command import_command();
Command rotate_secrets_command();
Command reset_second_factor_command();
Command const* find_command(std::string_view full_name);

// Fills an input from flags: lists are split at commas. Throws Fault(errors::invalid_input) naming the flags.
std::shared_ptr<void> read_flags(Command const&, std::map<std::string, std::string> const& flags);

// The command's input as JSON and back, for the control socket.
std::string input_to_json(Command const&, void const* input);
std::shared_ptr<void> input_from_json(Command const&, std::string_view json);

}  // namespace mainstay::app
