#include "common/yaml/document.h"

#include "common/yaml/tree.h"

namespace earshot::yaml {

std::unique_ptr<Document> Document::Parse(std::string path, std::string text, Diagnostics& diagnostics, Limits limits) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  auto tree = std::make_unique<Tree>(std::move(path), std::move(text), diagnostics);
  if (!tree->Read(limits)) return nullptr;
  return std::unique_ptr<Document>(new Document(std::move(tree)));
}

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::~Document() = default;

Node Document::root() const { return {tree_.get(), tree_->root()}; }
const SourceText& Document::source() const { return tree_->source(); }

}  // namespace earshot::yaml
