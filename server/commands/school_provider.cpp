#include "server/commands/school_provider.hpp"

#include <filesystem>
#include <fstream>

#include "content/trim.hpp"
#include "server/limits.hpp"

namespace trede::commands {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_client_secret(const fs::path& file) {
  const Error unusable{ErrorCode::Invalid, "--oidc-client-secret-file: "};
  std::error_code failure;
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  const fs::file_status status = fs::status(file, failure);
  if (failure || !fs::is_regular_file(status))
    return Error{ErrorCode::Invalid, unusable.detail + file.string() + " cannot be read"};
  if ((status.permissions() & others) != fs::perms::none)
    return Error{ErrorCode::Invalid,
                 unusable.detail + file.string() + " must be its owner's alone: chmod 600 " + file.string()};
  std::string text(4 * limits::secret_bytes, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const std::string secret(content::trim(text));
  if (secret.empty() || stream)
    return Error{ErrorCode::Invalid, unusable.detail + file.string() + " holds no secret of a line"};
  return secret;
}

}  // namespace

void add_provider_options(CLI::App& command, SchoolProvider& provider) {
  command.add_option("--oidc-issuer", provider.issuer,
                     "Let staff sign in with their account of this OpenID Connect provider");
  command.add_option("--oidc-client-id", provider.client_id, "What the provider calls this server");
  command.add_option("--oidc-client-secret-file", provider.secret_file,
                     "File with the secret for the provider, readable by its owner alone");
  command.add_option("--oidc-name", provider.name,
                     "What the school calls its accounts, on the button (default: Schoolaccount)");
}

Result<std::optional<net::ProviderConfig>> read_provider(const SchoolProvider& provider) {
  const bool any = !provider.issuer.empty() || !provider.client_id.empty() || !provider.secret_file.empty() ||
                   !provider.name.empty();
  if (!any) return std::optional<net::ProviderConfig>();
  if (provider.issuer.empty() || provider.client_id.empty() || provider.secret_file.empty())
    return Error{ErrorCode::Invalid,
                 "--oidc-issuer, --oidc-client-id and --oidc-client-secret-file go together"};
  if (provider.name.size() > limits::name_bytes)
    return Error{ErrorCode::Invalid, "--oidc-name: the name is too long"};
  auto secret = read_client_secret(provider.secret_file);
  if (secret.has_error()) return secret.error();
  net::ProviderConfig config{provider.issuer, provider.client_id, std::move(*secret),
                             provider.name.empty() ? "Schoolaccount" : provider.name};
  if (const auto checked = net::check(config); checked.has_error()) return checked.error();
  return std::optional(std::move(config));
}

}  // namespace trede::commands
