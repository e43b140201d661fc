// The catalogue: what Earshot knows about metrics and companies, read from YAML.
//
//   EARSHOT_ASSIGN_OR_RETURN(auto catalog, catalog::Catalog::Load("deploy/config/catalog"));
//   const catalog::Company* company = catalog.FindCompany("Alibaba Group");   // or "BABA"
//   if (catalog.FindMetric("revnue") == nullptr) message += catalog.SuggestMetric("revnue");  // ", did you mean
//   'revenue'?"
//
// `metrics.yaml` holds the general metrics, `companies/*.yaml` one company each. A company without a file works with
// the general catalogue alone. Immutable and thread-safe; a copy is cheap and shares the content, and what pointers
// and references point to lives as long as any copy.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/catalog/profile.h"
#include "common/catalog/vocabulary.h"
#include "common/yaml/files.h"

namespace earshot::catalog {

class Catalog {
 public:
  // All that is wrong at once: kInvalidArgument with every diagnostic (`file:line:col: message`, the line, a caret);
  // kNotFound where the folder has no metrics.yaml.
  static absl::StatusOr<Catalog> Load(std::string_view dir);

  // The same from texts: a path that ends in `metrics.yaml`, others are companies.
  static absl::StatusOr<Catalog> Parse(const std::vector<yaml::File>& files);

  // Null where there is none.
  const Metric* FindMetric(std::string_view id) const;
  // By ticker or name, case ignored, also with a legal form behind it ("Alibaba Group Holding Limited").
  const Company* FindCompany(std::string_view name_or_ticker) const;

  const std::vector<Metric>& metrics() const;
  const std::vector<Company>& companies() const;

  // Whether any company (or the given one) has this segment; `group` always is one.
  bool HasSegment(std::string_view id, const Company* company = nullptr) const;

  // ", did you mean 'revenue'?" or nothing.
  std::string SuggestMetric(std::string_view id) const;
  std::string SuggestSegment(std::string_view id) const;
  std::string SuggestCompany(std::string_view name) const;

  // General aliases and those of the company; null for the general ones alone. `company` must be of this catalogue.
  const Vocabulary& vocabulary(const Company* company) const;

 private:
  struct Content;
  explicit Catalog(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  std::shared_ptr<const Content> content_;
};

}  // namespace earshot::catalog
