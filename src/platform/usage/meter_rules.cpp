// What an event's properties are to a meter.
#include "platform/usage/meters.hpp"

namespace mainstay::usage {
namespace {

using Type = json::Node::Type;

std::string pointer_to(std::string_view property) {
    std::string pointer = "/properties";
    json::append_pointer(pointer, property);
    return pointer;
}

// The text of a plain value; empty for what is absent or null.
std::variant<std::string, Reason> plain_text(json::Node const* node) {
    std::string text;
    if (node == nullptr || node->type == Type::null) return text;
    if (node->type == Type::array || node->type == Type::object) return Reason::property_not_plain;
    if (node->type == Type::string)
        text = node->string;
    else
        json::write_node(*node, text);
    if (text.size() > group_bytes_max) return Reason::property_too_long;
    if (text.find('\0') != std::string::npos) return Reason::property_not_plain;  // PostgreSQL has no such text
    return text;
}

std::variant<Decimal, Reason> number(Aggregation aggregation, json::Node const* node) {
    if (node == nullptr || node->type == Type::null) return Reason::property_missing;
    std::optional<Decimal> value;
    if (node->type == Type::integer) value = Decimal::parse(std::to_string(node->integer));
    if (node->type == Type::real) value = Decimal::from_double(node->real);
    if (node->type == Type::string) value = Decimal::parse(node->string);
    if (!value) return Reason::property_not_a_number;
    bool const is_level = aggregation == Aggregation::weighted_sum;
    if (is_level && (value->whole() >= weighted_whole_max || value->whole() < -weighted_whole_max))
        return Reason::property_out_of_range;
    return *value;
}

}  // namespace

std::variant<Measure, Refusal> measure(Meter const& meter, json::Node const& properties) {
    Measure found;
    if (meter.property) {
        auto const* node = properties.find(*meter.property);
        auto const refuse = [&](Reason reason) { return Refusal{reason, pointer_to(*meter.property)}; };
        if (meter.aggregation == Aggregation::unique) {
            auto text = plain_text(node);
            if (auto const* reason = std::get_if<Reason>(&text)) return refuse(*reason);
            found.text = std::get<std::string>(std::move(text));
            if (found.text.empty()) return refuse(Reason::property_missing);
        } else {
            auto const value = number(meter.aggregation, node);
            if (auto const* reason = std::get_if<Reason>(&value)) return refuse(*reason);
            found.value = std::get<Decimal>(value);
        }
    }
    found.groups = "[";
    for (std::string const& property : meter.group_by) {
        auto const text = plain_text(properties.find(property));
        if (auto const* reason = std::get_if<Reason>(&text)) return Refusal{*reason, pointer_to(property)};
        if (found.groups.size() > 1) found.groups += ',';
        json::write_string(std::get<std::string>(text), found.groups);
    }
    found.groups += ']';
    return found;
}

}  // namespace mainstay::usage
