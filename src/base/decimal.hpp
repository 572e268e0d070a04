// Exact decimal numbers, for what is billed: nine digits behind the point, nothing rounded, no binary fractions.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

class Decimal {
public:
    static constexpr int fraction_digits = 9;
    static constexpr int whole_digits_max = 12;    // of what is parsed; sums may have more
    static constexpr int significant_digits = 15;  // of a double that was a decimal number before it was read

    Decimal() = default;

    // "-12.5", "7", "0.000000001"; nothing for all else: more digits than fit, exponents, signs of plus, spaces.
    static std::optional<Decimal> parse(std::string_view);
    // What a JSON number said, when at most 15 significant digits say it: then the double has kept it.
    static std::optional<Decimal> from_double(double);
    // whole + billionths / 1,000,000,000, as two columns of a table hold it; the second may be a sum of many.
    static Decimal from_parts(std::int64_t whole, std::int64_t billionths);

    std::int64_t whole() const;       // rounded down, so that what is left is
    std::int64_t billionths() const;  // 0 to 999,999,999

    std::string to_string() const;  // without zeros that say nothing: "12.5"

    // Text that sorts as the numbers do, of what was parsed; and back.
    std::string to_sortable() const;
    static Decimal from_sortable(std::string_view);
    static constexpr std::size_t sortable_size = whole_digits_max + fraction_digits + 1;

    friend Decimal operator+(Decimal a, Decimal b) { return Decimal(a.billionths_ + b.billionths_); }
    friend Decimal operator-(Decimal a, Decimal b) { return Decimal(a.billionths_ - b.billionths_); }
    friend Decimal operator*(Decimal a, std::int64_t n) { return Decimal(a.billionths_ * n); }
    friend auto operator<=>(Decimal const&, Decimal const&) = default;

private:
    __extension__ using Wide = __int128;
    explicit Decimal(Wide billionths) : billionths_(billionths) {}
    Wide billionths_ = 0;
};

}  // namespace mainstay
