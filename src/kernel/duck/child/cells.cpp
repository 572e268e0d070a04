#include "kernel/duck/child/cells.hpp"

#include "kernel/duck/child/handles.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace mainstay::duck {
namespace {

__extension__ typedef unsigned __int128 Unsigned128;

Unsigned128 combine(std::uint64_t upper, std::uint64_t lower) {
    return (Unsigned128{upper} << 64) | lower;
}

std::string digits(Unsigned128 magnitude, bool negative, std::size_t scale) {
    std::string reversed;
    do {
        reversed += static_cast<char>('0' + static_cast<int>(magnitude % 10));
        magnitude /= 10;
    } while (magnitude != 0);
    if (scale > 0) {
        if (reversed.size() <= scale) reversed.append(scale + 1 - reversed.size(), '0');
        reversed.insert(scale, 1, '.');
    }
    if (negative) reversed += '-';
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

std::string digits(duckdb_hugeint number, std::size_t scale) {
    auto const bits = combine(static_cast<std::uint64_t>(number.upper), number.lower);
    bool const negative = number.upper < 0;
    return digits(negative ? ~bits + 1 : bits, negative, scale);
}

duckdb_hugeint widen(std::int64_t number) {
    return {static_cast<std::uint64_t>(number), number < 0 ? -1 : 0};
}

std::string_view text_of(duckdb_string_t const& text) {
    auto const length = text.value.inlined.length;
    return {length <= sizeof text.value.inlined.inlined ? text.value.inlined.inlined : text.value.pointer.ptr, length};
}

// The greatest and smallest stand for the infinities and stay what they are.
LocalTime scaled(std::int64_t count, std::int64_t us_per_count) {
    bool const infinite =
        count == std::numeric_limits<std::int64_t>::max() || count == -std::numeric_limits<std::int64_t>::max();
    return {infinite ? count : count * us_per_count};
}

void json_text(std::string_view text, std::string& out) {
    out += '"';
    for (char const c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            out += escape;
        } else {
            out += c;
        }
    }
    out += '"';
}

// JSON has neither infinities nor NaN: those become texts, as do dates, times and bytes.
bool is_json_number(Value const& value) {
    if (auto const* real = std::get_if<double>(&value)) return *real - *real == 0;
    if (auto const* real = std::get_if<float>(&value)) return *real - *real == 0;
    return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<Exact>(value) ||
           std::holds_alternative<bool>(value);
}

}  // namespace

Cells::Cells(Type const& type, duckdb_vector vector)
    : type_(type), data_(duckdb_vector_get_data(vector)), validity_(duckdb_vector_get_validity(vector)) {
    switch (type.id) {
        case DUCKDB_TYPE_LIST: children_.emplace_back(type.children[0], duckdb_list_vector_get_child(vector)); break;
        case DUCKDB_TYPE_ARRAY: children_.emplace_back(type.children[0], duckdb_array_vector_get_child(vector)); break;
        case DUCKDB_TYPE_MAP: {
            auto* const entries = duckdb_list_vector_get_child(vector);
            for (idx_t i = 0; i < 2; ++i)
                children_.emplace_back(type.children[i], duckdb_struct_vector_get_child(entries, i));
            break;
        }
        case DUCKDB_TYPE_STRUCT:
            for (idx_t i = 0; i < type.children.size(); ++i)
                children_.emplace_back(type.children[i], duckdb_struct_vector_get_child(vector, i));
            break;
        case DUCKDB_TYPE_UNION:
            // A struct whose first member is the tag.
            data_ = duckdb_vector_get_data(duckdb_struct_vector_get_child(vector, 0));
            for (idx_t i = 0; i < type.children.size(); ++i)
                children_.emplace_back(type.children[i], duckdb_struct_vector_get_child(vector, i + 1));
            break;
        default: break;
    }
}

bool Cells::is_null(idx_t row) const {
    return validity_ != nullptr && !duckdb_validity_row_is_valid(validity_, row);
}

Value Cells::value(idx_t row) const {
    if (is_null(row) || type_.id == DUCKDB_TYPE_SQLNULL) return Null{};
    switch (type_.id) {
        case DUCKDB_TYPE_BOOLEAN: return at<bool>(row);
        case DUCKDB_TYPE_FLOAT: return at<float>(row);
        case DUCKDB_TYPE_DOUBLE: return at<double>(row);
        case DUCKDB_TYPE_VARCHAR: return std::string(text_of(at<duckdb_string_t>(row)));
        case DUCKDB_TYPE_BLOB: return Blob{std::string(text_of(at<duckdb_string_t>(row)))};
        case DUCKDB_TYPE_DATE:
        case DUCKDB_TYPE_TIME:
        case DUCKDB_TYPE_TIMESTAMP:
        case DUCKDB_TYPE_TIMESTAMP_S:
        case DUCKDB_TYPE_TIMESTAMP_MS:
        case DUCKDB_TYPE_TIMESTAMP_TZ: return moment(row);
        case DUCKDB_TYPE_ENUM: return label(row);
        case DUCKDB_TYPE_INTERVAL:
        case DUCKDB_TYPE_TIME_TZ:
        case DUCKDB_TYPE_TIME_NS:
        case DUCKDB_TYPE_TIMESTAMP_NS:
        case DUCKDB_TYPE_UUID:
        case DUCKDB_TYPE_BIT: return cast_text(row);
        case DUCKDB_TYPE_LIST:
        case DUCKDB_TYPE_ARRAY:
        case DUCKDB_TYPE_STRUCT:
        case DUCKDB_TYPE_MAP:
        case DUCKDB_TYPE_UNION: {
            std::string out;
            json(row, out);
            return out;
        }
        default: return number(type_.id == DUCKDB_TYPE_DECIMAL ? type_.storage : type_.id, row);
    }
}

Value Cells::number(duckdb_type stored, idx_t row) const {
    auto const whole = [&](std::int64_t n) -> Value {
        if (type_.id == DUCKDB_TYPE_DECIMAL) return Exact{digits(widen(n), type_.scale)};
        return n;
    };
    switch (stored) {
        case DUCKDB_TYPE_TINYINT: return whole(at<std::int8_t>(row));
        case DUCKDB_TYPE_SMALLINT: return whole(at<std::int16_t>(row));
        case DUCKDB_TYPE_INTEGER: return whole(at<std::int32_t>(row));
        case DUCKDB_TYPE_BIGINT: return whole(at<std::int64_t>(row));
        case DUCKDB_TYPE_UTINYINT: return whole(at<std::uint8_t>(row));
        case DUCKDB_TYPE_USMALLINT: return whole(at<std::uint16_t>(row));
        case DUCKDB_TYPE_UINTEGER: return whole(at<std::uint32_t>(row));
        case DUCKDB_TYPE_UBIGINT: return Exact{std::to_string(at<std::uint64_t>(row))};
        case DUCKDB_TYPE_HUGEINT: return Exact{digits(at<duckdb_hugeint>(row), type_.scale)};
        case DUCKDB_TYPE_UHUGEINT: {
            auto const huge = at<duckdb_uhugeint>(row);
            return Exact{digits(combine(huge.upper, huge.lower), false, 0)};
        }
        default: throw std::logic_error("a number of no known type");
    }
}

Value Cells::moment(idx_t row) const {
    switch (type_.id) {
        case DUCKDB_TYPE_DATE: return Date{at<std::int32_t>(row)};
        case DUCKDB_TYPE_TIME: return TimeOfDay{at<std::int64_t>(row)};
        case DUCKDB_TYPE_TIMESTAMP_S: return scaled(at<std::int64_t>(row), 1'000'000);
        case DUCKDB_TYPE_TIMESTAMP_MS: return scaled(at<std::int64_t>(row), 1'000);
        case DUCKDB_TYPE_TIMESTAMP_TZ: return Instant{at<std::int64_t>(row)};
        default: return LocalTime{at<std::int64_t>(row)};
    }
}

std::string Cells::label(idx_t row) const {
    std::uint64_t index = 0;
    switch (type_.storage) {
        case DUCKDB_TYPE_UTINYINT: index = at<std::uint8_t>(row); break;
        case DUCKDB_TYPE_USMALLINT: index = at<std::uint16_t>(row); break;
        default: index = at<std::uint32_t>(row);
    }
    return type_.labels.at(index);
}

// DuckDB's own cast, for types whose text has rules of its own.
std::string Cells::cast_text(idx_t row) const {
    auto const make = [&]() -> duckdb_value {
        // A string's bytes are not written to through these.
        auto const bytes = [&](std::string_view text) {
            return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
        };
        switch (type_.id) {
            case DUCKDB_TYPE_INTERVAL: return duckdb_create_interval(at<duckdb_interval>(row));
            case DUCKDB_TYPE_TIME_TZ: return duckdb_create_time_tz_value(at<duckdb_time_tz>(row));
            case DUCKDB_TYPE_TIME_NS: return duckdb_create_time_ns(at<duckdb_time_ns>(row));
            case DUCKDB_TYPE_TIMESTAMP_NS: return duckdb_create_timestamp_ns(at<duckdb_timestamp_ns>(row));
            case DUCKDB_TYPE_UUID: {
                // Stored with its first bit turned, so that it sorts as a signed number.
                auto const stored = at<duckdb_uhugeint>(row);
                return duckdb_create_uuid({stored.lower, stored.upper ^ (std::uint64_t{1} << 63)});
            }
            case DUCKDB_TYPE_BIT: {
                auto const text = text_of(at<duckdb_string_t>(row));
                return duckdb_create_bit({bytes(text), text.size()});
            }
            default: throw std::logic_error("no cast for this type");
        }
    };
    OwnedValue const value(make());
    OwnedText const text(duckdb_get_varchar(value.get()));
    return text.get();
}

void Cells::json(idx_t row, std::string& out) const {
    if (is_null(row)) {
        out += "null";
        return;
    }
    switch (type_.id) {
        case DUCKDB_TYPE_LIST: {
            auto const entry = at<duckdb_list_entry>(row);
            return json_list(entry.offset, entry.length, out);
        }
        case DUCKDB_TYPE_ARRAY: return json_list(row * type_.array_size, type_.array_size, out);
        case DUCKDB_TYPE_UNION: return children_.at(at<std::uint8_t>(row)).json(row, out);
        case DUCKDB_TYPE_STRUCT:
            for (std::size_t i = 0; i < children_.size(); ++i) {
                out += i == 0 ? '{' : ',';
                json_text(type_.labels[i], out);
                out += ':';
                children_[i].json(row, out);
            }
            out += '}';
            return;
        case DUCKDB_TYPE_MAP: {
            auto const entry = at<duckdb_list_entry>(row);
            out += '{';
            for (idx_t i = entry.offset; i < entry.offset + entry.length; ++i) {
                if (i > entry.offset) out += ',';
                json_text(to_text(children_[0].value(i)), out);
                out += ':';
                children_[1].json(i, out);
            }
            out += '}';
            return;
        }
        default: {
            auto const leaf = value(row);
            if (std::holds_alternative<Null>(leaf))
                out += "null";
            else if (is_json_number(leaf))
                out += to_text(leaf);
            else
                json_text(to_text(leaf), out);
        }
    }
}

void Cells::json_list(std::uint64_t offset, std::uint64_t length, std::string& out) const {
    out += '[';
    for (auto i = offset; i < offset + length; ++i) {
        if (i > offset) out += ',';
        children_[0].json(i, out);
    }
    out += ']';
}

}  // namespace mainstay::duck
