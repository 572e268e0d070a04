// What parent and child say to each other over their socket pair: frames of a length, a type, a request's number and
// a body. Numbers are little-endian. Whatever does not read exactly as it should is Malformed, never a guess.
#pragma once
#include "kernel/duck/duck.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::duck {

inline constexpr std::uint32_t protocol_version = 1;
inline constexpr std::size_t frame_header_bytes = 9;        // u32 bytes of body, u8 type, u32 request
inline constexpr std::size_t frame_body_bytes = 16u << 20;  // more is Malformed
inline constexpr std::size_t batch_bytes = 256u << 10;      // rows are sent once so much is gathered
inline constexpr std::size_t columns_max = 4096;
inline constexpr int child_socket = 3;  // the descriptor that a child finds its socket at

enum class FrameType : std::uint8_t {
    // From the parent.
    open = 1,
    execute,
    query,
    describe,
    append_begin,
    append_rows,
    append_end,
    cancel,
    // From the child.
    hello = 64,
    columns,
    rows,
    done,
    failed,
};

class Malformed : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct FrameHeader {
    std::uint32_t body_bytes = 0;
    FrameType type{};
    std::uint32_t request = 0;
};
FrameHeader read_header(std::string_view bytes);  // frame_header_bytes of them

// Builds one frame.
class Writer {
public:
    Writer(FrameType, std::uint32_t request);
    void u8(std::uint8_t);
    void u32(std::uint32_t);
    void u64(std::uint64_t);
    void text(std::string_view);  // any bytes
    void value(Value const&);
    std::size_t size() const { return bytes_.size(); }
    std::string take();  // the frame, its length filled in
private:
    std::string bytes_;
};

// Reads one body to its last byte.
class Reader {
public:
    explicit Reader(std::string_view body) : rest_(body) {}
    std::uint8_t u8();
    std::uint32_t u32();
    std::uint64_t u64();
    bool boolean();            // 0 or 1
    std::string_view bytes();  // as Writer::text wrote them
    std::string_view text();   // UTF-8
    Value value();
    bool at_end() const { return rest_.empty(); }
    void end() const;  // Malformed when something is left

private:
    std::string_view take(std::size_t);
    std::string_view rest_;
};

struct Hello {
    int pid = 0;
    std::string library;  // DuckDB's version
    Confinement confinement;
};
std::string write_hello(Hello const&);
Hello read_hello(std::string_view body);

// What makes a warm child a tenant's.
struct Opening {
    std::string folder, spill_folder;  // absolute, there already
    FolderAccess access = FolderAccess::read;
    DuckLimits limits;
};
std::string write_opening(std::uint32_t request, Opening const&);
Opening read_opening(std::string_view body);

// The alternative of Value that a column's values have: its index. Null's index stands for a column of nothing else.
using Kind = std::uint8_t;
inline constexpr Kind kind_count = std::variant_size_v<Value>;

struct WireColumn {
    Column column;
    Kind kind = 0;
};
// Whether it reads as Exact promises: digits with an optional sign and point.
bool is_exact(std::string_view);

std::string write_columns(std::uint32_t request, std::span<WireColumn const>);
std::string write_done(std::uint32_t request, std::uint64_t count);
std::string write_failed(std::uint32_t request, Error const&);

// What a value takes in the parent's memory; DuckLimits::result_bytes counts this on both sides.
std::size_t memory_bytes(Value const&);

// Gathers a child's answer to one request from its frames, and believes none of it.
class Answer {
public:
    Answer(std::uint32_t request, DuckLimits const& limits) : request_(request), limits_(limits) {}

    // True when the answer is complete. Throws Malformed.
    bool add(FrameHeader const&, std::string_view body);
    Outcome<Result> take();  // once, when complete; `done`'s count is rows_changed

private:
    void add_columns(Reader&);
    void add_rows(Reader&);

    std::uint32_t request_;
    DuckLimits limits_;
    bool has_columns_ = false;
    std::vector<Kind> kinds_;
    std::uint64_t result_bytes_ = 0;
    Result result_;
    std::optional<Error> error_;
};

}  // namespace mainstay::duck
