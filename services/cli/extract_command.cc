#include <filesystem>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/catalog/catalog.h"
#include "common/wire/json.h"
#include "services/cli/commands.h"
#include "services/cli/input_file.h"
#include "services/ingest/extract/transcript_file.h"

namespace earshot::cli {
namespace {

struct ExtractOptions {
  std::vector<std::string> files;
  std::string company;
  std::string period;
  std::string catalog;
  std::string out;
  std::string format = "automatic";
  bool explain = false;
};

std::string ToJsonLines(const std::vector<v1::Observation>& observations) {
  std::string lines;
  for (const v1::Observation& observation : observations) lines += wire::ToJson(observation) + "\n";
  return lines;
}

// Why each figure was taken or left, for a person: `FILE:LINE: "38.6 billion" -> capex: subject before it`.
void Explain(const std::string& file, const extract::FileUnderstanding& understanding, std::ostream& out) {
  for (size_t i = 0; i < understanding.understandings.size(); ++i) {
    for (const extract::Explanation& explanation : understanding.understandings[i].explanations) {
      out << file << ":" << understanding.utterances[i].line() << ": \"" << explanation.text << "\" "
          << (explanation.observation.empty() ? "left" : explanation.observation) << ": " << explanation.reason << "\n";
    }
  }
}

// Where the observations of `file` go; empty for stdout.
std::string OutputPath(const std::string& file, const ExtractOptions& options) {
  if (options.out.empty()) return {};
  return (std::filesystem::path(options.out) / std::filesystem::path(file).stem()).string() + ".jsonl";
}

// A header that names a company which the catalogue does not have is more often a slip than meant.
absl::Status CheckCompany(const std::string& file, const v1::Call& call) {
  if (!call.company().empty() || call.company_name().empty()) return absl::OkStatus();
  return InvalidArgument(
      "{}: the catalogue has no company '{}'; give its ticker with --company: one that the catalogue lacks is "
      "understood with the general metrics alone",
      file, call.company_name());
}

// Understands one file and writes its observations where they are to go.
absl::Status ExtractFile(const catalog::Catalog& catalog, const std::string& file, const ExtractOptions& options,
                         Console& console) {
  EARSHOT_ASSIGN_OR_RETURN(const std::string bytes, ReadInputFile(file));
  EARSHOT_ASSIGN_OR_RETURN(const extract::FileUnderstanding understanding,
                           extract::UnderstandFile(catalog, bytes,
                                                   {.file_name = file,
                                                    .company = options.company,
                                                    .period = options.period,
                                                    .format = options.format == "automatic" ? "" : options.format}));
  EARSHOT_RETURN_IF_ERROR(CheckCompany(file, understanding.call));
  for (const std::string& warning : understanding.warnings) console.err << warning << "\n";
  if (options.explain) Explain(file, understanding, console.err);
  const std::string lines = ToJsonLines(understanding.Observations());
  if (!options.out.empty()) return WriteOutputFile(OutputPath(file, options), lines);
  console.out << lines;
  return absl::OkStatus();
}

// Makes the folder; refuses files that would write over each other.
absl::Status PrepareOutput(const ExtractOptions& options) {
  if (options.out.empty()) return absl::OkStatus();
  std::map<std::string, std::string> writers;
  for (const std::string& file : options.files) {
    const auto [it, added] = writers.emplace(OutputPath(file, options), file);
    if (!added) return InvalidArgument("{} and {} would both be written to {}", it->second, file, it->first);
  }
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  return error ? InvalidArgument("{}: {}", options.out, error.message()) : absl::OkStatus();
}

absl::StatusOr<catalog::Catalog> LoadCatalog(const std::string& dir) {
  EARSHOT_ASSIGN_OR_RETURN(const std::string folder, ConfigDirOr(dir, "catalog"));
  return catalog::Catalog::Load(folder);
}

// One bad file does not keep the others back.
int RunExtract(const ExtractOptions& options, Console& console) {
  const absl::StatusOr<catalog::Catalog> catalog = LoadCatalog(options.catalog);
  if (!catalog.ok()) return Fail(console, catalog.status());
  if (const absl::Status status = PrepareOutput(options); !status.ok()) return Fail(console, status);
  int code = kGood;
  for (const std::string& file : options.files) {
    if (const absl::Status status = ExtractFile(*catalog, file, options, console); !status.ok()) {
      code = Fail(console, status);
    }
  }
  return code;
}

}  // namespace

Action DeclareExtract(Flags& flags) {
  auto options = std::make_shared<ExtractOptions>();
  flags.AddPositional("FILE", options->files, "Transcripts.").Required();
  flags.Add("company", options->company, "NAME", "Ticker or name; as the file says where not given.");
  flags.Add("period", options->period, "PERIOD", "Fiscal period, FY2026Q1; as the file says where not given.");
  flags.Add("catalog", options->catalog, "DIR", "Catalogue; the one that comes with Earshot where not given.");
  flags.Add("out", options->out, "DIR", "Write DIR/<name>.jsonl for each file in place of stdout.");
  flags.Add("format", options->format, "FORMAT",
            "Form of the files: automatic, named, numbered, sentences, json-lines.");
  flags.Add("explain", options->explain, "Say on stderr why each figure was taken or left.");
  return [options](Console& console) { return RunExtract(*options, console); };
}

}  // namespace earshot::cli
