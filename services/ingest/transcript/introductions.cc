// Names in running text: lists of participants, hand-offs, announcements.
#include <algorithm>

#include "common/text/sentences.h"
#include "fmt/format.h"
#include "re2/re2.h"
#include "services/ingest/transcript/cues.h"

namespace earshot::transcript {
namespace {

// "Jane", "J. P. Doe", "Mary-Anne O'Neill", "Jan van Dyk".
constexpr std::string_view kName =
    "\\p{Lu}(?:[\\p{L}'’-]+|\\.)(?: (?:\\p{Lu}(?:[\\p{L}'’-]+|\\.)|de|da|der|van|von|bin)){0,4}";

std::string_view TrimEnds(std::string_view text) {
  const auto is_end = [](char c) { return c == ' ' || c == '.' || c == ',' || c == ':' || c == ';'; };
  while (!text.empty() && is_end(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_end(text.back())) text.remove_suffix(1);
  return text;
}

void StripWords(std::string_view& text, std::initializer_list<std::string_view> words) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view word : words) {
      if (text.starts_with(word)) text.remove_prefix(word.size()), again = true;
    }
  }
}

std::vector<std::string_view> SplitAt(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  for (size_t at = 0; (at = text.find(mark)) != std::string_view::npos;) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + mark.size());
  }
  parts.push_back(text);
  return parts;
}

bool IsName(std::string_view text) {
  static const RE2& kPattern = *new RE2(kName);
  static const RE2& kOffice = *new RE2(
      "(?i)\\b(?:officer|president|chair\\w*|chief|c[efot]o|director|head|vice|senior|general|counsel|treasurer|"
      "relations|operator|group|team|management|questions?)\\b");
  return RE2::FullMatch(text, kPattern) && !RE2::PartialMatch(text, kOffice);
}

std::string CleanTitle(std::string_view title) {
  title = TrimEnds(title);
  StripWords(title, {"our ", "the ", "and "});
  return std::string(title);
}

// "Jane Doe, our Chief Executive Officer".
std::optional<Person> ReadParticipant(std::string_view item) {
  item = TrimEnds(item);
  StripWords(item, {"and ", "our ", "Mr. ", "Ms. ", "Mrs. ", "Dr. ", "also "});
  const size_t comma = item.find(',');
  const std::string_view name = item.substr(0, comma);
  if (!IsName(name)) return std::nullopt;
  Person person{.name = std::string(name)};
  if (comma != std::string_view::npos) person.title = CleanTitle(item.substr(comma + 1));
  person.role = v1::SPEAKER_ROLE_MANAGEMENT;
  return person;
}

// A list without semicolons: a new person begins with each part that is a name.
std::string MarkPeople(std::string_view list) {
  std::string marked;
  for (const std::string_view part : SplitAt(list, ", ")) {
    for (size_t i = 0; const std::string_view piece : SplitAt(part, " and ")) {
      std::string_view bare = TrimEnds(piece);
      StripWords(bare, {"and "});
      const std::string_view joint = marked.empty() ? "" : IsName(bare) ? "; " : i > 0 ? " and " : ", ";
      marked += joint;
      marked += bare;
      ++i;
    }
  }
  return marked;
}

// "Jane Doe, our CFO, for the figures" or "our CFO, Jane Doe" or "Jane to go over the figures".
std::optional<Person> ReadFloor(std::string_view rest) {
  static const RE2& kEnd = *new RE2("^(.*?)(?:,? (?:to|for|who|so|but|please|with|now|as)\\b.*)?$");
  re2::StringPiece cut;
  RE2::FullMatch(rest, kEnd, &cut);
  std::string_view text = TrimEnds(cut.empty() ? rest : std::string_view(cut.data(), cut.size()));
  StripWords(text, {"our ", "your host, ", "your host ", "your speaker ", "Mr. ", "Ms. ", "Mrs. ", "Dr. "});
  const auto parts = SplitAt(text, ", ");
  Person person;
  std::string_view first = parts.front().substr(0, parts.front().find(" and "));
  if (IsName(first)) {
    person.name = first;
    if (parts.size() > 1) person.title = CleanTitle(text.substr(parts.front().size()));
  } else if (IsName(TrimEnds(parts.back()))) {
    person.name = TrimEnds(parts.back());
    person.title = CleanTitle(text.substr(0, text.size() - parts.back().size()));
  } else {
    return std::nullopt;
  }
  if (RoleOfTitle(person.title) == v1::SPEAKER_ROLE_UNSPECIFIED) person.title.clear();
  static const RE2& kCompany = *new RE2("^(.*\\w) (?:of|at|for|from) \\p{Lu}.*$");
  std::string office;
  if (RE2::FullMatch(person.title, kCompany, &office) && RoleOfTitle(office) != v1::SPEAKER_ROLE_UNSPECIFIED) {
    person.title = office;
  }
  return person;
}

}  // namespace

std::vector<Person> FindParticipants(std::string_view text) {
  static const RE2& kPattern = *new RE2(
      "(?i:\\bwith (?:me|us)\\b|\\bjoining (?:me|us)\\b|\\bjoined (?:today )?by\\b|\\bon (?:the|today's|our) call\\b)"
      "[^;.]{0,50}?(?i:\\b(?:are|is|we have|will be|by)\\b):? (.+)");
  re2::StringPiece found;
  if (!RE2::PartialMatch(text, kPattern, &found)) return {};
  std::vector<Person> people;
  const std::string_view list(found.data(), found.size());
  // Semicolons end sentences for the splitter: the list ends with the first sentence that another mark ends.
  for (const auto [begin, end] : SplitSentences(list)) {
    const std::string_view item = list.substr(begin, end - begin);
    const bool in_semicolons = item.ends_with(';') || !people.empty();
    const std::string marked = in_semicolons ? std::string(item) : MarkPeople(item);
    for (const std::string_view one : SplitAt(marked, ";")) {
      if (auto person = ReadParticipant(one)) people.push_back(*std::move(person));
    }
    if (!item.ends_with(';')) break;
  }
  return people;
}

std::optional<Person> FindHandOff(std::string_view text) {
  static const RE2& kEnglish = *new RE2(
      "\\b(?i:turn|hand|pass|transfer)(?:ing|ed)?\\b((?: [\\w']+){1,6}?) to ((?:our |your |Mr|Ms|Dr|\\p{Lu}).*)");
  static const RE2& kObject = *new RE2(
      "(?i)\\b(?:call|it|things|over|floor|conference|meeting|discussion|presentation|line|time|podium|microphone)\\b");
  static const RE2& kChinese = *new RE2(
      "(?:交给|有请|下面请)\\s*([\\p{Han}]{2,4}?|\\p{Lu}\\w+(?: \\p{Lu}\\w+){0,2})(?:先生|女士|总|来|发言|为|[。,,. "
      "]|$)");
  const auto sentences = SplitSentences(text);
  for (size_t back = 1; back <= 2 && back <= sentences.size(); ++back) {
    const auto [begin, end] = sentences[sentences.size() - back];
    const std::string_view sentence = text.substr(begin, end - begin);
    std::string object;
    std::string rest;
    if (RE2::PartialMatch(sentence, kEnglish, &object, &rest) && RE2::PartialMatch(object, kObject)) {
      if (auto person = ReadFloor(rest)) return person;
    }
    if (RE2::PartialMatch(sentence, kChinese, &rest)) return Person{.name = rest};
  }
  return std::nullopt;
}

std::optional<Person> FindAnnouncement(std::string_view text) {
  static const RE2& kEnglish =
      *new RE2(fmt::format("(?i:\\bquestion\\b[^.?!]{{0,40}}?\\b(?:from|is)(?: the line of)?|\\bto the line of)"
                           " (?:Mr\\.? |Ms\\.? |Mrs\\.? |Dr\\.? )?({})(?:,? (?:with|at|from|of) |, )?(.*)",
                           kName));
  static const RE2& kFirm = *new RE2(
      "^(\\p{Lu}.*?)(?:\\. (?:Please|Your|You|Go|Thank)|[.,;]? ?(?:please|your line|go ahead)\\b|[.;?!]?\\s*$)");
  static const RE2& kChinese = *new RE2("问题来自(?:于)?\\s*(.+?)的\\s*(.+?)(?:[。,\\x{FF0C}. ]|$)");
  std::string name;
  std::string rest;
  std::string firm;
  if (RE2::PartialMatch(text, kChinese, &firm, &name)) {
    return Person{.name = name, .firm = firm, .role = v1::SPEAKER_ROLE_ANALYST};
  }
  if (!RE2::PartialMatch(text, kEnglish, &name, &rest) || !IsName(name)) return std::nullopt;
  RE2::PartialMatch(rest, kFirm, &firm);
  return Person{.name = name, .firm = firm, .role = v1::SPEAKER_ROLE_ANALYST};
}

}  // namespace earshot::transcript
