// A short plain text in both languages: titles, goals, labels without holes. A value; any thread.
#pragma once

#include <boost/describe.hpp>
#include <string>

#include "content/projection.hpp"

namespace trede::content {

struct Localised {
  std::string nl;
  std::string en;

  const std::string& in(Language language) const { return language == Language::Nl ? nl : en; }
};
BOOST_DESCRIBE_STRUCT(Localised, (), (nl, en))

}  // namespace trede::content
