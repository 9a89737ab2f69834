// The mathematical proof-reader: draws every family many times and compares its key with what the question
// says. Pure and deterministic; takes milliseconds a family, so not on a loop.
#pragma once

#include "content/item_bank.hpp"
#include "content/loader.hpp"
#include "content/problem.hpp"

namespace trede::content {

// One family over `draws` draws (seeds 1 … draws): the key scores right in both languages; `solve` holds for
// the key and for no other of thousands of candidates; options differ and have the right flags; every hole
// can be shown; mistakes differ from the key; a drawn family has at least 20 different instances. Each kind
// of problem is reported once, with a seed.
Problems check_family(const Item& item, int draws);

// How alike two families of one topic are: Jaccard similarity of word triples of body and options, numbers
// left out.
Problems check_near_duplicates(const ItemBank& bank);

// Enough of everything: ≥ 5 families and ≥ 3 answer types a topic, steps that span 1.5 without a gap above
// .5, ≥ 10 enrichment. Retired families do not count.
Problems check_coverage(const ItemBank& bank);

Problems check_bank(const ItemBank& bank, int draws);  // all of the above

// What the loader and the checker say of a source; the families that can be read are checked even when
// others cannot.
Problems check_source(const Source& source, int draws);

}  // namespace trede::content
