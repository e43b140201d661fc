#include "common/expr/arena.h"

#include <algorithm>
#include <cstring>

#include "common/expr/collections.h"

namespace earshot::expr {

void Arena::Reset() {
  allocated_bytes_ = 0;
  if (blocks_.empty()) return;
  blocks_.resize(1);
  next_ = blocks_[0].bytes.get();
  end_ = next_ + blocks_[0].size;
}

void Arena::AddBlock(size_t least) {
  const size_t size = std::max(least, blocks_.empty() ? kBlockSize : 2 * blocks_.back().size);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  next_ = blocks_.back().bytes.get();
  end_ = next_ + size;
}

void* Arena::Allocate(size_t size, size_t alignment) {
  size_t padding = -reinterpret_cast<uintptr_t>(next_) & (alignment - 1);
  if (next_ == nullptr || size + padding > static_cast<size_t>(end_ - next_)) {
    AddBlock(size + alignment);
    padding = -reinterpret_cast<uintptr_t>(next_) & (alignment - 1);
  }
  std::byte* const at = next_ + padding;
  next_ = at + size;
  allocated_bytes_ += size + padding;
  return at;
}

std::string_view Arena::CopyText(std::string_view text) {
  if (text.empty()) return "";
  std::span<char> copy = NewArray<char>(text.size());
  std::memcpy(copy.data(), text.data(), text.size());
  return {copy.data(), copy.size()};
}

Value Arena::MakeString(std::string_view utf8) { return Value::String(CopyText(utf8)); }
Value Arena::MakeBytes(std::string_view bytes) { return Value::Bytes(CopyText(bytes)); }

Value Arena::MakeList(std::span<const Value> elements) {
  std::span<Value> copy = NewArray<Value>(elements.size());
  std::uninitialized_copy(elements.begin(), elements.end(), copy.begin());
  return Value::List(New<ArrayList>(copy));
}

Value Arena::MakeMap(std::span<const MapEntry> entries) {
  MapBuilder builder(*this, entries.size());
  for (const MapEntry& entry : entries) {
    if (Value error = builder.Add(entry.key, entry.value); error.is_error()) return error;
  }
  return builder.Finish();
}

Value Arena::MakeMessage(const MessageType& type, const void* message) {
  return Value::Message(New<MessageRef>(MessageRef{&type, message}));
}

Value Arena::MakeError(ErrorKind kind, std::string_view message) {
  return Value::MakeError(New<Error>(Error{kind, CopyText(message), 0, 0}));
}

}  // namespace earshot::expr
