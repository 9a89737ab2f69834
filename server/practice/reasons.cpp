#include "server/practice/reasons.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace trede::practice {
namespace {

using policy::Reason;

constexpr std::array<std::pair<Reason, std::string_view>, 14> reason_codes = {{
    {Reason::Placement, "placement"},
    {Reason::Frontier, "frontier"},
    {Reason::Review, "review"},
    {Reason::HigherLevel, "higher-level"},
    {Reason::Seeding, "seeding"},
    {Reason::LessonVideo, "lesson-video"},
    {Reason::ReadinessCheck, "readiness-check"},
    {Reason::VideoForNew, "video-for-new"},
    {Reason::VideoForStuck, "video-for-stuck"},
    {Reason::VideoPays, "video-pays"},
    {Reason::EasyAfterVideo, "easy-after-video"},
    {Reason::Enrichment, "enrichment"},
    {Reason::Paused, "paused"},
    {Reason::NothingLeft, "nothing-left"},
}};

}  // namespace

std::string_view code_of(policy::Reason reason) {
  const auto found =
      std::find_if(reason_codes.begin(), reason_codes.end(), [&](const auto& row) { return row.first == reason; });
  return found->second;
}

policy::Reason reason_of(std::string_view code) {
  const auto found =
      std::find_if(reason_codes.begin(), reason_codes.end(), [&](const auto& row) { return row.second == code; });
  return found == reason_codes.end() ? Reason::NothingLeft : found->first;
}

}  // namespace trede::practice
