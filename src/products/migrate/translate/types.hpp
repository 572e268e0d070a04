// SQL Server's types as the translation reasons about them: families, precedence, and the types of results.
#pragma once
#include "products/migrate/catalog/catalog.hpp"

namespace mainstay::translate {

using catalog::Type;

// In the order of data type precedence, the lowest first. Source: "Data type precedence (Transact-SQL)".
enum class Family : std::uint8_t {
    unknown,  // also that of a bare NULL
    binary,
    varbinary,
    char_,
    varchar,
    nchar,
    nvarchar,
    uniqueidentifier,
    rowversion,
    image,
    text,
    ntext,
    bit,
    tinyint,
    smallint,
    integer,
    bigint,
    smallmoney,
    money,
    decimal,
    real,
    float_,
    time,
    date,
    smalldatetime,
    datetime,
    datetime2,
    datetimeoffset,
    xml,
    variant,
    other,  // hierarchyid, geography, geometry, json and what CLR adds
};

Family family_of(Type const&);

bool is_text(Family);      // char to nvarchar, text, ntext
bool is_unicode(Family);   // nchar, nvarchar, ntext
bool is_integer(Family);   // bit to bigint
bool is_money(Family);     //
bool is_exact(Family);     // integers, money, decimal
bool is_float(Family);     // real, float
bool is_number(Family);    //
bool is_temporal(Family);  // time to datetimeoffset
bool is_binary(Family);

Type simple_type(std::string_view name);
Type text_type(std::string_view name, std::int64_t length);
Type decimal_type(std::int64_t precision, std::int64_t scale);
Type unknown_type();

// Precision and scale of an exact number as arithmetic sees it: int is (10, 0), money (19, 4).
struct Digits {
    std::int64_t precision;
    std::int64_t scale;
};
Digits digits_of(Type const&);

// Of a CASE, COALESCE, UNION and the like.
Type common_type(Type const&, Type const&);

enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, modulo };

// Of two exact numbers, one of them at least a decimal. Source: "Precision, scale, and length (Transact-SQL)".
Type decimal_result(Arithmetic, Digits left, Digits right);

}  // namespace mainstay::translate
