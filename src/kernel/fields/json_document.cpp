#include "kernel/fields/json_document.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <vector>

namespace mainstay::json {
namespace {

constexpr std::size_t small_object = 16;  // up to here a linear look for duplicates is quicker

// Builds nodes bottom up: finished values wait on a stack until their array or object ends.
class Builder {
public:
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    using error_code = boost::json::error_code;
    using string_view = boost::json::string_view;

    explicit Builder(std::pmr::monotonic_buffer_resource& arena) : arena_(&arena) {}

    Node const& root() const { return values_.front(); }
    std::string const& fault() const { return fault_; }
    std::string pointer() const {
        std::string out;
        for (std::size_t i = 0; i < levels_.size(); ++i) {
            std::size_t const end = i + 1 < levels_.size() ? levels_[i + 1].first_value : values_.size();
            if (!levels_[i].is_object)
                append_pointer(out, std::to_string(end - levels_[i].first_value));
            else if (levels_[i].has_key)
                append_pointer(out, keys_[levels_[i].last_key]);
        }
        return out;
    }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(true); }
    bool on_array_begin(error_code&) { return open(false); }

    bool on_object_end(std::size_t count, error_code& ec) {
        Level const level = levels_.back();
        levels_.pop_back();
        Node node;
        node.type = Node::Type::object;
        auto* members = allocate<Member>(count);
        for (std::size_t i = 0; i < count; ++i)
            members[i] = {keys_[level.first_key + i], values_[level.first_value + i]};
        node.members = {members, count};
        if (has_duplicates(node.members)) return refuse("has the same member twice", ec);
        keys_.resize(level.first_key);
        values_.resize(level.first_value);
        return push(node);
    }

    bool on_array_end(std::size_t count, error_code&) {
        Level const level = levels_.back();
        levels_.pop_back();
        Node node;
        node.type = Node::Type::array;
        auto* items = allocate<Node>(count);
        std::copy_n(values_.begin() + static_cast<std::ptrdiff_t>(level.first_value), count, items);
        node.items = {items, count};
        values_.resize(level.first_value);
        return push(node);
    }

    bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_key(string_view last, std::size_t, error_code&) {
        keys_.push_back(keep(last));
        levels_.back().has_key = true;
        levels_.back().last_key = keys_.size() - 1;
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_string(string_view last, std::size_t, error_code&) {
        Node node;
        node.type = Node::Type::string;
        node.string = keep(last);
        return push(node);
    }
    bool on_number_part(string_view, error_code&) { return true; }
    bool on_int64(std::int64_t value, string_view, error_code&) {
        Node node;
        node.type = Node::Type::integer;
        node.integer = value;
        node.real = static_cast<double>(value);
        return push(node);
    }
    bool on_uint64(std::uint64_t value, string_view, error_code&) { return push_real(static_cast<double>(value)); }
    bool on_double(double value, string_view, error_code& ec) {
        if (!std::isfinite(value)) return refuse("is a number out of range", ec);
        return push_real(value);
    }
    bool on_bool(bool value, error_code&) {
        Node node;
        node.type = Node::Type::boolean;
        node.boolean = value;
        return push(node);
    }
    bool on_null(error_code&) { return push({}); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    struct Level {
        bool is_object;
        bool has_key;
        std::size_t first_key, last_key, first_value;
    };

    template <class T>
    T* allocate(std::size_t count) {
        if (count == 0) return nullptr;
        void* const room = arena_->allocate(count * sizeof(T), alignof(T));
        return new (room) T[count];
    }

    bool open(bool is_object) {
        levels_.push_back({is_object, false, keys_.size(), 0, values_.size()});
        return true;
    }
    bool push(Node const& node) {
        values_.push_back(node);
        return true;
    }
    bool push_real(double value) {
        Node node;
        node.type = Node::Type::real;
        node.real = value;
        return push(node);
    }
    bool gather(string_view part) {
        partial_.append(part.data(), part.size());
        return true;
    }
    std::string_view keep(string_view last) {
        std::size_t const size = partial_.size() + last.size();
        auto* const room = allocate<char>(size);
        if (size > 0) {
            std::copy_n(partial_.data(), partial_.size(), room);
            std::copy_n(last.data(), last.size(), room + partial_.size());
        }
        partial_.clear();
        return {room, size};
    }
    bool refuse(char const* text, error_code& ec) {
        fault_ = text;
        ec = boost::json::error::syntax;
        return false;
    }

    static bool has_duplicates(std::span<Member const> members) {
        if (members.size() <= small_object) {
            for (std::size_t i = 1; i < members.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (members[i].name == members[j].name) return true;
            return false;
        }
        std::vector<std::string_view> names;
        names.reserve(members.size());
        for (auto const& member : members) names.push_back(member.name);
        std::sort(names.begin(), names.end());
        return std::adjacent_find(names.begin(), names.end()) != names.end();
    }

    std::pmr::monotonic_buffer_resource* arena_;
    std::vector<Level> levels_;
    std::vector<std::string_view> keys_;
    std::vector<Node> values_;
    std::string partial_;
    std::string fault_;
};

boost::json::parse_options strict() {
    boost::json::parse_options options;
    options.max_depth = max_depth;
    return options;
}

std::string describe(boost::json::error_code ec) {
    if (ec == boost::json::error::too_deep) return "is nested more than 32 deep";
    if (ec == boost::json::error::incomplete) return "ends too early";
    if (ec == boost::json::error::extra_data) return "is followed by more text";
    return "is not JSON: " + ec.message();
}

}  // namespace

Node const* Node::find(std::string_view name) const {
    for (Member const& member : members)
        if (member.name == name) return &member.value;
    return nullptr;
}

std::optional<SyntaxError> Document::parse(std::string_view text) {
    arena_ = std::make_unique<std::pmr::monotonic_buffer_resource>(std::max<std::size_t>(512, text.size()));
    root_ = {};
    boost::json::basic_parser<Builder> parser(strict(), *arena_);
    boost::json::error_code ec;
    std::size_t const used = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && used < text.size()) ec = boost::json::error::extra_data;
    Builder const& built = parser.handler();
    if (ec) return SyntaxError{built.pointer(), used, built.fault().empty() ? describe(ec) : built.fault()};
    root_ = built.root();
    return std::nullopt;
}

void write_string(std::string_view text, std::string& out) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, from, i - from);
        from = i + 1;
        out += '\\';
        switch (byte) {
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            case '\n': out += 'n'; break;
            case '\r': out += 'r'; break;
            case '\t': out += 't'; break;
            default:
                out += "u00";
                out += hex[byte >> 4];
                out += hex[byte & 15];
        }
    }
    out.append(text, from);
    out += '"';
}

void write_integer(std::int64_t value, std::string& out) {
    char room[24];
    auto const end = std::to_chars(room, room + sizeof room, value).ptr;
    out.append(room, end);
}

void write_real(double value, std::string& out) {
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    char room[40];
    auto const end = std::to_chars(room, room + sizeof room, value).ptr;
    out.append(room, end);
}

void write_node(Node const& node, std::string& out) {
    char separator = '[';
    switch (node.type) {
        case Node::Type::null: out += "null"; return;
        case Node::Type::boolean: out += node.boolean ? "true" : "false"; return;
        case Node::Type::integer: return write_integer(node.integer, out);
        case Node::Type::real: return write_real(node.real, out);
        case Node::Type::string: return write_string(node.string, out);
        case Node::Type::array:
            if (node.items.empty()) out += '[';
            for (Node const& item : node.items) {
                out += separator;
                separator = ',';
                write_node(item, out);
            }
            out += ']';
            return;
        case Node::Type::object:
            separator = '{';
            if (node.members.empty()) out += '{';
            for (Member const& member : node.members) {
                out += separator;
                separator = ',';
                write_string(member.name, out);
                out += ':';
                write_node(member.value, out);
            }
            out += '}';
            return;
    }
}

void append_pointer(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char const c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

}  // namespace mainstay::json
