#include "@include@/@name@.hpp"

#include <gtest/gtest.h>

namespace mainstay::@name@ {
namespace {

TEST(Title, IsKeptWithoutWhiteSpaceAround) {
    EXPECT_EQ(clean_title("  First item\n"), "First item");
}

TEST(Title, IsRefusedWhenBlank) {
    EXPECT_FALSE(clean_title(" \t "));
}

TEST(Status, ClosedItemsMayBeOpenedAgain) {
    EXPECT_TRUE(may_become(Status::closed, Status::open));
}

TEST(Status, ArchivedItemsStayArchived) {
    EXPECT_FALSE(may_become(Status::archived, Status::open));
    EXPECT_FALSE(may_become(Status::archived, Status::closed));
}

TEST(Routes, EachItemHasItsOwnPath) {
    web::Routes routes;
    add_routes(routes);
    EXPECT_NE(routes.find(web::Method::get, "/api/v1/@name@").route, nullptr);
    EXPECT_NE(routes.find(web::Method::patch, "/api/v1/@name@/itm_1").route, nullptr);
}

}  // namespace
}  // namespace mainstay::@name@
