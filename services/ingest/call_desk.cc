#include "services/ingest/call_desk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "common/wire/trace_context.h"
#include "services/ingest/call_request.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::ingest {
namespace {

// Feeds a call from a file: is there for its own request only.
class SubmissionFeeder final : public Feeder {
 public:
  void Displace(absl::Status) override {}
};

absl::StatusOr<transcript::Format> FormatOf(v1::TranscriptFormat format) {
  switch (format) {
    case v1::TRANSCRIPT_FORMAT_UNSPECIFIED:
      return transcript::Format::kAutomatic;
    case v1::TRANSCRIPT_FORMAT_NAMED:
      return transcript::Format::kNamed;
    case v1::TRANSCRIPT_FORMAT_NUMBERED:
      return transcript::Format::kNumbered;
    case v1::TRANSCRIPT_FORMAT_SENTENCES:
      return transcript::Format::kSentences;
    case v1::TRANSCRIPT_FORMAT_JSON_LINES:
      return transcript::Format::kJsonLines;
    default:
      break;
  }
  const absl::Status status = InvalidArgument("format {} is not known", static_cast<int>(format));
  return rpc::WithFieldViolation(rpc::WithReason(status, "INVALID_TRANSCRIPT"), "format", "is not known");
}

absl::StatusOr<transcript::Transcript> ReadSubmission(const v1::SubmitTranscriptRequest& request) {
  transcript::ReadOptions options{.period_known = !request.call().fiscal_period().empty()};
  if (!request.file_name().empty()) options.file_name = request.file_name();
  EARSHOT_ASSIGN_OR_RETURN(options.format, FormatOf(request.format()));
  absl::StatusOr<transcript::Transcript> read = transcript::ReadTranscript(request.content(), options);
  if (read.ok()) return read;
  const std::string message(Message(read.status()));
  return rpc::WithFieldViolation(rpc::WithReason(read.status(), "INVALID_TRANSCRIPT"), "content", message);
}

// What the caller says wins over the header.
v1::Call CallOf(const v1::SubmitTranscriptRequest& request, const transcript::Header& header) {
  v1::Call call = request.call();
  if (call.company_name().empty()) call.set_company_name(header.company_name);
  if (call.title().empty()) call.set_title(header.title);
  if (call.fiscal_period().empty()) call.set_fiscal_period(header.fiscal_period);
  if (call.date().empty()) call.set_date(header.date);
  return call;
}

}  // namespace

struct CallDesk::OpenCall {
  OpenCall(catalog::Catalog catalog, v1::Call call) : name(call.name()), session(std::move(catalog), std::move(call)) {}

  const std::string name;
  std::mutex mutex;  // guards session
  CallSession session;
  std::shared_ptr<Feeder> feeder;  // guarded by the desk's lock; null: nobody feeds it
  absl::Time last_used;            // likewise
};

CallDesk::CallDesk(catalog::Catalog catalog, EventPublisher& publisher, const Clock& clock, IngestProbe& probe,
                   size_t max_open_calls)
    : catalog_(std::move(catalog)),
      publisher_(publisher),
      clock_(clock),
      probe_(probe),
      max_open_calls_(std::max<size_t>(max_open_calls, 1)) {}

CallDesk::~CallDesk() = default;

// With mutex_ held.
absl::Status CallDesk::MakeRoom() {
  if (calls_.size() < max_open_calls_) return absl::OkStatus();
  auto oldest = calls_.end();
  for (auto it = calls_.begin(); it != calls_.end(); ++it) {
    if (it->second->feeder != nullptr) continue;
    if (oldest == calls_.end() || it->second->last_used < oldest->second->last_used) oldest = it;
  }
  if (oldest == calls_.end()) {
    const absl::Status status =
        ResourceExhausted("{} calls are streamed to this instance, and it takes no more", calls_.size());
    return rpc::WithRetryDelay(rpc::WithReason(status, "TOO_MANY_CALLS"), absl::Seconds(30));
  }
  calls_.erase(oldest);
  return absl::OkStatus();
}

absl::StatusOr<CallDesk::Opening> CallDesk::Open(const v1::Call& call, std::shared_ptr<Feeder> feeder) {
  EARSHOT_ASSIGN_OR_RETURN(v1::Call completed, CompleteCall(catalog_, call, "open.call"));
  Opening opening;
  std::shared_ptr<Feeder> displaced;
  {
    const std::lock_guard lock(mutex_);
    auto found = calls_.find(completed.name());
    if (found == calls_.end()) {
      EARSHOT_RETURN_IF_ERROR(MakeRoom());
      found = calls_.emplace(completed.name(), std::make_shared<OpenCall>(catalog_, completed)).first;
      probe_.SetOpenCalls(calls_.size());
    }
    opening.call = found->second;
    const v1::Call& known = opening.call->session.call();  // never changes
    if (known.company() != completed.company() || known.fiscal_period() != completed.fiscal_period()) {
      return rpc::WithReason(FailedPrecondition("{} is open as the call of {} on {}; give another name",
                                                completed.name(), known.company(), known.fiscal_period()),
                             "CALL_DIFFERS");
    }
    displaced = std::exchange(opening.call->feeder, std::move(feeder));
    opening.call->last_used = clock_.Now();
  }
  if (displaced != nullptr) {
    displaced->Displace(rpc::WithReason(
        Aborted("{}: another client streams the call now; do not connect again", completed.name()), "TAKEN_OVER"));
  }
  const std::lock_guard lock(opening.call->mutex);  // what was under way is published now
  *opening.opened.mutable_call() = opening.call->session.call();
  opening.opened.set_resume_from(opening.call->session.resume_from());
  return opening;
}

absl::Status CallDesk::CheckFeeder(const OpenCall& call, const Feeder& feeder) const {
  const std::lock_guard lock(mutex_);
  if (call.feeder.get() == &feeder) return absl::OkStatus();
  return rpc::WithReason(Aborted("{}: another client streams the call now; do not connect again", call.name),
                         "TAKEN_OVER");
}

void CallDesk::Leave(OpenCall& call, const Feeder& feeder) {
  const std::lock_guard lock(mutex_);
  if (call.feeder.get() != &feeder) return;
  call.feeder.reset();
  call.last_used = clock_.Now();
}

void CallDesk::Forget(const OpenCall& call) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call.name);
  if (found != calls_.end() && found->second.get() == &call) calls_.erase(found);
  probe_.SetOpenCalls(calls_.size());
}

absl::StatusOr<Understood> CallDesk::Understand(CallSession& session, const v1::Utterance& utterance,
                                                const Arrival& arrival) {
  probe_.UtteranceReceived();
  EARSHOT_RETURN_IF_ERROR(CheckUtterance(utterance));
  const absl::Time begin = clock_.Now();
  absl::StatusOr<Understood> understood = session.Understand(utterance);
  if (absl::IsAlreadyExists(understood.status())) probe_.ConflictRefused();
  if (!understood.ok()) return understood;
  if (!understood->event) {
    probe_.DuplicateDropped();
    return understood;
  }
  const absl::Time end = clock_.Now();
  v1::CallEvent& event = *understood->event;
  if (utterance.has_speak_time()) *event.mutable_times()->mutable_speak_time() = utterance.speak_time();
  SetTime(arrival.time, *event.mutable_times()->mutable_receive_time());
  SetTime(end, *event.mutable_times()->mutable_understand_time());
  event.set_traceparent(wire::ContinueTrace(arrival.traceparent));
  probe_.Understood(event, end - begin);
  return understood;
}

absl::Status CallDesk::PublishAll(CallSession& session, std::vector<Understood>& understood) {
  std::vector<v1::CallEvent> events;
  for (const Understood& one : understood) events.push_back(*one.event);
  const std::vector<absl::Status> statuses = publisher_.Publish(std::move(events));
  absl::Status first;
  for (size_t i = 0; i < statuses.size(); ++i) {
    if (statuses[i].ok()) session.MarkPublished(understood[i]);
    first.Update(statuses[i]);
  }
  if (!first.ok()) session.ForgetUnpublished();
  return first;
}

absl::StatusOr<v1::UtteranceAcknowledged> CallDesk::Take(OpenCall& call, const Feeder& feeder,
                                                         const v1::Utterance& utterance, const Arrival& arrival) {
  const std::lock_guard lock(call.mutex);
  EARSHOT_RETURN_IF_ERROR(CheckFeeder(call, feeder));
  EARSHOT_ASSIGN_OR_RETURN(Understood understood, Understand(call.session, utterance, arrival));
  v1::UtteranceAcknowledged acknowledged;
  acknowledged.set_sequence(understood.sequence);
  acknowledged.set_revision(understood.revision);
  acknowledged.set_observation_count(understood.observation_count);
  acknowledged.set_duplicate(!understood.event);
  if (acknowledged.duplicate()) return acknowledged;
  std::vector<Understood> one;
  one.push_back(std::move(understood));
  EARSHOT_RETURN_IF_ERROR(PublishAll(call.session, one));
  return acknowledged;
}

absl::StatusOr<v1::CallClosed> CallDesk::End(OpenCall& call, const Feeder& feeder, int last_sequence,
                                             const Arrival& arrival) {
  const std::lock_guard lock(call.mutex);
  EARSHOT_RETURN_IF_ERROR(CheckFeeder(call, feeder));
  EARSHOT_ASSIGN_OR_RETURN(Understood understood, call.session.End(last_sequence));
  if (understood.event) {
    SetTime(arrival.time, *understood.event->mutable_times()->mutable_receive_time());
    understood.event->set_traceparent(wire::ContinueTrace(arrival.traceparent));
    std::vector<Understood> one;
    one.push_back(std::move(understood));
    EARSHOT_RETURN_IF_ERROR(PublishAll(call.session, one));
  }
  v1::CallClosed closed;
  closed.set_utterance_count(call.session.utterance_count());
  closed.set_observation_count(call.session.observation_count());
  return closed;
}

absl::StatusOr<v1::SubmitTranscriptResponse> CallDesk::TakeAll(OpenCall& call,
                                                               const std::vector<v1::Utterance>& utterances,
                                                               const Arrival& arrival) {
  const std::lock_guard lock(call.mutex);
  v1::SubmitTranscriptResponse response;
  *response.mutable_call() = call.session.call();
  std::vector<Understood> fresh;
  absl::Status refused;
  for (const v1::Utterance& utterance : utterances) {
    absl::StatusOr<Understood> understood = Understand(call.session, utterance, arrival);
    refused = understood.status();
    if (!refused.ok()) break;  // what came before it stays good
    response.set_utterance_count(response.utterance_count() + 1);
    response.set_observation_count(response.observation_count() + understood->observation_count);
    if (understood->event) {
      fresh.push_back(*std::move(understood));
    } else {
      response.set_duplicate_count(response.duplicate_count() + 1);
    }
  }
  if (const absl::Status lost = PublishAll(call.session, fresh); !lost.ok()) {
    Forget(call);  // a course that is ahead of what was published cannot be taken up again in its middle
    return lost;
  }
  EARSHOT_RETURN_IF_ERROR(refused);
  return response;
}

absl::StatusOr<v1::SubmitTranscriptResponse> CallDesk::Submit(const v1::SubmitTranscriptRequest& request,
                                                              const Arrival& arrival) {
  EARSHOT_ASSIGN_OR_RETURN(const transcript::Transcript read, ReadSubmission(request));
  EARSHOT_ASSIGN_OR_RETURN(const v1::Call completed, CompleteCall(catalog_, CallOf(request, read.header), "call"));
  std::vector<v1::Utterance> utterances;
  for (const transcript::RawUtterance& raw : read.utterances) {
    utterances.push_back(transcript::ToUtterance(raw, static_cast<int>(utterances.size()) + 1));
  }
  const auto feeder = std::make_shared<SubmissionFeeder>();
  EARSHOT_ASSIGN_OR_RETURN(const Opening opening, Open(completed, feeder));
  absl::StatusOr<v1::SubmitTranscriptResponse> response = TakeAll(*opening.call, utterances, arrival);
  if (response.ok()) {
    const int last = static_cast<int>(utterances.size());
    if (const auto closed = End(*opening.call, *feeder, last, arrival); !closed.ok()) response = closed.status();
  }
  Leave(*opening.call, *feeder);
  return response;
}

}  // namespace earshot::ingest
