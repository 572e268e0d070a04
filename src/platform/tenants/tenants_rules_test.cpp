#include "platform/tenants/tenants.hpp"

#include <gtest/gtest.h>

namespace mainstay::tenants {
namespace {

TEST(Statuses, ATenantBecomesWhatTheTableSaysAndNothingElse) {
    EXPECT_TRUE(may_become(Status::trial, Status::active));
    EXPECT_TRUE(may_become(Status::active, Status::suspended));
    EXPECT_TRUE(may_become(Status::suspended, Status::active));
    EXPECT_TRUE(may_become(Status::active, Status::deleting));
    EXPECT_TRUE(may_become(Status::deleting, Status::suspended)) << "what it was before";
    EXPECT_FALSE(may_become(Status::active, Status::trial));
    for (auto const status : {Status::trial, Status::active, Status::suspended, Status::deleting})
        EXPECT_FALSE(may_become(status, status));
}

TEST(Statuses, CredentialsAreTakenOfTrialsAndActiveTenantsAlone) {
    EXPECT_TRUE(is_open(Status::trial));
    EXPECT_TRUE(is_open(Status::active));
    EXPECT_FALSE(is_open(Status::suspended));
    EXPECT_FALSE(is_open(Status::deleting));
}

TEST(Origins, AreExactAsBrowsersSendThemAndSecureOrOfThisMachine) {
    for (auto const* origin : {"https://shop.example.com", "https://shop.example.com:8443", "https://a-b.example",
                               "http://localhost:5173", "http://127.0.0.1", "http://[::1]:3000", "https://localhost"})
        EXPECT_TRUE(is_origin(origin)) << origin;
    for (auto const* none : {"",
                             "*",
                             "null",
                             "https://",
                             "https://*",
                             "https://*.example.com",
                             "https://shop.example.com/",
                             "https://shop.example.com/a",
                             "https://Shop.example.com",
                             "https://shop.example.com:443",
                             "https://shop.example.com:0",
                             "https://shop.example.com:",
                             "http://localhost:80",
                             "http://shop.example.com",
                             "https://u@shop.example.com",
                             "https://shop..example.com",
                             "https://-shop.example.com",
                             "ftp://localhost",
                             "https://shop.example.com https://b.example",
                             "http://[::2]",
                             "shop.example.com",
                             "HTTPS://shop.example.com"})
        EXPECT_FALSE(is_origin(none)) << none;
    EXPECT_FALSE(is_origin("https://" + std::string(400, 'a')));
}

TEST(Slugs, AreOfSmallLettersAndNotWhatTheInstallationNeeds) {
    EXPECT_EQ(slug_of("Harbour & Vale"), "harbour-vale");
    EXPECT_EQ(slug_of("!!!"), "tenant");
    EXPECT_TRUE(is_reserved_slug("www"));
    EXPECT_FALSE(is_reserved_slug("harbour"));
}

}  // namespace
}  // namespace mainstay::tenants
