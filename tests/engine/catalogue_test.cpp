// The catalogue as the mathematics sees it: order of topics and cuts.
#include "engine/catalogue/catalogue.hpp"

#include <cmath>

#include "tests/engine/support.hpp"
#include "tests/support/catch.hpp"

using namespace trede;
using test::item_of;

TEST_CASE("catalogue: at the cut of one open item four pupils in five have it right", "[engine]") {
  CHECK(cut_of({item_of(0, 0.5)}) == Approx(0.5 + std::log(4.0) / 1.2).margin(1e-8));
}

TEST_CASE("catalogue: the cut is where the items together reach the share", "[engine]") {
  const std::vector<CatalogueItem> items{item_of(0, -0.5), item_of(0, 0.5, 1.6, 0.25), item_of(0, 1.0, 0.8)};
  const double cut = cut_of(items, 0.7);
  double sum = 0.0;
  for (const CatalogueItem& item : items) {
    const auto [a, b, c] = item.parameters;
    sum += c + (1.0 - c) / (1.0 + std::exp(-a * (cut - b)));
  }
  CHECK(sum / 3.0 == Approx(0.7).margin(1e-8));
}

TEST_CASE("catalogue: a share that guessing already gives has its cut at the lower end", "[engine]") {
  CHECK(cut_of({item_of(0, 0.0, 1.2, 0.5)}, 0.4) == Approx(-8.0).margin(1e-6));
  CHECK(cut_of({item_of(0, 20.0)}, 0.8) == Approx(8.0).margin(1e-6));
}

TEST_CASE("catalogue: completing puts prerequisites first, then lower levels", "[engine]") {
  Catalogue catalogue;
  catalogue.topics = {{.level = 0.0, .prerequisites = {2}}, {.level = 0.5}, {.level = 1.0}, {.level = -1.0}};
  complete(catalogue);
  CHECK(catalogue.order == std::vector<int>{3, 1, 2, 0});
}

TEST_CASE("catalogue: completing twice changes nothing", "[engine]") {
  Catalogue catalogue;
  catalogue.topics = {{.level = 0.0}, {.level = 0.5, .prerequisites = {0}}};
  catalogue.items = {item_of(0, 0.0), item_of(1, 0.5), item_of(1, 0.7)};
  catalogue.videos = {{.topic = 1}};
  complete(catalogue);
  const Catalogue once = catalogue;
  complete(catalogue);
  CHECK(catalogue.order == once.order);
  CHECK(catalogue.topics[1].items == std::vector<int>{1, 2});
  CHECK(catalogue.topics[1].videos == std::vector<int>{0});
  CHECK(catalogue.topics[1].cut == once.topics[1].cut);
}

TEST_CASE("catalogue: retired and enrichment items do not move the cut of an ordinary topic", "[engine]") {
  Catalogue catalogue;
  catalogue.topics = {{.level = 0.0}};
  catalogue.items = {item_of(0, 0.0), item_of(0, 3.0), item_of(0, 4.0)};
  catalogue.items[1].status = ItemStatus::Retired;
  catalogue.items[2].enrichment = true;
  complete(catalogue);
  CHECK(catalogue.topics[0].cut == Approx(std::log(4.0) / 1.2).margin(1e-8));
}
