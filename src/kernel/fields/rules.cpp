// What a value may be beyond its type, and how the schema says it.
#include "kernel/fields/fields.hpp"

#include "base/text.hpp"

#include <re2/re2.h>

#include <memory>

namespace mainstay::fields {
namespace {

std::string number(double value) {
    std::string out;
    json::write_real(value, out);
    return out;
}

std::string limits(std::string_view low, std::string const& min, std::string_view high, std::string const& max) {
    return '"' + std::string(low) + "\":" + min + ",\"" + std::string(high) + "\":" + max;
}

}  // namespace

Rule length(std::size_t min, std::size_t max) {
    return {Shape::text,
            [=](void const* value, Kind const&, Report& report) {
                std::size_t const size = utf8_length(*static_cast<std::string const*>(value));
                if (size < min || size > max)
                    report.add("must be " + std::to_string(min) + " to " + std::to_string(max) + " characters long");
            },
            limits("minLength", std::to_string(min), "maxLength", std::to_string(max))};
}

Rule range(std::int64_t min, std::int64_t max) {
    return {Shape::integer,
            [=](void const* value, Kind const&, Report& report) {
                auto const number = *static_cast<std::int64_t const*>(value);
                if (number < min || number > max)
                    report.add("must be from " + std::to_string(min) + " to " + std::to_string(max));
            },
            limits("minimum", std::to_string(min), "maximum", std::to_string(max))};
}

Rule range(double min, double max) {
    return {Shape::real,
            [=](void const* value, Kind const&, Report& report) {
                auto const real = *static_cast<double const*>(value);
                if (real < min || real > max) report.add("must be from " + number(min) + " to " + number(max));
            },
            limits("minimum", number(min), "maximum", number(max))};
}

Rule pattern(std::string_view re2, std::string_view says) {
    auto const expression = std::make_shared<RE2>(re2, RE2::Quiet);
    if (!expression->ok())
        throw std::logic_error("the pattern " + std::string(re2) + " cannot be read: " + expression->error());
    std::string schema = "\"pattern\":";
    json::write_string("^(?:" + std::string(re2) + ")$", schema);
    return {Shape::text,
            [expression, says = std::string(says)](void const* value, Kind const&, Report& report) {
                if (!RE2::FullMatch(*static_cast<std::string const*>(value), *expression)) report.add(says);
            },
            schema};
}

Rule items(std::size_t min, std::size_t max) {
    return {Shape::list,
            [=](void const* value, Kind const& kind, Report& report) {
                std::size_t const count = kind.count(value);
                if (count < min || count > max)
                    report.add("must have " + std::to_string(min) + " to " + std::to_string(max) + " items");
            },
            limits("minItems", std::to_string(min), "maxItems", std::to_string(max))};
}

Rule defaulted() {
    return {Shape::other, nullptr, {}, true};
}

}  // namespace mainstay::fields
