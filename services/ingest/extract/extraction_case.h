// For tests: sentences with what is said in them, one line an observation.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "services/ingest/extract/extractor.h"

namespace earshot::extract {

inline const catalog::Catalog& ShippedCatalog() {
  static const catalog::Catalog catalog = [] {
    const char* root = std::getenv("EARSHOT_SOURCE_DIR");
    auto loaded = catalog::Catalog::Load(std::string(root ? root : ".") + "/deploy/config/catalog");
    EXPECT_TRUE(loaded.ok()) << loaded.status();
    return *std::move(loaded);
  }();
  return catalog;
}

inline v1::Call SomeCall(std::string company = "BABA", std::string period = "FY2025Q3",
                         std::string date = "2025-02-20") {
  v1::Call call;
  call.set_name("calls/test");
  call.set_company(std::move(company));
  call.set_fiscal_period(std::move(period));
  call.set_date(std::move(date));
  return call;
}

inline v1::Utterance Said(std::string text, int sequence = 1) {
  v1::Utterance utterance;
  utterance.set_sequence(sequence);
  utterance.mutable_speaker()->set_name("Ada");
  utterance.mutable_speaker()->set_role(v1::SPEAKER_ROLE_MANAGEMENT);
  utterance.set_text(std::move(text));
  return utterance;
}

// "revenue/cloud GROWTH 26 percent [FY2025Q3] AT_LEAST GUIDANCE": what is plain (EXACT, ACTUAL, REPORTED, year over
// year) is left out.
inline std::string Line(const v1::Observation& o) {
  std::string line = fmt::format("{}/{} {}", o.metric(), o.segment(), v1::Kind_Name(o.kind()).substr(5));
  if (o.kind() == v1::KIND_STATE) line += " " + v1::State_Name(o.state()).substr(6);
  if (o.has_value()) line += fmt::format(" {:.15g}", o.value());
  if (o.has_value_high()) line += fmt::format("..{:.15g}", o.value_high());
  if (!o.unit().empty()) line += " " + o.unit();
  line += fmt::format(" [{}]", o.period());
  if (o.bound() != v1::BOUND_EXACT) line += " " + v1::Bound_Name(o.bound()).substr(6);
  if (o.stance() != v1::STANCE_ACTUAL) line += " " + v1::Stance_Name(o.stance()).substr(7);
  if (o.adjustment() != v1::ADJUSTMENT_REPORTED) line += " " + v1::Adjustment_Name(o.adjustment()).substr(11);
  if (o.basis() == v1::BASIS_QUARTER_OVER_QUARTER) line += " QOQ";
  if (o.basis() == v1::BASIS_OTHER) line += " OTHER";
  return line;
}

inline std::vector<std::string> Lines(const std::vector<v1::Observation>& observations) {
  std::vector<std::string> lines;
  for (const v1::Observation& observation : observations) lines.push_back(Line(observation));
  return lines;
}

struct ExtractionCase {
  std::string text;
  std::vector<std::string> lines;
};

inline void ExpectSaid(const v1::Call& call, const std::vector<ExtractionCase>& cases) {
  for (const ExtractionCase& c : cases) {
    Extractor extractor(ShippedCatalog(), call);
    EXPECT_EQ(Lines(extractor.Understand(Said(c.text)).observations), c.lines) << c.text;
  }
}

}  // namespace earshot::extract
