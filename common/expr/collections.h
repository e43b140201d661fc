// The lists and maps that evaluation itself makes, in an Arena.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "common/expr/arena.h"
#include "common/expr/value.h"

namespace earshot::expr {

class ArrayList final : public ListValue {
 public:
  explicit ArrayList(std::span<const Value> elements) : elements_(elements) {}

  size_t size() const override { return elements_.size(); }
  Value At(size_t index, Arena&) const override { return elements_[index]; }
  std::span<const Value> elements() const { return elements_; }

 private:
  std::span<const Value> elements_;
};

// Entries in order of insertion; found by a scan while they are few, by an open-addressing index above.
class ArrayMap final : public MapValue {
 public:
  ArrayMap(std::span<const MapEntry> entries, std::span<const uint32_t> index) : entries_(entries), index_(index) {}

  size_t size() const override { return entries_.size(); }
  std::optional<Value> Find(Value key, Arena&) const override;
  MapEntry EntryAt(size_t index, Arena&) const override { return entries_[index]; }

 private:
  friend class MapBuilder;
  const MapEntry* FindEntry(Value key) const;

  std::span<const MapEntry> entries_;
  std::span<const uint32_t> index_;  // position + 1 of an entry, 0 for none; empty for few entries
};

// Builds a map of at most `capacity` entries in the arena.
class MapBuilder {
 public:
  MapBuilder(Arena& arena, size_t capacity);

  // Null, or an error: a kind that no key can have, a key that is there already.
  Value Add(Value key, Value value);
  Value Finish();

 private:
  void Index(size_t position);

  Arena& arena_;
  std::span<MapEntry> entries_;
  std::span<uint32_t> index_;
  size_t size_ = 0;
};

bool IsMapKey(Kind kind);

}  // namespace earshot::expr
