#include "app/cli.hpp"

#include "app/control_socket.hpp"
#include "app/portability_needs.hpp"
#include "app/program.hpp"
#include "app/version.hpp"
#include "kernel/web/web.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace mainstay::app {
namespace {

bool is_of_data(std::string_view name) {
    return name == "data" || name == "database" || name == "database_owner" || name == "prepare" ||
           name.starts_with("files");
}

// A fault as the server tells it: fault_to_json read back.
struct ToldProblem {
    std::string pointer;
    std::string message;
};
fields::Table const& table_of(ToldProblem const*) {
    static fields::Table const table{
        "ToldProblem",
        {fields::field("pointer", &ToldProblem::pointer, ""), fields::field("message", &ToldProblem::message, "")}};
    return table;
}

struct ToldFault {
    std::string code;
    std::string detail;
    std::vector<ToldProblem> errors;
};
fields::Table const& table_of(ToldFault const*) {
    static fields::Table const table{
        "ToldFault",
        {fields::field("code", &ToldFault::code, ""), fields::field("detail", &ToldFault::detail, ""),
         fields::field("errors", &ToldFault::errors, "")}};
    return table;
}

// A problem's place as whoever typed the command knows it: a flag, or what is no flag, such as a tenant, as it is.
std::string place_of(std::string_view pointer) {
    std::string const name(pointer.substr(pointer.empty() ? 0 : 1));
    auto const& commands = all_commands();
    bool const is_flag = table_of(static_cast<config::Config const*>(nullptr)).find(name) != nullptr ||
                         std::any_of(commands.begin(), commands.end(), [&](Command const& command) {
                             return command.input->table().find(name) != nullptr;
                         });
    return is_flag ? config::flag_of(name) : name;
}

void print_told(std::string const& json, bool as_json) {
    if (as_json) {
        std::cerr << json << '\n';
        return;
    }
    auto const told = fields::from_json<ToldFault>(json);
    std::cerr << "mainstay: " << told.detail << '\n';
    for (ToldProblem const& problem : told.errors)
        std::cerr << "  " << place_of(problem.pointer) << ' ' << problem.message << '\n';
}

ControlReply run_or_ask(Command const& command, config::Config const& config, void const* input) {
    std::unique_ptr<Database> database;
    try {
        database = open_database(config);
    } catch (Fault const& fault) {
        if (fault.code().name != errors::data_folder_in_use.name) throw;
    }
    if (database) {
        Blobs blobs(config, system_clock());
        auto const carrying = portability_needs(config, blobs.files());
        return {true, command.run({*database, &carrying}, input)};
    }
    return ask_control(control_socket_of(config), command.full_name(), input_to_json(command, input));
}

}  // namespace

void add_settings(CLI::App& app, Flags& flags, Settings which) {
    for (fields::Field const& setting : table_of(static_cast<config::Config const*>(nullptr)).fields) {
        std::string const name(setting.name);
        if (which == Settings::of_data && !is_of_data(name)) continue;
        app.add_option_function<std::string>(
            config::flag_of(name), [&flags, name](std::string const& value) { flags[name] = value; },
            config::help_of(setting));
    }
}

std::string settings_help() {
    std::string text = "Settings, each as a flag behind the command or as a variable:\n";
    for (fields::Field const& setting : table_of(static_cast<config::Config const*>(nullptr)).fields)
        text += "  " + config::flag_of(setting.name) + "\n      " + config::help_of(setting) + '\n';
    return text;
}

config::Config settings_of(Flags const& flags) {
    auto loaded = config::load(flags, config::environment_variable);
    if (!loaded.problems.empty())
        throw Fault(errors::invalid_input, "The settings are not valid.", std::move(loaded.problems));
    return loaded.config;
}

std::filesystem::path control_socket_of(config::Config const& config) {
    return std::filesystem::path(config.data) / "control.sock";
}

void print_fault(Fault const& fault, bool as_json) {
    print_told(fault_to_json(fault), as_json);
    if (!as_json && !fault.internal_text().empty()) std::cerr << "  " << fault.internal_text() << '\n';
}

int run_command(Command const& command, Flags const& settings, Flags const& inputs, bool as_json) {
    auto const config = settings_of(settings);
    auto const input = read_flags(command, inputs);
    if (command.make_portable != nullptr) command.make_portable(input.get());
    auto const reply = run_or_ask(command, config, input.get());
    if (!reply.done) {
        print_told(reply.json, as_json);
        return exit_failed;
    }
    std::cout << (as_json ? reply.json : command.show(reply.json)) << '\n';
    return exit_done;
}

int print_reference(Reference which) {
    // The routes need a database behind them, if only to be declared; an empty one in a folder that goes away does.
    auto pattern = (std::filesystem::temp_directory_path() / "mainstay-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw Fault(errors::internal_error, "No temporary folder could be made.", pattern);
    config::Config config;
    config.data = pattern;
    {
        Program const program(config, open_database(config));
        std::cout << (which == Reference::api ? web::openapi_document(program.routes(), version) + '\n'
                                              : web::error_reference(program.routes()));
    }
    std::filesystem::remove_all(pattern);
    return exit_done;
}

int migrate_database(config::Config const& config, bool as_json) {
    auto const database = open_database(config, FolderUse::none_on_postgres);
    std::cout << (as_json ? "{\"tables\":\"up to date\"}" : "The tables are up to date.") << '\n';
    return exit_done;
}

}  // namespace mainstay::app
