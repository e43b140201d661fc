#include "common/dialect/short_name.h"

#include "google/protobuf/descriptor.h"

namespace earshot::dialect {

std::string_view ShortNameIn(const google::protobuf::EnumDescriptor& type, int number) {
  const google::protobuf::EnumValueDescriptor* value = type.FindValueByNumber(number);
  if (value == nullptr) return "UNKNOWN";
  const size_t shared = type.FindValueByNumber(0)->name().size() - std::string_view("UNSPECIFIED").size();
  return std::string_view(value->name()).substr(shared);
}

}  // namespace earshot::dialect
