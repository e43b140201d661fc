#include "services/ingest/extract/translation.h"

#include <cmath>
#include <optional>
#include <string>

#include "fmt/format.h"

namespace earshot::extract {
namespace {

constexpr double kSameFigure = 1e-6;
constexpr double kNearFigure = 0.2;  // further apart than this they are two facts, not one mistranslated

double Distance(const v1::Observation& a, const v1::Observation& b) {
  const double larger = std::max(std::fabs(a.value()), std::fabs(b.value()));
  return larger == 0 ? 0 : std::fabs(a.value() - b.value()) / larger;
}

bool SameFact(const v1::Observation& a, const v1::Observation& b) {
  return a.metric() == b.metric() && a.kind() == b.kind() && a.state() == b.state();
}

bool SameFigure(const v1::Observation& a, const v1::Observation& b) {
  return Distance(a, b) <= kSameFigure && a.has_value_high() == b.has_value_high();
}

std::string Figure(const v1::Observation& o) {
  if (o.has_value_high()) return fmt::format("{:.10g} to {:.10g} {}", o.value(), o.value_high(), o.unit());
  return fmt::format("{:.10g} {}", o.value(), o.unit());
}

class Pairing {
 public:
  Pairing(const std::vector<v1::Observation>& originals, std::vector<v1::Observation>& translated)
      : originals_(originals),
        translated_(translated),
        taken_(originals.size(), false),
        linked_(translated.size(), false) {}

  std::vector<v1::Discrepancy> Run() {
    Link([](const auto& a, const auto& b) {
      return SameFact(a, b) && SameFigure(a, b) && a.unit() == b.unit() && a.period() == b.period();
    });
    Link([](const auto& a, const auto& b) { return SameFact(a, b) && SameFigure(a, b); });
    Link([](const auto& a, const auto& b) {
      return SameFact(a, b) && a.kind() != v1::KIND_STATE && a.period() == b.period() && Distance(a, b) <= kNearFigure;
    });
    return std::move(out_);
  }

 private:
  template <typename Match>
  void Link(Match match) {
    for (size_t t = 0; t < translated_.size(); ++t) {
      if (linked_[t]) continue;
      for (size_t o = 0; o < originals_.size(); ++o) {
        if (taken_[o] || !match(originals_[o], translated_[t])) continue;
        taken_[o] = linked_[t] = true;
        translated_[t].set_translation_of(originals_[o].name());
        Compare(originals_[o], translated_[t]);
        break;
      }
    }
  }

  void Compare(const v1::Observation& original, const v1::Observation& translation) {
    if (original.kind() == v1::KIND_STATE) return;
    if (original.unit() != translation.unit()) {
      Report(v1::DISCREPANCY_KIND_UNIT, original, translation);
    } else if (!SameFigure(original, translation)) {
      Report(v1::DISCREPANCY_KIND_FIGURE, original, translation);
    } else if (original.bound() != translation.bound()) {
      Report(v1::DISCREPANCY_KIND_BOUND, original, translation);
    }
  }

  void Report(v1::DiscrepancyKind kind, const v1::Observation& original, const v1::Observation& translation) {
    v1::Discrepancy& discrepancy = out_.emplace_back();
    discrepancy.set_kind(kind);
    *discrepancy.mutable_original() = original;
    *discrepancy.mutable_translation() = translation;
    const auto bound = [](const v1::Observation& o) { return v1::Bound_Name(o.bound()).substr(sizeof("BOUND_") - 1); };
    discrepancy.set_description(fmt::format("{} of {}: {} ({}) in the original, {} ({}) in the translation",
                                            original.metric(), original.segment(), Figure(original), bound(original),
                                            Figure(translation), bound(translation)));
  }

  const std::vector<v1::Observation>& originals_;
  std::vector<v1::Observation>& translated_;
  std::vector<bool> taken_;
  std::vector<bool> linked_;
  std::vector<v1::Discrepancy> out_;
};

}  // namespace

std::vector<v1::Discrepancy> PairTranslation(const std::vector<v1::Observation>& originals,
                                             std::vector<v1::Observation>& translated) {
  return Pairing(originals, translated).Run();
}

}  // namespace earshot::extract
