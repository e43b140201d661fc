#include "common/expr/environment.h"

#include <algorithm>
#include <utility>

#include "common/expr/functions/library.h"

namespace earshot::expr {

Environment::Environment() {
  AddOperators(*this);
  AddConversions(*this);
  AddCollectionFunctions(*this);
  AddStringFunctions(*this);
  AddStringExtension(*this);
  AddFormatFunction(*this);
  AddMathExtension(*this);
  AddTimeFunctions(*this);
}

VariableId Environment::AddVariable(std::string_view name, Type type) {
  if (const auto known = variable_ids_.find(name); known != variable_ids_.end()) {
    variables_[known->second].type = std::move(type);
    return known->second;
  }
  const VariableId id = variables_.size();
  variables_.push_back({std::string(name), std::move(type), id});
  variable_ids_.emplace(name, id);
  return id;
}

const MessageType& Environment::AddMessage(MessageType type) {
  const MessageType& kept = messages_.emplace_back(std::move(type));
  ShareMessage(kept);
  return kept;
}

void Environment::ShareMessage(const MessageType& type) { messages_by_name_.insert_or_assign(type.name(), &type); }

void Environment::AddFunction(Overload overload) {
  const Overload& kept = overloads_.emplace_back(std::move(overload));
  overloads_by_name_[kept.name].push_back(&kept);
}

const Variable* Environment::FindVariable(std::string_view name) const {
  const auto found = variable_ids_.find(name);
  return found == variable_ids_.end() ? nullptr : &variables_[found->second];
}

const MessageType* Environment::FindMessage(std::string_view name) const {
  const auto found = messages_by_name_.find(name);
  return found == messages_by_name_.end() ? nullptr : found->second;
}

std::span<const Overload* const> Environment::FindOverloads(std::string_view name) const {
  const auto found = overloads_by_name_.find(name);
  if (found == overloads_by_name_.end()) return {};
  return found->second;
}

std::vector<std::string_view> Environment::FunctionNames() const {
  std::vector<std::string_view> names;
  for (const auto& [name, overloads] : overloads_by_name_) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace earshot::expr
