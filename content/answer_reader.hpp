// Reads the answer, the known mistakes and the figures of an item. Private to the content library.
#pragma once

#include "content/item.hpp"
#include "content/piece_reader.hpp"

namespace trede::content {

AnswerSpec read_answer(const Field& field, const PieceReader& pieces);
Mistake read_mistake(const Field& field, AnswerType type, const PieceReader& pieces);
std::optional<FigureSpec> read_figure(const Field& field, const PieceReader& pieces);

}  // namespace trede::content
