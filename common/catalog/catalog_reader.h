// Reads the catalogue's YAML. Internal to the library.
#pragma once

#include <string>
#include <vector>

#include "common/catalog/profile.h"
#include "common/catalog/vocabulary.h"
#include "common/yaml/document.h"

namespace earshot::catalog {

// A word with what it stands for; metrics by id, until all of them are known.
struct AliasDraft {
  std::string alias;
  std::string metric;
  std::string segment;
  bool misspelt = false;
  bool weak = false;
  int edits = 0;
};

struct MetricsDraft {
  std::vector<Metric> metrics;
  std::vector<AliasDraft> aliases;
};

struct CompanyDraft {
  Company company;
  std::vector<AliasDraft> aliases;
};

// What is wrong goes to the document's diagnostics; the rest is read.
MetricsDraft ReadMetrics(yaml::Node root);

// `metrics`: those that exist.
CompanyDraft ReadCompany(yaml::Node root, const std::vector<Metric>& metrics);

}  // namespace earshot::catalog
