#include "common/config/setting.h"

#include <cstdlib>

#include "common/base/status.h"
#include "gtest/gtest.h"

namespace earshot::config {
namespace {

const std::vector<Setting> kSettings = {
    {.name = "metrics-listen", .default_value = "127.0.0.1:9090", .unit = "HOST:PORT", .text = "Where."},
    {.name = "queue", .default_value = "256", .unit = "alerts", .text = "How many.", .min = 1, .max = 1000},
    {.name = "data", .default_value = "", .unit = "DIR", .text = "Where to keep it."},
};

TEST(SettingTest, TheCommandLineWinsOverTheEnvironmentOverTheDefault) {
  const auto values = Resolve(kSettings, {{"queue", "5"}}, {{"queue", "6"}, {"data", "/srv"}});
  ASSERT_TRUE(values.ok()) << values.status();
  EXPECT_EQ(values->at("queue"), "5");
  EXPECT_EQ(values->at("data"), "/srv");
  EXPECT_EQ(values->at("metrics-listen"), "127.0.0.1:9090");
}

TEST(SettingTest, ReadsTheEnvironmentByTheNameOfTheSetting) {
  setenv("EARSHOT_METRICS_LISTEN", "0.0.0.0:1", 1);
  const Values values = ReadEnvironment(kSettings);
  unsetenv("EARSHOT_METRICS_LISTEN");
  EXPECT_EQ(values.at("metrics-listen"), "0.0.0.0:1");
}

TEST(SettingTest, SaysWhatIsWrongAndWhatIsMeant) {
  EXPECT_EQ(Message(Resolve(kSettings, {{"quene", "5"}}, {}).status()),
            "unknown setting 'quene', did you mean 'queue'?");
  EXPECT_EQ(Message(Resolve(kSettings, {{"queue", "five"}}, {}).status()), "setting 'queue': 'five' is no number");
  EXPECT_EQ(Message(Resolve(kSettings, {{"queue", "0"}}, {}).status()),
            "setting 'queue': 0 is out of bounds; must be from 1 to 1000 alerts");
}

TEST(SettingTest, HelpNamesUnitBoundsDefaultAndVariable) {
  EXPECT_EQ(HelpText(kSettings[1]), "How many. [alerts, from 1 to 1000, default 256, or $EARSHOT_QUEUE]");
  EXPECT_EQ(HelpText(kSettings[2]), "Where to keep it. [DIR, or $EARSHOT_DATA]");
}

}  // namespace
}  // namespace earshot::config
