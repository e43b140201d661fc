// How well the course of real calls is followed, against what people wrote down of them. Skipped where the folder of
// shared material is not there: $EARSHOT_SHARED_DIR, else ../shared beside the source tree.
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "common/wire/json.h"
#include "fmt/format.h"
#include "google/protobuf/struct.pb.h"
#include "gtest/gtest.h"
#include "services/ingest/transcript/call_tracker.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::transcript {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

std::string SharedFile(const std::string& path) {
  const char* shared = std::getenv("EARSHOT_SHARED_DIR");
  const char* source = std::getenv("EARSHOT_SOURCE_DIR");
  const std::string dir = shared != nullptr ? shared : std::string(source != nullptr ? source : ".") + "/../shared";
  std::ifstream in(dir + "/" + path);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::map<int, v1::Utterance> TrackByLine(const std::string& bytes) {
  const auto transcript = ReadTranscript(bytes);
  EXPECT_TRUE(transcript.ok()) << transcript.status();
  std::map<int, v1::Utterance> by_line;
  CallTracker tracker;
  for (int sequence = 0; const RawUtterance& raw : transcript->utterances) {
    by_line[raw.line] = tracker.Annotate(ToUtterance(raw, ++sequence));
  }
  return by_line;
}

// Counts what agrees; prints what does not.
class Tally {
 public:
  explicit Tally(std::string name) : name_(std::move(name)) {}
  void Count(bool agrees, const std::string& what) {
    ++total_;
    good_ += agrees;
    if (!agrees) fmt::print("  {}: {}\n", name_, what);
  }
  double Share() const {
    fmt::print("{}: {} of {}\n", name_, good_, total_);
    return total_ == 0 ? 0 : static_cast<double>(good_) / total_;
  }

 private:
  std::string name_;
  int good_ = 0;
  int total_ = 0;
};

class NamedCallTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::string bytes = SharedFile("calls/baba-fy2025q3.txt");
    const std::string structure = SharedFile("gold/baba-fy2025q3.structure.json");
    if (bytes.empty() || structure.empty()) GTEST_SKIP() << "no shared material";
    utterances_ = TrackByLine(bytes);
    ASSERT_TRUE(wire::FromJson(structure, gold_).ok());
  }

  const Struct& Gold(const std::string& key) const { return gold_.fields().at(key).struct_value(); }

  Struct gold_;
  std::map<int, v1::Utterance> utterances_;
};

TEST_F(NamedCallTest, WhoReallySpeaks) {
  Tally roles("roles behind wrong labels");
  Tally names("names behind wrong labels");
  std::set<int> wrong_lines;
  for (const Value& row : Gold("attribution").fields().at("rows").list_value().values()) {
    const auto& fields = row.struct_value().fields();
    const std::string actual = fields.at("actual").string_value();
    // A paragraph of two voices is the second one's, who says most of it.
    const std::string voice = fields.contains("then") ? fields.at("then").string_value() : actual;
    for (const Value& value : fields.at("lines").list_value().values()) {
      const int line = static_cast<int>(value.number_value());
      wrong_lines.insert(line);
      const v1::Speaker& speaker = utterances_.at(line).speaker();
      const bool interpreted = speaker.role() == v1::SPEAKER_ROLE_INTERPRETER;
      roles.Count(interpreted == (voice == "Interpreter"),
                  fmt::format("line {}: {}", line, speaker.ShortDebugString()));
      if (voice != "Interpreter" && !voice.ends_with('?')) {
        names.Count(speaker.name() == voice, fmt::format("line {}: '{}' for '{}'", line, speaker.name(), voice));
      }
    }
  }
  Tally right("right labels kept");
  for (const auto& [line, utterance] : utterances_) {
    if (wrong_lines.contains(line)) continue;
    const v1::Speaker& speaker = utterance.speaker();
    const bool kept = speaker.role() != v1::SPEAKER_ROLE_INTERPRETER &&
                      (speaker.name() == speaker.label() || speaker.role() == v1::SPEAKER_ROLE_OPERATOR);
    right.Count(kept, fmt::format("line {}: {}", line, speaker.ShortDebugString()));
  }
  EXPECT_EQ(roles.Share(), 1.0);
  EXPECT_GE(names.Share(), 0.6);  // two paragraphs are the words of somebody whom only later words name
  EXPECT_EQ(right.Share(), 1.0);
}

TEST_F(NamedCallTest, RolesTitlesAndFirms) {
  Tally roles("roles");
  Tally firms("firms of analysts");
  Tally titles("titles");
  for (const Value& value : gold_.fields().at("speakers").list_value().values()) {
    const auto& gold = value.struct_value().fields();
    for (const auto& [line, utterance] : utterances_) {
      const v1::Speaker& speaker = utterance.speaker();
      if (speaker.name() != gold.at("name").string_value()) continue;
      const std::string place = fmt::format("line {}: {}", line, speaker.ShortDebugString());
      roles.Count(v1::SpeakerRole_Name(speaker.role()) == "SPEAKER_ROLE_" + gold.at("role").string_value(), place);
      titles.Count(speaker.title() == gold.at("title").string_value(), place);
      if (speaker.role() == v1::SPEAKER_ROLE_ANALYST)
        firms.Count(speaker.firm() == gold.at("firm").string_value(), place);
    }
  }
  EXPECT_EQ(roles.Share(), 1.0);
  EXPECT_EQ(titles.Share(), 1.0);
  EXPECT_EQ(firms.Share(), 1.0);
}

TEST_F(NamedCallTest, Sections) {
  const auto& prepared = Gold("prepared_remarks").fields();
  const double first = prepared.at("first_line").number_value();
  const double last = prepared.at("last_line").number_value();
  const double questions = gold_.fields().at("qa_first_line").number_value();
  Tally sections("sections");
  for (const auto& [line, utterance] : utterances_) {
    const v1::Section section = utterance.section();
    const std::string place = fmt::format("line {}: {}", line, v1::Section_Name(section));
    if (line < first) sections.Count(section == v1::SECTION_INTRODUCTION || section == v1::SECTION_SAFE_HARBOR, place);
    if (line >= first && line <= last) sections.Count(section == v1::SECTION_PREPARED_REMARKS, place);
    if (line >= questions) {
      sections.Count(section == v1::SECTION_QUESTIONS_AND_ANSWERS || section == v1::SECTION_CLOSING, place);
    }
  }
  EXPECT_EQ(sections.Share(), 1.0);
  EXPECT_EQ(utterances_.rbegin()->second.section(), v1::SECTION_CLOSING);
}

TEST_F(NamedCallTest, Questions) {
  Tally questions("questions");
  Tally renderings("renderings of questions");
  for (const Value& value : gold_.fields().at("questions").list_value().values()) {
    const auto& gold = value.struct_value().fields();
    const int line = static_cast<int>(gold.at("first_line").number_value());
    const v1::Speaker& asker = utterances_.at(line).speaker();
    questions.Count(asker.role() == v1::SPEAKER_ROLE_ANALYST && asker.name() == gold.at("analyst").string_value(),
                    fmt::format("line {}: {}", line, asker.ShortDebugString()));
    if (!gold.contains("translation_line")) continue;
    const auto& rendering = utterances_.at(static_cast<int>(gold.at("translation_line").number_value()));
    renderings.Count(rendering.translation_of() == utterances_.at(line).sequence(), rendering.ShortDebugString());
  }
  EXPECT_EQ(questions.Share(), 1.0);
  EXPECT_EQ(renderings.Share(), 1.0);
}

// Where each original and its rendering differ, the pair must be linked.
TEST_F(NamedCallTest, TranslationsOfDiscrepancies) {
  Tally links("linked renderings");
  for (const Value& value : gold_.fields().at("discrepancies").list_value().values()) {
    const auto& gold = value.struct_value().fields();
    const std::string original = gold.at("original").string_value();
    const std::string rendering = original == "zh" ? "en" : "zh";
    const auto line_of = [&](const std::string& language) {
      return static_cast<int>(gold.at(language).struct_value().fields().at("line").number_value());
    };
    if (original != "zh") continue;  // a rendered question may stand in front of its answer in one paragraph
    links.Count(
        utterances_.at(line_of(rendering)).translation_of() == utterances_.at(line_of(original)).sequence(),
        fmt::format("{}: lines {} and {}", gold.at("id").string_value(), line_of(original), line_of(rendering)));
  }
  EXPECT_EQ(links.Share(), 1.0);
}

// The lines of the second call on which its interpreters speak, as read by a person.
TEST(NumberedCallTest, TheAlternationOfLanguagesIsFollowed) {
  const std::string bytes = SharedFile("calls/baba-fy2026q1.txt");
  if (bytes.empty()) GTEST_SKIP() << "no shared material";
  const std::set<int> gold = {34,  38,  39,  43,  47,  48,  49,  53,  57,  58,  62,  69,  73,  74,
                              75,  78,  79,  81,  87,  90,  97,  99,  103, 107, 108, 116, 120, 121,
                              125, 126, 134, 135, 139, 140, 144, 145, 152, 156, 160, 161, 162};
  const auto utterances = TrackByLine(bytes);
  std::set<std::string> askers;
  Tally interpreters("interpreters behind numbers");
  for (const auto& [line, utterance] : utterances) {
    const v1::Speaker& speaker = utterance.speaker();
    if (speaker.role() == v1::SPEAKER_ROLE_ANALYST) askers.insert(speaker.name() + " of " + speaker.firm());
    const bool interpreted = speaker.role() == v1::SPEAKER_ROLE_INTERPRETER;
    interpreters.Count(interpreted == gold.contains(line),
                       fmt::format("line {}: {}", line, speaker.ShortDebugString()));
    EXPECT_EQ(interpreted, utterance.translation_of() > 0) << line;
  }
  EXPECT_EQ(interpreters.Share(), 1.0);
  EXPECT_EQ(askers.size(), 7u);
  EXPECT_EQ(utterances.at(20).speaker().title(), "Chief Financial Officer");
  EXPECT_EQ(utterances.at(16).speaker().title(), "Chief Executive Officer");
}

TEST(SentencesCallsTest, EveryFileIsReadAsRemarks) {
  const std::string bytes = SharedFile("ectsum-dev/calls/ADM_q4_2021.txt");
  if (bytes.empty()) GTEST_SKIP() << "no shared material";
  for (const auto& [line, utterance] : TrackByLine(bytes)) {
    EXPECT_EQ(utterance.speaker().role(), v1::SPEAKER_ROLE_MANAGEMENT) << line;
  }
}

}  // namespace
}  // namespace earshot::transcript
