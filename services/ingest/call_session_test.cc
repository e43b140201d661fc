#include "services/ingest/call_session.h"

#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/ingest/call_request.h"
#include "services/ingest/test_catalog.h"

namespace earshot::ingest {
namespace {

using ::testing::HasSubstr;

v1::Call AcmeCall() {
  v1::Call call;
  call.set_name("calls/acme-fy2026q1");
  call.set_company("ACME");
  call.set_fiscal_period("FY2026Q1");
  call.set_date("2025-08-29");
  call.set_currency("CNY");
  return call;
}

v1::Utterance SpokenText(int sequence, const std::string& text, int revision = 0) {
  v1::Utterance utterance;
  utterance.set_sequence(sequence);
  utterance.set_revision(revision);
  utterance.set_text(text);
  utterance.mutable_speaker()->set_label("Jane Roe (CFO)");
  return utterance;
}

class CallSessionTest : public testing::Test {
 protected:
  // Understood and published.
  Understood Take(const v1::Utterance& utterance) {
    auto understood = session_.Understand(utterance);
    EXPECT_TRUE(understood.ok()) << understood.status();
    if (!understood.ok()) return {};
    session_.MarkPublished(*understood);
    return *understood;
  }

  std::string ReasonOf(const v1::Utterance& utterance) {
    const auto understood = session_.Understand(utterance);
    return understood.ok() ? "taken" : rpc::ErrorInfoOf(understood.status()).reason();
  }

  CallSession session_{TestCatalog(), AcmeCall()};
};

TEST_F(CallSessionTest, AnEventHoldsTheWordsAndWhatTheyMean) {
  const Understood understood = Take(SpokenText(1, "Revenue was RMB 12.5 billion."));
  ASSERT_TRUE(understood.event.has_value());
  const v1::CallEvent& event = *understood.event;
  EXPECT_EQ(event.name(), "calls/acme-fy2026q1/events/1.0");
  EXPECT_EQ(event.kind(), v1::CALL_EVENT_KIND_UTTERANCE);
  EXPECT_EQ(event.call().company(), "ACME");
  EXPECT_EQ(event.utterance().name(), "calls/acme-fy2026q1/utterances/1");
  EXPECT_EQ(event.utterance().status(), v1::UTTERANCE_STATUS_FINAL);
  EXPECT_EQ(event.utterance().speaker().name(), "Jane Roe");
  ASSERT_EQ(event.observations_size(), 1);
  EXPECT_EQ(event.observations(0).metric(), "revenue");
  EXPECT_EQ(event.observations(0).value(), 12.5e9);
  EXPECT_EQ(event.observations(0).period(), "FY2026Q1");
  EXPECT_FALSE(event.has_times());
}

TEST_F(CallSessionTest, SequencesComeWithoutGaps) {
  EXPECT_EQ(session_.resume_from(), 1);
  EXPECT_EQ(ReasonOf(SpokenText(2, "Hello.")), "SEQUENCE_GAP");
  Take(SpokenText(1, "Hello."));
  EXPECT_EQ(session_.resume_from(), 2);
  const auto gap = session_.Understand(SpokenText(5, "Hello."));
  EXPECT_EQ(gap.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(rpc::ErrorInfoOf(gap.status()).metadata().at("resume_from"), "2");
}

TEST_F(CallSessionTest, WhatIsSentAgainMakesNoEvent) {
  Take(SpokenText(1, "Revenue was RMB 12.5 billion."));
  v1::Utterance again = SpokenText(1, "Revenue was RMB 12.5 billion.");
  again.mutable_speak_time()->set_seconds(1'756'450'000);  // told otherwise, the same words
  const auto understood = session_.Understand(again);
  ASSERT_TRUE(understood.ok()) << understood.status();
  EXPECT_FALSE(understood->event.has_value());
  EXPECT_EQ(understood->observation_count, 1);
  EXPECT_EQ(session_.utterance_count(), 1);
}

TEST_F(CallSessionTest, OtherWordsUnderTheSameIdentityAreAConflict) {
  Take(SpokenText(1, "Revenue was RMB 12.5 billion."));
  const auto conflict = session_.Understand(SpokenText(1, "Revenue was RMB 13 billion."));
  EXPECT_EQ(conflict.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(rpc::ErrorInfoOf(conflict.status()).reason(), "UTTERANCE_CONFLICT");
  EXPECT_THAT(std::string(Message(conflict.status())), HasSubstr("the first wins"));
}

TEST_F(CallSessionTest, ARevisionIsPublishedUnderTheSameSequence) {
  v1::Utterance partial = SpokenText(1, "Revenue was");
  partial.set_status(v1::UTTERANCE_STATUS_PARTIAL);
  const Understood first = Take(partial);
  EXPECT_EQ(first.event->utterance().status(), v1::UTTERANCE_STATUS_PARTIAL);
  EXPECT_EQ(session_.resume_from(), 1);  // it may still grow
  const Understood final = Take(SpokenText(1, "Revenue was RMB 12.5 billion.", 1));
  EXPECT_EQ(final.event->name(), "calls/acme-fy2026q1/events/1.1");
  EXPECT_EQ(final.observation_count, 1);
  EXPECT_EQ(session_.resume_from(), 2);
  EXPECT_EQ(session_.utterance_count(), 1);
  EXPECT_EQ(session_.observation_count(), 1);
  EXPECT_EQ(ReasonOf(SpokenText(1, "Revenue", 0)), "UTTERANCE_CONFLICT");
  Take(SpokenText(1, "Revenue was RMB 12.6 billion.", 5));
  EXPECT_EQ(ReasonOf(SpokenText(1, "Revenue was RMB 12.4 billion.", 3)), "STALE_REVISION");
}

TEST_F(CallSessionTest, WordsThatWereNotSettledAreAskedForAgain) {
  Take(SpokenText(1, "Hello."));
  v1::Utterance partial = SpokenText(2, "Revenue was");
  partial.set_status(v1::UTTERANCE_STATUS_PARTIAL);
  Take(partial);
  Take(SpokenText(3, "Thank you."));  // settled before the one that it answers
  EXPECT_EQ(session_.resume_from(), 2) << "its final words may be what the connection lost";
  Take(SpokenText(2, "Revenue was RMB 12.5 billion.", 1));
  EXPECT_EQ(session_.resume_from(), 4);
  partial.set_revision(2);
  Take(partial);
  for (int sequence = 4; sequence <= 66; ++sequence) Take(SpokenText(sequence, "Hello."));
  EXPECT_EQ(session_.resume_from(), 67) << "what cannot be revised any more is not asked for";
}

TEST_F(CallSessionTest, WhatIsTooOldIsNotRevised) {
  for (int sequence = 1; sequence <= 65; ++sequence) Take(SpokenText(sequence, "Hello."));
  EXPECT_EQ(ReasonOf(SpokenText(1, "Goodbye.", 1)), "REVISION_TOO_LATE");
  EXPECT_EQ(ReasonOf(SpokenText(2, "Goodbye.", 1)), "taken");
}

TEST_F(CallSessionTest, EndsOnceWithTheLastUtterance) {
  EXPECT_EQ(session_.End(0).status().code(), absl::StatusCode::kFailedPrecondition);
  Take(SpokenText(1, "Hello."));
  Take(SpokenText(2, "Goodbye."));
  EXPECT_EQ(rpc::ErrorInfoOf(session_.End(3).status()).metadata().at("resume_from"), "3");
  const auto ended = session_.End(2);
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_EQ(ended->event->kind(), v1::CALL_EVENT_KIND_CALL_ENDED);
  EXPECT_EQ(ended->event->sequence(), 3);
  EXPECT_EQ(ended->event->name(), "calls/acme-fy2026q1/events/3.end");
  EXPECT_FALSE(ended->event->has_utterance());
  session_.MarkPublished(*ended);
  EXPECT_FALSE(session_.End(2)->event.has_value());
  EXPECT_EQ(ReasonOf(SpokenText(3, "One more thing.")), "CALL_ENDED");
  EXPECT_EQ(ReasonOf(SpokenText(2, "Farewell.", 1)), "taken");
}

TEST_F(CallSessionTest, WhatWasNotPublishedIsTakenAgain) {
  Take(SpokenText(1, "Hello."));
  const auto lost = session_.Understand(SpokenText(2, "Revenue was RMB 12.5 billion."));
  session_.ForgetUnpublished();
  EXPECT_EQ(session_.resume_from(), 2);
  EXPECT_EQ(ReasonOf(SpokenText(3, "Goodbye.")), "SEQUENCE_GAP");
  const Understood again = Take(SpokenText(2, "Revenue was RMB 12.5 billion."));
  EXPECT_EQ(again.event->SerializeAsString(), lost->event->SerializeAsString());
}

TEST(CallSessionDeterminismTest, TheSameCallGivesTheSameBytes) {
  const std::vector<std::string> words = {"Revenue was RMB 12.5 billion, compared to RMB 11 billion a year ago.",
                                          "Capital expenditure rose 20% to RMB 3 billion.", "收入增长了 12%。"};
  std::vector<std::string> bytes[2];
  for (auto& run : bytes) {
    CallSession session(TestCatalog(), AcmeCall());
    for (size_t i = 0; i < words.size(); ++i) {
      const auto understood = session.Understand(SpokenText(static_cast<int>(i) + 1, words[i]));
      ASSERT_TRUE(understood.ok()) << understood.status();
      session.MarkPublished(*understood);
      run.push_back(understood->event->SerializeAsString());
    }
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST(CompleteCallTest, FillsInFromTheCatalogue) {
  v1::Call call;
  call.set_company_name("Acme Group");
  call.set_fiscal_period("FY2026Q1");
  const auto completed = CompleteCall(TestCatalog(), call, "call");
  ASSERT_TRUE(completed.ok()) << completed.status();
  EXPECT_EQ(completed->company(), "ACME");
  EXPECT_EQ(completed->company_name(), "Acme Group");
  EXPECT_EQ(completed->currency(), "CNY");
  EXPECT_EQ(completed->name(), "calls/acme-fy2026q1");
}

TEST(CompleteCallTest, ATickerNeedsNoFile) {
  v1::Call call;
  call.set_company("XYZ.B");
  call.set_fiscal_period("FY2026");
  const auto completed = CompleteCall(TestCatalog(), call, "call");
  ASSERT_TRUE(completed.ok()) << completed.status();
  EXPECT_EQ(completed->company(), "XYZ.B");
  EXPECT_EQ(completed->name(), "calls/xyz-b-fy2026");
}

TEST(CompleteCallTest, NamesEveryFieldThatIsWrong) {
  v1::Call call;
  call.set_company_name("Acme Group Limitd");
  call.set_fiscal_period("2026Q1");
  call.set_date("29 August");
  call.set_name("acme");
  const auto completed = CompleteCall(TestCatalog(), call, "open.call");
  EXPECT_EQ(completed.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(rpc::ErrorInfoOf(completed.status()).reason(), "INVALID_CALL");
  std::vector<std::string> fields;
  const auto bad_request = rpc::BadRequestOf(completed.status());
  for (const auto& violation : bad_request.field_violations()) fields.push_back(violation.field());
  EXPECT_THAT(fields,
              testing::ElementsAre("open.call.company", "open.call.fiscal_period", "open.call.date", "open.call.name"));
  EXPECT_THAT(std::string(Message(completed.status())),
              HasSubstr("has no company 'Acme Group Limitd', did you mean 'Acme Group Limited'"));
  EXPECT_THAT(std::string(Message(completed.status())), HasSubstr("give its ticker"));
}

TEST(CheckUtteranceTest, NamesWhatIsWrong) {
  v1::Utterance utterance = SpokenText(0, "a\xFF", -1);
  const absl::Status status = CheckUtterance(utterance);
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations_size(), 3);
  EXPECT_EQ(rpc::BadRequestOf(status).field_violations(2).field(), "utterance.text");
  EXPECT_TRUE(CheckUtterance(SpokenText(1, std::string(64 << 10, 'a'))).ok());
  EXPECT_FALSE(CheckUtterance(SpokenText(1, std::string((64 << 10) + 1, 'a'))).ok());
  EXPECT_FALSE(CheckUtterance(SpokenText(1, "")).ok());
}

}  // namespace
}  // namespace earshot::ingest
