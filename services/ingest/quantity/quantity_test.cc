#include "services/ingest/quantity/quantity.h"

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::quantity {
namespace {

// A quantity as one line: "$1.5 billion = 1500000000 USD", with "..high" for a range and the bound where it is not
// exact.
std::string Describe(std::string_view text, const Quantity& q) {
  std::string line = fmt::format("{} = {:.12g}", text.substr(q.begin, q.end - q.begin), q.value);
  if (q.value_high) line += fmt::format("..{:.12g}", *q.value_high);
  line += " " + q.unit;
  if (q.bound != v1::BOUND_EXACT && q.bound != v1::BOUND_RANGE) line += " " + v1::Bound_Name(q.bound).substr(6);
  return line;
}

std::vector<std::string> Read(std::string_view text, Language language) {
  std::vector<std::string> lines;
  for (const Quantity& quantity : FindQuantities(text, language)) lines.push_back(Describe(text, quantity));
  return lines;
}

struct Case {
  std::string_view text;
  std::vector<std::string> expected;
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.text; }

class EnglishTest : public ::testing::TestWithParam<Case> {};
TEST_P(EnglishTest, Finds) {
  EXPECT_THAT(Read(GetParam().text, Language::kEnglish), ::testing::ElementsAreArray(GetParam().expected));
}

class ChineseTest : public ::testing::TestWithParam<Case> {};
TEST_P(ChineseTest, Finds) {
  EXPECT_THAT(Read(GetParam().text, Language::kChinese), ::testing::ElementsAreArray(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(
    Scales, EnglishTest,
    ::testing::Values(Case{"CapEx reached RMB 38.6 billion", {"RMB 38.6 billion = 38600000000 CNY"}},
                      Case{"we sold 480mn units", {"480mn = 480000000 count"}},
                      Case{"bookings of 3.2bn", {"3.2bn = 3200000000 count"}},
                      Case{"an order book of 2 lakh crore rupees", {"2 lakh crore rupees = 2e+12 INR"}},
                      Case{"Rs. 450 crore of orders", {"Rs. 450 crore = 4500000000 INR"}},
                      Case{"a market of $1.2 trillion", {"$1.2 trillion = 1.2e+12 USD"}},
                      Case{"sales of $5m and $2.5B", {"$5m = 5000000 USD", "$2.5B = 2500000000 USD"}},
                      Case{"a fee of $750k", {"$750k = 750000 USD"}},
                      Case{"the grant was $3 hundred thousand", {"$3 hundred thousand = 300000 USD"}},
                      Case{"12,345,678 shares", {"12,345,678 = 12345678 count"}},
                      Case{"revenue of INR 2,00,000", {"INR 2,00,000 = 200000 INR"}},
                      Case{"a $6-billion plan", {"$6-billion = 6000000000 USD"}},
                      Case{"US$51.9 billion or HK$400 million",
                           {"US$51.9 billion = 51900000000 USD", "HK$400 million = 400000000 HKD"}},
                      Case{"¥380 billion", {"¥380 billion = 380000000000 CNY"}},
                      Case{"EUR 20 million, €3.5 million, 7 million euros",
                           {"EUR 20 million = 20000000 EUR", "€3.5 million = 3500000 EUR",
                            "7 million euros = 7000000 EUR"}},
                      Case{"5 billion U.S. dollars", {"5 billion U.S. dollars = 5000000000 USD"}},
                      Case{"9 million Hong Kong dollars", {"9 million Hong Kong dollars = 9000000 HKD"}},
                      Case{"CNH 17 billion RMB-denominated notes", {"CNH 17 billion = 17000000000 CNY"}},
                      Case{"38 point 6 billion yuan", {"38 point 6 billion yuan = 38600000000 CNY"}}));

INSTANTIATE_TEST_SUITE_P(
    Spoken, EnglishTest,
    ::testing::Values(
        Case{"thirty-eight point six billion renminbi", {"thirty-eight point six billion renminbi = 38600000000 CNY"}},
        Case{"two and a half billion dollars", {"two and a half billion dollars = 2500000000 USD"}},
        Case{"half a billion dollars", {"half a billion dollars = 500000000 USD"}},
        Case{"a hundred million users", {"a hundred million = 100000000 count"}},
        Case{"one hundred and twenty-five stores", {"one hundred and twenty-five = 125 count"}},
        Case{"two thousand five hundred riders", {"two thousand five hundred = 2500 count"}},
        Case{"one million two hundred thousand orders", {"one million two hundred thousand = 1200000 count"}},
        Case{"twenty-six percent", {"twenty-six percent = 26 percent"}},
        Case{"zero point five percent", {"zero point five percent = 0.5 percent"}},
        Case{"half a percent", {"half a percent = 0.5 percent"}},
        Case{"forty basis points", {"forty basis points = 40 basis_points"}},
        Case{"a billion and a half dollars", {"a billion and a half dollars = 1500000000 USD"}},
        Case{"a quarter of a billion dollars", {"a quarter of a billion dollars = 250000000 USD"}},
        Case{"three dozen outlets", {"three dozen = 36 count"}},
        Case{"two-thirds of orders", {"two-thirds = 66.666666667 percent"}},
        Case{"a third of revenue", {"a third = 33.333333333 percent"}}));

INSTANTIATE_TEST_SUITE_P(
    Units, EnglishTest,
    ::testing::Values(
        Case{"margin of 8.8%", {"8.8% = 8.8 percent"}}, Case{"up 12 per cent", {"12 per cent = 12 percent"}},
        Case{"widened 1.5 percentage points", {"1.5 percentage points = 1.5 percentage_points"}},
        Case{"a 170-basis-point improvement", {"170-basis-point = 170 basis_points"}},
        Case{"up 25 bps", {"25 bps = 25 basis_points"}}, Case{"a 13-point gain", {"13-point = 13 percentage_points"}},
        Case{"$1.15 per diluted share", {"$1.15 per diluted share = 1.15 USD/share"}},
        Case{"48 cents", {"48 cents = 0.48 USD"}}, Case{"15 cents a share", {"15 cents a share = 0.15 USD/share"}},
        Case{"earnings per share were $2.63", {"$2.63 = 2.63 USD/share"}},
        Case{"EPS of $1.38, or $1.50 as adjusted", {"$1.38 = 1.38 USD/share", "$1.50 = 1.5 USD/share"}},
        Case{"$40 million or $0.25 per share", {"$40 million = 40000000 USD", "$0.25 per share = 0.25 USD/share"}},
        Case{"three times", {"three times = 3 times"}}, Case{"leverage of 2.3x", {"2.3x = 2.3 times"}},
        Case{"a ten-fold rise", {"ten-fold = 10 times"}}, Case{"orders doubled", {"doubled = 2 times"}},
        Case{"volumes more than tripled", {"tripled = 3 times AT_LEAST"}},
        Case{"spend almost doubled to RMB 31 billion",
             {"doubled = 2 times APPROXIMATE", "RMB 31 billion = 31000000000 CNY"}},
        Case{"losses halved", {"halved = -50 percent"}},
        Case{"double-digit growth", {"double-digit = 10 percent AT_LEAST"}},
        Case{"grew by triple digits", {"triple digits = 100 percent AT_LEAST"}},
        Case{"three-digit growth", {"three-digit = 100 percent AT_LEAST"}}));

INSTANTIATE_TEST_SUITE_P(
    Ranges, EnglishTest,
    ::testing::Values(
        Case{"between 4% and 6%", {"4% and 6% = 4..6 percent"}},
        Case{"4 to 6 percent", {"4 to 6 percent = 4..6 percent"}},
        Case{"$865 to $925 million", {"$865 to $925 million = 865000000..925000000 USD"}},
        Case{"a range of $3.40 to $3.50 per share", {"$3.40 to $3.50 per share = 3.4..3.5 USD/share"}},
        Case{"around 60%-70% of demand", {"60%-70% = 60..70 percent"}},
        Case{"$10-$15 million", {"$10-$15 million = 10000000..15000000 USD"}},
        Case{"RMB 50 to 60 billion", {"RMB 50 to 60 billion = 50000000000..60000000000 CNY"}},
        Case{"900 million to 1.1 billion dollars", {"900 million to 1.1 billion dollars = 900000000..1100000000 USD"}},
        Case{"$900 to $1.1 billion", {"$900 to $1.1 billion = 900000000..1100000000 USD"}},
        Case{"two to three times", {"two to three times = 2..3 times"}},
        Case{"one or two percent", {"one or two percent = 1..2 percent"}},
        Case{"a decline of 2% to 3%", {"2% to 3% = -3..-2 percent"}},
        Case{"negative 2% to positive 1%", {"2% = -2 percent", "1% = 1 percent"}},
        Case{"-2% to 3%", {"-2% to 3% = -2..3 percent"}},
        Case{"from $5 million to $6 million", {"$5 million = 5000000 USD", "$6 million = 6000000 USD"}},
        Case{"up from $3.2 to $3.4 billion", {"$3.2 = 3200000000 USD", "$3.4 billion = 3400000000 USD"}},
        Case{"moved from 5 to 6 percent", {"5 = 5 percent", "6 percent = 6 percent"}},
        Case{"ranging from 5% to 6%", {"5% to 6% = 5..6 percent"}},
        Case{"grew $15 million to $250 million", {"$15 million = 15000000 USD", "$250 million = 250000000 USD"}},
        Case{"rose 31% to RMB 39 billion", {"31% = 31 percent", "RMB 39 billion = 39000000000 CNY"}},
        Case{"a 50 to 60-basis-point range", {"50 to 60-basis-point = 50..60 basis_points"}}));

INSTANTIATE_TEST_SUITE_P(
    Bounds, EnglishTest,
    ::testing::Values(
        Case{"over 11%", {"11% = 11 percent AT_LEAST"}},
        Case{"more than $5 million", {"$5 million = 5000000 USD AT_LEAST"}},
        Case{"surpassing 53 million", {"53 million = 53000000 count AT_LEAST"}},
        Case{"20% at least", {"20% = 20 percent AT_LEAST"}}, Case{"at least 20%", {"20% = 20 percent AT_LEAST"}},
        Case{"no less than 20%", {"20% = 20 percent AT_LEAST"}},
        Case{"in excess of 20%", {"20% = 20 percent AT_LEAST"}}, Case{"20% or more", {"20% = 20 percent AT_LEAST"}},
        Case{"15-plus percent", {"15-plus percent = 15 percent AT_LEAST"}},
        Case{"35,000-plus employees", {"35,000 = 35000 count AT_LEAST"}},
        Case{"300+ stores", {"300 = 300 count AT_LEAST"}},
        Case{"nearly $50 billion", {"$50 billion = 50000000000 USD APPROXIMATE"}},
        Case{"approaching 300 million", {"300 million = 300000000 count APPROXIMATE"}},
        Case{"nearly a 20% gain", {"20% = 20 percent APPROXIMATE"}}, Case{"~5%", {"5% = 5 percent APPROXIMATE"}},
        Case{"5% or so", {"5% = 5 percent APPROXIMATE"}}, Case{"up to 5%", {"5% = 5 percent AT_MOST"}},
        Case{"less than 5%", {"5% = 5 percent AT_MOST"}}, Case{"no more than 5%", {"5% = 5 percent AT_MOST"}},
        Case{"up to a maximum of USD 2.4 billion", {"USD 2.4 billion = 2400000000 USD AT_MOST"}},
        Case{"5% more than $2 billion", {"5% = 5 percent", "$2 billion = 2000000000 USD"}}));

INSTANTIATE_TEST_SUITE_P(
    Signs, EnglishTest,
    ::testing::Values(
        Case{"-5%", {"-5% = -5 percent"}}, Case{"growth of -$5 million", {"-$5 million = -5000000 USD"}},
        Case{"$(0.25) per share", {"$(0.25) per share = -0.25 USD/share"}},
        Case{"(1.2) million", {"(1.2) million = -1200000 count"}}, Case{"minus 3%", {"3% = -3 percent"}},
        Case{"negative $62 million", {"$62 million = -62000000 USD"}},
        Case{"a loss of RMB 5 billion", {"RMB 5 billion = -5000000000 CNY"}},
        Case{"a loss of $5 million, or $0.10 per share",
             {"$5 million = -5000000 USD", "$0.10 per share = -0.1 USD/share"}},
        Case{"the loss narrowed to RMB 1.4 billion", {"RMB 1.4 billion = -1400000000 CNY"}},
        Case{"an outflow of approximately RMB 18.8 billion", {"RMB 18.8 billion = -18800000000 CNY APPROXIMATE"}},
        Case{"decreased 31% to RMB 39 billion", {"31% = -31 percent", "RMB 39 billion = 39000000000 CNY"}},
        Case{"declined by approximately 4%", {"4% = -4 percent APPROXIMATE"}},
        Case{"was down 11 bps", {"11 bps = -11 basis_points"}}, Case{"a 0.6% net reduction", {"0.6% = -0.6 percent"}},
        Case{"a 9% year-over-year decline", {"9% = -9 percent"}},
        Case{"$3 million lower", {"$3 million = -3000000 USD"}},
        Case{"a reduction in share count of 5%", {"5% = -5 percent"}},
        Case{"a loss ratio of 60% and loan losses of $5 million", {"60% = 60 percent", "$5 million = 5000000 USD"}},
        Case{"fell to 5%", {"5% = 5 percent"}},
        Case{"down $4 million or 2%", {"$4 million = -4000000 USD", "2% = -2 percent"}},
        Case{"a loss of 5 billion and 3 million losses",
             {"5 billion = -5000000000 count", "3 million = -3000000 count"}},
        Case{"fell below 11%", {"11% = 11 percent AT_MOST"}}));

INSTANTIATE_TEST_SUITE_P(NoQuantity, EnglishTest,
                         ::testing::ValuesIn(std::vector<Case>{
                             {"On December 31, 2024 and in fiscal 2026", {}},
                             {"the 18th, the 3rd and the sixth consecutive quarter", {}},
                             {"six consecutive quarters, eight straight years", {}},
                             {"over the next three years or within 12 months", {}},
                             {"a 12-month period of 13 full weeks", {}},
                             {"Qwen 2.5-Max, GPT-4, B2C, 88VIP, 5G and WAN 2.2", {}},
                             {"Please press star one or press 1 now", {}},
                             {"call 1-800-555-0199 or 555-0100, passcode 4412907", {}},
                             {"see slide 14 and page 3 of Form 10-K", {}},
                             {"1. Growth. 2. Costs.", {}},
                             {"number one in Asia and a top 10 brand", {}},
                             {"one of our three areas", {}},
                             {"COVID-19, Unit 4, the S&P 500", {}},
                             {"twenty twenty-five and nineteen ninety-nine", {}},
                             {"fiscal '21, FY26, Q3, H1 2025, 2024-12-31, 12/31/2024", {}},
                             {"slides 10 and 11, round 2, 10- and 30-year notes", {}},
                             {"Speaker 7", {}},
                             {"iPhone 15 and Boeing 737 MAX", {}},
                             {"Boeing 737 MAX", {}},
                             {"at 8 p.m., call +1 (800) 555-0199", {}},
                             {"nine out of ten, one in four, 1 in 5 customers", {}},
                             {"the 2022 models against january 31 and over 2020", {}},
                             {"at 10:30 a.m., around 24/7", {}},
                             {"version 1.2.3 runs 3 times a week", {}},
                             {"a one-stop shop, a double-check, to double down", {}}}));

INSTANTIATE_TEST_SUITE_P(
    Counts, EnglishTest,
    ::testing::Values(Case{"we added 86,900 connections", {"86,900 = 86900 count"}},
                      Case{"Hired 200 engineers", {"200 = 200 count"}}, Case{"opened 12 stores", {"12 = 12 count"}},
                      Case{"opened three new stores", {"three = 3 count"}},
                      Case{"CapEx went up to RMB 42.3 billion", {"RMB 42.3 billion = 42300000000 CNY"}},
                      Case{"scaled up to 3,200 agents", {"3,200 = 3200 count"}},
                      Case{"negative $62 [Phonetic] million", {"$62 [Phonetic] million = -62000000 USD"}},
                      Case{"in 2020 to $150 million", {"$150 million = 150000000 USD"}},
                      Case{"a ratio of 0.73", {"0.73 = 0.73 count"}}, Case{"an average of 45 days", {"45 = 45 count"}},
                      Case{"it has 2000 employees", {"2000 = 2000 count"}}));

INSTANTIATE_TEST_SUITE_P(
    Numerals, ChineseTest,
    ::testing::Values(
        Case{"资本支出达到386亿元", {"386亿元 = 38600000000 CNY"}},
        Case{"三十八点六亿", {"三十八点六亿 = 3860000000 count"}}, Case{"投入3800亿", {"3800亿 = 380000000000 count"}},
        Case{"一万亿的成交", {"一万亿 = 1e+12 count"}}, Case{"1.5万亿元", {"1.5万亿元 = 1.5e+12 CNY"}},
        Case{"两万八", {"两万八 = 28000 count"}}, Case{"一千二百万", {"一千二百万 = 12000000 count"}},
        Case{"一百零五家", {"一百零五 = 105 count"}}, Case{"三百五", {"三百五 = 350 count"}},
        Case{"一亿二千万", {"一亿二千万 = 120000000 count"}}, Case{"1亿2000万", {"1亿2000万 = 120000000 count"}},
        Case{"5千万用户", {"5千万 = 50000000 count"}}, Case{"3个亿", {"3个亿 = 300000000 count"}},
        Case{"2,000万单", {"2,000万 = 20000000 count"}},
        Case{"突破2,000,000单", {"2,000,000 = 2000000 count AT_LEAST"}}, Case{"50,000家", {"50,000 = 50000 count"}},
        Case{"伍佰萬", {"伍佰萬 = 5000000 count"}}, Case{"三億兩千萬元", {"三億兩千萬元 = 320000000 CNY"}},
        Case{"３８６亿", {"３８６亿 = 38600000000 count"}}, Case{"１２．５％", {"１２．５％ = 12.5 percent"}},
        Case{"六七十家", {"六七十 = 60..70 count"}}, Case{"七八亿", {"七八亿 = 700000000..800000000 count"}}));

INSTANTIATE_TEST_SUITE_P(
    Units, ChineseTest,
    ::testing::Values(
        Case{"同比增长百分之二十六", {"百分之二十六 = 26 percent"}},
        Case{"百分之八点八", {"百分之八点八 = 8.8 percent"}},
        Case{"百分之六七十以上", {"百分之六七十 = 60 percent AT_LEAST"}},
        Case{"百分百以上的增长", {"百分百 = 100 percent AT_LEAST"}}, Case{"百分之百", {"百分之百 = 100 percent"}},
        Case{"百分之15", {"百分之15 = 15 percent"}}, Case{"千分之三", {"千分之三 = 0.3 percent"}},
        Case{"三分之二", {"三分之二 = 66.666666667 percent"}},
        Case{"提升1.5个百分点", {"1.5个百分点 = 1.5 percentage_points"}},
        Case{"20个基点", {"20个基点 = 20 basis_points"}}, Case{"占三成", {"三成 = 30 percent"}},
        Case{"三成五", {"三成五 = 35 percent"}}, Case{"两成半", {"两成半 = 25 percent"}},
        Case{"是去年的三倍", {"三倍 = 3 times"}}, Case{"两倍半", {"两倍半 = 2.5 times"}},
        Case{"翻了一番", {"翻了一番 = 2 times"}}, Case{"一半以上", {"一半 = 50 percent AT_LEAST"}},
        Case{"三位数的增长,两位数", {"三位数 = 100 percent AT_LEAST", "两位数 = 10 percent AT_LEAST"}},
        Case{"人民币50亿元", {"人民币50亿元 = 5000000000 CNY"}},
        Case{"人民币约50亿元", {"人民币约50亿元 = 5000000000 CNY APPROXIMATE"}},
        Case{"207亿美元", {"207亿美元 = 20700000000 USD"}}, Case{"5亿港元", {"5亿港元 = 500000000 HKD"}},
        Case{"¥3800亿", {"¥3800亿 = 380000000000 CNY"}}, Case{"$10 billion", {"$10 billion = 10000000000 USD"}},
        Case{"US$5亿", {"US$5亿 = 500000000 USD"}}, Case{"RMB 38.6 billion", {"RMB 38.6 billion = 38600000000 CNY"}},
        Case{"每股收益1.15美元", {"1.15美元 = 1.15 USD/share"}}, Case{"HK$12亿元", {"HK$12亿元 = 1200000000 HKD"}},
        Case{"每ADS收益5.2元", {"5.2元 = 5.2 CNY/share"}}));

INSTANTIATE_TEST_SUITE_P(
    Bounds, ChineseTest,
    ::testing::Values(
        Case{"1.7亿以上", {"1.7亿 = 170000000 count AT_LEAST"}}, Case{"超过360%", {"360% = 360 percent AT_LEAST"}},
        Case{"只有$80左右", {"$80 = 80 USD APPROXIMATE"}}, Case{"近3亿", {"3亿 = 300000000 count APPROXIMATE"}},
        Case{"约10亿元", {"10亿元 = 1000000000 CNY APPROXIMATE"}}, Case{"大概有20%", {"20% = 20 percent APPROXIMATE"}},
        Case{"不到20%", {"20% = 20 percent AT_MOST"}}, Case{"不超过5亿", {"5亿 = 500000000 count AT_MOST"}},
        Case{"10多亿元", {"10多亿元 = 1000000000 CNY AT_LEAST"}},
        Case{"十多亿", {"十多亿 = 1000000000 count AT_LEAST"}}, Case{"5万多家", {"5万多 = 50000 count AT_LEAST"}},
        Case{"超过百万的就业", {"百万 = 1000000 count AT_LEAST"}},
        Case{"10亿到15亿", {"10亿到15亿 = 1000000000..1500000000 count"}},
        Case{"10到15亿元", {"10到15亿元 = 1000000000..1500000000 CNY"}},
        Case{"5-6千万", {"5-6千万 = 50000000..60000000 count"}},
        Case{"三到五个百分点", {"三到五个百分点 = 3..5 percentage_points"}},
        Case{"差不多 4.4%-4.5%", {"4.4%-4.5% = 4.4..4.5 percent"}},
        Case{"百分之十五到二十", {"百分之十五到二十 = 15..20 percent"}},
        Case{"介于10%和15%之间", {"10%和15% = 10..15 percent"}},
        Case{"上百亿,逾千亿元", {"百亿 = 10000000000 count AT_LEAST", "千亿元 = 100000000000 CNY AT_LEAST"}},
        Case{"百分之十到百分之十五", {"百分之十到百分之十五 = 10..15 percent"}}));

INSTANTIATE_TEST_SUITE_P(
    Signs, ChineseTest,
    ::testing::Values(Case{"同比下降5%", {"5% = -5 percent"}}, Case{"下降了约5%", {"5% = -5 percent APPROXIMATE"}},
                      Case{"下降到5%", {"5% = 5 percent"}}, Case{"亏损50亿元", {"50亿元 = -5000000000 CNY"}},
                      Case{"亏损收窄至14亿元", {"14亿元 = -1400000000 CNY"}},
                      Case{"净流出188亿元", {"188亿元 = -18800000000 CNY"}},
                      Case{"50亿元的亏损", {"50亿元 = -5000000000 CNY"}}, Case{"-3.5%", {"-3.5% = -3.5 percent"}},
                      Case{"已经 reduce 了 5.1%", {"5.1% = -5.1 percent"}},
                      Case{"负百分之三", {"负百分之三 = -3 percent"}}, Case{"减少10亿", {"10亿 = -1000000000 count"}}));

INSTANTIATE_TEST_SUITE_P(NoQuantity, ChineseTest,
                         ::testing::ValuesIn(std::vector<Case>{{"我们一直在投入,一方面也是一个机会", {}},
                                                               {"三星和百度,千问,万科,十分满意", {}},
                                                               {"第三点,第2季度,第十五届", {}},
                                                               {"2025年9月30日,27年3月,二〇二五年", {}},
                                                               {"未来三年,过去十年,12个月,3个季度", {}},
                                                               {"88VIP会员,B2C业务,AI2C,Qwen 2.5-Max", {}},
                                                               {"双十一和618", {{"618 = 618 count"}}},
                                                               {"两个问题,三个方面,四大板块", {}},
                                                               {"一成不变,万一,统一,唯一", {}},
                                                               {"下午三点钟,十五分钟,世界500强", {}},
                                                               {"成千上万的90后,00后,7×24小时", {}},
                                                               {"通义2.5,万亿级市场", {}},
                                                               {"请按星号一", {}}}));

TEST(FindQuantities, GivesByteOffsets) {
  const std::string text = "收入为人民币386亿元,up 26%";
  const auto found = FindQuantities(text, Language::kChinese);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].begin, 9u);
  EXPECT_EQ(found[0].end, 9u + 18u);
  EXPECT_EQ(text.substr(found[1].begin, found[1].end - found[1].begin), "26%");
}

TEST(FindQuantities, SaysWhyAValueIsNegativeAndWhetherItHasAUnit) {
  const auto found = FindQuantities("a loss of $5 million, growth of -3%, 38.6 billion", Language::kEnglish);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].sign, Sign::kWord);
  EXPECT_EQ(found[1].sign, Sign::kSymbol);
  EXPECT_EQ(found[2].sign, Sign::kNone);
  EXPECT_TRUE(found[0].has_unit);
  EXPECT_FALSE(found[2].has_unit);
}

TEST(FindQuantities, ReadsSharedSignsByTheReportingCurrency) {
  const auto unit = [](std::string_view text, std::string_view currency) {
    return FindQuantities(text, Language::kEnglish, {currency}).at(0).unit;
  };
  EXPECT_EQ(unit("¥5 billion", "CNY"), "CNY");
  EXPECT_EQ(unit("¥5 billion", "JPY"), "JPY");
  EXPECT_EQ(unit("$5 billion", "CNY"), "USD");
  EXPECT_EQ(unit("$5 billion", "CAD"), "CAD");
  EXPECT_EQ(unit("48 cents", "EUR"), "EUR");
}

TEST(QuantitiesToJson, PrintsAnArray) {
  EXPECT_EQ(QuantitiesToJson("nothing", Language::kEnglish), "[]");
  EXPECT_EQ(QuantitiesToJson("up 4% to 6%, \"$0.5\"", Language::kEnglish),
            R"([{"text": "4% to 6%", "begin": 3, "end": 11, "value": 4, "value_high": 6, "unit": "percent", )"
            R"("bound": "RANGE"}, {"text": "$0.5", "begin": 14, "end": 18, "value": 0.5, "value_high": null, )"
            R"("unit": "USD", "bound": "EXACT"}])");
}

void ExpectSound(std::string_view text) {
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    size_t last = 0;
    for (const Quantity& q : FindQuantities(text, language)) {
      ASSERT_LE(last, q.begin) << text;
      ASSERT_LT(q.begin, q.end) << text;
      ASSERT_LE(q.end, text.size()) << text;
      ASSERT_LE(q.value, q.value_high.value_or(q.value)) << text;
      last = q.end;
    }
  }
}

TEST(FindQuantities, TakesAnyBytes) {
  std::mt19937 random(20260218);
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 60, '\0');
    for (char& c : text) c = static_cast<char>(random());
    ExpectSound(text);
  }
}

TEST(FindQuantities, TakesAnyMixOfItsWords) {
  const std::vector<std::string> words = {
      "a",  "half", "hundred", "million", "5",    "3.2", "1,000", "-",      "to",    "and", "%",     "$",       "RMB",
      "(",  ")",    "point",   "six",     "亿",   "万",  "十",    "百",     "点",    "多",  "个",    "成",      "到",
      "两", "零",   "百分之",  "分之",    "美元", "of",  "loss",  "double", "digit", "per", "share", "between", "third",
      ".",  "/",    "over",    " ",       "\n",   "负",  "basis", "points", "x",     "倍"};
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (size_t n = random() % 14; n > 0; --n) {
      text += words[random() % words.size()];
      if (random() % 2) text += ' ';
    }
    ExpectSound(text);
  }
}

TEST(FindQuantities, ReadsLongLinesInPieces) {
  std::string text;
  while (text.size() < 1'200'000) text += "Revenue grew 12% to RMB 3.5 billion. 收入增长百分之十二。 ";
  const auto found = FindQuantities(text, Language::kEnglish);
  const size_t sentences = std::count(text.begin(), text.end(), '.') / 2;
  EXPECT_EQ(found.size(), sentences * 3);
  ExpectSound(std::string(600'000, '1'));
  ExpectSound(std::string(600'000, '('));
}

}  // namespace
}  // namespace earshot::quantity
