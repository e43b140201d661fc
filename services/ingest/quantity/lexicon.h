// The English words that matter to figures, each with the parts that it can play. Static data, built once.
#pragma once

#include <cstdint>
#include <string_view>

namespace earshot::quantity {

enum Role : uint64_t {
  kRoleUnit = 1ull << 0,           // zero … nine
  kRoleTeen = 1ull << 1,           // ten … nineteen
  kRoleTens = 1ull << 2,           // twenty … ninety
  kRoleHundred = 1ull << 3,        // hundred
  kRoleScale = 1ull << 4,          // thousand, million, bn, crore
  kRoleSuffix = 1ull << 5,         // k, m, b: a scale only when written to the digits
  kRoleArticle = 1ull << 6,        // a, an
  kRoleCurrency = 1ull << 7,       // dollars, yuan: behind a figure
  kRoleCode = 1ull << 8,           // USD, RMB: before or behind, in capitals
  kRoleCent = 1ull << 9,           // cents, pence
  kRoleMonth = 1ull << 10,         // January, Feb
  kRoleDuration = 1ull << 11,      // year, weeks
  kRoleNameNoun = 1ull << 12,      // slide, page, phase: what follows is its number
  kRoleCountNoun = 1ull << 13,     // stores, customers: what stands before may be a count
  kRoleShareWord = 1ull << 14,     // words between "per" and "share"
  kRoleFraction = 1ull << 15,      // third(s), fifth(s): value is the denominator
  kRoleMultiple = 1ull << 16,      // doubled, tripled: a figure of its own
  kRoleDecrease = 1ull << 17,      // decreased, fell: what follows is negative
  kRoleLoss = 1ull << 18,          // loss, outflow: money that follows is negative
  kRoleIncrease = 1ull << 19,      // grew, up
  kRoleLess = 1ull << 20,          // decline, lower: behind a figure make it negative
  kRoleModifier = 1ull << 21,      // words between a figure and what it is of: net, organic
  kRoleFiller = 1ull << 22,        // words between a cue and its figure: by, of, the
  kRoleLink = 1ull << 23,          // verbs between "per share" or "loss" and its figure: was, to, totaled
  kRoleBoundEnd = 1ull << 24,      // last word of a phrase that bounds what follows
  kRoleBoundStart = 1ull << 25,    // first word of a phrase that bounds what stands before
  kRoleDollarPrefix = 1ull << 26,  // US, HK before `$`
  kRoleNoLoss = 1ull << 27,        // ratio, reserve: "loss ratio" is no loss
  kRoleStreak = 1ull << 28,        // consecutive, straight
  kRoleRank = 1ull << 29,          // number, top, press: what follows is a rank, a key or a code
};

struct Lexeme {
  std::string_view word;  // lower case
  uint64_t roles = 0;
  double value = 0;
  std::string_view code;  // ISO 4217
};

// The entry of a word in any case; null for none.
const Lexeme* FindLexeme(std::string_view word);

}  // namespace earshot::quantity
