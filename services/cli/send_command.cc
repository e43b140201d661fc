#include <memory>
#include <ostream>
#include <string>
#include <thread>

#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/error_details.h"
#include "fmt/ostream.h"
#include "services/cli/call_feed.h"
#include "services/cli/commands.h"
#include "services/cli/input_file.h"
#include "services/cli/speech_pace.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::cli {
namespace {

struct SendOptions {
  std::string file;
  std::string address;
  std::string company;
  std::string period;
  std::string format = "automatic";
  double speed = 1;
};

// What of the call the file and the caller tell.
absl::StatusOr<v1::Call> CallOf(const SendOptions& options, const transcript::Header& header) {
  v1::Call call;
  call.set_company(options.company.empty() ? header.company_name : options.company);
  call.set_company_name(header.company_name);
  call.set_title(header.title);
  call.set_fiscal_period(options.period.empty() ? header.fiscal_period : options.period);
  call.set_date(header.date);
  if (call.company().empty()) return InvalidArgument("{}: names no company; give --company", options.file);
  if (call.fiscal_period().empty()) return InvalidArgument("{}: names no fiscal period; give --period", options.file);
  return call;
}

absl::StatusOr<CallFeedOptions> ReadFeed(const SendOptions& options) {
  EARSHOT_ASSIGN_OR_RETURN(const std::string bytes, ReadInputFile(options.file));
  EARSHOT_ASSIGN_OR_RETURN(const transcript::Format format, transcript::ParseFormat(options.format));
  EARSHOT_ASSIGN_OR_RETURN(
      const transcript::Transcript transcript,
      transcript::ReadTranscript(
          bytes, {.file_name = options.file, .format = format, .period_known = !options.period.empty()}));
  CallFeedOptions feed{.address = options.address};
  EARSHOT_ASSIGN_OR_RETURN(feed.call, CallOf(options, transcript.header));
  for (const transcript::RawUtterance& raw : transcript.utterances) {
    feed.utterances.push_back(transcript::ToUtterance(raw, static_cast<int>(feed.utterances.size()) + 1));
  }
  return feed;
}

// Holds each utterance back until it would have been spoken, and shows how far it is.
class LiveSend {
 public:
  LiveSend(const SendOptions& options, const CallFeedOptions& feed, Console& console)
      : speed_(options.speed), ends_(SpeechEnds(feed.utterances)), console_(console) {}

  void Opened(const v1::CallOpened& opened) {
    const bool first = start_ == absl::InfinitePast();
    if (first) start_ = Clock::System().Now() - Spoken(opened.resume_from() - 1);
    fmt::print(console_.err, "earshot: {} {} ({}, {}) from utterance {} of {}{}\n", first ? "sending" : "going on with",
               opened.call().name(), opened.call().company(), opened.call().fiscal_period(), opened.resume_from(),
               ends_.size(), first ? Duration() : "");
  }

  void Wait(v1::Utterance& utterance) const {
    const absl::Duration left = start_ + Spoken(utterance.sequence()) - Clock::System().Now();
    if (left > absl::ZeroDuration()) std::this_thread::sleep_for(absl::ToChronoNanoseconds(left));
    const absl::Time now = Clock::System().Now();
    utterance.mutable_speak_time()->set_seconds(absl::ToUnixSeconds(now));
    utterance.mutable_speak_time()->set_nanos(static_cast<int>(absl::ToUnixNanos(now) % 1'000'000'000));
  }

  void Acknowledged(const v1::UtteranceAcknowledged& acknowledged) {
    observations_ += acknowledged.observation_count();
    if (!console_.out_is_terminal) return;
    constexpr size_t kBar = 30;
    const size_t done = kBar * static_cast<size_t>(acknowledged.sequence()) / ends_.size();
    fmt::print(console_.out, "\r  [{}{}] {}/{} utterances, {} observations", std::string(done, '#'),
               std::string(kBar - done, '.'), acknowledged.sequence(), ends_.size(), observations_);
    console_.out.flush();
    line_open_ = true;
  }

  void Lost(const absl::Status& status) {
    EndLine();
    fmt::print(console_.err, "earshot: connection lost ({}); trying again\n", Message(status));
  }

  void EndLine() {
    if (std::exchange(line_open_, false)) console_.out << "\n";
  }

 private:
  // From the start of the call until utterance `sequence` has been spoken, at the speed that is asked for.
  absl::Duration Spoken(int sequence) const {
    if (speed_ <= 0 || sequence < 1) return absl::ZeroDuration();
    return ends_.at(std::min(static_cast<size_t>(sequence), ends_.size()) - 1) / speed_;
  }

  std::string Duration() const {
    if (speed_ <= 0) return ", as fast as it goes";
    const absl::Duration whole = absl::Ceil(ends_.back() / speed_, absl::Seconds(1));
    return fmt::format(", about {} at speed {}", absl::FormatDuration(whole), speed_);
  }

  const double speed_;
  const std::vector<absl::Duration> ends_;
  Console& console_;
  absl::Time start_ = absl::InfinitePast();
  int observations_ = 0;
  bool line_open_ = false;
};

// Names the flags that set the fields which the server complains of.
absl::Status WithHint(const absl::Status& status) {
  const google::rpc::BadRequest bad_request = rpc::BadRequestOf(status);
  std::string flags;
  for (const auto& violation : bad_request.field_violations()) {
    const std::string_view flag = violation.field().ends_with(".company")         ? " --company"
                                  : violation.field().ends_with(".fiscal_period") ? " --period"
                                                                                  : "";
    flags += flag;
  }
  if (flags.empty()) return status;
  return FormatStatus(status.code(), "{}; set with{}", Message(status), flags);
}

int RunSend(const SendOptions& options, Console& console) {
  absl::StatusOr<CallFeedOptions> feed_options = ReadFeed(options);
  if (!feed_options.ok()) return Fail(console, feed_options.status());
  LiveSend live(options, *feed_options, console);
  CallFeed feed(*std::move(feed_options));
  feed.on_opened = [&live](const v1::CallOpened& opened) { live.Opened(opened); };
  feed.before_send = [&live](v1::Utterance& utterance) { live.Wait(utterance); };
  feed.on_acknowledged = [&live](const v1::UtteranceAcknowledged& ack) { live.Acknowledged(ack); };
  feed.on_lost = [&live](const absl::Status& status) { live.Lost(status); };
  const absl::StatusOr<v1::CallClosed> closed = feed.Run();
  live.EndLine();
  if (!closed.ok()) return Fail(console, WithHint(closed.status()));
  fmt::print(console.out, "earshot: call ended: {} utterances, {} observations\n", closed->utterance_count(),
             closed->observation_count());
  return kGood;
}

}  // namespace

Action DeclareSend(Flags& flags) {
  auto options = std::make_shared<SendOptions>();
  flags.AddPositional("FILE", options->file, "Transcript of a recorded call.").Required();
  flags.Add("to", options->address, "HOST:PORT", "Server to send to.").Required();
  flags.Add("speed", options->speed, "N", "Times as fast as it was spoken; 0 for as fast as it goes.").Between(0, 1e6);
  flags.Add("company", options->company, "NAME", "Ticker or name; as the file says where not given.");
  flags.Add("period", options->period, "PERIOD", "Fiscal period, FY2026Q1; as the file says where not given.");
  flags.Add("format", options->format, "FORMAT",
            "Form of the file: automatic, named, numbered, sentences, json-lines.");
  return [options](Console& console) { return RunSend(*options, console); };
}

}  // namespace earshot::cli
