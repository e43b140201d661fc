#include "common/expr/message_type.h"

namespace earshot::expr {

const Field* MessageType::FindField(std::string_view name) const {
  for (const expr::Field& field : fields_) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

}  // namespace earshot::expr
