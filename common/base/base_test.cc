#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/status.h"
#include "common/base/string_map.h"
#include "gtest/gtest.h"

namespace earshot {
namespace {

TEST(StableIdTest, IsTheSameOnEveryMachine) {
  EXPECT_EQ(StableId({"a", "b"}), StableId({"a", "b"}));
  EXPECT_EQ(StableId({"a", "b"}).size(), 32u);
  EXPECT_EQ(ContentHash("abc"), 0xba7816bf8f01cfeaULL);
}

TEST(StableIdTest, PartsDoNotRunIntoEachOther) { EXPECT_NE(StableId({"ab", "c"}), StableId({"a", "bc"})); }

TEST(StringMapTest, IsLookedUpByView) {
  StringMap<int> map;
  map["revenue"] = 1;
  EXPECT_TRUE(map.contains(std::string_view("revenue")));
  EXPECT_FALSE(map.contains(std::string_view("capex")));
}

absl::StatusOr<int> Fails() { return InvalidArgument("{}: {} is no period", "a.txt", 7); }

absl::Status PassesOn() {
  EARSHOT_ASSIGN_OR_RETURN(int value, Fails());
  return value == 0 ? absl::OkStatus() : Internal("not reached");
}

TEST(StatusTest, MacrosPassTheStatusOn) {
  EXPECT_EQ(PassesOn().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Message(PassesOn()), "a.txt: 7 is no period");
}

TEST(ManualClockTest, MovesOnlyWhenMoved) {
  ManualClock clock(absl::UnixEpoch());
  EXPECT_EQ(clock.Now(), absl::UnixEpoch());
  clock.Advance(absl::Seconds(3));
  EXPECT_EQ(clock.Now(), absl::UnixEpoch() + absl::Seconds(3));
}

}  // namespace
}  // namespace earshot
