#include "common/dialect/short_name.h"

#include "earshot/v1/alert.pb.h"
#include "gtest/gtest.h"

namespace earshot::dialect {
namespace {

TEST(ShortNameTest, LeavesOutWhatTheNamesShare) {
  EXPECT_EQ(ShortName(v1::KIND_AMOUNT), "AMOUNT");
  EXPECT_EQ(ShortName(v1::BASIS_YEAR_OVER_YEAR), "YEAR_OVER_YEAR");
  EXPECT_EQ(ShortName(v1::ALERT_STATE_FIRING), "FIRING");
  EXPECT_EQ(ShortName(v1::SPEAKER_ROLE_UNSPECIFIED), "UNSPECIFIED");
}

TEST(ShortNameTest, AValueOfANewerVersionIsUnknown) { EXPECT_EQ(ShortName(static_cast<v1::Kind>(99)), "UNKNOWN"); }

}  // namespace
}  // namespace earshot::dialect
