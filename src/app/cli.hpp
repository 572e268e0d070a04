// The command line: flags to settings and inputs, results to people or to programs (--json), faults to exit codes.
#pragma once
#include "app/commands.hpp"
#include "kernel/config/config.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mainstay::app {

// What ends a command: 0 done, 1 refused or failed, 2 wrong usage.
enum ExitCode { exit_done = 0, exit_failed = 1, exit_usage = 2 };

using Flags = std::map<std::string, std::string>;

// Adds flags for settings: all of them, or those that say where the data is. What is given lands in `flags`, which must
// outlive the parsing.
enum class Settings { all, of_data };
void add_settings(CLI::App&, Flags& flags, Settings);

std::string settings_help();  // all of them, with their defaults and ranges

// The settings in force. Throws Fault(errors::invalid_input) naming each that is wrong.
config::Config settings_of(Flags const&);

std::filesystem::path control_socket_of(config::Config const&);

// Prints on standard error; as JSON only if asked to.
void print_fault(Fault const&, bool as_json);

// Runs it here, or asks the server that has the data folder. Prints the result.
int run_command(Command const&, Flags const& settings, Flags const& inputs, bool as_json);

int serve(config::Config const&, bool with_sample_data);
int doctor(Flags const& flags, bool as_json);
enum class Reference { api, errors };  // as OpenAPI; as Markdown
int print_reference(Reference);

// What `dbt convert` is told.
struct ConvertInput {
    std::vector<std::string> inputs;  // files: scripts or zips of them
    std::string out;
    std::string project_name;
    std::string report_file;  // empty: none but the one in the project
};
int convert_dbt(ConvertInput const&, bool as_json);
int parse_sql(std::vector<std::string> const& files, std::string const& report_file, bool as_json);

std::string read_file(std::filesystem::path const&);
void write_file(std::filesystem::path const&, std::string const& text);

int migrate_database(config::Config const&, bool as_json);

}  // namespace mainstay::app
