// One file of a bank that is otherwise sound, chosen by the first byte: every problem is reported or the bank is made,
// and what was made can be drawn and shown.
#include "content/draw.hpp"
#include "content/loader.hpp"
#include "content/scoring.hpp"

namespace trede::content {
namespace {

const Source& sound_bank() {
  static const Source source = *read_folder(TREDE_SOURCE_DIR "/tests/content/bank");
  return source;
}

void draw_everything(const ItemBank& bank) {
  for (const Item& item : bank.items) {
    const auto instance = draw(item, 7);
    if (instance.has_error()) continue;
    (void)score(item, *instance, Answer{"3/4", std::nullopt}, Language::Nl);
    (void)score(item, *instance, Answer{std::nullopt, std::vector<int>{0}}, Language::En);
  }
}

}  // namespace
}  // namespace trede::content

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
  using namespace trede::content;
  if (count == 0) return 0;
  Source source = sound_bank();
  auto file = source.begin();
  std::advance(file, bytes[0] % source.size());
  file->second.assign(reinterpret_cast<const char*>(bytes + 1), count - 1);
  const Loaded loaded = load(source, 1);
  if (loaded.bank) draw_everything(*loaded.bank);
  return 0;
}
