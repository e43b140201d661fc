#include <istream>
#include <memory>
#include <ostream>
#include <string>

#include "common/text/language.h"
#include "common/text/utf8.h"
#include "fmt/format.h"
#include "services/cli/commands.h"
#include "services/ingest/quantity/quantity.h"

namespace earshot::cli {

Action DeclareQuantities(Flags& flags) {
  auto language = std::make_shared<std::string>();
  flags.Add("lang", *language, "LANG", "Language of the text on stdin: en, zh.").Required().OneOf({"en", "zh"});
  return [language](Console& console) -> int {
    const Language parsed = ParseLanguage(*language).value_or(Language::kEnglish);
    int code = kGood;
    int number = 0;
    for (std::string line; std::getline(console.in, line);) {
      ++number;
      if (const auto invalid = FindInvalidUtf8(line)) {
        console.err << fmt::format("earshot: line {}, byte {}: no valid UTF-8; convert the text to UTF-8\n", number,
                                   *invalid + 1);
        code = kBadUsage;
        line.clear();  // its answer is empty, so that answers and lines keep their places
      }
      console.out << quantity::QuantitiesToJson(line, parsed) << "\n";
    }
    return code;
  };
}

}  // namespace earshot::cli
