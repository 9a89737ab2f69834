// The demo school: a teacher, an author, a class of 24 simulated pupils and one guest, with three weeks of
// practice behind them. The past is lived, not invented: the simulated pupils answer through the same
// PracticeService and journal as real ones, on a clock of their own. Called by `trede demo` on a stopped
// school.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "engine/lab/simulated_pupil.hpp"
#include "server/ids.hpp"
#include "server/store/data_folder.hpp"

namespace trede::commands {

// How one signs in to the demo school. On this machine only, and marked as demo on every page.
inline constexpr std::string_view demo_class_code = "TREDE7";
inline constexpr std::string_view demo_pin = "2468";
inline constexpr std::string_view demo_guest = "Gast";
inline constexpr std::string_view demo_teacher = "juf.demo";
inline constexpr std::string_view demo_author = "auteur.demo";
inline constexpr std::string_view demo_guardian = "ouder.demo";  // of Noor
inline constexpr std::string_view demo_leader = "directie.demo";
inline constexpr std::string_view demo_coordinator = "talent.demo";
inline constexpr std::string_view demo_administrator = "beheer.demo";
inline constexpr std::string_view demo_password = "trede-demo";

struct DemoPupil {
  std::string_view name;
  lab::SimulatedPupil pupil;
};
// The class of 24 as it is before its past.
std::vector<DemoPupil> demo_class(const Catalogue& catalogue, Random& random);
inline constexpr std::uint64_t demo_seed = 7;  // of the demo's past: the same children each time

// What a child asks at a video, in the language of the demo class.
std::string_view demo_question(Random& random);

struct DemoMade {
  std::int64_t pupils = 0;
  std::int64_t steps = 0;
  bool was_there = false;  // nothing was made: the folder already has a school
};

// progress is told the day that is lived (1 … days). now_ms: the demo's past ends just before it.
Result<DemoMade> make_demo_school(const store::DataFolder& folder, const std::filesystem::path& starter,
                                  Milliseconds now_ms, int days, const std::function<void(int)>& progress);

}  // namespace trede::commands
