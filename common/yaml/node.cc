#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/strings/numbers.h"
#include "common/base/strings.h"
#include "common/text/suggest.h"
#include "common/text/utf8.h"
#include "common/yaml/document.h"
#include "common/yaml/tree.h"
#include "fmt/format.h"

namespace earshot::yaml {
namespace {

std::string_view KindName(Tree::Kind kind) {
  switch (kind) {
    case Tree::Kind::kNull:
      return "nothing";
    case Tree::Kind::kScalar:
      return "a single value";
    case Tree::Kind::kSequence:
      return "a list";
    case Tree::Kind::kMap:
      return "a mapping";
  }
  return "something else";
}

std::string WantedButFound(std::string_view wanted, const Tree::Value& value) {
  if (value.kind == Tree::Kind::kScalar) return fmt::format("expected {}, found '{}'", wanted, value.scalar);
  return fmt::format("expected {}, found {}", wanted, KindName(value.kind));
}

}  // namespace

bool Node::IsNull() const { return tree_ != nullptr && tree_->value(index_).kind == Tree::Kind::kNull; }
bool Node::IsScalar() const { return tree_ != nullptr && tree_->value(index_).kind == Tree::Kind::kScalar; }
bool Node::IsSequence() const { return tree_ != nullptr && tree_->value(index_).kind == Tree::Kind::kSequence; }
bool Node::IsMap() const { return tree_ != nullptr && tree_->value(index_).kind == Tree::Kind::kMap; }
bool Node::IsQuoted() const { return IsScalar() && tree_->value(index_).quoted; }

Node Node::operator[](std::string_view key) const {
  if (!IsMap()) return {};
  for (const auto& [name, value] : tree_->value(index_).entries) {
    if (tree_->value(name).scalar == key) return {tree_, value};
  }
  return {};
}

Node Node::Require(std::string_view key) const {
  const Node value = (*this)[key];
  if (value && !value.IsNull()) return value;
  if (value) {
    value.Error(fmt::format("'{}' has no value", key));
  } else if (IsMap()) {
    Error(fmt::format("missing key '{}'", key));
  }
  return {};
}

bool Node::Keys(std::span<const std::string_view> known) const {
  if (tree_ == nullptr) return false;
  if (!IsMap()) {
    Error(WantedButFound("a mapping", tree_->value(index_)));
    return false;
  }
  bool good = true;
  for (const auto& [name, unused] : tree_->value(index_).entries) {
    const std::string& key = tree_->value(name).scalar;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    good = false;
    std::string message = fmt::format("unknown key '{}'", key);
    const std::string suggestion = DidYouMean(key, known);
    message += suggestion.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : suggestion;
    Node(tree_, name).Error(message, CountCodePoints(key));
  }
  return good;
}

std::vector<Node::Entry> Node::Entries() const {
  std::vector<Entry> entries;
  if (tree_ == nullptr || IsNull()) return entries;
  const Tree::Value& value = tree_->value(index_);
  if (!IsMap()) Error(WantedButFound("a mapping", value));
  for (const auto& [key, entry] : value.entries) entries.push_back({Node(tree_, key), Node(tree_, entry)});
  return entries;
}

std::vector<Node> Node::Items() const {
  std::vector<Node> items;
  if (tree_ == nullptr || IsNull()) return items;
  const Tree::Value& value = tree_->value(index_);
  if (!IsSequence()) Error(WantedButFound("a list", value));
  for (size_t item : value.items) items.push_back(Node(tree_, item));
  return items;
}

std::optional<std::string> Node::String() const {
  if (tree_ == nullptr) return std::nullopt;
  const Tree::Value& value = tree_->value(index_);
  if (IsScalar()) return value.scalar;
  Error(WantedButFound("a text", value));
  return std::nullopt;
}

std::optional<bool> Node::Bool() const {
  if (tree_ == nullptr) return std::nullopt;
  const Tree::Value& value = tree_->value(index_);
  if (IsScalar() && !value.quoted && value.scalar == "true") return true;
  if (IsScalar() && !value.quoted && value.scalar == "false") return false;
  Error(WantedButFound("true or false", value));
  return std::nullopt;
}

std::optional<int64_t> Node::Int(int64_t min, int64_t max) const {
  if (tree_ == nullptr) return std::nullopt;
  const Tree::Value& value = tree_->value(index_);
  int64_t number = 0;
  const char* end = value.scalar.data() + value.scalar.size();
  const auto [stop, error] = std::from_chars(value.scalar.data(), end, number);
  if (!IsScalar() || value.quoted || error != std::errc() || stop != end) {
    Error(WantedButFound("a whole number", value));
    return std::nullopt;
  }
  if (number >= min && number <= max) return number;
  Error(number < min ? fmt::format("{} is less than {}", number, min) : fmt::format("{} is more than {}", number, max));
  return std::nullopt;
}

std::optional<double> Node::Double(double min, double max) const {
  if (tree_ == nullptr) return std::nullopt;
  const Tree::Value& value = tree_->value(index_);
  double number = 0;
  if (!IsScalar() || value.quoted || !absl::SimpleAtod(ToAbsl(value.scalar), &number) || !std::isfinite(number)) {
    Error(WantedButFound("a number", value));
    return std::nullopt;
  }
  if (number >= min && number <= max) return number;
  Error(number < min ? fmt::format("{} is less than {}", number, min) : fmt::format("{} is more than {}", number, max));
  return std::nullopt;
}

std::optional<std::string> Node::Choice(std::string_view what, std::span<const std::string_view> choices) const {
  const std::optional<std::string> word = String();
  if (!word || std::find(choices.begin(), choices.end(), *word) != choices.end()) return word;
  const std::string suggestion = DidYouMean(*word, choices);
  Error(fmt::format("unknown {} '{}'{}", what, *word,
                    suggestion.empty() ? fmt::format("; known are {}", fmt::join(choices, ", ")) : suggestion),
        CountCodePoints(*word));
  return std::nullopt;
}

std::vector<Node> Node::Scalars() const {
  if (IsScalar()) return {*this};
  if (tree_ == nullptr) return {};
  std::vector<Node> scalars;
  if (!IsSequence()) {
    Error(WantedButFound("a text or a list of texts", tree_->value(index_)));
    return scalars;
  }
  for (const Node item : Items()) {
    if (item.String()) scalars.push_back(item);
  }
  return scalars;
}

std::vector<std::string> Node::Strings() const {
  std::vector<std::string> strings;
  for (const Node scalar : Scalars()) strings.emplace_back(scalar.Text());
  return strings;
}

std::string_view Node::Text() const {
  return IsScalar() ? std::string_view(tree_->value(index_).scalar) : std::string_view();
}

void Node::Error(std::string_view message, size_t width) const {
  if (tree_ != nullptr) tree_->diagnostics().Add(tree_->source(), tree_->value(index_).offset, message, width);
}

void Node::ErrorAt(size_t offset_in_text, std::string_view message, size_t width) const {
  if (tree_ != nullptr) tree_->diagnostics().Add(tree_->source(), Offset(offset_in_text), message, width);
}

size_t Node::Offset(size_t offset_in_text) const {
  return tree_ == nullptr ? 0 : tree_->OffsetInFile(index_, offset_in_text);
}

LineColumn Node::At() const {
  return tree_ == nullptr ? LineColumn{} : tree_->source().Locate(tree_->value(index_).offset);
}

std::string Node::Location() const {
  if (tree_ == nullptr) return {};
  const LineColumn at = At();
  return fmt::format("{}:{}:{}", tree_->source().name(), at.line, at.column);
}

}  // namespace earshot::yaml
