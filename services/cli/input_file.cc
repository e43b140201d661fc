#include "services/cli/input_file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "common/base/status.h"

namespace earshot::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> ConfigFolders(const std::string& name) {
  if (const char* set = std::getenv("EARSHOT_CONFIG_DIR"); set != nullptr && *set != '\0')
    return {fs::path(set) / name};
  std::vector<fs::path> folders;
  std::error_code error;
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    folders.push_back(folder / "deploy" / "config" / name);
    folders.push_back(folder / "share" / "earshot" / name);
  }
  return folders;
}

}  // namespace

absl::StatusOr<std::string> ReadInputFile(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return InvalidArgument("{}: is a folder, not a file", path);
  std::ifstream file(path, std::ios::binary);
  if (!file) return NotFound("{}: {}", path, std::strerror(errno));
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return InvalidArgument("{}: cannot be read", path);
  return bytes;
}

absl::Status WriteOutputFile(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.flush();
  if (!file) return InvalidArgument("{}: cannot be written: {}", path, std::strerror(errno));
  return absl::OkStatus();
}

absl::StatusOr<std::string> FindConfigDir(const std::string& name) {
  const std::vector<fs::path> folders = ConfigFolders(name);
  std::error_code error;
  for (const fs::path& folder : folders) {
    if (fs::is_directory(folder, error)) return folder.string();
  }
  return NotFound("no folder '{}' was found{}; give --{} or set EARSHOT_CONFIG_DIR", name,
                  folders.empty() ? "" : fmt::format(" at {} or above", folders.front().string()), name);
}

absl::StatusOr<std::string> ConfigDirOr(const std::string& given, const std::string& name) {
  if (!given.empty()) return given;
  return FindConfigDir(name);
}

}  // namespace earshot::cli
