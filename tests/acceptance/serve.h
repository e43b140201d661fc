// `earshot serve` as a user runs it, with clients to talk to it.
#pragma once

#include <grpcpp/channel.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earshot/v1/alert.pb.h"
#include "tests/acceptance/process.h"

namespace earshot::acceptance {

// A running service on the embedded log of `data`. Kill and Restart keep data and port.
class Serve {
 public:
  explicit Serve(std::filesystem::path data, std::vector<std::string> more_flags = {});

  void Start();     // returns when it is ready
  void Kill();      // SIGKILL
  int Terminate();  // SIGTERM; its exit code
  const std::string& address() const { return address_; }
  std::string metrics_address() const;
  std::shared_ptr<grpc::Channel> channel() const;
  std::string Output() const;

  // All alerts but the fixture's own, oldest first.
  std::vector<v1::Alert> Alerts() const;
  // Waits until everything sent of `company` so far has been decided and shown. It sends one more call on which a rule
  // of this fixture fires: a partition is read in order and alerts have one order, so what comes before it is there.
  void AwaitDecided(const std::string& company = "BABA");

 private:
  std::vector<v1::Alert> AllAlerts() const;

  std::filesystem::path data_;
  std::vector<std::string> more_flags_;
  std::string address_;
  std::string metrics_listen_;
  std::optional<Process> process_;
  int sentinels_ = 0;
};

// Sends a file with `earshot send` as fast as it goes.
Finished Send(const Serve& serve, const std::filesystem::path& file, std::vector<std::string> more_flags = {});

// Without the times and the trace, which are no part of the content: comparable between runs.
std::string Content(const v1::Alert& alert);
std::vector<std::string> Contents(const std::vector<v1::Alert>& alerts);

// The alert of a rule on a company's period; fails the test where there is not exactly one.
v1::Alert Only(const std::vector<v1::Alert>& alerts, const std::string& rule, const std::string& period);

// The operand that stands in the condition as `expression`; fails the test where there is none.
v1::Operand OperandOf(const v1::Alert& alert, const std::string& expression);

}  // namespace earshot::acceptance
