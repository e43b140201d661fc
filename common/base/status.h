// Statuses with formatted messages, and the two macros that pass them on.
//
//   return InvalidArgument("{}: the header names no period", file);
//   EARSHOT_RETURN_IF_ERROR(log.Flush());
//   EARSHOT_ASSIGN_OR_RETURN(auto call, ReadCall(bytes));
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/strings.h"
#include "fmt/format.h"

namespace earshot {

inline std::string_view Message(const absl::Status& status) { return ToStd(status.message()); }

template <typename... Args>
absl::Status FormatStatus(absl::StatusCode code, fmt::format_string<Args...> format, Args&&... args) {
  return {code, ToAbsl(fmt::format(format, std::forward<Args>(args)...))};
}

#define EARSHOT_DEFINE_STATUS(Name, Code)                                             \
  template <typename... Args>                                                         \
  absl::Status Name(fmt::format_string<Args...> format, Args&&... args) {             \
    return FormatStatus(absl::StatusCode::Code, format, std::forward<Args>(args)...); \
  }
EARSHOT_DEFINE_STATUS(Aborted, kAborted)
EARSHOT_DEFINE_STATUS(AlreadyExists, kAlreadyExists)
EARSHOT_DEFINE_STATUS(DataLoss, kDataLoss)
EARSHOT_DEFINE_STATUS(FailedPrecondition, kFailedPrecondition)
EARSHOT_DEFINE_STATUS(Internal, kInternal)
EARSHOT_DEFINE_STATUS(InvalidArgument, kInvalidArgument)
EARSHOT_DEFINE_STATUS(NotFound, kNotFound)
EARSHOT_DEFINE_STATUS(OutOfRange, kOutOfRange)
EARSHOT_DEFINE_STATUS(ResourceExhausted, kResourceExhausted)
EARSHOT_DEFINE_STATUS(Unavailable, kUnavailable)
EARSHOT_DEFINE_STATUS(Unimplemented, kUnimplemented)
#undef EARSHOT_DEFINE_STATUS

}  // namespace earshot

#define EARSHOT_RETURN_IF_ERROR(expression)                                                      \
  do {                                                                                           \
    if (absl::Status earshot_status = (expression); !earshot_status.ok()) return earshot_status; \
  } while (false)

#define EARSHOT_CONCAT_INNER(a, b) a##b
#define EARSHOT_CONCAT(a, b) EARSHOT_CONCAT_INNER(a, b)
#define EARSHOT_ASSIGN_OR_RETURN(lhs, expression) \
  EARSHOT_ASSIGN_OR_RETURN_INNER(EARSHOT_CONCAT(earshot_or_, __LINE__), lhs, expression)
#define EARSHOT_ASSIGN_OR_RETURN_INNER(tmp, lhs, expression) \
  auto tmp = (expression);                                   \
  if (!tmp.ok()) return std::move(tmp).status();             \
  lhs = std::move(tmp).value()
