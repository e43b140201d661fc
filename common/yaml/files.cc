#include "common/yaml/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "fmt/format.h"

namespace earshot::yaml {
namespace {

namespace fs = std::filesystem;

bool IsYamlName(const fs::path& path) {
  return (path.extension() == ".yaml" || path.extension() == ".yml") && !path.filename().string().starts_with('.');
}

void ReadOne(const fs::path& path, std::string name, std::vector<File>& files, Diagnostics& diagnostics) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) {
    diagnostics.AddFile(path.string(), "cannot be read");
    return;
  }
  files.push_back({std::move(name), std::move(text)});
}

void ReadFolder(const fs::path& folder, std::vector<File>& files, Diagnostics& diagnostics) {
  std::error_code error;
  size_t found = 0;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const fs::path& path = it->path();
    if (it->is_directory() && path.filename().string().starts_with('.')) it.disable_recursion_pending();
    if (it->is_directory() || !IsYamlName(path)) continue;
    ++found;
    ReadOne(path, path.lexically_relative(folder).generic_string(), files, diagnostics);
  }
  if (error) {
    diagnostics.AddFile(folder.string(), error.message());
  } else if (found == 0) {
    diagnostics.AddFile(folder.string(), "holds no .yaml file");
  }
}

}  // namespace

std::vector<File> ReadFiles(const std::vector<std::string>& paths, Diagnostics& diagnostics) {
  std::vector<File> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      ReadFolder(path, files, diagnostics);
    } else if (!fs::exists(path, error)) {
      diagnostics.AddFile(path, "no such file or folder");
    } else {
      ReadOne(path, path, files, diagnostics);
    }
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

}  // namespace earshot::yaml
