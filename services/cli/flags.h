// What a command takes. Each flag is bound to a variable that holds its default. Hides CLI11, which takes seconds to
// compile, from the commands.
//
//   flags.Add("to", options->address, "HOST:PORT", "Server to send to.").Required();
//   flags.Add("json", options->json, "One JSON object a line.");
//   flags.AddPositional("FILE", options->files, "Transcripts.").Required();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace earshot::cli {

// A flag just added.
class Flag {
 public:
  virtual ~Flag() = default;
  virtual Flag& Required() = 0;
  // Only these values; anything else is bad usage.
  virtual Flag& OneOf(const std::vector<std::string>& values) = 0;
  virtual Flag& Between(double low, double high) = 0;
};

class Flags {
 public:
  virtual ~Flags() = default;

  // `--name VALUE`; `unit` stands for the value in the help: HOST:PORT, DIR. The variable must live until the command
  // has run.
  virtual Flag& Add(std::string_view name, std::string& value, std::string_view unit, std::string_view help) = 0;
  virtual Flag& Add(std::string_view name, double& value, std::string_view unit, std::string_view help) = 0;
  virtual Flag& Add(std::string_view name, int64_t& value, std::string_view unit, std::string_view help) = 0;
  // `--name`
  virtual Flag& Add(std::string_view name, bool& value, std::string_view help) = 0;

  virtual Flag& AddPositional(std::string_view name, std::string& value, std::string_view help) = 0;
  virtual Flag& AddPositional(std::string_view name, std::vector<std::string>& values, std::string_view help) = 0;
};

}  // namespace earshot::cli
