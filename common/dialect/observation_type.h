// The message types within an observation.
#pragma once

#include "common/expr/message_type.h"

namespace earshot::dialect {

// Of an earshot.v1.Speaker and an earshot.v1.Evidence. They live as long as the process.
const expr::MessageType& SpeakerType();
const expr::MessageType& EvidenceType();

}  // namespace earshot::dialect
