// YAML files that people write, read strictly: every node knows its place, and everything that is wrong is reported at
// once, as `file:line:col`, the line, a caret and "did you mean". The only door to yaml-cpp.
//
//   yaml::Diagnostics diagnostics;
//   if (auto document = yaml::Document::Parse("rules.yaml", bytes, diagnostics)) {
//     yaml::Node root = document->root();
//     root.Keys({"groups"});                                  // unknown key 'group', did you mean 'groups'?
//     for (yaml::Node group : root["groups"].Items()) name = group.Require("name").String().value_or("");
//   }
//   if (!diagnostics.empty()) std::cerr << diagnostics.Render();
//
// Bad input is data: nothing throws and nothing crashes. Duplicate keys, keys that are no scalars, tags and a second
// document are diagnostics. So are anchors and aliases: what is written is what is read, and no alias can expand.
// Not thread-safe while it is read.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/text/source_text.h"
#include "common/yaml/diagnostics.h"

namespace earshot::yaml {

struct Limits {
  size_t max_bytes = 1 << 20;
  int max_depth = 32;
};

class Tree;

// A place in a document, or nothing: what is absent can be asked for its parts, which are absent too. A small value,
// valid as long as its Document. Getters add a diagnostic where the value is there and wrong; of what is absent they
// return nothing in silence (Require is for what must be there).
class Node {
 public:
  struct Entry;

  Node() = default;

  // Whether it is there. `key:` with nothing behind it is there, and null.
  explicit operator bool() const { return tree_ != nullptr; }
  bool IsNull() const;
  bool IsScalar() const;
  bool IsSequence() const;
  bool IsMap() const;

  // The value of a key; absent where there is none or this is no map.
  Node operator[](std::string_view key) const;

  // The same, with the diagnostic "missing key 'alert'" where it is absent or null.
  Node Require(std::string_view key) const;

  // Reports what is no map, and every key that is not among `known`. True where nothing was reported.
  bool Keys(std::span<const std::string_view> known) const;
  bool Keys(std::initializer_list<std::string_view> known) const {
    return Keys(std::span(known.begin(), known.size()));
  }

  // In the order of the file. Null is empty; anything else than a map or sequence is reported and empty.
  std::vector<Entry> Entries() const;
  std::vector<Node> Items() const;

  std::optional<std::string> String() const;
  std::optional<bool> Bool() const;  // true or false, nothing else
  std::optional<int64_t> Int(int64_t min = std::numeric_limits<int64_t>::min(),
                             int64_t max = std::numeric_limits<int64_t>::max()) const;
  std::optional<double> Double(double min = std::numeric_limits<double>::lowest(),
                               double max = std::numeric_limits<double>::max()) const;
  // One of `choices`; else "unknown kind 'AMOUT', did you mean 'AMOUNT'?" with `what` "kind".
  std::optional<std::string> Choice(std::string_view what, std::span<const std::string_view> choices) const;
  // A scalar counts as a list of one.
  std::vector<std::string> Strings() const;
  // The same, with the place of each. Items that are no scalars are reported and left out.
  std::vector<Node> Scalars() const;

  // The text of a scalar as it is, without a diagnostic; empty for anything else.
  std::string_view Text() const;
  // A scalar in quotes or in a block.
  bool IsQuoted() const;

  // Adds a diagnostic at this node; with an offset, at that byte of the scalar's text (also within quotes and blocks).
  // What is absent has no place: no diagnostic.
  void Error(std::string_view message, size_t width = 1) const;
  void ErrorAt(size_t offset_in_text, std::string_view message, size_t width = 1) const;

  // Byte offset in the file of this node, or of a byte of its scalar.
  size_t Offset(size_t offset_in_text = 0) const;
  // Line and column, from 1.
  LineColumn At() const;
  // `rules.yaml:7:9`
  std::string Location() const;

 private:
  friend class Document;
  Node(const Tree* tree, size_t index) : tree_(tree), index_(index) {}

  const Tree* tree_ = nullptr;
  size_t index_ = 0;
};

struct Node::Entry {
  Node key;  // a scalar
  Node value;
};

class Document {
 public:
  // Null where the text is no YAML or breaks a limit; then a diagnostic says why. `diagnostics` must outlive the
  // document. An empty file is a null root.
  static std::unique_ptr<Document> Parse(std::string path, std::string text, Diagnostics& diagnostics,
                                         Limits limits = {});
  ~Document();

  Node root() const;
  const SourceText& source() const;

 private:
  explicit Document(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

}  // namespace earshot::yaml
