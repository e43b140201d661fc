// What clients say of calls and utterances: checked, and completed from the catalogue. Pure; thread-safe.
//
// Every refusal is INVALID_ARGUMENT with a reason and the fields that are wrong (common/rpc/error_details.h).
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "common/catalog/catalog.h"
#include "earshot/v1/call.pb.h"
#include "earshot/v1/utterance.pb.h"

namespace earshot::ingest {

// The call with its ticker, name, currency and resource name. `company` may hold a ticker or a name; where it is empty
// `company_name` tells. A company that the catalogue does not have must be given by ticker (capitals, digits, dots,
// dashes): the general catalogue is used. `field` is the path of the call in the request: "open.call".
absl::StatusOr<v1::Call> CompleteCall(const catalog::Catalog& catalog, v1::Call call, std::string_view field);

// A sequence from 1, a revision from 0, words in UTF-8 of at most 64 KiB, labels of at most 512 bytes.
absl::Status CheckUtterance(const v1::Utterance& utterance);

}  // namespace earshot::ingest
