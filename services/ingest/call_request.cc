#include "services/ingest/call_request.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/fiscal/period.h"
#include "common/rpc/error_details.h"
#include "common/text/utf8.h"
#include "common/wire/identity.h"
#include "re2/re2.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::ingest {
namespace {

constexpr size_t kMaxLabelBytes = 512;
constexpr size_t kMaxCallFieldBytes = 512;

// Collects what is wrong with a message, so that a client learns all of it at once.
class Violations {
 public:
  explicit Violations(std::string_view prefix) : prefix_(prefix) {}

  void Add(std::string_view field, std::string description) {
    found_.emplace_back(fmt::format("{}.{}", prefix_, field), std::move(description));
  }

  absl::Status ToStatus(std::string_view reason) const {
    if (found_.empty()) return absl::OkStatus();
    absl::Status status = InvalidArgument("{}: {}", found_.front().first, found_.front().second);
    status = rpc::WithReason(std::move(status), reason, {{"field", found_.front().first}});
    for (const auto& [field, description] : found_) status = rpc::WithFieldViolation(status, field, description);
    return status;
  }

 private:
  std::string_view prefix_;
  std::vector<std::pair<std::string, std::string>> found_;
};

void CompleteCompany(const catalog::Catalog& catalog, v1::Call& call, Violations& violations) {
  const std::string given = call.company().empty() ? call.company_name() : call.company();
  if (given.empty()) {
    violations.Add("company", "is empty; give the ticker, such as BABA, or the name of a company of the catalogue");
    return;
  }
  if (const catalog::Company* known = catalog.FindCompany(given); known != nullptr) {
    call.set_company(known->ticker);
    if (call.company_name().empty()) call.set_company_name(known->name);
    if (call.currency().empty()) call.set_currency(known->currency);
    return;
  }
  if (!call.company().empty() && catalog::IsTicker(given)) return;
  violations.Add("company",
                 fmt::format("the catalogue has no company '{}'{}; give its ticker in capitals: a ticker that "
                             "the catalogue lacks is understood with the general metrics alone",
                             given, catalog.SuggestCompany(given)));
}

void CheckPeriod(const v1::Call& call, Violations& violations) {
  if (call.fiscal_period().empty()) {
    violations.Add("fiscal_period", "is empty; give the quarter or year that is reported, such as FY2026Q1");
  } else if (const auto term = fiscal::ParseTerm(call.fiscal_period()); !term.ok()) {
    violations.Add("fiscal_period", std::string(Message(term.status())));
  }
}

void CheckDate(const v1::Call& call, Violations& violations) {
  if (call.date().empty()) return;
  const auto day = fiscal::ParsePeriod(call.date());
  if (day.ok() && day->kind == fiscal::Period::Kind::kInstant) return;
  violations.Add("date", fmt::format("'{}' is no day; write 2025-08-29", call.date()));
}

void CheckName(const v1::Call& call, Violations& violations) {
  static const RE2& kPattern = *new RE2("calls/[^\\s/]{1,128}");
  if (call.name().empty() || RE2::FullMatch(call.name(), kPattern)) return;
  violations.Add("name",
                 fmt::format("'{}' is no name of a call; write calls/baba-fy2026q1, or leave it out", call.name()));
}

void CheckLengths(const v1::Call& call, Violations& violations) {
  for (const auto& [field, value] : {std::pair<std::string_view, const std::string*>{"company", &call.company()},
                                     {"company_name", &call.company_name()},
                                     {"title", &call.title()},
                                     {"currency", &call.currency()}}) {
    if (value->size() > kMaxCallFieldBytes) {
      violations.Add(field, fmt::format("{} bytes; at most {} are taken", value->size(), kMaxCallFieldBytes));
    }
  }
}

void CheckText(std::string_view text, Violations& violations) {
  if (text.empty()) {
    violations.Add("text", "is empty; send the words that were said");
  } else if (text.size() > transcript::kMaxUtteranceBytes) {
    violations.Add("text", fmt::format("{} bytes; at most {} KiB are taken as one utterance: send it in parts",
                                       text.size(), transcript::kMaxUtteranceBytes >> 10));
  } else if (const auto invalid = FindInvalidUtf8(text)) {
    violations.Add("text", fmt::format("byte {} is no UTF-8", *invalid));
  } else if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    violations.Add("text", fmt::format("byte {} is NUL", nul));
  }
}

}  // namespace

absl::StatusOr<v1::Call> CompleteCall(const catalog::Catalog& catalog, v1::Call call, std::string_view field) {
  Violations violations(field);
  CheckLengths(call, violations);
  CompleteCompany(catalog, call, violations);
  CheckPeriod(call, violations);
  CheckDate(call, violations);
  CheckName(call, violations);
  EARSHOT_RETURN_IF_ERROR(violations.ToStatus("INVALID_CALL"));
  if (call.name().empty()) {
    EARSHOT_ASSIGN_OR_RETURN(*call.mutable_name(), wire::CallName(call.company(), call.fiscal_period()));
  }
  return call;
}

absl::Status CheckUtterance(const v1::Utterance& utterance) {
  Violations violations("utterance");
  if (utterance.sequence() < 1) violations.Add("sequence", "counts from 1");
  if (utterance.revision() < 0) violations.Add("revision", "counts from 0");
  CheckText(utterance.text(), violations);
  const v1::Speaker& speaker = utterance.speaker();
  for (const auto& [field, value] : {std::pair<std::string_view, const std::string*>{"speaker.label", &speaker.label()},
                                     {"speaker.name", &speaker.name()},
                                     {"speaker.title", &speaker.title()},
                                     {"speaker.firm", &speaker.firm()},
                                     {"language", &utterance.language()}}) {
    if (value->size() > kMaxLabelBytes) {
      violations.Add(field, fmt::format("{} bytes; at most {} are taken", value->size(), kMaxLabelBytes));
    }
  }
  return violations.ToStatus("INVALID_UTTERANCE");
}

}  // namespace earshot::ingest
