#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "common/base/strings.h"
#include "common/expr/functions/library.h"
#include "common/expr/functions/text.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

Value IndexOutOfRange(CallContext& context, int64_t index, std::string_view text) {
  return context.Fail(ErrorKind::kInvalidArgument, fmt::format("index {} is out of range: the text has {} characters",
                                                               index, CountCodePoints(text)));
}

// Where the character with that index begins; the end of the text for the number of characters.
std::optional<size_t> ByteOffset(std::string_view text, int64_t index) {
  if (index < 0) return std::nullopt;
  size_t offset = 0;
  for (; index > 0; --index) {
    if (offset >= text.size()) return std::nullopt;
    offset += DecodeUtf8(text, offset).size;
  }
  return offset;
}

Value CharacterIndex(std::string_view text, size_t offset) {
  if (offset == std::string_view::npos) return Value::Int(-1);
  return Value::Int(static_cast<int64_t>(CountCodePoints(text.substr(0, offset))));
}

Value CharAt(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  const auto offset = ByteOffset(text, a[1].int_value());
  if (!offset) return IndexOutOfRange(context, a[1].int_value(), text);
  if (*offset == text.size()) return Value::String("");
  return Value::String(text.substr(*offset, DecodeUtf8(text, *offset).size));
}

Value IndexOf(CallContext& context, Arguments a) {
  if (!context.ChargeText(a[0].text().size())) return context.BudgetError();
  size_t from = 0;
  if (a.size() == 3) {
    const auto offset = ByteOffset(a[0].text(), a[2].int_value());
    if (!offset) return IndexOutOfRange(context, a[2].int_value(), a[0].text());
    from = *offset;
  }
  return CharacterIndex(a[0].text(), a[0].text().find(a[1].text(), from));
}

Value LastIndexOf(CallContext& context, Arguments a) {
  if (!context.ChargeText(a[0].text().size())) return context.BudgetError();
  size_t from = std::string_view::npos;
  if (a.size() == 3) {
    const auto offset = ByteOffset(a[0].text(), a[2].int_value());
    if (!offset) return IndexOutOfRange(context, a[2].int_value(), a[0].text());
    from = *offset;
  }
  return CharacterIndex(a[0].text(), a[0].text().rfind(a[1].text(), from));
}

Value Substring(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  const auto begin = ByteOffset(text, a[1].int_value());
  if (!begin) return IndexOutOfRange(context, a[1].int_value(), text);
  if (a.size() == 2) return Value::String(text.substr(*begin));
  const auto end = ByteOffset(text, a[2].int_value());
  if (!end) return IndexOutOfRange(context, a[2].int_value(), text);
  if (*end < *begin) {
    return context.Fail(ErrorKind::kInvalidArgument,
                        fmt::format("substring({}, {}) ends before it begins", a[1].int_value(), a[2].int_value()));
  }
  return Value::String(text.substr(*begin, *end - *begin));
}

// The end of the piece that begins at `from`, and where the next begins; an empty separator cuts behind each character.
struct Cut {
  size_t end;
  size_t next;
};
std::optional<Cut> NextCut(std::string_view text, std::string_view separator, size_t from) {
  if (separator.empty()) {
    if (from >= text.size()) return std::nullopt;
    const size_t end = from + DecodeUtf8(text, from).size;
    return end < text.size() ? std::optional(Cut{end, end}) : std::nullopt;
  }
  const size_t at = text.find(separator, from);
  if (at == std::string_view::npos) return std::nullopt;
  return Cut{at, at + separator.size()};
}

Value Split(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  const int64_t limit = a.size() == 3 ? a[2].int_value() : -1;
  std::vector<Value> pieces;
  if (limit == 0 || (text.empty() && a[1].text().empty())) return context.arena().MakeList(pieces);
  size_t from = 0;
  while (limit < 0 || static_cast<int64_t>(pieces.size()) + 1 < limit) {
    const auto cut = NextCut(text, a[1].text(), from);
    if (!cut) break;
    if (!context.Charge(1)) return context.BudgetError();
    pieces.push_back(Value::String(text.substr(from, cut->end - from)));
    from = cut->next;
  }
  pieces.push_back(Value::String(text.substr(from)));
  if (!context.ChargeText(text.size())) return context.BudgetError();
  return context.arena().MakeList(pieces);
}

Value Replace(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  const std::string_view old = a[1].text();
  int64_t left = a.size() == 4 ? a[3].int_value() : -1;
  std::string out;
  size_t from = 0;
  while (left != 0) {
    const size_t at = text.find(old, from);
    if (at == std::string_view::npos) break;
    if (!context.ChargeText(a[2].text().size())) return context.BudgetError();
    out += text.substr(from, at - from);
    out += a[2].text();
    from = at + old.size();
    --left;
    if (!old.empty()) continue;
    if (from == text.size()) break;
    const size_t size = DecodeUtf8(text, from).size;
    out += text.substr(from, size);
    from += size;
  }
  out += text.substr(from);
  return MakeText(context, out);
}

Value Join(CallContext& context, Arguments a) {
  const ListValue& list = a[0].list();
  const std::string_view separator = a.size() == 2 ? a[1].text() : "";
  std::string out;
  for (size_t i = 0; i < list.size(); ++i) {
    const Value element = list.At(i, context.arena());
    if (!element.Is(Kind::kString)) {
      return context.Fail(ErrorKind::kNoSuchOverload, fmt::format("join() takes strings, not {}", KindName(element)));
    }
    if (!context.ChargeText(element.text().size() + separator.size())) return context.BudgetError();
    if (i > 0) out += separator;
    out += element.text();
  }
  return MakeText(context, out);
}

Value LowerAscii(CallContext& context, Arguments a) {
  return MakeText(context, absl::AsciiStrToLower(ToAbsl(a[0].text())));
}
Value UpperAscii(CallContext& context, Arguments a) {
  return MakeText(context, absl::AsciiStrToUpper(ToAbsl(a[0].text())));
}

bool IsWhiteSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Value Trim(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  if (!context.ChargeText(text.size())) return context.BudgetError();
  std::optional<size_t> begin;
  size_t end = 0;
  for (size_t offset = 0; offset < text.size();) {
    const CodePoint point = DecodeUtf8(text, offset);
    if (!IsWhiteSpace(point.value)) {
      if (!begin) begin = offset;
      end = offset + point.size;
    }
    offset += point.size;
  }
  return Value::String(begin ? text.substr(*begin, end - *begin) : std::string_view());
}

Value Reverse(CallContext& context, Arguments a) {
  const std::string_view text = a[0].text();
  std::string out(text.size(), '\0');
  size_t end = text.size();
  for (size_t offset = 0; offset < text.size();) {
    const size_t size = DecodeUtf8(text, offset).size;
    end -= size;
    std::copy_n(text.begin() + static_cast<ptrdiff_t>(offset), size, out.begin() + static_cast<ptrdiff_t>(end));
    offset += size;
  }
  return MakeText(context, out);
}

Value Quote(CallContext& context, Arguments a) {
  constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view kLetters = "abfnrtv\\\"";
  std::string out = "\"";
  for (const char c : a[0].text()) {
    if (const size_t i = c == '\0' ? std::string_view::npos : kEscaped.find(c); i != std::string_view::npos) {
      out += '\\';
      out += kLetters[i];
    } else {
      out += c;
    }
  }
  return MakeText(context, out + '"');
}

}  // namespace

void AddStringExtension(Environment& env) {
  const Type text = Type::String();
  const Type number = Type::Int();
  const Type texts = Type::List(text);
  AddMethod(env, "charAt", {text, number}, text, CharAt);
  AddMethod(env, "indexOf", {text, text}, number, IndexOf);
  AddMethod(env, "indexOf", {text, text, number}, number, IndexOf);
  AddMethod(env, "lastIndexOf", {text, text}, number, LastIndexOf);
  AddMethod(env, "lastIndexOf", {text, text, number}, number, LastIndexOf);
  AddMethod(env, "substring", {text, number}, text, Substring);
  AddMethod(env, "substring", {text, number, number}, text, Substring);
  AddMethod(env, "split", {text, text}, texts, Split);
  AddMethod(env, "split", {text, text, number}, texts, Split);
  AddMethod(env, "replace", {text, text, text}, text, Replace);
  AddMethod(env, "replace", {text, text, text, number}, text, Replace);
  AddMethod(env, "join", {texts}, text, Join);
  AddMethod(env, "join", {texts, text}, text, Join);
  AddMethod(env, "lowerAscii", {text}, text, LowerAscii);
  AddMethod(env, "upperAscii", {text}, text, UpperAscii);
  AddMethod(env, "trim", {text}, text, Trim);
  AddMethod(env, "reverse", {text}, text, Reverse);
  AddFunction(env, "strings.quote", {text}, text, Quote);
}

}  // namespace earshot::expr
