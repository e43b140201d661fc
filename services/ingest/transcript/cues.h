// What words give away about the course of a call: hand-offs, announcements, formulas of operators and interpreters.
// Pure functions of one utterance's text, English and Chinese; linear in its length.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ingest/transcript/people.h"

namespace earshot::transcript {

// "With us are Jane Doe, Chief Executive Officer; John Roe, CFO." -> both, in their order.
std::vector<Person> FindParticipants(std::string_view text);

// At the end of an utterance: "I will now turn the call over to Jane Doe, our CFO." -> {Jane Doe, our CFO}.
std::optional<Person> FindHandOff(std::string_view text);

// "Your next question comes from Ann Lee with Example Bank." -> {Ann Lee, firm Example Bank}.
std::optional<Person> FindAnnouncement(std::string_view text);

// "This is Jane." -> "Jane"; empty for none. Near the beginning only.
std::string_view FindSelfIntroduction(std::string_view text);

// "Thank you, Jane." at the beginning -> "Jane"; empty for none.
std::string_view FindThanksTo(std::string_view text);

// "Jane, please." or "Over to you, Jane." at the end -> "Jane"; empty for none. May be a word that is no name.
std::string_view FindCalledUpon(std::string_view text);

// Words that only the conference operator says: "press star one", "listen-only mode", "you may now disconnect".
bool SoundsLikeOperator(std::string_view text);
// How to queue up for a question.
bool InstructsToAsk(std::string_view text);
// "Next question, please."
bool CallsForQuestion(std::string_view text);
// Welcome, replay, participants.
bool SoundsLikeIntroduction(std::string_view text);
// Forward-looking statements, risks, non-GAAP notes.
bool SoundsLikeSafeHarbor(std::string_view text);
// Forward-looking statements themselves.
bool IsSafeHarbor(std::string_view text);
// At the end: "With that, we are ready to take your questions."
bool OpensQuestions(std::string_view text);
// "That concludes our call."
bool ClosesCall(std::string_view text);

// "[Foreign language]" and nothing else.
bool IsPlaceholder(std::string_view text);
// "Thank you." and little else.
bool IsAcknowledgement(std::string_view text);
// Has the marks of somebody who asks: "my question", 请问, a question mark.
bool SoundsLikeQuestion(std::string_view text);
// Begins as an answer does: "Thanks for your question", 好的, 谢谢你的问题.
bool BeginsLikeAnswer(std::string_view text);
// Ends as a question does: with thanks or a question mark.
bool EndsLikeQuestion(std::string_view text);
// Where, behind a question, an answer to it begins in the same utterance ("… 谢谢。好,谢谢你的问题。我们…").
std::optional<size_t> FindAnswerBehindQuestion(std::string_view text);

}  // namespace earshot::transcript
