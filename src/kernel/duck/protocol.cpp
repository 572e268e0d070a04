#include "kernel/duck/protocol.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace mainstay::duck {
namespace {

constexpr std::uint32_t hello_magic = 0x4b43'4453;  // "SDCK"

static_assert(std::endian::native == std::endian::little, "frames are copied as they lie in memory");

template <class Number>
void put(std::string& out, Number n) {
    out.append(reinterpret_cast<char const*>(&n), sizeof n);
}

template <class Number>
Number get(std::string_view bytes) {
    Number n;
    std::memcpy(&n, bytes.data(), sizeof n);
    return n;
}

void put_limits(Writer& out, DuckLimits const& limits) {
    out.u32(limits.memory_mb);
    out.u32(limits.threads);
    out.u64(static_cast<std::uint64_t>(limits.cpu_time.us));
    out.u64(limits.result_rows);
    out.u64(limits.result_bytes);
    out.u32(limits.temp_mb);
    out.u64(limits.file_bytes);
}

DuckLimits get_limits(Reader& in) {
    DuckLimits limits;
    limits.memory_mb = in.u32();
    limits.threads = in.u32();
    limits.cpu_time = {static_cast<std::int64_t>(in.u64())};
    limits.result_rows = in.u64();
    limits.result_bytes = in.u64();
    limits.temp_mb = in.u32();
    limits.file_bytes = in.u64();
    return limits;
}

}  // namespace

bool is_exact(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    bool const starts_well = !text.empty() && text.front() != '.' && text.back() != '.';
    return starts_well && text.find_first_not_of("0123456789.") == text.npos &&
           std::count(text.begin(), text.end(), '.') <= 1;
}

FrameHeader read_header(std::string_view bytes) {
    FrameHeader const header{get<std::uint32_t>(bytes), static_cast<FrameType>(bytes[4]),
                             get<std::uint32_t>(bytes.substr(5))};
    if (header.body_bytes > frame_body_bytes) throw Malformed("a frame is longer than any may be");
    return header;
}

Writer::Writer(FrameType type, std::uint32_t request) {
    u32(0);
    u8(static_cast<std::uint8_t>(type));
    u32(request);
}
void Writer::u8(std::uint8_t n) {
    put(bytes_, n);
}
void Writer::u32(std::uint32_t n) {
    put(bytes_, n);
}
void Writer::u64(std::uint64_t n) {
    put(bytes_, n);
}
void Writer::text(std::string_view text) {
    u32(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
}

void Writer::value(Value const& value) {
    u8(static_cast<std::uint8_t>(value.index()));
    struct Put {
        Writer& out;
        void operator()(Null) {}
        void operator()(bool b) { out.u8(b); }
        void operator()(std::int64_t n) { out.u64(static_cast<std::uint64_t>(n)); }
        void operator()(float f) { out.u32(std::bit_cast<std::uint32_t>(f)); }
        void operator()(double d) { out.u64(std::bit_cast<std::uint64_t>(d)); }
        void operator()(std::string const& text) { out.text(text); }
        void operator()(Exact const& exact) { out.text(exact.digits); }
        void operator()(Blob const& blob) { out.text(blob.bytes); }
        void operator()(Date date) { out.u32(static_cast<std::uint32_t>(date.days)); }
        void operator()(TimeOfDay time) { (*this)(time.us); }
        void operator()(LocalTime time) { (*this)(time.us); }
        void operator()(Instant time) { (*this)(time.us); }
    };
    std::visit(Put{*this}, value);
}

std::string Writer::take() {
    auto const body_bytes = static_cast<std::uint32_t>(bytes_.size() - frame_header_bytes);
    std::memcpy(bytes_.data(), &body_bytes, sizeof body_bytes);
    return std::move(bytes_);
}

std::string_view Reader::take(std::size_t size) {
    if (size > rest_.size()) throw Malformed("a frame ends too early");
    auto const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}
std::uint8_t Reader::u8() {
    return get<std::uint8_t>(take(1));
}
std::uint32_t Reader::u32() {
    return get<std::uint32_t>(take(4));
}
std::uint64_t Reader::u64() {
    return get<std::uint64_t>(take(8));
}
bool Reader::boolean() {
    auto const byte = u8();
    if (byte > 1) throw Malformed("a boolean is neither 0 nor 1");
    return byte == 1;
}
std::string_view Reader::bytes() {
    return take(u32());
}
std::string_view Reader::text() {
    auto const text = bytes();
    if (!is_utf8(text)) throw Malformed("a text is not UTF-8");
    return text;
}
void Reader::end() const {
    if (!at_end()) throw Malformed("a frame has more than it should");
}

Value Reader::value() {
    auto const number = [&] { return static_cast<std::int64_t>(u64()); };
    switch (u8()) {
        case 0: return Null{};
        case 1: return boolean();
        case 2: return number();
        case 3: return std::bit_cast<float>(u32());
        case 4: return std::bit_cast<double>(u64());
        case 5: return std::string(text());
        case 6: {
            auto const digits = text();
            if (!is_exact(digits)) throw Malformed("an exact number has no digits");
            return Exact{std::string(digits)};
        }
        case 7: return Blob{std::string(bytes())};
        case 8: return Date{static_cast<std::int32_t>(u32())};
        case 9: return TimeOfDay{number()};
        case 10: return LocalTime{number()};
        case 11: return Instant{number()};
        default: throw Malformed("a value is of no known kind");
    }
}
static_assert(kind_count == 12);

std::string write_hello(Hello const& hello) {
    Writer out(FrameType::hello, 0);
    out.u32(hello_magic);
    out.u32(protocol_version);
    out.u32(static_cast<std::uint32_t>(hello.pid));
    out.text(hello.library);
    auto const& walls = hello.confinement;
    for (bool const wall : {walls.seccomp, walls.landlock, walls.network_namespace, walls.no_new_privileges,
                            walls.no_capabilities, walls.resource_limits})
        out.u8(wall);
    out.u32(static_cast<std::uint32_t>(walls.missing.size()));
    for (auto const& reason : walls.missing) out.text(reason);
    return out.take();
}

Hello read_hello(std::string_view body) {
    constexpr std::uint32_t reasons_max = 32;
    Reader in(body);
    if (in.u32() != hello_magic || in.u32() != protocol_version)
        throw Malformed("the child program is not of this program's version");
    Hello hello;
    hello.pid = static_cast<int>(in.u32());
    hello.library = in.text();
    auto& walls = hello.confinement;
    for (bool* const wall : {&walls.seccomp, &walls.landlock, &walls.network_namespace, &walls.no_new_privileges,
                             &walls.no_capabilities, &walls.resource_limits})
        *wall = in.boolean();
    auto const count = in.u32();
    if (count > reasons_max) throw Malformed("a hello has too many reasons");
    for (std::uint32_t i = 0; i < count; ++i) walls.missing.emplace_back(in.text());
    in.end();
    return hello;
}

std::string write_opening(std::uint32_t request, Opening const& opening) {
    Writer out(FrameType::open, request);
    out.text(opening.folder);
    out.text(opening.spill_folder);
    out.u8(opening.access == FolderAccess::write);
    put_limits(out, opening.limits);
    return out.take();
}

Opening read_opening(std::string_view body) {
    Reader in(body);
    Opening opening;
    opening.folder = in.text();
    opening.spill_folder = in.text();
    opening.access = in.boolean() ? FolderAccess::write : FolderAccess::read;
    opening.limits = get_limits(in);
    in.end();
    return opening;
}

std::string write_columns(std::uint32_t request, std::span<WireColumn const> columns) {
    Writer out(FrameType::columns, request);
    out.u32(static_cast<std::uint32_t>(columns.size()));
    for (auto const& [column, kind] : columns) {
        out.text(column.name);
        out.text(column.type);
        out.u8(kind);
    }
    return out.take();
}

std::string write_done(std::uint32_t request, std::uint64_t count) {
    Writer out(FrameType::done, request);
    out.u64(count);
    return out.take();
}

std::string write_failed(std::uint32_t request, Error const& error) {
    Writer out(FrameType::failed, request);
    out.u8(static_cast<std::uint8_t>(error.type));
    out.text(error.message);
    return out.take();
}

std::size_t memory_bytes(Value const& value) {
    std::size_t bytes = sizeof(Value);
    if (auto const* text = std::get_if<std::string>(&value)) bytes += text->size();
    if (auto const* exact = std::get_if<Exact>(&value)) bytes += exact->digits.size();
    if (auto const* blob = std::get_if<Blob>(&value)) bytes += blob->bytes.size();
    return bytes;
}

bool Answer::add(FrameHeader const& header, std::string_view body) {
    if (header.request != request_) throw Malformed("an answer to another request");
    Reader in(body);
    switch (header.type) {
        case FrameType::columns: add_columns(in); break;
        case FrameType::rows: add_rows(in); break;
        case FrameType::done: result_.rows_changed = in.u64(); break;
        case FrameType::failed: {
            auto const type = in.u8();
            // What follows `result_too_large` is for the parent alone to say.
            if (type > static_cast<std::uint8_t>(ErrorType::result_too_large)) throw Malformed("no such error");
            error_ = Error{static_cast<ErrorType>(type), std::string(in.text())};
            break;
        }
        default: throw Malformed("a frame that no answer has");
    }
    in.end();
    return header.type == FrameType::done || header.type == FrameType::failed;
}

Outcome<Result> Answer::take() {
    if (error_) return *std::move(error_);
    return std::move(result_);
}

void Answer::add_columns(Reader& in) {
    auto const count = in.u32();
    if (has_columns_ || count > columns_max) throw Malformed("columns twice, or too many");
    has_columns_ = true;
    for (std::uint32_t i = 0; i < count; ++i) {
        auto const name = in.text();
        result_.columns.push_back({std::string(name), std::string(in.text())});
        kinds_.push_back(in.u8());
        if (kinds_.back() >= kind_count) throw Malformed("a column is of no known kind");
    }
}

void Answer::add_rows(Reader& in) {
    if (kinds_.empty() || in.at_end()) throw Malformed("rows without columns, or no rows");
    while (!in.at_end()) {
        if (result_.row_count() == limits_.result_rows) throw Malformed("more rows than were allowed");
        for (auto const kind : kinds_) {
            auto value = in.value();
            if (value.index() != 0 && value.index() != kind) throw Malformed("a value is not of its column's kind");
            result_bytes_ += memory_bytes(value);
            if (result_bytes_ > limits_.result_bytes) throw Malformed("more bytes than were allowed");
            result_.values.push_back(std::move(value));
        }
    }
}

}  // namespace mainstay::duck
