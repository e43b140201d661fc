#include "services/ingest/quantity/lexicon.h"

#include <initializer_list>

#include "common/base/string_map.h"

namespace earshot::quantity {
namespace {

constexpr size_t kLongestWord = 16;

using Words = std::initializer_list<std::string_view>;

class LexiconBuilder {
 public:
  void Add(std::string_view word, uint64_t roles, double value = 0, std::string_view code = "") {
    Lexeme& lexeme = lexemes_[word];
    lexeme.roles |= roles;
    if (value != 0) lexeme.value = value;
    if (!code.empty()) lexeme.code = code;
  }

  void AddAll(uint64_t roles, Words words) {
    for (const std::string_view word : words) Add(word, roles);
  }

  StringMap<Lexeme> Build() {
    for (auto& [word, lexeme] : lexemes_) lexeme.word = word;
    return std::move(lexemes_);
  }

 private:
  StringMap<Lexeme> lexemes_;
};

void AddNumberWords(LexiconBuilder& b) {
  constexpr std::string_view kUnits[] = {"zero", "one", "two",   "three", "four",
                                         "five", "six", "seven", "eight", "nine"};
  for (int i = 0; i < 10; ++i) b.Add(kUnits[i], kRoleUnit, i);
  constexpr std::string_view kTeens[] = {"ten",     "eleven",  "twelve",    "thirteen", "fourteen",
                                         "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
  for (int i = 0; i < 10; ++i) b.Add(kTeens[i], kRoleTeen, 10 + i);
  constexpr std::string_view kTens[] = {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
  for (int i = 0; i < 8; ++i) b.Add(kTens[i], kRoleTens, 20 + 10 * i);
  b.Add("hundred", kRoleHundred, 100);
  b.Add("dozen", kRoleScale, 12);
  b.AddAll(kRoleArticle | kRoleFiller, {"a", "an"});
  b.AddAll(0, {"half",     "and",        "point",  "oh",      "nought",  "minus",    "negative",   "between", "from",
               "to",       "or",         "per",    "percent", "pct",     "cent",     "percentage", "points",  "basis",
               "bps",      "bp",         "pp",     "ppt",     "ppts",    "pps",      "times",      "time",    "x",
               "fold",     "digit",      "digits", "double",  "triple",  "single",   "share",      "ads",     "adr",
               "adss",     "depositary", "eps",    "range",   "ranging", "anywhere", "through",    "st",      "nd",
               "rd",       "th",         "s",      "each",    "day",     "week",     "month",      "year",    "quarter",
               "am",       "pm",         "down",   "that",    "what",    "our",      "its",        "check",   "rs",
               "sterling", "us",         "u",      "row",     "t",       "compared", "versus",     "with",    "than"});
}

void AddScales(LexiconBuilder& b) {
  for (const std::string_view w : {"thousand", "thousands"}) b.Add(w, kRoleScale, 1e3);
  for (const std::string_view w : {"million", "millions", "mn", "mln", "mio"}) b.Add(w, kRoleScale, 1e6);
  for (const std::string_view w : {"billion", "billions", "bn", "bln"}) b.Add(w, kRoleScale, 1e9);
  for (const std::string_view w : {"trillion", "trillions", "tn", "trn", "tln"}) b.Add(w, kRoleScale, 1e12);
  for (const std::string_view w : {"lakh", "lakhs", "lac", "lacs"}) b.Add(w, kRoleScale, 1e5);
  for (const std::string_view w : {"crore", "crores"}) b.Add(w, kRoleScale, 1e7);
  b.Add("cr", kRoleSuffix, 1e7);
  b.Add("k", kRoleSuffix, 1e3);
  b.Add("m", kRoleSuffix, 1e6);
  b.Add("mm", kRoleSuffix, 1e6);
  b.Add("b", kRoleSuffix, 1e9);
  b.Add("t", kRoleSuffix, 1e12);
}

void AddCurrencies(LexiconBuilder& b) {
  for (const std::string_view c :
       {"USD", "CNY", "HKD", "EUR", "JPY", "GBP", "INR", "TWD", "KRW", "SGD", "AUD", "CAD",
        "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "THB", "MXN", "BRL", "ZAR", "IDR", "MYR",
        "PHP", "VND", "TRY", "SAR", "AED", "ILS", "CZK", "HUF", "CLP", "COP", "RUB", "MOP"}) {
    std::string lower(c);
    for (char& letter : lower) letter += 'a' - 'A';
    b.Add(lower, kRoleCode, 0, c);
  }
  b.Add("rmb", kRoleCode, 0, "CNY");
  b.Add("cnh", kRoleCode, 0, "CNY");
  b.Add("ntd", kRoleCode, 0, "TWD");
  b.Add("rs", kRoleCode, 0, "INR");
  for (const std::string_view w : {"dollar", "dollars"}) b.Add(w, kRoleCurrency, 0, "$");
  for (const std::string_view w : {"yuan", "renminbi"}) b.Add(w, kRoleCurrency, 0, "CNY");
  for (const std::string_view w : {"euro", "euros"}) b.Add(w, kRoleCurrency, 0, "EUR");
  for (const std::string_view w : {"rupee", "rupees"}) b.Add(w, kRoleCurrency, 0, "INR");
  for (const std::string_view w : {"pound", "pounds"}) b.Add(w, kRoleCurrency, 0, "GBP");
  for (const std::string_view w : {"franc", "francs"}) b.Add(w, kRoleCurrency, 0, "CHF");
  b.Add("reais", kRoleCurrency, 0, "BRL");
  b.Add("yen", kRoleCurrency, 0, "JPY");
  b.Add("won", kRoleCurrency, 0, "KRW");
  for (const std::string_view w : {"cent", "cents"}) b.Add(w, kRoleCent, 0, "$");
  for (const std::string_view w : {"pence", "penny"}) b.Add(w, kRoleCent, 0, "GBP");
  b.Add("us", kRoleDollarPrefix, 0, "USD");
  b.Add("hk", kRoleDollarPrefix, 0, "HKD");
  b.Add("nt", kRoleDollarPrefix, 0, "TWD");
  for (const std::string_view w : {"a", "au"}) b.Add(w, kRoleDollarPrefix, 0, "AUD");
  for (const std::string_view w : {"c", "ca"}) b.Add(w, kRoleDollarPrefix, 0, "CAD");
  for (const std::string_view w : {"s", "sg"}) b.Add(w, kRoleDollarPrefix, 0, "SGD");
  b.Add("nz", kRoleDollarPrefix, 0, "NZD");
  b.Add("r", kRoleDollarPrefix, 0, "BRL");
  for (const std::string_view w : {"american", "canadian", "australian", "hong", "kong", "singapore", "taiwan",
                                   "british", "swiss", "indian", "japanese"})
    b.Add(w, 0);
}

void AddNoQuantities(LexiconBuilder& b) {
  b.AddAll(kRoleMonth, {"january",   "february", "march",    "april",    "may",  "june", "july", "august",
                        "september", "october",  "november", "december", "jan",  "feb",  "mar",  "apr",
                        "jun",       "jul",      "aug",      "sep",      "sept", "oct",  "nov",  "dec"});
  b.AddAll(kRoleDuration,
           {"year",    "years",  "month", "months", "week",    "weeks",     "quarter",  "quarters", "decade",
            "decades", "hour",   "hours", "minute", "minutes", "second",    "seconds",  "yr",       "yrs",
            "night",   "nights", "days",  "day",    "century", "centuries", "semester", "semesters"});
  b.AddAll(kRoleNameNoun, {"slide", "slides",  "page",     "pages",   "phase", "tier",    "level",       "chapter",
                           "note",  "item",    "step",     "section", "route", "version", "model",       "class",
                           "grade", "type",    "series",   "scope",   "stage", "part",    "volume",      "figure",
                           "table", "exhibit", "article",  "rule",    "form",  "line",    "unit",        "day",
                           "week",  "fiscal",  "fy",       "year",    "covid", "fortune", "nasdaq",      "russell",
                           "gate",  "channel", "appendix", "booth",   "round", "speaker", "participant", "room"});
  b.AddAll(kRoleRank, {"number", "no",       "nos",       "top",    "rank",       "ranked",   "ranks",
                       "press",  "pressing", "star",      "dial",   "option",     "code",     "passcode",
                       "pin",    "id",       "extension", "ext",    "conference", "question", "questions",
                       "point",  "key",      "digit",     "replay", "access",     "hash",     "pound"});
  b.AddAll(kRoleStreak, {"consecutive", "straight", "successive", "running"});
  b.AddAll(kRoleMultiple, {"doubled",     "doubling",   "doubles", "tripled",   "tripling", "triples",  "quadrupled",
                           "quadrupling", "quintupled", "twofold", "threefold", "fourfold", "fivefold", "tenfold",
                           "double",      "triple",     "halved",  "halving",   "half",     "two",      "three"});
  b.AddAll(0, {"cut", "will", "out", "p"});
  for (const std::string_view w : {"third", "thirds"}) b.Add(w, kRoleFraction, 3);
  for (const std::string_view w : {"quarter", "quarters"}) b.Add(w, kRoleFraction, 4);
  for (const std::string_view w : {"fifth", "fifths"}) b.Add(w, kRoleFraction, 5);
  for (const std::string_view w : {"sixth", "sixths"}) b.Add(w, kRoleFraction, 6);
  for (const std::string_view w : {"eighth", "eighths"}) b.Add(w, kRoleFraction, 8);
  for (const std::string_view w : {"tenth", "tenths"}) b.Add(w, kRoleFraction, 10);
}

void AddNouns(LexiconBuilder& b) {
  b.AddAll(kRoleCountNoun,
           {"stores",       "customers",   "users",      "employees", "orders",    "members",    "merchants",
            "shares",       "restaurants", "hotels",     "branches",  "locations", "properties", "vessels",
            "aircraft",     "riders",      "warehouses", "consumers", "companies", "developers", "subscribers",
            "people",       "units",       "models",     "brands",    "cities",    "countries",  "clients",
            "accounts",     "patients",    "rooms",      "homes",     "rigs",      "wells",      "barrels",
            "tons",         "tonnes",      "megawatts",  "gigawatts", "mw",        "gw",         "associates",
            "acquisitions", "leases",      "acres",      "jobs",      "ads",       "adss",       "sites",
            "households",   "buyers",      "sellers",    "drivers",   "trips",     "downloads",  "visitors",
            "outlets",      "clinics",     "centers",    "vehicles",  "cars",      "trucks",     "transactions",
            "loans",        "policies",    "products",   "patents",   "partners",  "installs",   "connections",
            "pounds",       "gallons",     "contracts",  "projects",  "square",    "staff",      "workers"});
  b.AddAll(kRoleShareWord, {"diluted", "basic", "common", "ordinary", "fully", "adjusted", "american", "depositary",
                            "ads", "class", "core", "gaap", "non", "normalized", "operating", "weighted"});
}

void AddCues(LexiconBuilder& b) {
  b.AddAll(kRoleDecrease,
           {"decreased",   "decreasing",  "decrease", "decreases", "declined",  "declining",  "decline",  "declines",
            "fell",        "fall",        "falling",  "fallen",    "falls",     "dropped",    "dropping", "drop",
            "drops",       "down",        "reduced",  "reducing",  "reduction", "reductions", "lower",    "contracted",
            "contraction", "shrank",      "shrunk",   "lost",      "slid",      "slipped",    "reduce",   "minus",
            "negative",    "contracting", "slipping", "plunged",   "tumbled",   "lowered"});
  b.AddAll(kRoleLoss, {"loss", "losses", "outflow", "outflows", "deficit", "deficits"});
  b.AddAll(
      kRoleNoLoss,
      {"ratio", "ratios",      "reserve", "reserves", "provision", "provisions",   "allowance",     "rate",   "rates",
       "cost",  "costs",       "expense", "expenses", "content",   "carryforward", "carryforwards", "credit", "loan",
       "loans", "catastrophe", "cat",     "storm",    "insured",   "weather",      "making"});
  b.AddAll(kRoleIncrease, {"increased", "increase", "increases", "increasing", "grew",     "grow",     "growing",
                           "grown",     "up",       "rose",      "rise",       "rising",   "improved", "improving",
                           "gained",    "expanded", "climbed",   "jumped",     "advanced", "added"});
  b.AddAll(kRoleLess, {"decline", "declines", "decrease", "decreases", "reduction", "reductions", "drop", "lower",
                       "contraction", "loss", "losses", "outflow", "outflows", "deficit", "fall", "shortfall", "dip"});
  b.AddAll(
      kRoleModifier,
      {"net",    "year",       "over",        "on",   "sequential", "organic", "adjusted", "operating",  "quarterly",
       "annual", "pretax",     "gaap",        "non",  "ebitda",     "ebita",   "ebit",     "quarter",    "like",
       "for",    "comparable", "significant", "cash", "comp",       "overall", "reported", "underlying", "yoy",
       "qoq",    "growth",     "pre",         "tax",  "y",          "q",       "total",    "slight",     "modest",
       "sharp",  "further",    "free",        "flow", "same",       "store",   "sales",    "revenue"});
  b.AddAll(kRoleFiller,
           {"by",         "of",          "the",      "another", "total",         "full",     "further",   "only",
            "just",       "well",        "slightly", "roughly", "approximately", "about",    "around",    "nearly",
            "almost",     "some",        "over",     "more",    "less",          "than",     "up",        "at",
            "least",      "most",        "close",    "under",   "below",         "above",    "exceeding", "estimated",
            "additional", "approaching", "our",      "its",     "their",         "combined", "aggregate", "maximum",
            "minimum",    "record",      "solid",    "strong",  "substantial",   "approx",   "circa"});
  b.AddAll(kRoleLink,
           {"was",      "were",      "is",        "are",     "be",        "of",       "to",       "at",      "totaled",
            "totalled", "totaling",  "came",      "in",      "reached",   "reaching", "narrowed", "widened", "improved",
            "been",     "increased", "decreased", "grew",    "rose",      "fell",     "declined", "between", "the",
            "range",    "expected",  "guidance",  "from",    "narrowing", "widening", "shrank",   "for",     "quarter",
            "year",     "this",      "full",      "second",  "first",     "third",    "fourth",   "will",    "would",
            "recorded", "reported",  "expanded",  "reduced", "per",       "share",    "diluted",  "basic",   "common",
            "and",      "stood",     "amounted",  "has",     "have",      "had"});
}

void AddBounds(LexiconBuilder& b) {
  b.AddAll(kRoleBoundEnd, {"over",      "than",     "of",     "least",       "above",         "exceeding",
                           "exceeds",   "exceeded", "exceed", "surpassing",  "surpassed",     "surpass",
                           "topped",    "topping",  "about",  "around",      "approximately", "approx",
                           "roughly",   "nearly",   "almost", "approaching", "approaches",    "approached",
                           "to",        "some",     "circa",  "most",        "under",         "below",
                           "much",      "as",       "at",     "beyond",      "minimum",       "maximum",
                           "estimated", "high",     "low",    "many",        "mid",           "crossed",
                           "crossing"});
  b.AddAll(0, {"more",  "greater",      "higher",   "better", "fewer",     "less",   "lower",    "excess",
               "north", "upwards",      "upward",   "south",  "up",        "close",  "near",     "not",
               "no",    "neighborhood", "vicinity", "order",  "shy",       "just",   "slightly", "capped",
               "in",    "on",           "a",        "range",  "somewhere", "excess", "beyond"});
  b.AddAll(kRoleBoundStart, {"or", "plus", "and", "at"});
  b.AddAll(0, {"so", "scaled", "ramped", "stepped", "moved", "went", "came", "ticked", "bumped", "brought"});
}

StringMap<Lexeme> BuildLexicon() {
  LexiconBuilder b;
  AddNumberWords(b);
  AddScales(b);
  AddCurrencies(b);
  AddNoQuantities(b);
  AddNouns(b);
  AddCues(b);
  AddBounds(b);
  return b.Build();
}

}  // namespace

const Lexeme* FindLexeme(std::string_view word) {
  static const StringMap<Lexeme>& lexicon = *new StringMap<Lexeme>(BuildLexicon());
  if (word.size() > kLongestWord) return nullptr;
  char lower[kLongestWord];
  for (size_t i = 0; i < word.size(); ++i) lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? word[i] | 0x20 : word[i];
  const auto it = lexicon.find(std::string_view(lower, word.size()));
  return it == lexicon.end() ? nullptr : &it->second;
}

}  // namespace earshot::quantity
