#include "common/eventlog/event_log.h"

namespace earshot::eventlog {
namespace {

// The 32-bit Murmur2 of Kafka's default partitioner: seed and length rule are its own.
uint32_t KafkaMurmur2(std::string_view bytes) {
  constexpr uint32_t kMultiplier = 0x5bd1e995;
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(bytes[i])); };
  const size_t whole = bytes.size() / 4 * 4;
  uint32_t hash = 0x9747b28c ^ static_cast<uint32_t>(bytes.size());
  for (size_t i = 0; i < whole; i += 4) {
    uint32_t word = byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
    word *= kMultiplier;
    word ^= word >> 24;
    word *= kMultiplier;
    hash = hash * kMultiplier ^ word;
  }
  for (size_t i = bytes.size(); i-- > whole;) hash ^= byte(i) << 8 * (i - whole);
  if (whole != bytes.size()) hash *= kMultiplier;
  hash ^= hash >> 13;
  hash *= kMultiplier;
  return hash ^ hash >> 15;
}

}  // namespace

const std::string* FindHeader(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return &value;
  }
  return nullptr;
}

int PartitionOf(std::string_view key, int count) {
  return static_cast<int>((KafkaMurmur2(key) & 0x7fffffff) % static_cast<uint32_t>(count));
}

}  // namespace earshot::eventlog
