#include "common/json/json.h"

#include <cmath>
#include <limits>

#include "common/base/status.h"
#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace earshot::json {
namespace {

constexpr size_t kMaxDepth = 200;

// "line 2, column 7" of a byte.
std::string PlaceIn(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {}", lines + 1, before.size() - line_start + 1);
}

// Takes the parser's events, without recursion.
class JsonBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit JsonBuilder(std::string_view text) : text_(text) {}

  absl::StatusOr<Json> Finish() {
    if (!error_.empty()) return InvalidArgument("{}", error_);
    return std::move(root_);
  }

  bool null() override { return Add(Json()); }
  bool boolean(bool value) override { return Add(Json(value)); }
  bool number_integer(number_integer_t value) override { return Add(Json(static_cast<int64_t>(value))); }
  bool number_unsigned(number_unsigned_t value) override {
    if (value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
      return Add(Json(static_cast<int64_t>(value)));
    }
    return Add(Json(static_cast<uint64_t>(value)));
  }
  bool number_float(number_float_t value, const string_t&) override { return Add(Json(value)); }
  bool string(string_t& value) override { return Add(Json(std::move(value))); }
  bool binary(binary_t&) override { return Fail("binary data"); }

  bool start_object(size_t) override { return Open(Json(Object())); }
  bool key(string_t& key) override {
    Object& object = open_.back().object();
    for (const auto& [known, value] : object) {
      if (known == key) return Fail(fmt::format("the key \"{}\" is there twice", key));
    }
    object.emplace_back().first = std::move(key);
    return true;
  }
  bool end_object() override { return Close(); }
  bool start_array(size_t) override { return Open(Json(Array())); }
  bool end_array() override { return Close(); }

  bool parse_error(size_t position, const std::string&, const nlohmann::json::exception& exception) override {
    std::string_view what = exception.what();
    if (const size_t colon = what.find(": "); colon != std::string_view::npos) what.remove_prefix(colon + 2);
    error_ = fmt::format("{}: {}", PlaceIn(text_, position > 0 ? position - 1 : 0), what);
    return false;
  }

 private:
  bool Fail(std::string message) {
    error_ = std::move(message);
    return false;
  }

  bool Add(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().is_array()) {
      open_.back().array().push_back(std::move(value));
    } else {
      open_.back().object().back().second = std::move(value);
    }
    return true;
  }

  bool Open(Json container) {
    if (open_.size() == kMaxDepth) return Fail(fmt::format("nested deeper than {} levels", kMaxDepth));
    open_.push_back(std::move(container));
    return true;
  }

  bool Close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    return Add(std::move(done));
  }

  std::string_view text_;
  std::vector<Json> open_;
  Json root_;
  std::string error_;
};

nlohmann::ordered_json ToLibrary(const Json& json) {
  if (json.is_bool()) return json.boolean();
  if (json.is_int()) return json.integer();
  if (json.is_uint()) return json.unsigned_integer();
  if (json.is_double()) return json.number();
  if (json.is_string()) return json.string();
  if (json.is_array()) {
    auto array = nlohmann::ordered_json::array();
    for (const Json& element : json.array()) array.push_back(ToLibrary(element));
    return array;
  }
  if (json.is_object()) {
    auto object = nlohmann::ordered_json::object();
    for (const auto& [key, value] : json.object()) object[key] = ToLibrary(value);
    return object;
  }
  return nullptr;
}

}  // namespace

double Json::number() const {
  if (is_int()) return static_cast<double>(integer());
  if (is_uint()) return static_cast<double>(unsigned_integer());
  return std::get<double>(data_);
}

const Json* Json::Find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const auto& [known, value] : object()) {
    if (known == key) return &value;
  }
  return nullptr;
}

absl::StatusOr<Json> Parse(std::string_view text) {
  JsonBuilder builder(text);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.Finish();
}

std::string Write(const Json& json, int indent) {
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  return ToLibrary(json).dump(indent > 0 ? indent : -1, ' ', false, kReplace);
}

}  // namespace earshot::json
