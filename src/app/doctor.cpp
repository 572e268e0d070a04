// What is in force and what is wrong.
#include "app/cli.hpp"
#include "app/program.hpp"
#include "app/version.hpp"
#include "kernel/web/web.hpp"

#include <sys/resource.h>

#include <iostream>

namespace mainstay::app {
namespace {

enum class Verdict { ok, warning, wrong };
BOOST_DESCRIBE_ENUM(Verdict, ok, warning, wrong)

struct Setting {
    std::string name;
    std::string value;
    config::Source source = config::Source::default_;
};
fields::Table const& table_of(Setting const*) {
    static fields::Table const table{
        "Setting",
        {fields::field("name", &Setting::name, ""), fields::field("value", &Setting::value, ""),
         fields::field("source", &Setting::source, "")}};
    return table;
}

struct Finding {
    std::string what;
    Verdict verdict = Verdict::ok;
    std::string text;
};
fields::Table const& table_of(Finding const*) {
    static fields::Table const table{
        "Finding",
        {fields::field("what", &Finding::what, ""), fields::field("verdict", &Finding::verdict, ""),
         fields::field("text", &Finding::text, "")}};
    return table;
}

struct Diagnosis {
    std::string version;
    std::vector<Setting> settings;
    std::vector<Finding> findings;
};
fields::Table const& table_of(Diagnosis const*) {
    static fields::Table const table{
        "Diagnosis",
        {fields::field("version", &Diagnosis::version, ""), fields::field("settings", &Diagnosis::settings, ""),
         fields::field("findings", &Diagnosis::findings, "")}};
    return table;
}

// A URL without what stands between "://user:" and "@".
std::string without_password(std::string const& url) {
    auto const scheme = url.find("://");
    auto const at = url.rfind('@');
    auto const colon = scheme == std::string::npos ? scheme : url.find(':', scheme + 3);
    if (at == std::string::npos || colon == std::string::npos || colon > at) return url;
    return url.substr(0, colon + 1) + "***" + url.substr(at);
}

std::string shown(std::string_view name, std::string const& value) {
    // Who gives Redis a password alone may have put it where the user stands.
    auto const scheme = value.find("://"), at = value.rfind('@');
    if (name == "redis" && scheme != std::string::npos && at != std::string::npos &&
        value.substr(scheme + 3, at - scheme - 3).find(':') == std::string::npos)
        return value.substr(0, scheme + 3) + "***" + value.substr(at);
    if (name == "files_secret_key" && !value.empty()) return "***";
    return name.starts_with("database") || name == "redis" || name == "smtp" ? without_password(value) : value;
}

Finding check_database(config::Config const& config) {
    std::string const name = config.database.empty() ? "SQLite in " + config.data : "PostgreSQL";
    try {
        auto const found = inspect_database(config);
        switch (found.state) {
            case Inspection::State::in_use: return {"database", Verdict::ok, "a running server has " + config.data};
            case Inspection::State::absent:
                return {"database", Verdict::ok, name + ": not there yet; serve or migrate-db will make it"};
            case Inspection::State::readable: break;
        }
        if (found.pending == 0) return {"database", Verdict::ok, name + " can be read and is up to date"};
        return {"database", Verdict::warning,
                name + " can be read; pending migrations, which serve or migrate-db will apply: " +
                    std::to_string(found.pending)};
    } catch (std::exception const& failure) {  // whatever is wrong with it is what was asked
        return {"database", Verdict::wrong, name + ": " + failure.what()};
    }
}

// The server runs without it too.
Finding check_redis(config::Config const& config) {
    try {
        auto const problem = shared_state::check_redis({config.redis, config.redis_ca});
        if (problem.empty()) return {"redis", Verdict::ok, "answers"};
        return {"redis", Verdict::warning, "is away, each node would limit requests on its own: " + problem};
    } catch (Fault const& fault) {
        return {"redis", Verdict::wrong, fault.public_text()};
    }
}

Finding check_files(config::Config const& config) {
    auto const problem = check_blobs(config, system_clock());
    if (problem.empty()) return {"files", Verdict::ok, "the bucket answers"};
    return {"files", Verdict::wrong, "the bucket cannot be used: " + problem};
}

// Starts one of the processes that the server would start.
Finding check_engine(config::Config const& config) {
    try {
        duck::DuckPool pool({.program = config.duck_program, .warm = 1});
        auto const walls = pool.confinement();
        if (walls.complete()) return {"query engine", Verdict::ok, "DuckDB starts, with every wall around it"};
        std::string text = "DuckDB starts; walls that this machine does not give:";
        for (auto const& wall : walls.missing) text += ' ' + wall + ';';
        text.pop_back();
        return {"query engine", Verdict::warning, text};
    } catch (Fault const& fault) {
        return {"query engine", Verdict::wrong, "DuckDB does not start: " + fault.internal_text()};
    }
}

// The server raises the soft limit to the hard one by itself.
Finding check_descriptors() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    std::string const allowed = std::to_string(limit.rlim_max) + " allowed";
    if (limit.rlim_max > web::Limits{}.connections) return {"open files", Verdict::ok, allowed};
    return {"open files", Verdict::warning,
            "only " + allowed + ", while up to " + std::to_string(web::Limits{}.connections) +
                " connections are accepted; raise the hard limit (LimitNOFILE= of the service)"};
}

// Of the folder, or of the one in which it will be made.
Finding check_disk(config::Config const& config) {
    std::error_code error;
    auto folder = std::filesystem::absolute(config.data);
    while (!std::filesystem::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
    auto const space = std::filesystem::space(folder, error);
    if (error)
        return {"disk", Verdict::warning, "the space under " + config.data + " cannot be read: " + error.message()};
    auto const free_mb = space.available >> 20;
    return {"disk", free_mb < 1024 ? Verdict::warning : Verdict::ok,
            std::to_string(free_mb) + " MB free under " + config.data};
}

}  // namespace

int doctor(Flags const& flags, bool as_json) {
    Diagnosis diagnosis{std::string(version), {}, {}};
    auto const loaded = config::load(flags, config::environment_variable);
    for (fields::Field const& setting : table_of(static_cast<config::Config const*>(nullptr)).fields) {
        std::string text;
        setting.kind->write(reinterpret_cast<char const*>(&loaded.config) + setting.offset, text);
        if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
        diagnosis.settings.push_back(
            {std::string(setting.name), shown(setting.name, text), loaded.sources.at(std::string(setting.name))});
    }
    for (Problem const& problem : loaded.problems)
        diagnosis.findings.push_back({"setting " + problem.pointer.substr(1), Verdict::wrong, problem.message});
    if (loaded.problems.empty()) {
        diagnosis.findings.push_back(check_database(loaded.config));
        if (!loaded.config.redis.empty()) diagnosis.findings.push_back(check_redis(loaded.config));
        if (!loaded.config.files.empty()) diagnosis.findings.push_back(check_files(loaded.config));
        diagnosis.findings.push_back(check_engine(loaded.config));
        diagnosis.findings.push_back(check_disk(loaded.config));
    }
    diagnosis.findings.push_back(check_descriptors());
    bool healthy = true;
    for (Finding const& finding : diagnosis.findings) healthy = healthy && finding.verdict != Verdict::wrong;
    if (as_json) {
        std::cout << fields::to_json(diagnosis) << '\n';
        return healthy ? exit_done : exit_failed;
    }
    std::cout << "Mainstay " << diagnosis.version << "\n\nSettings\n";
    for (Setting const& setting : diagnosis.settings)
        std::cout << "  " << config::flag_of(setting.name) << " = "
                  << (setting.value.empty() ? "(none)" : setting.value) << "  (" << fields::name_of(setting.source)
                  << ")\n";
    std::cout << "\nFindings\n";
    for (Finding const& finding : diagnosis.findings)
        std::cout << "  " << fields::name_of(finding.verdict) << "  " << finding.what << ": " << finding.text << '\n';
    return healthy ? exit_done : exit_failed;
}

}  // namespace mainstay::app
