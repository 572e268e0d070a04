#include "kernel/storage/postgres_values.hpp"

#include <bit>
#include <charconv>
#include <stdexcept>

namespace mainstay {
namespace {

// pg_type.dat: the numbers of built-in types never change.
constexpr Oid bool_oid = 16, int8_oid = 20, int2_oid = 21, int4_oid = 23, text_oid = 25, oid_oid = 26, float4_oid = 700,
              float8_oid = 701, numeric_oid = 1700, untyped_oid = 0;

std::array<char, 8> big_endian(std::uint64_t value) {
    std::array<char, 8> bytes;
    for (int i = 7; i >= 0; --i, value >>= 8) bytes[static_cast<std::size_t>(i)] = static_cast<char>(value & 0xFF);
    return bytes;
}

template <class Number>
Number number_in(std::string_view text) {
    Number number{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::logic_error("a column holds a number that 64 bits cannot: " + std::string(text));
    return number;
}

}  // namespace

PostgresParameters::PostgresParameters(std::span<fields::SqlValue const> values) {
    numbers_.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        char* const number = numbers_[i].data();
        auto const add = [&](Oid type, char const* bytes, std::size_t size) {
            types_.push_back(type);
            values_.push_back(bytes);
            lengths_.push_back(static_cast<int>(size));
            formats_.push_back(1);
        };
        if (auto const* text = std::get_if<std::string_view>(&values[i])) {
            add(text_oid, text->data() == nullptr ? "" : text->data(), text->size());
        } else if (auto const* integer = std::get_if<std::int64_t>(&values[i])) {
            numbers_[i] = big_endian(static_cast<std::uint64_t>(*integer));
            add(int8_oid, number, 8);
        } else if (auto const* real = std::get_if<double>(&values[i])) {
            numbers_[i] = big_endian(std::bit_cast<std::uint64_t>(*real));
            add(float8_oid, number, 8);
        } else if (auto const* boolean = std::get_if<bool>(&values[i])) {
            *number = *boolean ? '\1' : '\0';
            add(bool_oid, number, 1);
        } else {
            add(untyped_oid, nullptr, 0);
        }
    }
}

std::string PostgresParameters::signature() const {
    std::string out;
    for (Oid const type : types_) {
        switch (type) {
            case text_oid: out += 't'; break;
            case int8_oid: out += 'i'; break;
            case float8_oid: out += 'r'; break;
            case bool_oid: out += 'b'; break;
            default: out += 'n';
        }
    }
    return out;
}

PostgresRows::Reading PostgresRows::reading_of(Oid type) {
    switch (type) {
        case int8_oid:
        case int4_oid:
        case int2_oid:
        case oid_oid: return Reading::integer;
        case float4_oid:
        case float8_oid: return Reading::real;
        case bool_oid: return Reading::boolean;
        case numeric_oid: return Reading::numeric;
        default: return Reading::text;
    }
}

PostgresRows::PostgresRows(PGresult const* result) : result_(result) {
    int const columns = PQnfields(result);
    for (int i = 0; i < columns; ++i) {
        names_.emplace_back(PQfname(result, i));
        readings_.push_back(reading_of(PQftype(result, i)));
    }
    values_.resize(names_.size());
}

std::span<fields::SqlValue const> PostgresRows::row(int index) {
    for (std::size_t i = 0; i < values_.size(); ++i) {
        int const column = static_cast<int>(i);
        if (PQgetisnull(result_, index, column)) {
            values_[i] = std::monostate{};
            continue;
        }
        std::string_view const text(PQgetvalue(result_, index, column),
                                    static_cast<std::size_t>(PQgetlength(result_, index, column)));
        switch (readings_[i]) {
            case Reading::text: values_[i] = text; break;
            case Reading::integer: values_[i] = number_in<std::int64_t>(text); break;
            case Reading::boolean: values_[i] = text == "t"; break;
            case Reading::real: values_[i] = number_in<double>(text); break;
            case Reading::numeric:  // SUM and AVG of BIGINT: SQLite gives an integer and a real
                if (text.find_first_not_of("-0123456789") == std::string_view::npos)
                    values_[i] = number_in<std::int64_t>(text);
                else
                    values_[i] = number_in<double>(text);
        }
    }
    return values_;
}

}  // namespace mainstay
