#include "server/privacy/page_texts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace trede::privacy {
namespace {

constexpr std::array<std::pair<std::string_view, Said>, 30> deeds{{
    {"class-seen", {"zag de pagina van de groep", "saw the page of the class"}},
    {"pupil-seen", {"zag de pagina van deze leerling", "saw the page of this pupil"}},
    {"class-steered", {"stelde iets in voor de groep", "fixed something for the class"}},
    {"pupil-steered", {"stelde iets in voor deze leerling", "fixed something for this pupil"}},
    {"alert-acknowledged", {"bekeek een signaal", "looked at an alert"}},
    {"lesson-planned", {"plande een les", "planned a lesson"}},
    {"groups-saved", {"maakte groepjes", "made groups"}},
    {"class-made", {"maakte de groep", "made the class"}},
    {"class-changed", {"veranderde naam of leerjaar van de groep", "changed the name or year of the class"}},
    {"class-pupils-added", {"zette leerlingen in de groep", "added pupils to the class"}},
    {"class-sign-in-set", {"stelde in wanneer de groep kan inloggen", "set when the class may sign in"}},
    {"school-made", {"maakte de school", "made the school"}},
    {"school-seen", {"zag wie er op school zijn", "saw who is in the school"}},
    {"school-totals-seen", {"zag totalen van de groepen", "saw totals of the classes"}},
    {"school-talents-seen", {"zag wie ver vooruit is", "saw who is far ahead"}},
    {"account-made", {"maakte het account", "made the account"}},
    {"account-changed", {"veranderde het account", "changed the account"}},
    {"account-closed", {"sloot het account af", "closed the account"}},
    {"account-opened", {"opende het account weer", "opened the account again"}},
    {"secret-made", {"maakte een nieuwe pincode of een nieuw wachtwoord", "made a new PIN or password"}},
    {"signed-out-everywhere", {"logde het account overal uit", "signed the account out everywhere"}},
    {"password-changed", {"veranderde het eigen wachtwoord", "changed the own password"}},
    {"second-step-set",
     {"zette een tweede stap van inloggen aan", "switched on a second step of signing in"}},
    {"second-step-removed",
     {"zette een tweede stap van inloggen uit", "switched off a second step of signing in"}},
    {"account-linked", {"koppelde een account van de school", "linked an account of the school"}},
    {"account-unlinked", {"maakte het account van de school los", "unlinked the account of the school"}},
    {"pupil-exported", {"maakte een overzicht als dit", "made a file like this one"}},
    {"pupil-erased", {"wiste een leerling", "erased a pupil"}},
    {"retention-applied", {"ruimde op wat te oud was", "cleared what was too old"}},
    {"content-published", {"bracht nieuwe lesstof in de school", "brought new content into the school"}},
}};

}  // namespace

std::string_view deed_in(std::string_view action, protocol::Language language) {
  const auto known =
      std::find_if(deeds.begin(), deeds.end(), [&](const auto& each) { return each.first == action; });
  return known == deeds.end() ? action : known->second.in(language);
}

}  // namespace trede::privacy
