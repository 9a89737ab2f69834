// What the conversations of a school count. Any thread.
#pragma once

#include "server/figures.hpp"

namespace trede::conversation {

struct SchoolFigures {
  Durations answer;  // from the message read to the reply queued, with the disk between
};

}  // namespace trede::conversation
