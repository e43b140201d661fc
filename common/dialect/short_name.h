// How values of our enumerations are spelt in expressions, rule files and identities: the name in the .proto file
// without what the names of the enumeration share.
//
//   ShortName(v1::KIND_AMOUNT)              "AMOUNT"
//   ShortName(v1::SPEAKER_ROLE_UNSPECIFIED) "UNSPECIFIED"
//   ShortName(static_cast<v1::Kind>(99))    "UNKNOWN": a newer version wrote it
#pragma once

#include <string_view>

#include "google/protobuf/generated_enum_reflection.h"

namespace earshot::dialect {

// The value 0 of `type` must end in UNSPECIFIED, as that of every enumeration in proto/earshot/v1 does.
std::string_view ShortNameIn(const google::protobuf::EnumDescriptor& type, int number);

// Lives as long as the process.
template <typename Enum>
std::string_view ShortName(Enum value) {
  return ShortNameIn(*google::protobuf::GetEnumDescriptor<Enum>(), value);
}

}  // namespace earshot::dialect
