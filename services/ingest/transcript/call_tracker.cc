#include "services/ingest/transcript/call_tracker.h"

#include <algorithm>
#include <utility>

namespace earshot::transcript {

v1::Utterance CallTracker::Annotate(v1::Utterance raw) {
  const auto known =
      std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.sequence == raw.sequence(); });
  if (known != steps_.end()) {
    Course course = known->before;
    course.Follow(raw);
    if (std::next(known) == steps_.end()) course_ = std::move(course);
    return raw;
  }
  if (!steps_.empty() && raw.sequence() < steps_.back().sequence) {
    Course course = course_;
    course.Follow(raw);
    return raw;
  }
  steps_.push_back({raw.sequence(), course_});
  if (steps_.size() > kMaxRevisable) steps_.pop_front();
  course_.Follow(raw);
  return raw;
}

}  // namespace earshot::transcript
