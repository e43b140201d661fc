// JSON as data. The one door to the JSON library, which no other part includes.
//
//   EARSHOT_ASSIGN_OR_RETURN(Json json, json::Parse(R"({"speaker": "Toby Xu", "line": 3})"));
//   if (const Json* speaker = json.Find("speaker"); speaker != nullptr && speaker->is_string()) … speaker->string()
//   json::Write(Json(json::Object{{"a", Json(1)}}))  ->  {"a":1}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

namespace earshot::json {

class Json;
using Array = std::vector<Json>;
// In the order of the text; each key once.
using Object = std::vector<std::pair<std::string, Json>>;

// A JSON value that owns all it holds. Whole numbers that fit are int64_t, else uint64_t, else double.
class Json {
 public:
  Json() = default;  // null
  Json(std::nullptr_t) {}
  explicit Json(bool value) : data_(value) {}
  explicit Json(int value) : data_(static_cast<int64_t>(value)) {}
  explicit Json(int64_t value) : data_(value) {}
  explicit Json(uint64_t value) : data_(value) {}
  explicit Json(double value) : data_(value) {}
  explicit Json(std::string value) : data_(std::move(value)) {}
  explicit Json(std::string_view value) : data_(std::string(value)) {}
  explicit Json(const char* value) : data_(std::string(value)) {}
  explicit Json(Array value) : data_(std::move(value)) {}
  explicit Json(Object value) : data_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
  bool is_bool() const { return std::holds_alternative<bool>(data_); }
  bool is_int() const { return std::holds_alternative<int64_t>(data_); }
  bool is_uint() const { return std::holds_alternative<uint64_t>(data_); }  // above the range of int only
  bool is_double() const { return std::holds_alternative<double>(data_); }
  bool is_number() const { return is_int() || is_uint() || is_double(); }
  bool is_string() const { return std::holds_alternative<std::string>(data_); }
  bool is_array() const { return std::holds_alternative<Array>(data_); }
  bool is_object() const { return std::holds_alternative<Object>(data_); }

  // Each only for its kind.
  bool boolean() const { return std::get<bool>(data_); }
  int64_t integer() const { return std::get<int64_t>(data_); }
  uint64_t unsigned_integer() const { return std::get<uint64_t>(data_); }
  const std::string& string() const { return std::get<std::string>(data_); }
  const Array& array() const { return std::get<Array>(data_); }
  const Object& object() const { return std::get<Object>(data_); }
  Array& array() { return std::get<Array>(data_); }
  Object& object() { return std::get<Object>(data_); }
  // Of any number.
  double number() const;

  // The member of an object; null pointer if there is none or this is no object.
  const Json* Find(std::string_view key) const;

  friend bool operator==(const Json& a, const Json& b) = default;

 private:
  std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string, Array, Object> data_;
};

// INVALID_ARGUMENT "line 2, column 7: …" for text that is not one JSON value, holds invalid UTF-8 or a key twice, or
// nests deeper than 200.
absl::StatusOr<Json> Parse(std::string_view text);

// On one line if `indent` is 0. Bytes that are no UTF-8 become U+FFFD; NaN and infinities, which JSON lacks, null.
std::string Write(const Json& json, int indent = 0);

}  // namespace earshot::json
