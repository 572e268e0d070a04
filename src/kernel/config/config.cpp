#include "kernel/config/config.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdlib>

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
         field("origins", &Config::origins, "Origins that browsers may call from (CORS), separated by commas.",
               defaulted()),
         field("proxies", &Config::proxies,
               "Addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas.",
               defaulted()),
         field("tls", &Config::tls, "A proxy in front speaks TLS: cookies are Secure and HSTS is said.", defaulted()),
         field("workers", &Config::workers, "Jobs that run at the same time.",
               range(std::int64_t{1}, std::int64_t{256}), defaulted()),
         field("duck_program", &Config::duck_program,
               "The DuckDB process; mainstay-duck beside the program without it.", defaulted()),
         field("duck_children", &Config::duck_children, "DuckDB processes kept warm, from the first use on.",
               range(std::int64_t{1}, std::int64_t{64}), defaulted()),
         field("duck_memory_mb", &Config::duck_memory_mb, "Memory of one DuckDB process.",
               range(std::int64_t{64}, std::int64_t{262144}), defaulted()),
         field("prepare", &Config::prepare, "Prepared statements on PostgreSQL; false behind PgBouncer before 1.21.",
               defaulted())}};
    return table;
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
    return loaded;
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
