// Folders of YAML files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/yaml/diagnostics.h"

namespace earshot::yaml {

struct File {
  std::string path;  // relative to the folder that was asked for; as given where a file was
  std::string text;
};

// The files named, and all `.yaml` and `.yml` below folders named, sorted by path. What cannot be read is a diagnostic
// and the rest goes on. Hidden files are left out.
std::vector<File> ReadFiles(const std::vector<std::string>& paths, Diagnostics& diagnostics);

}  // namespace earshot::yaml
