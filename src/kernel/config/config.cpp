#include "kernel/config/config.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace mainstay::config {

using fields::defaulted;
using fields::field;
using fields::range;

fields::Table const& table_of(Config const*) {
    static fields::Table const table{
        "Config",
        {field("data", &Config::data, "Folder for the database, files and the control socket.", defaulted()),
         field("database", &Config::database, "postgresql:// URL; without it SQLite in the data folder.", defaulted()),
         field("database_owner", &Config::database_owner,
               "URL of the role that owns the tables and migrates, where it is another.", defaulted()),
         field("redis", &Config::redis,
               "redis:// or rediss:// URL by which several nodes share limits and hurry each other.", defaulted()),
         field("redis_ca", &Config::redis_ca,
               "PEM file of the authorities to believe for rediss://; the system's without it.", defaulted()),
         field("address", &Config::address, "Address to listen on; anything but loopback needs TLS in front.",
               defaulted()),
         field("port", &Config::port, "Port to listen on; 0 takes a free one.",
               range(std::int64_t{0}, std::int64_t{65535}), defaulted()),
         field("hosts", &Config::hosts,
               "Host names to answer for, separated by commas; loopback names alone without it.", defaulted()),
         field("proxies", &Config::proxies,
               "Addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas.",
               defaulted()),
         field("tls", &Config::tls, "A proxy in front speaks TLS: cookies are Secure and HSTS is said.", defaulted()),
         field("files", &Config::files,
               "Bucket that speaks S3, such as https://s3.eu-central-1.amazonaws.com/bucket/prefix; without it files "
               "are in the data folder.",
               defaulted()),
         field("files_region", &Config::files_region, "Region of the bucket.", defaulted()),
         field("files_access_key", &Config::files_access_key, "Access key of the bucket.", defaulted()),
         field("files_secret_key", &Config::files_secret_key, "Its secret; best in the environment.", defaulted()),
         field("secrets_file", &Config::secrets_file,
               "The master keys of tenants' secrets, the same for every node; secrets.keys in the data folder without "
               "it.",
               defaulted()),
         field("public_url", &Config::public_url,
               "Where people reach the pages, such as https://app.example.com: for links in mails.", defaulted()),
         field("smtp", &Config::smtp,
               "smtp://, smtps:// or smtp-plain:// URL of the mail server; without it mails go into data/mail.",
               defaulted()),
         field("mail_from", &Config::mail_from, "Sender of mails, such as \"Acme <no-reply@example.com>\".",
               defaulted()),
         field("roles", &Config::roles,
               "What this process does: api, worker, scheduler; with SQLite all of it. Separated by commas.",
               defaulted()),
         field("workers", &Config::workers, "Jobs that run at the same time.",
               range(std::int64_t{1}, std::int64_t{256}), defaulted()),
         field("duck_program", &Config::duck_program,
               "The DuckDB process; mainstay-duck beside the program without it.", defaulted()),
         field("duck_children", &Config::duck_children, "DuckDB processes kept warm, from the first use on.",
               range(std::int64_t{1}, std::int64_t{64}), defaulted()),
         field("duck_memory_mb", &Config::duck_memory_mb, "Memory of one DuckDB process in MiB.",
               range(std::int64_t{64}, std::int64_t{262144}), defaulted()),
         field("prepare", &Config::prepare, "Prepared statements on PostgreSQL; false behind PgBouncer before 1.21.",
               defaulted()),
         field("audit_days", &Config::audit_days,
               "Days that lines of the audit log are kept; their seals stay, and the chain holds.",
               range(std::int64_t{90}, std::int64_t{36500}), defaulted()),
         field("events_days", &Config::events_days, "Days that events are kept.",
               range(std::int64_t{7}, std::int64_t{3650}), defaulted()),
         field("work_days", &Config::work_days, "Days that finished jobs and runs are kept.",
               range(std::int64_t{1}, std::int64_t{3650}), defaulted()),
         field("usage_days", &Config::usage_days,
               "Days that events of use and counts of requests are kept; the meters' figures stay.",
               range(std::int64_t{36}, std::int64_t{3650}), defaulted())}};
    return table;
}

namespace {

bool* find_role(Roles& roles, std::string_view name) {
    if (name == "api") return &roles.api;
    if (name == "worker") return &roles.worker;
    return name == "scheduler" ? &roles.scheduler : nullptr;
}

// The driver takes a URL or words such as "host=db"; what is neither was meant for another database.
void check_database(Loaded& loaded, std::string const& name, std::string const& value) {
    auto const scheme = value.substr(0, value.find("://"));
    bool const is_url = scheme.size() < value.size();
    if (is_url ? scheme == "postgresql" || scheme == "postgres" : value.empty() || value.find('=') != std::string::npos)
        return;
    loaded.problems.push_back({'/' + name,
                               "must be a postgresql:// URL; leave it out for SQLite in the data folder. There is no "
                               "other database"});
}

void check_roles(Loaded& loaded) {
    Roles known;
    auto const names = list_of(loaded.config.roles);
    auto const refuse = [&](std::string const& message) { loaded.problems.push_back({"/roles", message}); };
    if (names.empty()) return refuse("must name one at least of api, worker and scheduler");
    for (auto const& name : names) {
        bool* const role = find_role(known, name);
        if (role == nullptr) return refuse("must have api, worker and scheduler alone, which \"" + name + "\" is not");
        *role = true;
    }
    if (loaded.config.database.empty() && !known.are_all())
        refuse(
            "must be all of api, worker and scheduler with SQLite, whose folder belongs to one process; to divide "
            "them, give each process the same PostgreSQL by --database");
}

// An origin and nothing behind it, so that a path can be put there.
void check_public_url(Loaded& loaded) {
    std::string& url = loaded.config.public_url;
    if (url.empty()) return;
    while (url.ends_with('/')) url.pop_back();
    auto const scheme = url.find("://");
    auto const rest = scheme == std::string::npos ? std::string() : url.substr(scheme + 3);
    bool const is_web = url.starts_with("https://") || url.starts_with("http://");
    if (!is_web || rest.empty() || rest.find_first_of("/?#@ \t\r\n\"<>\\") != std::string::npos)
        loaded.problems.push_back({"/public_url", "must be http:// or https:// with a host, and nothing behind it"});
}

// The name of a bucket is of Amazon's rule, which others keep too.
std::optional<Bucket> parse_bucket(std::string const& files) {
    auto const scheme = files.find("://");
    if (!files.starts_with("https://") && !files.starts_with("http://")) return std::nullopt;
    auto const path = files.find('/', scheme + 3);
    if (path == std::string::npos || files.find_first_of("?#@ \t\r\n\"<>\\") != std::string::npos) return std::nullopt;
    Bucket bucket;
    bucket.endpoint = files.substr(0, path);
    auto const name_end = std::min(files.find('/', path + 1), files.size());
    bucket.name = files.substr(path + 1, name_end - path - 1);
    if (name_end < files.size()) bucket.prefix = files.substr(name_end + 1);
    while (bucket.prefix.ends_with('/')) bucket.prefix.pop_back();
    if (!bucket.prefix.empty()) bucket.prefix += '/';
    bool const is_name = bucket.name.size() >= 3 && bucket.name.size() <= 63 &&
                         bucket.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos;
    if (!is_name || path == scheme + 3) return std::nullopt;
    auto const host = bucket.endpoint.substr(scheme + 3);
    bucket.is_path_style = !host.ends_with(".amazonaws.com") || bucket.name.find('.') != std::string::npos;
    return bucket;
}

void check_files(Loaded& loaded) {
    Config const& config = loaded.config;
    if (config.files.empty()) return;
    if (!parse_bucket(config.files))
        loaded.problems.push_back(
            {"/files", "must be https:// or http:// with a host and a bucket, and a prefix if wanted"});
    if (config.files_access_key.empty() || config.files_secret_key.empty())
        loaded.problems.push_back({"/files_access_key", "must be given, and the secret key too, where --files is"});
}

}  // namespace

Bucket bucket_of(std::string const& files) {
    if (auto bucket = parse_bucket(files)) return *bucket;
    throw Fault(errors::invalid_input, "The setting files names no bucket.");
}

Loaded load(std::map<std::string, std::string> const& flags,
            std::function<std::optional<std::string>(std::string const&)> const& environment) {
    Loaded loaded;
    fields::Report report;
    for (fields::Field const& setting : table_of(static_cast<Config const*>(nullptr)).fields) {
        std::string const name(setting.name);
        auto const flag = flags.find(name);
        std::optional<std::string> value;
        Source source = Source::default_;
        if (flag != flags.end()) {
            value = flag->second;
            source = Source::flag;
        } else if ((value = environment(variable_of(name)))) {
            source = Source::environment;
        }
        loaded.sources[name] = source;
        if (value) fields::read_member(&loaded.config, setting, *value, report);
    }
    loaded.problems = std::move(report.problems);
    for (auto const& part : list_of(loaded.config.proxies))
        if (!Network::parse(part))
            loaded.problems.push_back(
                {"/proxies", "must have addresses and networks alone, which \"" + part + "\" is not"});
    check_database(loaded, "database", loaded.config.database);
    check_database(loaded, "database_owner", loaded.config.database_owner);
    check_roles(loaded);
    check_public_url(loaded);
    check_files(loaded);
    if (!loaded.config.smtp.empty() && loaded.config.mail_from.empty())
        loaded.problems.push_back({"/mail_from", "must be given where --smtp is"});
    return loaded;
}

std::string help_of(fields::Field const& setting) {
    Config const defaults;
    std::string value;
    setting.kind->write(reinterpret_cast<char const*>(&defaults) + setting.offset, value);
    if (setting.kind->shape == fields::Shape::text) value = value.substr(1, value.size() - 2);
    std::string help = std::string(setting.doc) + " Default: " + (value.empty() ? "none" : value);
    for (fields::Rule const& rule : setting.rules) {
        json::Document document;
        if (document.parse('{' + rule.schema + '}')) continue;
        auto const *least = document.root().find("minimum"), *most = document.root().find("maximum");
        if (least != nullptr && most != nullptr)
            help += ", from " + std::to_string(least->integer) + " to " + std::to_string(most->integer);
    }
    return help + ". [" + variable_of(setting.name) + ']';
}

std::string secrets_file_of(Config const& config) {
    return config.secrets_file.empty() ? (std::filesystem::path(config.data) / "secrets.keys").string()
                                       : config.secrets_file;
}

std::string public_url_of(Config const& config) {
    if (!config.public_url.empty()) return config.public_url;
    auto const hosts = list_of(config.hosts);
    if (!hosts.empty()) return (config.tls ? "https://" : "http://") + hosts.front();
    bool const is_ipv6 = config.address.find(':') != std::string::npos;
    return "http://" + (is_ipv6 ? '[' + config.address + ']' : config.address) + ':' + std::to_string(config.port);
}

Roles roles_of(std::string_view comma_separated) {
    Roles roles;
    for (auto const& name : list_of(comma_separated)) {
        bool* const role = find_role(roles, name);
        if (role == nullptr) throw Fault(errors::invalid_input, '"' + name + "\" is no role.");
        *role = true;
    }
    return roles;
}

std::string variable_of(std::string_view name) {
    std::string variable = "MAINSTAY_";
    for (char const c : name) variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return variable;
}

std::string flag_of(std::string_view name) {
    std::string flag = "--" + std::string(name);
    std::replace(flag.begin(), flag.end(), '_', '-');
    return flag;
}

std::optional<std::string> environment_variable(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> list_of(std::string_view comma_separated) {
    std::vector<std::string> list;
    for (auto const part : split(comma_separated, ','))
        if (!trim(part).empty()) list.emplace_back(trim(part));
    return list;
}

std::vector<Network> networks_of(std::string_view comma_separated) {
    std::vector<Network> networks;
    for (auto const& part : list_of(comma_separated)) {
        auto const network = Network::parse(part);
        if (!network) throw Fault(errors::invalid_input, '"' + part + "\" is neither an address nor a network.");
        networks.push_back(*network);
    }
    return networks;
}

}  // namespace mainstay::config
