// What a number is a number of: currencies before and behind it, percent and its kin, multiples, "per share".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "services/ingest/quantity/number.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {

enum class UnitKind : uint8_t { kNone, kMoney, kPercent, kPercentagePoints, kBasisPoints, kTimes };

struct Unit {
  size_t last = 0;  // token behind the unit; 0 where there is none
  UnitKind kind = UnitKind::kNone;
  std::string_view code;  // of money: ISO 4217
  double factor = 1;      // 0.01 for cents, 10 for 成
  double extra = 0;       // added after the factor: the 5 of 三成五
};

// The unit as observations print it; `count` for none.
std::string UnitName(UnitKind kind, std::string_view code, bool per_share);

// A currency sign or code in front of a number: `$`, `HK$`, `RMB`, 人民币. Code and the token behind it.
Unit CurrencyBefore(const TokenRow& tokens, size_t i, std::string_view reporting_currency);

// The unit behind a number that ends before token i.
Unit UnitBehind(const TokenRow& tokens, size_t i, const Number& number, std::string_view reporting_currency);

// The token behind "per diluted share", "a share", /股, that begins at token i; i where nothing of the sort stands
// there.
size_t SkipPerShare(const TokenRow& tokens, size_t i);

// Whether money that begins at token i is by the words in front of it an amount a share: "earnings per share were",
// 每股.
bool IsPerShareBefore(const TokenRow& tokens, size_t i);

// Whether a counted thing follows at token i: stores, 家, 人.
bool IsCounted(const TokenRow& tokens, size_t i);

}  // namespace earshot::quantity
