// The nodes of one document, as read. Internal to the library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/text/source_text.h"
#include "common/yaml/diagnostics.h"

namespace earshot::yaml {

struct Limits;

class Tree {
 public:
  enum class Kind { kNull, kScalar, kSequence, kMap };

  struct Value {
    Kind kind = Kind::kNull;
    size_t offset = 0;  // in the file
    bool quoted = false;
    std::string scalar;
    std::vector<size_t> items;                       // kSequence
    std::vector<std::pair<size_t, size_t>> entries;  // kMap: key, value
  };

  Tree(std::string path, std::string text, Diagnostics& diagnostics)
      : source_(std::move(path), std::move(text)), diagnostics_(diagnostics) {}

  // Fills the tree. False where the text is no YAML or breaks a limit, with a diagnostic.
  bool Read(const Limits& limits);

  const SourceText& source() const { return source_; }
  Diagnostics& diagnostics() const { return diagnostics_; }
  const Value& value(size_t index) const { return values_[index]; }
  size_t root() const { return root_; }

  // Where byte `offset_in_text` of a scalar stands in the file: quotes, escapes, folds and indents are stepped over.
  size_t OffsetInFile(size_t index, size_t offset_in_text) const;

 private:
  friend class TreeBuilder;

  SourceText source_;
  Diagnostics& diagnostics_;
  std::vector<Value> values_;
  size_t root_ = 0;
};

}  // namespace earshot::yaml
