// A small catalogue for tests: revenue and capex, and one made-up company, Acme Group (ACME), whose fiscal year ends in
// March and which reports in CNY.
#pragma once

#include "common/catalog/catalog.h"
#include "gtest/gtest.h"

namespace earshot::ingest {

inline catalog::Catalog TestCatalog() {
  auto catalog = catalog::Catalog::Parse({{"metrics.yaml", R"(metrics:
  - id: revenue
    description: Sales.
    measure: money
    aliases: {en: [revenue], zh: [收入]}
  - id: capex
    description: Investment in infrastructure.
    measure: money
    whole_company: true
    aliases: {en: [capital expenditure], zh: [资本支出]}
)"},
                                          {"companies/acme.yaml", R"(company:
  ticker: ACME
  name: Acme Group Limited
  names: [Acme Group]
  currency: CNY
  fiscal_year_end: 3
segments:
  - id: group
    description: The whole company.
)"}});
  EXPECT_TRUE(catalog.ok()) << catalog.status();
  return *std::move(catalog);
}

}  // namespace earshot::ingest
