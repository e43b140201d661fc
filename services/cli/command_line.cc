#include <deque>
#include <exception>
#include <map>
#include <ostream>
#include <sstream>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "common/text/suggest.h"
#include "fmt/format.h"
#include "services/cli/command.h"

namespace earshot::cli {
namespace {

class CliFlag final : public Flag {
 public:
  explicit CliFlag(CLI::Option* option) : option_(option) {}

  Flag& Required() override {
    option_->required();
    return *this;
  }

  Flag& OneOf(const std::vector<std::string>& values) override {
    option_->check(CLI::IsMember(values));
    return *this;
  }

  Flag& Between(double low, double high) override {
    option_->check(CLI::Range(low, high));
    return *this;
  }

 private:
  CLI::Option* option_;
};

class CliFlags final : public Flags {
 public:
  explicit CliFlags(CLI::App& app) : app_(app) {}

  Flag& Add(std::string_view name, std::string& value, std::string_view unit, std::string_view help) override {
    return AddOption("--" + std::string(name), value, unit, help, !value.empty());
  }
  Flag& Add(std::string_view name, double& value, std::string_view unit, std::string_view help) override {
    return AddOption("--" + std::string(name), value, unit, help, true);
  }
  Flag& Add(std::string_view name, int64_t& value, std::string_view unit, std::string_view help) override {
    return AddOption("--" + std::string(name), value, unit, help, true);
  }
  Flag& Add(std::string_view name, bool& value, std::string_view help) override {
    return Keep(app_.add_flag("--" + std::string(name), value, std::string(help)));
  }
  Flag& AddPositional(std::string_view name, std::string& value, std::string_view help) override {
    return AddOption(std::string(name), value, "", help, false);
  }
  Flag& AddPositional(std::string_view name, std::vector<std::string>& values, std::string_view help) override {
    return AddOption(std::string(name), values, "", help, false);
  }

 private:
  template <typename T>
  Flag& AddOption(const std::string& name, T& value, std::string_view unit, std::string_view help, bool shows_default) {
    CLI::Option* option = app_.add_option(name, value, std::string(help));
    if (shows_default) option->capture_default_str();
    option->type_name(std::string(unit));
    return Keep(option);
  }

  Flag& Keep(CLI::Option* option) { return flags_.emplace_back(option); }

  CLI::App& app_;
  std::deque<CliFlag> flags_;
};

// The program with all its commands, ready to parse one command line.
class CommandLine {
 public:
  CommandLine() : app_("Alerts on earnings calls while they are spoken.", "earshot") {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "earshot " EARSHOT_VERSION);
    for (const Command& command : Commands()) {
      CLI::App* app = Find(command.name);
      app->description(std::string(command.text));
      flags_.emplace_back(*app);
      actions_[app] = command.declare(flags_.back());
    }
  }

  int Run(const std::vector<std::string>& arguments, Console& console) {
    try {
      app_.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
    } catch (const CLI::ParseError& error) {
      return Report(error, console);
    }
    return actions_.at(Chosen())(console);
  }

 private:
  // The app of `rules check`: made, and its group `rules` too, where missing.
  CLI::App* Find(std::string_view name) {
    CLI::App* app = &app_;
    std::istringstream words{std::string(name)};
    for (std::string word; words >> word;) {
      const auto found = app->get_subcommands([&word](const CLI::App* sub) { return sub->get_name() == word; });
      app = found.empty() ? app->add_subcommand(word, fmt::format("Commands on {}.", word)) : found.front();
    }
    if (app->get_parent() != &app_) app->get_parent()->require_subcommand(1);
    return app;
  }

  CLI::App* Chosen() {
    CLI::App* app = &app_;
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    return app;
  }

  int Report(const CLI::ParseError& error, Console& console) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      app_.exit(error, console.out, console.err);
      return kGood;
    }
    const std::string name = FullName(Chosen());
    const std::string unknown = Unknown();
    console.err << name << ": " << (unknown.empty() ? error.what() : unknown) << "\nTry '" << name << " --help'.\n";
    return kBadUsage;
  }

  static std::string FullName(const CLI::App* app) {
    if (app->get_parent() == nullptr) return app->get_name();
    return FullName(app->get_parent()) + " " + app->get_name();
  }

  // What is said of the first argument that was not expected: the flag or command that may be meant.
  std::string Unknown() {
    const std::vector<std::string> extras = app_.remaining(/*recurse=*/true);
    if (extras.empty()) return {};
    std::vector<std::string> known;
    for (const CLI::Option* option : Chosen()->get_options()) {
      if (!option->get_lnames().empty()) known.push_back("--" + option->get_lnames().front());
    }
    for (const CLI::App* app : Chosen()->get_subcommands([](const CLI::App*) { return true; })) {
      known.push_back(app->get_name());
    }
    return fmt::format("unknown argument '{}'{}", extras.front(), DidYouMean(extras.front(), known));
  }

  CLI::App app_;
  std::deque<CliFlags> flags_;
  std::map<const CLI::App*, Action> actions_;
};

}  // namespace

int RunCommandLine(const std::vector<std::string>& arguments, Console& console) {
  try {
    return CommandLine().Run(arguments, console);
  } catch (const std::exception& error) {
    console.err << "earshot: " << error.what() << "\n";
    return kCheckFailed;
  }
}

}  // namespace earshot::cli
