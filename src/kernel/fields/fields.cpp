#include "kernel/fields/fields.hpp"

#include <algorithm>
#include <cstring>

namespace mainstay::fields {
namespace {

// Adds a token to the report's pointer and takes it off again.
class At {
public:
    At(Report& report, std::string_view token) : report_(report), length_(report.pointer.size()) {
        json::append_pointer(report.pointer, token);
    }
    ~At() { report_.pointer.resize(length_); }
    At(At const&) = delete;
    At& operator=(At const&) = delete;

private:
    Report& report_;
    std::size_t length_;
};

void apply_rules(Field const& field, void const* place, Report& report) {
    void const* const held = field.kind->held(place);
    if (held == nullptr) return;
    for (Rule const& rule : field.rules)
        if (rule.check) rule.check(held, *field.kind, report);
}

}  // namespace

void Report::add(std::string message) {
    if (problems.size() < max_problems) problems.push_back({pointer, std::move(message)});
}

Field const* Table::find(std::string_view field_name) const {
    for (Field const& field : fields)
        if (field.name == field_name) return &field;
    return nullptr;
}

bool Table::bears_secret() const {
    return std::any_of(fields.begin(), fields.end(),
                       [](Field const& field) { return fields::bears_secret(*field.kind); });
}

bool bears_secret(Kind const& kind) {
    return kind.secret || (kind.table != nullptr && kind.table().bears_secret());
}

void write_masked(void const* value, Kind const& kind, std::string& out) {
    if (!bears_secret(kind)) return kind.write(value, out);
    if (kind.secret || kind.shape != Shape::object || kind.optional) {
        out += R"("***")";
        return;
    }
    char separator = '{';
    for (Field const& field : kind.table().fields) {
        out += separator;
        separator = ',';
        json::write_string(field.name, out);
        out += ':';
        write_masked(static_cast<char const*>(value) + field.offset, *field.kind, out);
    }
    out += '}';
}

Field make_field(std::string_view name, std::size_t offset, Kind const& kind, std::string_view doc,
                 std::vector<Rule> rules) {
    bool required = !kind.optional;
    for (Rule const& rule : rules) {
        if (rule.defaulted)
            required = false;
        else if (rule.shape != kind.shape)
            throw std::logic_error("the rule of field " + std::string(name) + " is for another kind");
    }
    return {name, offset, &kind, std::move(rules), doc, required};
}

void read_object(void* object, Table const& table, json::Node const& node, Report& report) {
    if (node.type != json::Node::Type::object) return report.add("must be an object");
    for (Field const& field : table.fields) {
        json::Node const* const found = node.find(field.name);
        if (found == nullptr && !field.required) continue;
        if (found == nullptr) {
            report_missing(field, report);
            continue;
        }
        At const at(report, field.name);
        void* const place = static_cast<char*>(object) + field.offset;
        std::size_t const before = report.problems.size();
        field.kind->read(place, *found, report);
        if (report.problems.size() == before) apply_rules(field, place, report);
    }
    if (table.unknown == Unknown::ignored) return;
    for (json::Member const& member : node.members) {
        if (table.find(member.name) == nullptr) report_unknown(member.name, report);
    }
}

void read_member(void* object, Field const& field, std::string_view text, Report& report) {
    At const at(report, field.name);
    void* const place = static_cast<char*>(object) + field.offset;
    std::size_t const before = report.problems.size();
    field.kind->read_text(place, text, report);
    if (report.problems.size() == before) apply_rules(field, place, report);
}

void report_missing(Field const& field, Report& report) {
    At const at(report, field.name);
    report.add("is required");
}

void report_unknown(std::string_view name, Report& report) {
    At const at(report, name);
    report.add("is not a known field");
}

void write_object(void const* object, Table const& table, std::string& out) {
    char separator = '{';
    for (Field const& field : table.fields) {
        out += separator;
        separator = ',';
        out += '"';
        out += field.name;  // names are ours and need no escapes
        out += "\":";
        field.kind->write(static_cast<char const*>(object) + field.offset, out);
    }
    if (table.fields.empty()) out += '{';
    out += '}';
}

void schema_object(Table const& table, std::string& out, Components& components) {
    out += R"({"type":"object")";
    if (table.unknown == Unknown::refused) out += R"(,"additionalProperties":false)";
    out += R"(,"properties":{)";
    std::string required;
    for (Field const& field : table.fields) {
        if (&field != &table.fields.front()) out += ',';
        json::write_string(field.name, out);
        out += ":{";
        std::size_t const before = out.size();
        field.kind->schema(out, components);
        for (Rule const& rule : field.rules)
            if (!rule.schema.empty()) out += ',' + rule.schema;
        out += out.size() == before ? "\"description\":" : ",\"description\":";
        json::write_string(field.doc, out);
        if (field.kind->secret) out += R"(,"format":"password")";
        out += '}';
        if (field.required) {
            if (!required.empty()) required += ',';
            json::write_string(field.name, required);
        }
    }
    out += '}';
    if (!required.empty()) out += ",\"required\":[" + required + ']';
    out += '}';
}

void read_whole(void* value, Kind const& kind, std::string_view text) {
    json::Document document;
    if (auto const fault = document.parse(text)) {
        std::string const place = "at byte " + std::to_string(fault->offset) + " " + fault->message;
        throw Fault(errors::malformed_json, "The body cannot be read as JSON.",
                    std::vector<Problem>{{fault->pointer, place}});
    }
    Report report;
    kind.read(value, document.root(), report);
    if (!report.is_clean()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(report.problems));
}

std::string_view SqlArena::keep(std::string_view text) {
    if (text.empty()) return "";
    auto* const room = static_cast<char*>(memory_.allocate(text.size(), 1));
    std::memcpy(room, text.data(), text.size());
    return {room, text.size()};
}

}  // namespace mainstay::fields
