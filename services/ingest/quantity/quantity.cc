#include "services/ingest/quantity/quantity.h"

#include <algorithm>
#include <cmath>

#include "services/ingest/quantity/bound.h"
#include "services/ingest/quantity/exclusion.h"
#include "services/ingest/quantity/figure.h"
#include "services/ingest/quantity/range.h"
#include "services/ingest/quantity/sign.h"
#include "services/ingest/quantity/token.h"

namespace earshot::quantity {
namespace {

// Long texts are read by the piece, so that memory does not grow with them.
constexpr size_t kPieceBytes = 256 * 1024;

// Where the piece that begins at `begin` ends: behind a line or a sentence, else behind a blank, else anywhere.
size_t EndOfPiece(std::string_view text, size_t begin) {
  constexpr size_t kSearch = 4096;
  if (text.size() - begin <= kPieceBytes) return text.size();
  const std::string_view tail = text.substr(begin + kPieceBytes - kSearch, kSearch);
  for (const std::string_view end : {"\n", ". ", "。", " "}) {
    const size_t at = tail.rfind(end);
    if (at != tail.npos) return begin + kPieceBytes - kSearch + at + end.size();
  }
  size_t end = begin + kPieceBytes;
  while (end > begin + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

// Whether a figure can begin at this token; spares most tokens the parsers.
bool MayBegin(const TokenRow& t, size_t i) {
  constexpr uint64_t kRoles =
      kRoleUnit | kRoleTeen | kRoleTens | kRoleArticle | kRoleCode | kRoleDollarPrefix | kRoleMultiple;
  const Token& token = t[i];
  switch (token.kind) {
    case TokenKind::kNumber:
      return true;
    case TokenKind::kWord:
      return token.lexeme && ((token.lexeme->roles & kRoles) || token.lexeme->word == "point");
    case TokenKind::kHan: {
      constexpr std::u32string_view kFirst =
          U"零〇一二三四五六七八九十两百千万亿壹贰叁肆伍陆柒捌玖拾參貳陸佰仟"
          U"人美港欧日英韩新台卢澳加瑞负翻双减";
      return kFirst.find(token.symbol) != kFirst.npos;
    }
    case TokenKind::kSign:
      return token.symbol == '$' || token.symbol == '(' || token.symbol == '-' || token.symbol == '+' ||
             (token.symbol >= 0xA3 && token.symbol <= 0xA5) || token.symbol == 0x2212 || token.symbol == 0x2013 ||
             (token.symbol >= 0x20A0 && token.symbol <= 0x20BF);
    case TokenKind::kNone:
      return false;
  }
  return false;
}

class PieceReader {
 public:
  PieceReader(const TokenRow& tokens, size_t offset, const FigureContext& context, std::vector<Quantity>& out)
      : t_(tokens), offset_(offset), context_(context), out_(out) {}

  void Read() {
    for (size_t i = 0; i < t_.size();) i = MayBegin(t_, i) ? ReadAt(i) : i + 1;
  }

 private:
  // Returns the token where to go on.
  size_t ReadAt(size_t i) {
    auto figure = ParseIdiom(t_, i);
    if (!figure) figure = ParseFigure(t_, i, context_);
    if (!figure) return i + 1;
    JoinRange(t_, *figure, context_);
    if (!IsQuantity(t_, *figure)) return std::max(figure->last, i + 1);
    TakeOverPerShare(*figure);
    Emit(*figure);
    previous_ = *figure;
    return std::max(figure->last, i + 1);
  }

  // "earnings per share of $1.38, or $1.50 as adjusted", "to $1.15 per share from $1.02".
  void TakeOverPerShare(Figure& figure) const {
    constexpr size_t kWidest = 5;
    const bool candidate = figure.kind == UnitKind::kMoney && !figure.per_share && !figure.number.scaled;
    if (!candidate || !previous_.per_share || figure.first - previous_.last > kWidest) return;
    for (size_t at = previous_.last; at < figure.first; ++at) {
      const std::string_view word = t_.Word(at);
      const bool passes = t_.IsSign(at, ',') || t_.Is(at, kRoleLink | kRoleFiller | kRoleBoundEnd) || word == "or" ||
                          word == "compared" || word == "with" || word == "versus" || word == "down" || word == "up";
      if (!passes) return;
    }
    figure.per_share = true;
  }

  void Emit(const Figure& figure) {
    Quantity quantity;
    quantity.begin = offset_ + t_[figure.first].begin;
    quantity.end = offset_ + t_[figure.last - 1].end;
    quantity.unit = UnitName(figure.kind, figure.code, figure.per_share);
    quantity.bound = FindBound(t_, figure);
    quantity.has_unit = figure.kind != UnitKind::kNone || figure.counted;
    quantity.value = figure.value;
    if (quantity.bound == v1::BOUND_RANGE) quantity.value_high = figure.high;
    ApplySign(figure, quantity);
    if (quantity.value_high && *quantity.value_high < quantity.value) std::swap(*quantity.value_high, quantity.value);
    out_.push_back(std::move(quantity));
  }

  void ApplySign(const Figure& figure, Quantity& quantity) {
    SignCue cue = FindSignCue(t_, figure);
    if (cue == SignCue::kNone && !figure.negative && IsRestated(figure)) cue = cue_;
    cue_ = cue;
    if (figure.negative) quantity.sign = Sign::kSymbol;
    if (figure.decreasing) quantity.sign = Sign::kWord;
    if (cue == SignCue::kNone || figure.decreasing) return;
    quantity.sign = cue == SignCue::kMinus ? Sign::kSymbol : Sign::kWord;
    quantity.value = -std::fabs(quantity.value);
    if (quantity.value_high && cue != SignCue::kMinus) quantity.value_high = -std::fabs(*quantity.value_high);
  }

  // "a loss of $5 million, or $0.25 per share", "down $4 million or 2%".
  bool IsRestated(const Figure& figure) const {
    if (cue_ == SignCue::kNone || cue_ == SignCue::kMinus) return false;
    if (cue_ == SignCue::kLoss && figure.kind != UnitKind::kMoney) return false;
    const size_t comma = previous_.last, word = t_.IsSign(comma, ',') ? comma + 1 : comma;
    return t_.Word(word) == "or" && SkipBoundBefore(t_, figure.first) == word + 1;
  }

  const TokenRow& t_;
  size_t offset_;
  const FigureContext& context_;
  std::vector<Quantity>& out_;
  Figure previous_;
  SignCue cue_ = SignCue::kNone;  // of the previous figure
};

}  // namespace

std::vector<Quantity> FindQuantities(std::string_view text, Language language, const QuantityOptions& options) {
  std::vector<Quantity> quantities;
  const FigureContext context{language, options.currency};
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = EndOfPiece(text, begin);
    const TokenRow tokens(text.substr(begin, end - begin));
    PieceReader(tokens, begin, context, quantities).Read();
    begin = end;
  }
  return quantities;
}

}  // namespace earshot::quantity
