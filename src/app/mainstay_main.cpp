#include "app/cli.hpp"
#include "app/version.hpp"
#include "products/migrate/migrate.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <optional>
#include <span>

namespace {

using namespace mainstay;
using namespace mainstay::app;

CLI::App* add_leaf(CLI::App& parent, std::string const& name, std::string const& summary, std::string const& example,
                   Flags& settings, bool& as_json, Settings which = Settings::of_data) {
    CLI::App* const leaf = parent.add_subcommand(name, summary);
    leaf->footer("Example:\n  " + example);
    leaf->add_flag("--json", as_json, "Print the result as JSON");
    add_settings(*leaf, settings, which);
    return leaf;
}

// The words that should have been a command and are none.
std::optional<std::string> unknown_command(CLI::App const& app, std::span<char* const> words) {
    CLI::App const* at = &app;
    std::string name;
    for (std::string const word : words) {
        auto const commands = at->get_subcommands({});
        if (word.starts_with('-') || commands.empty()) return std::nullopt;
        name += (name.empty() ? "" : " ") + word;
        auto const found =
            std::find_if(commands.begin(), commands.end(), [&](auto const* one) { return one->check_name(word); });
        if (found == commands.end()) return name;
        at = *found;
    }
    return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Mainstay: everything a company needs around a software-as-a-service product, in one program.",
                 "mainstay");
    app.set_version_flag("--version", std::string(version));
    app.require_subcommand(1);
    app.footer(settings_help());
    Flags settings, inputs;
    bool as_json = false, with_sample_data = false;
    std::string target = "duckdb";
    int code = exit_done;

    auto* const serve_app = add_leaf(app, "serve", "Run the server in the foreground",
                                     "mainstay serve --data ./data --port 8000", settings, as_json, Settings::all);
    serve_app->add_flag("--sample-data", with_sample_data,
                        "Start with a sample tenant and migration, where there is none");
    serve_app->callback([&] { code = serve(settings_of(settings), with_sample_data); });
    add_leaf(app, "worker",
             "Run a server without the API: serve --roles worker,scheduler, whatever the environment says. A worker "
             "fires schedules too, since each comes due once however many look, and never where nobody does",
             "mainstay worker --database postgresql://… --data ./worker --port 8001", settings, as_json, Settings::all)
        ->callback([&] {
            settings.try_emplace("roles", "worker,scheduler");
            code = serve(settings_of(settings), false);
        });
    add_leaf(app, "doctor", "Say what is in force and what is wrong", "mainstay doctor --data ./data", settings,
             as_json, Settings::all)
        ->callback([&] { code = doctor(settings, as_json); });
    add_leaf(app, "migrate-db", "Bring the tables up to date", "mainstay migrate-db --database postgresql://…",
             settings, as_json)
        ->callback([&] { code = migrate_database(settings_of(settings), as_json); });
    add_leaf(app, "openapi", "Print the API document", "mainstay openapi > openapi.json", settings, as_json)
        ->callback([&] { code = print_reference(Reference::api); });
    add_leaf(app, "errors", "Print the reference of error codes", "mainstay errors > errors.md", settings, as_json)
        ->callback([&] { code = print_reference(Reference::errors); });

    std::vector<std::string> sql_files;
    std::string report_file;
    ConvertInput convert_input;
    auto* const sql_app = app.add_subcommand("sql", "Commands on T-SQL");
    sql_app->require_subcommand(1);
    auto* const parse_app =
        sql_app->add_subcommand("parse", "Say what the parser makes of scripts: statements, errors with their places");
    parse_app->footer("Example:\n  mainstay sql parse examples/retail/retail.sql --report report.json");
    parse_app->add_option("files", sql_files, "T-SQL scripts")->required();
    parse_app->add_option("--report", report_file, "Write the result as JSON to this file");
    parse_app->add_flag("--json", as_json, "Print the result as JSON");
    parse_app->callback([&] { code = parse_sql(sql_files, report_file, as_json); });

    auto* const dbt_app = app.add_subcommand("dbt", "Commands on dbt projects");
    dbt_app->require_subcommand(1);
    auto* const convert_app =
        dbt_app->add_subcommand("convert", "Turn SQL Server scripts into a dbt project whose models were run");
    convert_app->footer(
        "Example:\n  mainstay dbt convert examples/retail/retail.sql --out ./retail_dbt --project retail --target "
        "duckdb");
    convert_app->add_option("input", convert_input.inputs, "Scripts, or zips of them")->required();
    convert_app->add_option("--out", convert_input.out, "Folder for the project")->required();
    convert_app->add_option("--project", convert_input.project_name, "Name of the dbt project")
        ->required()
        ->check([](std::string const& name) {
            return dbt::is_project_name(name) ? std::string() : std::string(dbt::project_name_says);
        });
    convert_app->add_option("--target", target, "Where the models run")->check(CLI::IsMember({"duckdb"}));
    convert_app->add_option("--report", convert_input.report_file, "Write the report as JSON to this file as well");
    convert_app->add_flag("--json", as_json, "Print the evaluation as JSON");
    convert_app->callback([&] { code = convert_dbt(convert_input, as_json); });

    std::map<std::string, CLI::App*> groups;
    for (Command const& command : all_commands()) {
        CLI::App*& group = groups[command.group];
        if (command.group.empty()) {
            group = &app;
        } else if (group == nullptr) {
            group = app.add_subcommand(command.group, "Commands on a " + command.group);
            group->require_subcommand(1);
        }
        auto* const leaf = add_leaf(*group, command.name, command.summary, command.example, settings, as_json);
        for (fields::Field const& member : command.input->table().fields) {
            std::string const name(member.name);
            leaf->add_option_function<std::string>(
                config::flag_of(name), [&inputs, name](std::string const& value) { inputs[name] = value; },
                std::string(member.doc));
        }
        leaf->callback([&, leaf_command = &command] { code = run_command(*leaf_command, settings, inputs, as_json); });
    }

    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& wrong) {
        if (auto const unknown = unknown_command(app, std::span(argv, static_cast<std::size_t>(argc)).subspan(1))) {
            std::cerr << "There is no command \"" << *unknown << "\"; mainstay --help lists them.\n";
            return exit_usage;
        }
        return app.exit(wrong) == 0 ? exit_done : exit_usage;
    } catch (Fault const& fault) {
        print_fault(fault, as_json);
        return exit_failed;
    } catch (std::exception const& failure) {
        std::cerr << "mainstay: " << failure.what() << '\n';
        return exit_failed;
    }
    return code;
}
