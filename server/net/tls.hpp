// Certificates for TLS: read from the files an administrator names, or made at the start for a demonstration. TLS 1.2
// and 1.3 with the suites and curves that Mozilla's server-side TLS guide calls "intermediate". Any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "content/result.hpp"
#include "server/clock.hpp"

namespace boost::asio::ssl {
class context;
}

namespace trede::net {

using TlsPointer = std::shared_ptr<boost::asio::ssl::context>;

// PEM files: the certificate with its chain, and its private key. Invalid with a sentence that names the file.
Result<TlsPointer> read_certificate(const std::filesystem::path& certificate,
                                    const std::filesystem::path& key);

struct DemoCertificate {
  TlsPointer context;
  std::string fingerprint;  // SHA-256, as browsers show it: "AB:CD:…"
};

// A new key (P-256) and a certificate that nobody signed, for these names and addresses, valid for 30 days.
Result<DemoCertificate> make_demo_certificate(const std::vector<std::string>& names, Milliseconds now_ms);

}  // namespace trede::net
