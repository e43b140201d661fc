#include "services/ingest/extract/transcript_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "common/base/status.h"
#include "fmt/format.h"
#include "services/ingest/extract/text_period.h"
#include "services/ingest/transcript/call_tracker.h"
#include "services/ingest/transcript/transcript.h"

namespace earshot::extract {
namespace {

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// `calls/baba-fy2026q1`; where company or period are not known, from the name of the file.
std::string CallName(const v1::Call& call, const std::string& file_name) {
  if (!call.company().empty() && !call.fiscal_period().empty()) {
    return fmt::format("calls/{}-{}", Lower(call.company()), Lower(call.fiscal_period()));
  }
  std::string stem = Lower(std::filesystem::path(file_name).stem().string());
  for (char& c : stem) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '-';
  }
  return fmt::format("calls/{}", stem.empty() ? "call" : stem);
}

// "ACME_q4_2021.txt" is FY2021Q4.
std::string PeriodOfFileName(const std::string& file_name) {
  std::string stem = std::filesystem::path(file_name).stem().string();
  std::replace_if(
      stem.begin(), stem.end(), [](unsigned char c) { return !std::isalnum(c); }, ' ');
  std::string period = transcript::FindFiscalPeriod(stem);
  return period.find('Q') == std::string::npos ? "" : period;
}

v1::Call MakeCall(const catalog::Catalog& catalog, const transcript::Transcript& transcript, const FileOptions& options,
                  std::vector<std::string>& warnings) {
  v1::Call call;
  call.set_company_name(transcript.header.company_name);
  call.set_title(transcript.header.title);
  call.set_date(transcript.header.date);
  const std::string& said = options.company.empty() ? transcript.header.company_name : options.company;
  if (const catalog::Company* company = catalog.FindCompany(said)) {
    call.set_company(company->ticker);
    call.set_currency(company->currency);
  } else {
    call.set_company(catalog::IsTicker(said) ? said : options.company);
    if (!said.empty()) {
      warnings.push_back(
          fmt::format("{}: the catalogue does not know the company '{}'{}; only general metrics are found",
                      options.file_name, said, catalog.SuggestCompany(said)));
    }
  }
  call.set_fiscal_period(!options.period.empty() ? options.period : transcript.header.fiscal_period);
  if (call.fiscal_period().empty()) call.set_fiscal_period(PeriodOfFileName(options.file_name));
  std::vector<std::string_view> texts;
  for (const transcript::RawUtterance& raw : transcript.utterances) texts.push_back(raw.text);
  if (call.fiscal_period().empty()) call.set_fiscal_period(PeriodOfText(texts));
  if (call.fiscal_period().empty()) {
    warnings.push_back(
        fmt::format("{}: no fiscal period is named; give one with --period FY2026Q1", options.file_name));
  }
  call.set_name(CallName(call, options.file_name));
  return call;
}

}  // namespace

std::vector<v1::Observation> FileUnderstanding::Observations() const {
  std::vector<v1::Observation> all;
  for (const Understanding& understanding : understandings) {
    all.insert(all.end(), understanding.observations.begin(), understanding.observations.end());
  }
  return all;
}

absl::StatusOr<FileUnderstanding> UnderstandFile(const catalog::Catalog& catalog, std::string_view bytes,
                                                 const FileOptions& options) {
  transcript::ReadOptions read{.file_name = options.file_name, .period_known = !options.period.empty()};
  if (!options.format.empty()) {
    EARSHOT_ASSIGN_OR_RETURN(read.format, transcript::ParseFormat(options.format));
  }
  EARSHOT_ASSIGN_OR_RETURN(const transcript::Transcript transcript, transcript::ReadTranscript(bytes, read));
  if (!options.period.empty()) {
    EARSHOT_RETURN_IF_ERROR(fiscal::ParseTerm(options.period).status());
  }
  FileUnderstanding out;
  out.call = MakeCall(catalog, transcript, options, out.warnings);
  Extractor extractor(catalog, out.call);
  transcript::CallTracker tracker;
  int sequence = 0;
  for (const transcript::RawUtterance& raw : transcript.utterances) {
    v1::Utterance utterance = tracker.Annotate(transcript::ToUtterance(raw, ++sequence));
    utterance.set_name(fmt::format("{}/utterances/{}", out.call.name(), sequence));
    out.understandings.push_back(extractor.Understand(utterance));
    out.utterances.push_back(std::move(utterance));
  }
  return out;
}

}  // namespace earshot::extract
