// Who is on the call, as far as it has been said: names with offices, firms and roles.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "earshot/v1/speaker.pb.h"

namespace earshot::transcript {

struct Person {
  std::string name;
  std::string title;  // abbreviations written out: "Chief Financial Officer"
  std::string firm;   // of an analyst
  v1::SpeakerRole role = v1::SPEAKER_ROLE_UNSPECIFIED;

  bool operator==(const Person&) const = default;
};

// A label as transcripts print it: "Jane Doe (CFO)", "Jane Doe -- Chief Financial Officer", "Speaker 7", "Operator".
struct Label {
  std::string name;        // without the title
  std::string title;       // as printed
  bool anonymous = false;  // "Speaker 7", "Unidentified Speaker", "": no person's name
};
Label ParseLabel(std::string_view label, std::string_view title);

// What an office makes its holder on the call; unspecified where it does not tell ("Managing Director" may be anybody).
v1::SpeakerRole RoleOfTitle(std::string_view title);

// "CFO" -> "Chief Financial Officer"; others as they are, "participant" empty.
std::string WriteOutTitle(std::string_view title);

bool IsInvestorRelations(const Person& person);

// A value; persons keep their place.
class People {
 public:
  // By full name, else by a first or last name that only one person has; case ignored. Nothing where nobody has it.
  std::optional<size_t> Find(std::string_view name) const;

  // Adds the person or fills in what was not known. A role once known stays. Returns the person's place.
  size_t Learn(const Person& person);

  const Person& operator[](size_t place) const { return people_[place]; }
  size_t size() const { return people_.size(); }

  // First person whose title contains `words`, case ignored.
  std::optional<size_t> FindByTitle(std::string_view words) const;

 private:
  std::vector<Person> people_;
};

}  // namespace earshot::transcript
