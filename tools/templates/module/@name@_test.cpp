#include "@include@/@name@.hpp"

#include <gtest/gtest.h>

namespace mainstay::@name@ {
namespace {

TEST(Title, IsKeptWithoutWhiteSpaceAround) {
    EXPECT_EQ(clean_title("  First item\n"), "First item");
}

TEST(Title, IsRefusedWhenEmptyOrTooLongOrNotUtf8) {
    EXPECT_FALSE(clean_title(" \t "));
    EXPECT_FALSE(clean_title("\xff"));
    EXPECT_TRUE(clean_title(std::string(most_title_length, 'x')));
    EXPECT_FALSE(clean_title(std::string(most_title_length + 1, 'x')));
}

TEST(Status, ClosedItemsMayBeOpenedAgain) {
    EXPECT_TRUE(may_become(Status::closed, Status::open));
}

TEST(Status, ArchivedItemsStayArchived) {
    EXPECT_FALSE(may_become(Status::archived, Status::open));
    EXPECT_FALSE(may_become(Status::archived, Status::closed));
}

}  // namespace
}  // namespace mainstay::@name@
