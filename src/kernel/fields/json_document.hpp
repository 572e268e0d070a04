// JSON as it is read from outside: strict, whole, and small enough to walk more than once.
// Refused: depth over 32, duplicate keys, bad UTF-8, numbers that a double cannot hold, anything behind the value.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::json {

inline constexpr std::size_t max_depth = 32;

struct Member;

struct Node {
    enum class Type : unsigned char { null, boolean, integer, real, string, array, object };

    Type type = Type::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;                  // also set for integers
    std::string_view string;          // text, escapes resolved
    std::span<Node const> items;      // of an array
    std::span<Member const> members;  // of an object, in their order

    Node const* find(std::string_view name) const;
};

struct Member {
    std::string_view name;
    Node value;
};

struct SyntaxError {
    std::string pointer;  // RFC 6901: where the fault was met
    std::size_t offset = 0;
    std::string message;
};

class Document {
public:
    Document() = default;
    Document(Document&&) = default;
    Document& operator=(Document&&) = default;

    // Gives the fault, or nothing when the text was read. The text need not outlive the call.
    std::optional<SyntaxError> parse(std::string_view text);
    Node const& root() const { return root_; }

private:
    std::unique_ptr<std::pmr::monotonic_buffer_resource> arena_;
    Node root_;
};

// Appends `text` as a JSON string, quotes included.
void write_string(std::string_view text, std::string& out);
void write_integer(std::int64_t, std::string& out);
void write_real(double, std::string& out);  // the shortest form that reads back the same; null when not finite
void write_node(Node const&, std::string& out);

// Appends one reference token of a JSON pointer (RFC 6901 section 3), slash included.
void append_pointer(std::string& pointer, std::string_view token);

}  // namespace mainstay::json
