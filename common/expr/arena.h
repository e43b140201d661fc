// Memory for what an evaluation makes: strings, lists, maps, messages, errors. Allocating is a pointer's move;
// everything is freed at once. Keep one per thread and Reset() it between evaluations: then nothing is allocated from
// the heap.
//
//   Arena arena;
//   Value list = arena.MakeList({Value::Int(1), arena.MakeString("two")});
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/expr/value.h"

namespace earshot::expr {

// Not thread-safe. Values made by it are good until Reset() or its end. No destructors run for objects made in it:
// they may hold views and pointers only.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // Ends the life of all that was made; keeps the first block for the next use.
  void Reset();

  void* Allocate(size_t size, size_t alignment);
  size_t allocated_bytes() const { return allocated_bytes_; }

  template <typename T, typename... Args>
  T* New(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>, "the arena runs no destructors");
    return new (Allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
  }

  // Uninitialised room for `count` objects.
  template <typename T>
  std::span<T> NewArray(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>, "the arena runs no destructors");
    return {static_cast<T*>(Allocate(count * sizeof(T), alignof(T))), count};
  }

  // All of these copy what they are given (lists and maps: the Values, not what those point to).
  std::string_view CopyText(std::string_view text);
  Value MakeString(std::string_view utf8);
  Value MakeBytes(std::string_view bytes);
  Value MakeList(std::span<const Value> elements);
  Value MakeList(std::initializer_list<Value> elements) { return MakeList({elements.begin(), elements.size()}); }
  // An error value if a key is of a kind that no key can have, or is there twice.
  Value MakeMap(std::span<const MapEntry> entries);
  Value MakeMap(std::initializer_list<MapEntry> entries) { return MakeMap({entries.begin(), entries.size()}); }
  // `message` must be of the C++ type that `type` was built for, and outlive the Value.
  Value MakeMessage(const MessageType& type, const void* message);
  Value MakeError(ErrorKind kind, std::string_view message);

 private:
  static constexpr size_t kBlockSize = 4096;

  void AddBlock(size_t least);

  struct Block {
    std::unique_ptr<std::byte[]> bytes;
    size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  size_t allocated_bytes_ = 0;
};

}  // namespace earshot::expr
