#include "common/yaml/tree.h"

#include <algorithm>
#include <sstream>

#include "absl/strings/ascii.h"
#include "common/base/string_map.h"
#include "common/text/utf8.h"
#include "common/yaml/document.h"
#include "fmt/format.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/exceptions.h"
#include "yaml-cpp/mark.h"
#include "yaml-cpp/parser.h"

namespace earshot::yaml {

// Takes the parser's events. Reports what is legal YAML and not wanted here, and goes on.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(Tree& tree, const Limits& limits) : tree_(tree), limits_(limits) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const size_t index = Start(mark, {}, anchor, Tree::Kind::kNull);
    Finish(index);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    Report(OffsetOf(mark), "aliases are not supported; write the value out");
    Finish(Start(mark, {}, 0, Tree::Kind::kNull));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Start(mark, tag, anchor, Tree::Kind::kSequence), mark);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(Start(mark, tag, anchor, Tree::Kind::kMap), mark);
  }
  void OnMapEnd() override { Close(); }

  size_t root() const { return root_; }

 private:
  struct Level {
    size_t index = 0;
    bool has_key = false;
    size_t key = 0;
    StringMap<int> lines;  // of keys seen
  };

  // The parser's columns are bytes, as are ours.
  size_t OffsetOf(const YAML::Mark& mark) const;
  void Report(size_t offset, std::string_view message) { tree_.diagnostics_.Add(tree_.source_, offset, message); }
  size_t Start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Tree::Kind kind);
  void Open(size_t index, const YAML::Mark& mark);
  void Close();
  void Finish(size_t index);
  void TakeKey(Level& level, size_t index);
  // The parser takes the end of the file for the end of a quoted scalar.
  bool IsTerminated(size_t offset) const;

  Tree& tree_;
  const Limits& limits_;
  std::vector<Level> levels_;
  size_t root_ = 0;
};

size_t TreeBuilder::OffsetOf(const YAML::Mark& mark) const {
  const SourceText& source = tree_.source_;
  if (mark.line < 0) return 0;
  const std::string_view line = source.Line(mark.line + 1);
  if (line.data() == nullptr) return source.text().size();
  const size_t begin = static_cast<size_t>(line.data() - source.text().data());
  return std::min(begin + static_cast<size_t>(std::max(mark.column, 0)), source.text().size());
}

size_t TreeBuilder::Start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Tree::Kind kind) {
  const size_t offset = OffsetOf(mark);
  if (anchor != 0) Report(offset, "anchors are not supported; write the value out where it is used");
  if (!tag.empty() && tag != "?" && tag != "!") Report(offset, "tags are not supported");
  tree_.values_.push_back({.kind = kind, .offset = offset, .quoted = tag == "!"});
  return tree_.values_.size() - 1;
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const size_t index = Start(mark, tag, anchor, Tree::Kind::kScalar);
  Tree::Value& scalar = tree_.values_[index];
  // The parser leaves `~`, `null` and the like to its readers.
  if (!scalar.quoted && (value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL")) {
    scalar.kind = Tree::Kind::kNull;
  }
  scalar.scalar = value;
  if (scalar.quoted && !IsTerminated(scalar.offset)) Report(scalar.offset, "this quote has no end");
  Finish(index);
}

bool TreeBuilder::IsTerminated(size_t offset) const {
  const std::string_view text = tree_.source_.text();
  const char quote = offset < text.size() ? text[offset] : '\0';
  if (quote != '"' && quote != '\'') return true;
  for (size_t at = offset + 1; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return true;
    }
  }
  return false;
}

void TreeBuilder::Open(size_t index, const YAML::Mark& mark) {
  if (static_cast<int>(levels_.size()) >= limits_.max_depth) {
    throw YAML::ParserException(mark, fmt::format("nested more than {} deep", limits_.max_depth));
  }
  levels_.push_back({.index = index});
}

void TreeBuilder::Close() {
  const size_t index = levels_.back().index;
  levels_.pop_back();
  Finish(index);
}

// A node is whole: it goes to the one that holds it.
void TreeBuilder::Finish(size_t index) {
  if (levels_.empty()) {
    root_ = index;
    return;
  }
  Level& level = levels_.back();
  Tree::Value& parent = tree_.values_[level.index];
  if (parent.kind == Tree::Kind::kSequence) {
    parent.items.push_back(index);
  } else if (!level.has_key) {
    TakeKey(level, index);
  } else {
    level.has_key = false;
    if (tree_.values_[level.key].kind == Tree::Kind::kScalar) parent.entries.emplace_back(level.key, index);
  }
}

void TreeBuilder::TakeKey(Level& level, size_t index) {
  level.has_key = true;
  level.key = index;
  Tree::Value& key = tree_.values_[index];
  if (key.kind != Tree::Kind::kScalar) {
    Report(key.offset, "a key must be a word");
    return;
  }
  const int line = tree_.source_.Locate(key.offset).line;
  const auto [first, added] = level.lines.try_emplace(key.scalar, line);
  if (added) return;
  Report(key.offset, fmt::format("duplicate key '{}', first in line {}", key.scalar, first->second));
  key.kind = Tree::Kind::kNull;  // leaves the first one standing
}

bool Tree::Read(const Limits& limits) {
  const auto refuse = [this](size_t offset, std::string_view message) {
    diagnostics_.Add(source_, offset, message);
    return false;
  };
  if (source_.text().size() > limits.max_bytes) {
    return refuse(0,
                  fmt::format("the file has {} bytes; at most {} are read", source_.text().size(), limits.max_bytes));
  }
  if (const auto bad = FindInvalidUtf8(source_.text())) return refuse(*bad, "this is no UTF-8");
  std::istringstream stream{std::string(source_.text())};
  TreeBuilder builder(*this, limits);
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) values_.push_back({});
    root_ = builder.root();
    TreeBuilder rest(*this, limits);
    const size_t count = values_.size();
    if (parser.HandleNextDocument(rest)) return refuse(values_[count].offset, "a second document; write one a file");
  } catch (const YAML::Exception& error) {
    const std::string_view line = source_.Line(error.mark.line + 1);
    size_t offset = source_.text().size();
    if (line.data() != nullptr && error.mark.column >= 0) {
      offset = static_cast<size_t>(line.data() - source_.text().data()) +
               std::min(static_cast<size_t>(error.mark.column), line.size());
    }
    return refuse(offset, fmt::format("no valid YAML: {}", error.msg));
  }
  return true;
}

namespace {

// The first byte of a scalar's content.
size_t ContentBegin(std::string_view text, size_t offset) {
  if (offset >= text.size()) return text.size();
  if (text[offset] == '"' || text[offset] == '\'') return offset + 1;
  if (text[offset] != '|' && text[offset] != '>') return offset;
  const size_t line_end = text.find('\n', offset);
  return line_end == std::string_view::npos ? text.size() : line_end + 1;
}

}  // namespace

size_t Tree::OffsetInFile(size_t index, size_t offset_in_text) const {
  const Value& value = values_[index];
  const std::string_view text = source_.text();
  if (value.kind != Kind::kScalar) return value.offset;
  size_t at = ContentBegin(text, value.offset);
  const std::string_view before = std::string_view(value.scalar).substr(0, offset_in_text);
  const auto skip_to = [&](char wanted) {
    while (at < text.size() && text[at] != wanted) ++at;
  };
  for (char c : before) {
    if (absl::ascii_isspace(static_cast<unsigned char>(c))) {
      if (at < text.size() && absl::ascii_isspace(static_cast<unsigned char>(text[at]))) ++at;
    } else {
      skip_to(c);
      if (at < text.size()) ++at;
      if (c == '\'' && text[value.offset] == '\'') ++at;  // '' stands for one
    }
  }
  if (offset_in_text < value.scalar.size() &&
      !absl::ascii_isspace(static_cast<unsigned char>(value.scalar[offset_in_text]))) {
    skip_to(value.scalar[offset_in_text]);
  }
  return std::min(at, text.size());
}

}  // namespace earshot::yaml
