#include "common/expr/literal.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <system_error>

#include "absl/strings/ascii.h"
#include "common/text/utf8.h"
#include "fmt/format.h"

namespace earshot::expr {
namespace {

template <typename T>
std::optional<T> ParseWholeLiteral(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, hex ? 16 : 10);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if constexpr (std::is_signed_v<T>) {
    if (magnitude > (uint64_t{1} << 63) - (negative ? 0 : 1)) return std::nullopt;
    return static_cast<T>(negative ? -magnitude : magnitude);
  } else {
    if (negative) return std::nullopt;
    return magnitude;
  }
}

// The text between quotes with its escapes replaced.
class Unescaper {
 public:
  Unescaper(std::string_view text, bool bytes) : text_(text), bytes_(bytes) {}

  // Nothing on success.
  std::optional<LiteralError> Run(std::string& out) {
    while (at_ < text_.size()) {
      const size_t begin = at_;
      if (text_[at_] != '\\') {
        out += text_[at_++];
      } else if (!Escape(out)) {
        return LiteralError{begin,
                            fmt::format("'{}' is no escape{}", text_.substr(begin, std::max(at_, begin + 2) - begin),
                                        bytes_ ? " in bytes" : "")};
      }
    }
    return std::nullopt;
  }

 private:
  bool Escape(std::string& out) {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    constexpr std::string_view kNames = "abfnrtv\\?\"'`";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
    at_ += 2;
    if (const size_t i = kNames.find(c); c != '\0' && i != std::string_view::npos) {
      out += kMeanings[i];
      return true;
    }
    if (c == 'x' || c == 'X') return Coded(2, 16, out);
    if (c == 'u' && !bytes_) return Coded(4, 16, out);
    if (c == 'U' && !bytes_) return Coded(8, 16, out);
    if (c >= '0' && c <= '3') {
      --at_;
      return Coded(3, 8, out);
    }
    return false;
  }

  bool Coded(size_t digits, int base, std::string& out) {
    const std::string_view code = text_.substr(at_, digits);
    uint32_t value = 0;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), value, base);
    at_ = std::min(at_ + digits, text_.size());
    if (code.size() != digits || error != std::errc() || end != code.data() + code.size()) return false;
    if (bytes_) {
      out += static_cast<char>(value);
      return true;
    }
    if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
    AppendUtf8(value, out);
    return true;
  }

  std::string_view text_;
  bool bytes_;
  size_t at_ = 0;
};

}  // namespace

LiteralValue ParseNumberLiteral(TokenKind kind, std::string_view text) {
  if (kind == TokenKind::kInt) {
    if (const auto value = ParseWholeLiteral<int64_t>(text)) return Value::Int(*value);
    return LiteralError{0, "the number does not fit into an int (64 bits)"};
  }
  if (kind == TokenKind::kUint) {
    if (const auto value = ParseWholeLiteral<uint64_t>(text.substr(0, text.size() - 1))) return Value::Uint(*value);
    return LiteralError{0, "the number does not fit into a uint (64 bits)"};
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range && std::abs(value) < 1) return Value::Double(value);
  if (error != std::errc()) return LiteralError{0, "the number does not fit into a double"};
  return Value::Double(value);
}

LiteralValue ParseTextLiteral(TokenKind kind, std::string_view text, Arena& arena) {
  const bool bytes = kind == TokenKind::kBytes;
  const size_t open = text.find_first_of("\"'");
  const bool raw = absl::ascii_tolower(text[0]) == 'r' || (open == 2 && absl::ascii_tolower(text[1]) == 'r');
  const std::string_view quoted = text.substr(open);
  const bool triple = quoted.size() >= 6 && (quoted.starts_with("'''") || quoted.starts_with(R"(""")"));
  const size_t quotes = triple ? 3 : 1;
  const std::string_view inner = quoted.substr(quotes, quoted.size() - 2 * quotes);
  if (raw || inner.find('\\') == std::string_view::npos) {
    return bytes ? arena.MakeBytes(inner) : arena.MakeString(inner);
  }
  std::string out;
  if (auto error = Unescaper(inner, bytes).Run(out)) {
    error->offset += open + quotes;
    return std::move(*error);
  }
  return bytes ? arena.MakeBytes(out) : arena.MakeString(out);
}

}  // namespace earshot::expr
