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

TEST(Slugs, AreOfSmallLettersAndNotWhatTheInstallationNeeds) {
    EXPECT_EQ(slug_of("Harbour & Vale"), "harbour-vale");
    EXPECT_EQ(slug_of("!!!"), "tenant");
    EXPECT_TRUE(is_reserved_slug("www"));
    EXPECT_FALSE(is_reserved_slug("harbour"));
}

}  // namespace
}  // namespace mainstay::tenants
