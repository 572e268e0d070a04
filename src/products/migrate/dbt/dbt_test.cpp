#include "products/migrate/dbt/names.hpp"

#include <gtest/gtest.h>

namespace mainstay::dbt {
namespace {

TEST(Names, AreWordsInLowerCase) {
    EXPECT_EQ(snake_case("SalesOrderID"), "sales_order_id");
    EXPECT_EQ(snake_case("VATRate"), "vat_rate");
    EXPECT_EQ(snake_case("ProductIDs"), "product_ids");
    EXPECT_EQ(snake_case("CardLast4"), "card_last4");
    EXPECT_EQ(snake_case("Order  Details-2"), "order_details_2");
    EXPECT_EQ(snake_case("2020Sales"), "_2020_sales");
    EXPECT_EQ(snake_case("Größe"), "grose");
    EXPECT_EQ(snake_case("中"), "u4e2d");
    EXPECT_EQ(snake_case("$%"), "unnamed");
}

TEST(Names, OfEntitiesAreInThePlural) {
    EXPECT_EQ(plural("sales_order"), "sales_orders");
    EXPECT_EQ(plural("category"), "categories");
    EXPECT_EQ(plural("address"), "addresses");
    EXPECT_EQ(plural("status"), "statuses");
    EXPECT_EQ(plural("person"), "people");
    EXPECT_EQ(plural("day"), "days");
    EXPECT_EQ(plural("order_details"), "order_details");
    EXPECT_EQ(plural("analysis"), "analyses");
}

}  // namespace
}  // namespace mainstay::dbt
