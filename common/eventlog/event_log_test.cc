#include "common/eventlog/event_log.h"

#include <string>

#include "common/eventlog/embedded/header_codec.h"
#include "gtest/gtest.h"

namespace earshot::eventlog {
namespace {

// Kafka's own test vectors of its murmur2, made positive as its partitioner does.
TEST(PartitionOfTest, AgreesWithKafka) {
  constexpr int kPrime = 0x7fffffff;
  const auto positive = [](int32_t hash) { return (hash & 0x7fffffff) % kPrime; };
  EXPECT_EQ(PartitionOf("21", kPrime), positive(-973932308));
  EXPECT_EQ(PartitionOf("foobar", kPrime), positive(-790332482));
  EXPECT_EQ(PartitionOf("a-little-bit-long-string", kPrime), positive(-985981536));
  EXPECT_EQ(PartitionOf("a-little-bit-longer-string", kPrime), positive(-1486304829));
  EXPECT_EQ(PartitionOf("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", kPrime), positive(-58897971));
  EXPECT_EQ(PartitionOf("abc", kPrime), positive(479470107));
}

TEST(PartitionOfTest, TakesBytesAboveAscii) {
  EXPECT_GE(PartitionOf("阿里巴巴", 8), 0);
  EXPECT_LT(PartitionOf("\xff\xff\xff", 8), 8);
}

TEST(FindHeaderTest, GivesTheFirstOfTheName) {
  const Headers headers = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
  ASSERT_NE(FindHeader(headers, "a"), nullptr);
  EXPECT_EQ(*FindHeader(headers, "a"), "1");
  EXPECT_EQ(FindHeader(headers, "c"), nullptr);
}

TEST(HeaderCodecTest, DamageIsFoundWhereverItIsCut) {
  const Headers headers = {{"name", std::string(200, 'v')}, {"", ""}};
  const std::string bytes = EncodeHeaders(headers);
  EXPECT_EQ(DecodeHeaders(bytes).value(), headers);
  const size_t first_header = bytes.size() - 2;
  for (size_t size = 1; size < bytes.size(); ++size) {
    const auto decoded = DecodeHeaders(std::string_view(bytes).substr(0, size));
    if (size == first_header) continue;  // a whole header
    EXPECT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss) << size;
  }
  EXPECT_FALSE(DecodeHeaders(std::string(20, '\xff')).ok());
}

}  // namespace
}  // namespace earshot::eventlog
