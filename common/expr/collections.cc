#include "common/expr/collections.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "absl/hash/hash.h"
#include "common/base/strings.h"
#include "common/expr/compare.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

constexpr size_t kScanLimit = 8;

// Numbers that are equal across their types hash alike.
size_t HashKey(Value key) {
  switch (key.kind()) {
    case Kind::kInt:
      return absl::Hash<uint64_t>{}(static_cast<uint64_t>(key.int_value()));
    case Kind::kUint:
      return absl::Hash<uint64_t>{}(key.uint_value());
    case Kind::kDouble: {
      const double d = key.double_value();
      if (d >= -0x1p63 && d < 0) return absl::Hash<uint64_t>{}(static_cast<uint64_t>(static_cast<int64_t>(d)));
      return absl::Hash<uint64_t>{}(d >= 0 && d < 0x1p64 ? static_cast<uint64_t>(d) : 0);
    }
    case Kind::kString:
      return absl::Hash<absl::string_view>{}(ToAbsl(key.text()));
    default:
      return absl::Hash<bool>{}(key.Is(Kind::kBool) && key.bool_value());
  }
}

}  // namespace

bool IsMapKey(Kind kind) {
  return kind == Kind::kBool || kind == Kind::kInt || kind == Kind::kUint || kind == Kind::kString;
}

const MapEntry* ArrayMap::FindEntry(Value key) const {
  if (index_.empty()) {
    for (const MapEntry& entry : entries_) {
      if (SameKey(entry.key, key)) return &entry;
    }
    return nullptr;
  }
  const size_t mask = index_.size() - 1;
  for (size_t slot = HashKey(key) & mask; index_[slot] != 0; slot = (slot + 1) & mask) {
    const MapEntry& entry = entries_[index_[slot] - 1];
    if (SameKey(entry.key, key)) return &entry;
  }
  return nullptr;
}

std::optional<Value> ArrayMap::Find(Value key, Arena&) const {
  const MapEntry* entry = FindEntry(key);
  if (entry == nullptr) return std::nullopt;
  return entry->value;
}

MapBuilder::MapBuilder(Arena& arena, size_t capacity) : arena_(arena), entries_(arena.NewArray<MapEntry>(capacity)) {
  if (capacity <= kScanLimit) return;
  index_ = arena.NewArray<uint32_t>(std::bit_ceil(2 * capacity));
  std::fill(index_.begin(), index_.end(), 0u);
}

void MapBuilder::Index(size_t position) {
  const size_t mask = index_.size() - 1;
  size_t slot = HashKey(entries_[position].key) & mask;
  while (index_[slot] != 0) slot = (slot + 1) & mask;
  index_[slot] = static_cast<uint32_t>(position + 1);
}

Value MapBuilder::Add(Value key, Value value) {
  if (!IsMapKey(key.kind())) {
    return arena_.MakeError(ErrorKind::kNoSuchOverload, fmt::format("a map's key cannot be {}", KindName(key)));
  }
  if (ArrayMap(entries_.first(size_), index_).FindEntry(key) != nullptr) {
    return arena_.MakeError(ErrorKind::kInvalidArgument, fmt::format("repeated key {}", DebugString(key)));
  }
  new (&entries_[size_]) MapEntry{key, value};
  ++size_;
  if (!index_.empty()) Index(size_ - 1);
  return Value::Null();
}

Value MapBuilder::Finish() { return Value::Map(arena_.New<ArrayMap>(entries_.first(size_), index_)); }

}  // namespace earshot::expr
