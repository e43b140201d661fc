#include <istream>
#include <memory>
#include <ostream>
#include <string>

#include "common/text/language.h"
#include "services/cli/commands.h"
#include "services/ingest/quantity/quantity.h"

namespace earshot::cli {

Action DeclareQuantities(Flags& flags) {
  auto language = std::make_shared<std::string>();
  flags.Add("lang", *language, "LANG", "Language of the text on stdin: en, zh.").Required().OneOf({"en", "zh"});
  return [language](Console& console) -> int {
    const Language parsed = ParseLanguage(*language).value_or(Language::kEnglish);
    for (std::string line; std::getline(console.in, line);) {
      console.out << quantity::QuantitiesToJson(line, parsed) << "\n";
    }
    return kGood;
  };
}

}  // namespace earshot::cli
