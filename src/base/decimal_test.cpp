#include "base/decimal.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mainstay {
namespace {

Decimal decimal(std::string_view text) {
    return Decimal::parse(text).value();
}

TEST(Decimal, SaysWhatWasSaidWithoutZerosThatSayNothing) {
    for (auto const* text : {"0", "7", "12.5", "-0.000000001", "-3", "999999999999.999999999", "0.1"})
        EXPECT_EQ(decimal(text).to_string(), text);
    EXPECT_EQ(decimal("007.500").to_string(), "7.5");
    EXPECT_EQ(decimal("-0").to_string(), "0");
}

TEST(Decimal, RefusesWhatItCannotHoldExactly) {
    for (auto const* text : {"", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1e3", "0x1", "1,5", "--1", "1.-5",
                             "1000000000000", "0.0000000001", "NaN", "Infinity"})
        EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, ATenthTenTimesIsOne) {
    Decimal sum;
    for (int i = 0; i < 10; ++i) sum = sum + decimal("0.1");
    EXPECT_EQ(sum, decimal("1"));
}

TEST(Decimal, NumbersOfJsonAreTakenWhenADoubleHasKeptThem) {
    EXPECT_EQ(Decimal::from_double(0.1), decimal("0.1"));
    EXPECT_EQ(Decimal::from_double(-12.5), decimal("-12.5"));
    EXPECT_EQ(Decimal::from_double(123456.789012345), decimal("123456.789012345"));
    EXPECT_EQ(Decimal::from_double(0.1 + 0.2), std::nullopt);  // 17 digits
    EXPECT_EQ(Decimal::from_double(1e-10), std::nullopt);
    EXPECT_EQ(Decimal::from_double(1e12), std::nullopt);
    EXPECT_EQ(Decimal::from_double(1e300), std::nullopt);
}

RC_GTEST_PROP(Decimal, TwoColumnsAndASortableTextHoldIt, ()) {
    auto const any = [] {
        auto const whole = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
        return Decimal::from_parts(whole, *rc::gen::inRange<std::int64_t>(0, 999'999'999));
    };
    Decimal const a = any(), b = any();
    RC_ASSERT(Decimal::from_parts(a.whole(), a.billionths()) == a);
    RC_ASSERT(Decimal::from_parts(a.whole() + b.whole(), a.billionths() + b.billionths()) == a + b);
    RC_ASSERT(Decimal::from_sortable(a.to_sortable()) == a);
    RC_ASSERT((a.to_sortable() < b.to_sortable()) == (a < b));
    RC_ASSERT(decimal(a.to_string()) == a);
}

}  // namespace
}  // namespace mainstay
