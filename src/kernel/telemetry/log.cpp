#include "base/time.hpp"
#include "kernel/fields/fields.hpp"
#include "kernel/telemetry/telemetry.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <atomic>

namespace mainstay::log {
namespace {

std::atomic<Format> format_in_force = Format::readable;

spdlog::logger& logger() {
    static auto const instance = [] {
        auto made = std::make_shared<spdlog::logger>("mainstay", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *instance;
}

std::string readable(std::string_view level, std::string_view text, std::initializer_list<Field> fields) {
    auto const escaped = [](std::string_view raw) {
        std::string quoted;
        json::write_string(raw, quoted);
        return quoted.substr(1, quoted.size() - 2);
    };
    std::string line = to_rfc3339(system_clock().now()).substr(11, 8) + " " + std::string(level) + " " + escaped(text);
    for (Field const& field : fields) line += " " + std::string(field.name) + "=" + escaped(field.value);
    return line;
}

std::string as_json(std::string_view level, std::string_view text, std::initializer_list<Field> fields) {
    std::string line =
        "{\"time\":\"" + to_rfc3339(system_clock().now()) + "\",\"level\":\"" + std::string(level) + "\",\"text\":";
    json::write_string(text, line);
    for (Field const& field : fields) {
        line += ',';
        json::write_string(field.name, line);
        line += ':';
        json::write_string(field.value, line);
    }
    return line + '}';
}

void write(spdlog::level::level_enum level, std::string_view name, std::string_view text,
           std::initializer_list<Field> fields) {
    std::string const line =
        format_in_force == Format::json ? as_json(name, text, fields) : readable(name, text, fields);
    logger().log(level, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void set_format(Format format) {
    format_in_force = format;
}
Format format_for_terminal() {
    return isatty(STDERR_FILENO) == 1 ? Format::readable : Format::json;
}

void info(std::string_view text, std::initializer_list<Field> fields) {
    write(spdlog::level::info, "info", text, fields);
}
void warning(std::string_view text, std::initializer_list<Field> fields) {
    write(spdlog::level::warn, "warning", text, fields);
}
void error(std::string_view text, std::initializer_list<Field> fields) {
    write(spdlog::level::err, "error", text, fields);
}

}  // namespace mainstay::log
