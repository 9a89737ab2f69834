// Tables of priors.
#include "server/tables/prior_file.hpp"

#include "server/tables/item_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

namespace trede::tables {
namespace {

using Catch::Matchers::Contains;

Result<std::vector<calibration::ItemPrior>> priors_in(const std::string& text) {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "priors.csv";
  REQUIRE(write_text(path, text).has_value());
  return read_priors(path, {"x", "y"});
}

}  // namespace

TEST_CASE("prior file: a line about all items, and one that overrules it", "[tables]") {
  const auto priors = priors_in("item,parameter,mean,sd\n*,log_a,0.2,0.5\ny,log_a,0,1\nother,d,0,1\n").value();
  CHECK(priors[0].log_slope.mean == 0.2);
  CHECK(priors[1].log_slope.sd == 1.0);
  CHECK(priors[0].intercept.sd == 0.0);
}

TEST_CASE("prior file: what is wrong is told with the line", "[tables]") {
  CHECK_THAT(priors_in("item,mean\nx,1\n").error().detail, Contains("line 1: a table of priors needs"));
  CHECK_THAT(priors_in("item,parameter,mean,sd\nx,slope,0,1\n").error().detail, Contains("line 2: the parameter"));
  CHECK_THAT(priors_in("item,parameter,mean,sd\nx,d,0,0\n").error().detail, Contains("the sd above 0"));
}

}  // namespace trede::tables
