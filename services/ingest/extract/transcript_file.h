// A whole transcript file at once: what `earshot extract` does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "earshot/v1/call.pb.h"
#include "services/ingest/extract/extractor.h"

namespace earshot::extract {

struct FileOptions {
  std::string file_name;  // for messages and, where nothing else tells, period and name of the call
  std::string company;    // ticker or name; empty: as the header says
  std::string period;     // FY2026Q1; empty: as the header or the first sentences say
  std::string format;     // empty: recognised
};

struct FileUnderstanding {
  v1::Call call;
  std::vector<v1::Utterance> utterances;
  std::vector<Understanding> understandings;  // one an utterance
  std::vector<std::string> warnings;          // "FILE:12: …"

  std::vector<v1::Observation> Observations() const;
};

// kInvalidArgument where the bytes are no transcript (empty, no UTF-8, too long), with place and advice.
absl::StatusOr<FileUnderstanding> UnderstandFile(const catalog::Catalog& catalog, std::string_view bytes,
                                                 const FileOptions& options);

}  // namespace earshot::extract
