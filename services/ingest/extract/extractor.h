// Understands a call utterance by utterance: what is said about which metric of which part of the company.
//
// Pure: no I/O, clock or metrics. An Extractor is the memory of one call (who is being talked about, what was said and
// may be translated); it is not thread-safe. The same utterances in the same order give the same observations.
//
//   extract::Extractor extractor(catalog, call);
//   extract::Understanding understood = extractor.Understand(utterance);
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "earshot/v1/call.pb.h"
#include "earshot/v1/call_event.pb.h"
#include "earshot/v1/observation.pb.h"
#include "earshot/v1/utterance.pb.h"

namespace earshot::extract {

// Why a figure was taken as what it is, or why it was left.
struct Explanation {
  size_t begin = 0;  // bytes in the utterance's text
  size_t end = 0;
  std::string text;         // the figure as said
  std::string observation;  // name of the observation; empty where the figure was left
  std::string reason;       // "subject 'Revenue' before it, verb 'grew'", "no metric within reach"
};

struct Understanding {
  std::vector<v1::Observation> observations;  // in the order of the text
  std::vector<v1::Correction> corrections;
  std::vector<v1::Discrepancy> discrepancies;  // only where the utterance translates another
  std::vector<Explanation> explanations;       // one a quantity
};

class Extractor {
 public:
  // `call` needs a name (`calls/baba-fy2026q1`); company, fiscal_period and date as far as they are known. A company
  // that the catalogue does not know works with the general catalogue, a fiscal year that ends in December and
  // call.currency (else USD).
  Extractor(catalog::Catalog catalog, v1::Call call);
  ~Extractor();
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;

  // Utterances come in the order of their sequence. A sequence that has been understood before (a partial that grows,
  // a revision) is understood again from what was known before it, as long as it is one of the last 64; what follows
  // the last one still builds on that.
  Understanding Understand(const v1::Utterance& utterance);

 private:
  struct Memory;
  std::unique_ptr<Memory> memory_;
};

}  // namespace earshot::extract
