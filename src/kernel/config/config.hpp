// The program's settings: one table gives the flags, the environment variables, what doctor shows and the guide.
// A flag goes before its variable, a variable before the default.
#pragma once
#include "base/network.hpp"
#include "kernel/fields/fields.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::config {

enum class Source { flag, environment, default_ };
BOOST_DESCRIBE_ENUM(Source, flag, environment, default_)

struct Config {
    std::string data = "./data";
    std::string database;        // empty: SQLite in the data folder
    std::string database_owner;  // migrates; empty: `database` does
    std::string redis;           // redis:// or rediss:// URL; empty: this process is alone
    std::string redis_ca;        // PEM file; empty: the system's certificates
    std::string address = "127.0.0.1";
    std::int64_t port = 8000;
    std::string hosts;    // comma-separated
    std::string proxies;  // comma-separated
    bool tls = false;
    std::string files;  // https://endpoint/bucket[/prefix]; empty: files in the data folder
    std::string files_region = "us-east-1";
    std::string files_access_key, files_secret_key;
    std::string secrets_file;  // empty: secrets.keys in the data folder
    std::string public_url;    // without a slash at its end; empty: see public_url_of()
    std::string smtp;          // empty: mails are put into a folder
    std::string mail_from;
    std::string roles = "api,worker,scheduler";  // comma-separated
    std::int64_t workers = 4;
    std::string duck_program;  // empty: mainstay-duck beside the program
    std::int64_t duck_children = 1;
    std::int64_t duck_memory_mb = 512;
    bool prepare = true;
    std::int64_t audit_days = 1095;
    std::int64_t events_days = 30;  // as far as a wait looks back, and a page that follows
    std::int64_t work_days = 7;     // finished jobs and runs
    std::int64_t usage_days = 400;  // events of tenants' customers are kept; their figures stay
};
fields::Table const& table_of(Config const*);

struct Loaded {
    Config config;
    std::map<std::string, Source> sources;  // by name
    std::vector<Problem> problems;          // pointer: "/port"
};

// `flags` by name ("port"), as the command line gave them.
Loaded load(std::map<std::string, std::string> const& flags,
            std::function<std::optional<std::string>(std::string const&)> const& environment);

std::string variable_of(std::string_view name);  // "MAINSTAY_PORT"
std::string flag_of(std::string_view name);      // "--port"

// What a setting means, its default, its range and its variable, in one line.
std::string help_of(fields::Field const& setting);

// The process's environment.
std::optional<std::string> environment_variable(std::string const& name);

std::vector<std::string> list_of(std::string_view comma_separated);

// What a process does. On one PostgreSQL each may be done by processes of its own.
struct Roles {
    bool api = false;        // answers requests
    bool worker = false;     // carries out jobs and runs
    bool scheduler = false;  // fires schedules, and keeps house for all processes
    bool are_all() const { return api && worker && scheduler; }
};
// Throws Fault(errors::invalid_input) for a name that is none; load() has named those.
Roles roles_of(std::string_view comma_separated);

// Where people reach the pages, for links in mails: the setting; without it the first of `hosts`, or this machine.
std::string public_url_of(Config const&);
std::string secrets_file_of(Config const&);

// What the setting `files` says. Throws Fault(errors::invalid_input) for what is none; load() has named it.
struct Bucket {
    std::string endpoint, name, prefix;  // the prefix, if there is one, ends with a slash
    bool is_path_style = false;          // Amazon's buckets have host names of their own, others' are in the path
};
Bucket bucket_of(std::string const& files);

// Throws Fault(errors::invalid_input) for what is neither an address nor a network; load() has named those.
std::vector<Network> networks_of(std::string_view comma_separated);

}  // namespace mainstay::config
