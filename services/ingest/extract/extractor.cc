#include "services/ingest/extract/extractor.h"

#include <iterator>
#include <optional>
#include <utility>

#include "common/base/digest.h"
#include "common/base/string_map.h"
#include "common/text/sentences.h"
#include "fmt/format.h"
#include "services/ingest/extract/sentence_facts.h"
#include "services/ingest/extract/translation.h"

namespace earshot::extract {
namespace {

constexpr size_t kRemembered = 64;         // utterances that may be revised or translated
constexpr size_t kLongestSentence = 2048;  // bytes
constexpr char kDefaultCurrency[] = "USD";

CallFrame MakeFrame(catalog::Catalog catalog, v1::Call call) {
  CallFrame frame{.catalog = std::move(catalog), .call = std::move(call)};
  frame.company = frame.catalog.FindCompany(frame.call.company());
  if (frame.company == nullptr) frame.company = frame.catalog.FindCompany(frame.call.company_name());
  frame.currency = frame.company != nullptr ? frame.company->currency : frame.call.currency();
  if (frame.currency.empty()) frame.currency = kDefaultCurrency;
  if (frame.company != nullptr) frame.time.calendar = fiscal::Calendar(frame.company->fiscal_year_end_month);
  if (auto term = fiscal::ParseTerm(frame.call.fiscal_period()); term.ok()) frame.time.term = *term;
  if (auto day = fiscal::ParsePeriod(frame.call.date()); day.ok() && day->kind == fiscal::Period::Kind::kInstant) {
    frame.time.date = day->day;
  }
  return frame;
}

// Who speaks, as far as it tells whether somebody else does now.
std::string Voice(const v1::Utterance& utterance) {
  const v1::Speaker& speaker = utterance.speaker();
  return fmt::format("{}/{}", speaker.name().empty() ? speaker.label() : speaker.name(),
                     static_cast<int>(speaker.role()));
}

// Names within one utterance: a hash of what is said and where, counted where it is said more than once.
class Names {
 public:
  Names(const v1::Call& call, int sequence) : call_(call.name()), sequence_(sequence) {}

  std::string Next(const v1::Observation& o) {
    std::string what = fmt::format("{}|{}|{}|{}|{}|{}|{}", o.metric(), o.segment(), static_cast<int>(o.kind()),
                                   static_cast<int>(o.stance()), o.period(), o.unit(), static_cast<int>(o.state()));
    if (o.has_value()) what += fmt::format("|{:.12g}", o.value());
    if (o.has_value_high()) what += fmt::format("|{:.12g}", o.value_high());
    const int ordinal = counts_[what]++;
    const std::string place = fmt::format("{}/{}", sequence_, ordinal);
    return fmt::format("{}/observations/{}", call_, StableId({call_, place, what}));
  }

 private:
  std::string call_;
  int sequence_;
  StringMap<int> counts_;
};

// The sentences; one that goes on and on is cut, so that the work stays linear in the length of the text.
std::vector<SentenceSpan> Pieces(std::string_view text) {
  std::vector<SentenceSpan> pieces;
  for (SentenceSpan span : SplitSentences(text)) {
    while (span.end - span.begin > kLongestSentence) {
      size_t cut = text.find_last_of(" ,;", span.begin + kLongestSentence);
      if (cut == std::string_view::npos || cut <= span.begin) cut = span.begin + kLongestSentence;
      while (cut < span.end && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) ++cut;  // within a character
      pieces.push_back({span.begin, cut});
      span.begin = cut;
    }
    pieces.push_back(span);
  }
  return pieces;
}

// From offsets in the sentence to offsets in the utterance, and all that is the utterance's.
void Place(const v1::Utterance& utterance, const v1::Call& call, SentenceSpan span, v1::Observation& observation) {
  observation.set_company(call.company());
  *observation.mutable_speaker() = utterance.speaker();
  observation.set_section(utterance.section());
  v1::Evidence& evidence = *observation.mutable_evidence();
  const int begin = static_cast<int>(span.begin);
  evidence.set_sequence(utterance.sequence());
  evidence.set_line(utterance.line());
  evidence.set_begin(begin);
  evidence.set_end(static_cast<int>(span.end));
  evidence.set_quote(utterance.text().substr(span.begin, span.end - span.begin));
  evidence.set_figure_begin(evidence.figure_begin() + begin);
  evidence.set_figure_end(evidence.figure_end() + begin);
}

}  // namespace

struct Extractor::Memory {
  CallFrame frame;
  Context context;
  std::map<int, Context> before;                     // what was known before an utterance
  std::map<int, std::vector<v1::Observation>> said;  // what an utterance said
  std::optional<Context> present;                    // while an utterance before the last is understood again

  void Enter(const v1::Utterance& utterance) {
    if (const auto known = before.find(utterance.sequence()); known != before.end()) {
      if (std::next(known) != before.end()) present = std::move(context);
      context = known->second;
    }
    before[utterance.sequence()] = context;
    while (before.size() > kRemembered) before.erase(before.begin());
    const std::string voice = Voice(utterance);
    if (voice == context.voice) return;
    context.voice = voice;
    context.scope.current.clear();
    context.times = {};
    context.last.reset();
    context.last_loose.reset();
    if (utterance.translation_of() == 0) context.subjects = {};
  }

  void Leave(const v1::Utterance& utterance, const Understanding& understood) {
    said[utterance.sequence()] = understood.observations;
    while (said.size() > kRemembered) said.erase(said.begin());
    if (present) context = *std::exchange(present, std::nullopt);
  }

  void Take(const v1::Utterance& utterance, SentenceSpan span, Understanding& out) {
    SentenceFacts facts = UnderstandSentence(
        std::string_view(utterance.text()).substr(span.begin, span.end - span.begin), frame, utterance, context);
    for (v1::Observation& observation : facts.observations) {
      Place(utterance, frame.call, span, observation);
      out.observations.push_back(std::move(observation));
    }
    for (v1::Correction& correction : facts.corrections) {
      Place(utterance, frame.call, span, *correction.mutable_corrected());
      Place(utterance, frame.call, span, *correction.mutable_retracted());
      RemoveRetracted(correction.retracted(), out.observations);
      out.corrections.push_back(std::move(correction));
    }
    for (Explanation& explanation : facts.explanations) {
      explanation.begin += span.begin;
      explanation.end += span.begin;
      out.explanations.push_back(std::move(explanation));
    }
  }

  static void RemoveRetracted(const v1::Observation& retracted, std::vector<v1::Observation>& observations) {
    std::erase_if(observations, [&](const v1::Observation& o) {
      return o.metric() == retracted.metric() && o.kind() == retracted.kind() && o.value() == retracted.value() &&
             o.unit() == retracted.unit();
    });
  }

  void Name(const v1::Utterance& utterance, Understanding& out) {
    Names names(frame.call, utterance.sequence());
    for (v1::Observation& observation : out.observations) observation.set_name(names.Next(observation));
    for (v1::Correction& correction : out.corrections) {
      correction.mutable_retracted()->set_name(names.Next(correction.retracted()));
      for (const v1::Observation& o : out.observations) {
        const bool same = o.metric() == correction.corrected().metric() && o.value() == correction.corrected().value();
        if (same) *correction.mutable_corrected() = o;
      }
    }
    for (Explanation& explanation : out.explanations) {
      if (explanation.observation.empty()) continue;
      explanation.observation.clear();
      for (const v1::Observation& o : out.observations) {
        if (static_cast<size_t>(o.evidence().figure_begin()) == explanation.begin) explanation.observation = o.name();
      }
    }
  }
};

Extractor::Extractor(catalog::Catalog catalog, v1::Call call)
    : memory_(new Memory{.frame = MakeFrame(std::move(catalog), std::move(call))}) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

Understanding Extractor::Understand(const v1::Utterance& utterance) {
  Memory& memory = *memory_;
  memory.Enter(utterance);
  Understanding out;
  for (const SentenceSpan& span : Pieces(utterance.text())) memory.Take(utterance, span, out);
  memory.Name(utterance, out);
  if (utterance.translation_of() != 0) {
    if (const auto original = memory.said.find(utterance.translation_of()); original != memory.said.end()) {
      out.discrepancies = PairTranslation(original->second, out.observations);
    }
  }
  memory.Leave(utterance, out);
  return out;
}

}  // namespace earshot::extract
