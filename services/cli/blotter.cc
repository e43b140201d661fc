#include "services/cli/blotter.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "common/text/utf8.h"
#include "common/text/wrap.h"
#include "fmt/format.h"
#include "services/cli/figure.h"

namespace earshot::cli {
namespace {

constexpr size_t kIndent = 20;
constexpr std::string_view kReset = "\033[0m";
constexpr std::string_view kBold = "\033[1m";
constexpr std::string_view kDim = "\033[2m";

std::string_view SeverityColour(std::string_view severity) {
  if (severity == "critical") return "\033[1;97;41m";
  if (severity == "warning") return "\033[1;33m";
  if (severity == "info") return "\033[36m";
  return kBold;
}

std::string Paint(std::string_view text, std::string_view colour, const BlotterStyle& style) {
  return style.colour ? fmt::format("{}{}{}", colour, text, kReset) : std::string(text);
}

bool IsControl(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e); }

std::string WithoutControls(std::string_view text) {
  std::string clean;
  for (size_t i = 0; i < text.size();) {
    const CodePoint point = DecodeUtf8(text, i);
    AppendUtf8(IsControl(point.value) ? U' ' : point.value, clean);
    i += point.size;
  }
  return clean;
}

std::string Padded(std::string_view text, size_t columns) {
  std::string padded(text);
  padded.append(columns - std::min(columns, DisplayWidth(text)), ' ');
  return padded;
}

std::string Label(const v1::Alert& alert, const std::string& name) {
  const auto it = alert.labels().find(name);
  return it == alert.labels().end() ? std::string() : WithoutControls(it->second);
}

std::string Annotation(const v1::Alert& alert, const std::string& name) {
  const auto it = alert.annotations().find(name);
  return it == alert.annotations().end() ? std::string() : WithoutControls(it->second);
}

std::string Upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string_view StateMark(v1::AlertState state) {
  switch (state) {
    case v1::ALERT_STATE_AMENDED:
      return "amended";
    case v1::ALERT_STATE_WITHDRAWN:
      return "withdrawn";
    case v1::ALERT_STATE_PROVISIONAL:
      return "provisional";
    default:
      return "";
  }
}

absl::Time AlertTime(const v1::Alert& alert) {
  const auto& time = alert.times().evaluate_time();
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

// A figure in the unit of what was observed; other numbers of the condition (counts, years) have none.
std::string OperandUnit(const v1::Alert& alert, const v1::Operand& operand) {
  const std::string& expression = operand.expression();
  const bool is_figure =
      expression.ends_with(".value") || expression.ends_with(".value_high") || expression.ends_with(".per_quarter");
  if (!is_figure) return {};
  return operand.has_source() ? operand.source().unit() : alert.observation().unit();
}

// What the figure was held against: the numbers of other observations that the condition read.
std::vector<std::string> Thresholds(const v1::Alert& alert) {
  std::vector<std::string> thresholds;
  for (const v1::Operand& operand : alert.operands()) {
    if (!operand.has_source() || !operand.has_number()) continue;
    thresholds.push_back(
        fmt::format("{} {}", operand.expression(), FormatFigure(operand.number(), OperandUnit(alert, operand))));
  }
  return thresholds;
}

std::string RuleCell(const v1::Alert& alert) {
  std::string rule = alert.rule().substr(alert.rule().rfind('/') + 1);
  if (const std::string_view mark = StateMark(alert.state()); !mark.empty()) rule += fmt::format(" ({})", mark);
  return WithoutControls(rule);
}

std::string Fitted(std::string text, size_t used, const BlotterStyle& style) {
  if (!style.fit_width) return text;
  const size_t width = static_cast<size_t>(std::max(style.width, 60));
  return Truncate(text, width > used + 10 ? width - used : 10);
}

std::string SpeakerOf(const v1::Observation& observation) {
  const v1::Speaker& speaker = observation.speaker();
  std::string name = speaker.name().empty() ? speaker.label() : speaker.name();
  if (name.empty()) name = "unknown speaker";
  if (!speaker.title().empty()) name += fmt::format(", {}", speaker.title());
  return WithoutControls(name);
}

// What was said, around the figure where it is long, and by whom.
std::string RenderQuote(const v1::Alert& alert, const BlotterStyle& style) {
  constexpr size_t kMostLines = 3;
  const std::string indent(kIndent, ' ');
  const v1::Observation& observation = alert.observation();
  const v1::Evidence& evidence = observation.evidence();
  const std::string source = fmt::format("{}, {} #{}", SpeakerOf(observation), alert.call(), evidence.sequence());
  const std::string quote = WithoutControls(evidence.quote());
  if (!style.fit_width) return fmt::format("{}\"{}\" - {}\n", indent, quote, Paint(source, kDim, style));

  const size_t width = static_cast<size_t>(std::max(style.width, 60)) - kIndent;
  const auto focus = static_cast<size_t>(std::max(0, evidence.figure_begin() - evidence.begin()));
  // Lines break early: a few columns of each are not to be had.
  const std::string excerpt = Excerpt(quote, focus, (kMostLines - 1) * width + width / 2);
  std::string text;
  for (const std::string& line : Wrap(fmt::format("\"{}\"", excerpt), width))
    text += fmt::format("{}{}\n", indent, line);
  return text + fmt::format("{}{}\n", indent, Paint(Fitted(source, kIndent, style), kDim, style));
}

}  // namespace

std::string RenderAlertLine(const v1::Alert& alert, const BlotterStyle& style) {
  const std::string severity = Label(alert, "severity");
  const std::string time = absl::FormatTime("%H:%M:%S", AlertTime(alert), style.zone);
  const std::string company = Padded(WithoutControls(alert.company()), 6);
  const std::string rule = Padded(RuleCell(alert), 22);
  std::string figures = FormatObservedFigure(alert.observation());
  for (const std::string& threshold : Thresholds(alert)) figures += fmt::format("  |  {}", threshold);
  figures += fmt::format("  |  {}", FormatSubject(alert.observation()));
  const size_t used = kIndent + DisplayWidth(company) + DisplayWidth(rule) + 4;
  return fmt::format("{}  {}  {}  {}  {}\n", Paint(time, kDim, style),
                     Paint(Padded(Upper(severity), 8), SeverityColour(severity), style), Paint(company, kBold, style),
                     Paint(rule, kBold, style), Fitted(WithoutControls(figures), used, style));
}

std::string RenderAlert(const v1::Alert& alert, const BlotterStyle& style) {
  const std::string indent(kIndent, ' ');
  std::string text = RenderAlertLine(alert, style);
  if (const std::string summary = Annotation(alert, "summary"); !summary.empty()) {
    text += fmt::format("{}{}\n", indent, Fitted(summary, kIndent, style));
  }
  return text + RenderQuote(alert, style);
}

}  // namespace earshot::cli
