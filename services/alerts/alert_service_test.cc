#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/alerts/alert_service_fixture.h"

namespace earshot::alerts {
namespace {

using ::testing::ElementsAre;

TEST_F(AlertServiceTest, ListsPageByPageNewestFirst) {
  for (int i = 1; i <= 5; ++i) Publish(MakeAlert("n" + std::to_string(i), 1, i % 2 == 0 ? "EVEN" : "ODD"));
  Publish(MakeAlert("n2", 2, "EVEN"));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 6"));
  v1::ListAlertsRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page = List(request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_LE(page->alerts_size(), 2);
    for (const v1::Alert& alert : page->alerts())
      names.push_back(alert.name() + "@" + std::to_string(alert.revision()));
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre("alerts/n5@1", "alerts/n4@1", "alerts/n3@1", "alerts/n2@2", "alerts/n1@1"));

  v1::ListAlertsRequest filtered;
  filtered.set_filter(R"(alert.company == "EVEN")");
  filtered.set_page_size(1);
  const auto first = List(filtered).value();
  EXPECT_EQ(first.alerts(0).name(), "alerts/n4");
  filtered.set_page_token(first.next_page_token());
  const auto second = List(filtered).value();
  EXPECT_EQ(second.alerts(0).name(), "alerts/n2");
  EXPECT_EQ(second.next_page_token(), "");
  filtered.clear_filter();
  EXPECT_EQ(rpc::ErrorInfoOf(List(filtered).status()).reason(), "PAGE_TOKEN_INVALID");
}

TEST_F(AlertServiceTest, BadListsAreRefused) {
  v1::ListAlertsRequest request;
  request.set_page_size(-1);
  EXPECT_EQ(rpc::BadRequestOf(List(request).status()).field_violations(0).field(), "page_size");
  request.set_page_size(1'000'000);
  EXPECT_TRUE(List(request).ok());
  request.set_page_token("nonsense");
  EXPECT_EQ(List(request).status().code(), absl::StatusCode::kInvalidArgument);
  request.clear_page_token();
  request.set_filter("alert.");
  EXPECT_EQ(rpc::ErrorInfoOf(List(request).status()).reason(), "FILTER_INVALID");
}

TEST_F(AlertServiceTest, AnAlertIsFoundByItsName) {
  Publish(MakeAlert("a"));
  Publish(MakeAlert("a", 2));
  ASSERT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"taken\"} 2"));
  EXPECT_EQ(Get("alerts/a").value().alert().revision(), 2);
  const absl::Status none = Get("alerts/none").status();
  EXPECT_EQ(none.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(rpc::ErrorInfoOf(none).reason(), "ALERT_NOT_FOUND");
  EXPECT_EQ(rpc::ErrorInfoOf(none).metadata().at("name"), "alerts/none");
  for (const char* bad : {"", "a", "alerts/", "calls/x"}) {
    EXPECT_EQ(Get(bad).status().code(), absl::StatusCode::kInvalidArgument) << bad;
  }
}

TEST_F(AlertServiceTest, WhatCannotBeTakenGoesToTheDeadLettersAndTheRestGoesOn) {
  auto desk = OpenLive();
  Publish(MakeAlert("a"));
  ASSERT_TRUE(
      producer_->Append({.topic = std::string(wire::kAlerts.name), .key = "ACME", .value = "\xff no alert"}).ok());
  v1::Alert conflict = MakeAlert("a");
  conflict.set_period("FY2026");
  Publish(conflict);
  Publish(MakeAlert("a"));
  Publish(MakeAlert("b"));
  EXPECT_EQ(desk->NextAlert().alert().name(), "alerts/a");
  const auto next = desk->NextAlert();
  EXPECT_EQ(next.alert().name(), "alerts/b");
  EXPECT_EQ(next.sequence(), 2);
  const auto letters = DeadLetters(2);
  ASSERT_EQ(letters.size(), 2u);
  EXPECT_EQ(letters[0].value, "\xff no alert");
  EXPECT_NE(eventlog::FindHeader(letters[0].headers, "earshot.errors.message"), nullptr);
  EXPECT_EQ(wire::EncodeAlert(conflict).value, letters[1].value);
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"malformed\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"conflict\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_alert_records_total{outcome=\"duplicate\"} 1"));
  EXPECT_TRUE(WaitForMetric("earshot_consumer_lag_records{topic=\"earshot.alerts.v1\"} 0"));
  EXPECT_EQ(Get("alerts/a").value().alert().period(), "");
}

}  // namespace
}  // namespace earshot::alerts
