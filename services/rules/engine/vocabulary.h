// What words rule files may use in `match`, as far as the engine has to know.
#pragma once

#include <string>
#include <string_view>

namespace earshot::rule_engine {

// Thread-safe.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;

  virtual bool HasMetric(std::string_view id) const = 0;
  virtual bool HasCompany(std::string_view ticker) const = 0;
  // Of this company, or of any where the company is empty or not known.
  virtual bool HasSegment(std::string_view id, std::string_view company) const = 0;

  // ", did you mean 'revenue'?" or nothing.
  virtual std::string SuggestMetric(std::string_view id) const = 0;
  virtual std::string SuggestCompany(std::string_view ticker) const = 0;
  virtual std::string SuggestSegment(std::string_view id) const = 0;
};

}  // namespace earshot::rule_engine
