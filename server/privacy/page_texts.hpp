// The words of the page that a pupil's file is shown on, in both languages. Constants; any thread.
#pragma once

#include <string_view>

#include "server/protocol/parts.hpp"

namespace trede::privacy {

struct Said {
  std::string_view nl, en;

  std::string_view in(protocol::Language language) const {
    return language == protocol::Language::Nl ? nl : en;
  }
};

namespace texts {

inline constexpr Said title{"Wat de school in Trede over {} bewaart",
                            "What the school keeps in Trede about {}"};
inline constexpr Said about{
    "Dit is alles. Het bestand pupil.json bevat hetzelfde in een vorm die een ander programma kan lezen. "
    "Tijden zijn in UTC. Onderaan staat wat elk gegeven betekent.",
    "This is everything. The file pupil.json holds the same in a form that another program can read. Times "
    "are in "
    "UTC. What each field means stands at the end."};
inline constexpr Said account{"Wie je bent", "Who you are"};
inline constexpr Said what{"Wat", "What"};
inline constexpr Said value{"Inhoud", "Content"};
inline constexpr Said name{"Naam", "Name"};
inline constexpr Said school{"School", "School"};
inline constexpr Said school_class{"Groep of klas", "Class"};
inline constexpr Said number{"Nummer", "Number"};
inline constexpr Said session{"Ingelogd tot", "Signed in until"};
inline constexpr Said standings{"Wat het programma denkt dat je kunt", "What the program thinks you can do"};
inline constexpr Said topic{"Onderwerp", "Topic"};
inline constexpr Said mastery{"Kans dat je het beheerst", "Chance that you have mastered it"};
inline constexpr Said answers{"Antwoorden", "Answers"};
inline constexpr Said steps{"Wat je hebt gedaan", "What you have done"};
inline constexpr Said when{"Wanneer", "When"};
inline constexpr Said question{"Vraag", "Question"};
inline constexpr Said answer{"Jouw antwoord", "Your answer"};
inline constexpr Said outcome{"Uitkomst", "Outcome"};
inline constexpr Said seconds{"Seconden", "Seconds"};
inline constexpr Said hints{"Hints", "Hints"};
inline constexpr Said video{"Filmpje", "Video"};
inline constexpr Said right{"goed", "right"};
inline constexpr Said wrong{"fout", "wrong"};
inline constexpr Said questions{"Vragen die je bij filmpjes stelde", "Questions you asked at videos"};
inline constexpr Said events{"Andere gebeurtenissen", "Other events"};
inline constexpr Said kind{"Soort", "Kind"};
inline constexpr Said deeds{"Wie jouw gegevens zag of iets voor je veranderde",
                            "Who saw your data or changed something"};
inline constexpr Said who{"Wie", "Who"};
inline constexpr Said fields{"Wat elk gegeven betekent", "What each field means"};
inline constexpr Said field{"Gegeven", "Field"};
inline constexpr Said meaning{"Betekenis", "Meaning"};

}  // namespace texts

// What somebody did, by the word of the audit; the word itself when it is not known here.
std::string_view deed_in(std::string_view action, protocol::Language language);

}  // namespace trede::privacy
