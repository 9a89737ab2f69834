// How long a refusal takes must not tell whether somebody exists. Times are measured and written down, not asserted.
#include <algorithm>
#include <chrono>
#include <vector>

#include "server/limits.hpp"
#include "tests/server/net_support.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/figure.hpp"

namespace trede::net {
namespace {

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

struct Who {
  std::string role, name, code;
};

// Refusals by turns, so that what else the machine does meets both; the clock goes on so that no limit is reached.
double unknown_to_known(const Who& known, const Who& unknown, int times) {
  TestSchool school;
  std::vector<double> ms[2];
  for (int i = 0; i < times; ++i)
    for (const int which :
         {i % 2, 1 - i % 2}) {  // whoever comes first after a jump of the clock waits longer
      const Who& who = which == 0 ? known : unknown;
      school.now += std::chrono::milliseconds(limits::wrong_secrets_window).count();
      const auto began = std::chrono::steady_clock::now();
      CHECK(sign_in(school.port(), who.role, who.name, "9999", who.code).status == 403);
      ms[which].push_back(
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
    }
  return median(ms[1]) / median(ms[0]);
}

}  // namespace

TEST_CASE("sign-in: a refusal takes as long for a name that does not exist", "[accounts][timing][.slow]") {
  const double pupils = unknown_to_known({"pupil", "Noor", "ABC346"}, {"pupil", "Niemand", "ABC346"}, 1'000);
  testing::figure("reliability", "36: an unknown pupil's refusal takes, times that of a known one", ".9–1.1",
                  pupils, 3);
  const double classes = unknown_to_known({"pupil", "Noor", "ABC346"}, {"pupil", "Noor", "XYZ999"}, 1'000);
  testing::figure("reliability", "36: an unknown class's refusal takes, times that of a known one", ".9–1.1",
                  classes, 3);
  const double staff = unknown_to_known({"teacher", "juf", ""}, {"teacher", "niemand", ""}, 60);
  testing::figure("reliability", "36: an unknown teacher's refusal takes, times that of a known one",
                  ".9–1.1", staff, 3);
}

}  // namespace trede::net
