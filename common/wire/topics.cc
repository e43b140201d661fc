#include "common/wire/topics.h"

namespace earshot::wire {

std::string DeadLetterTopic(std::string_view topic) { return std::string(topic) + ".dlq"; }

std::vector<eventlog::TopicSpec> AllTopicSpecs() {
  std::vector<eventlog::TopicSpec> specs;
  for (const Topic& topic : kTopics) specs.push_back({std::string(topic.name), topic.partitions, topic.compacted});
  for (const Topic& topic : {kCallEvents, kAlerts}) specs.push_back({.name = DeadLetterTopic(topic.name)});
  return specs;
}

}  // namespace earshot::wire
