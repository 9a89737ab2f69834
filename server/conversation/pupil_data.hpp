// Everything that is kept of a pupil, gathered from a school that runs or was opened for a command (docs/PRIVACY.md).
// Who may ask is the caller's to know; that it was asked for is noted in the audit. From any loop.
#pragma once

#include "server/conversation/school.hpp"
#include "server/privacy/pupil_file.hpp"

namespace trede::conversation {

// by: account, 0 = the administrator at the machine itself. NotFound: no such pupil.
net::awaitable<Result<privacy::PupilFile>> gather_pupil(School& school, store::Journal& journal, AccountId by,
                                                        PupilId pupil, protocol::Language language);

// pupil.json, and the page in both languages. The folder is made; Unavailable when it cannot be written.
Result<void> write_pupil_file(const privacy::PupilFile& file, const std::filesystem::path& folder);

}  // namespace trede::conversation
