#include "demo/digest.h"

#include "demo/crypto.h"

#include <charconv>

namespace tidemark::demo {

using namespace std::chrono;

namespace {

constexpr const char *realm = "MMS Public API";

/// The HTTP library takes percent signs out of header values, and a quote or a backslash of the URL would change how
/// the header is read: what was really sent is put back.
std::string withTarget(std::string authorization, const std::string &target)
{
    const std::string decoded = "uri=\"" + percentDecoded(target) + '"';
    if (const auto found = authorization.find(decoded); found != std::string::npos)
        authorization.replace(found, decoded.size(), "uri=\"" + target + '"');
    return authorization;
}

} // namespace

std::map<std::string, std::string> parseAuthParameters(std::string_view text)
{
    std::map<std::string, std::string> parameters;
    while (!text.empty()) {
        const auto start = text.find_first_not_of(" \t,");
        if (start == std::string_view::npos)
            break;
        text.remove_prefix(start);
        const auto equals = text.find('=');
        if (equals == std::string_view::npos)
            break;
        const std::string name = lower(trim(text.substr(0, equals)));
        text.remove_prefix(equals + 1);
        std::string value;
        if (startsWith(text, "\"")) {
            text.remove_prefix(1);
            while (!text.empty() && text.front() != '"') {
                if (text.front() == '\\' && text.size() > 1)
                    text.remove_prefix(1);
                value.push_back(text.front());
                text.remove_prefix(1);
            }
            if (!text.empty())
                text.remove_prefix(1);
        } else {
            const auto end = text.find(',');
            value = trim(text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end);
        }
        parameters[name] = value;
    }
    return parameters;
}

DigestGate::DigestGate(const Options &options, const Credentials &credentials, Clock clock)
    : m_options(options)
    , m_credentials(credentials)
    , m_clock(std::move(clock))
{
}

std::string DigestGate::newNonce()
{
    const Time now = m_clock();
    const std::string nonce = base64(randomBytes(24));
    const std::lock_guard lock(m_mutex);
    // Nonces nobody will use any more; one kept for ten times its life is still answered with stale=true.
    std::erase_if(m_nonces, [&](const auto &entry) {
        return entry.second.made + seconds(10 * m_options.nonceLifeSeconds + 600) < now;
    });
    m_nonces[nonce] = {now, {}};
    return nonce;
}

std::vector<std::string> DigestGate::challenges(bool stale)
{
    std::vector<std::string> values;
    const auto add = [&](const std::string &algorithm) {
        const std::string quality = m_options.challenge == "op" ? "op=\"auth\"" : "qop=\"auth\"";
        values.push_back("Digest realm=\"" + std::string(realm) + "\", domain=\"\", nonce=\"" + newNonce() +
                         "\", algorithm=" + algorithm + ", " + quality + ", stale=" + (stale ? "true" : "false"));
    };
    if (m_options.digestAlgorithm == "both") {
        add("SHA-256");
        add("MD5");
    } else {
        add(m_options.digestAlgorithm);
    }
    if (m_options.offerBasic)
        values.push_back("Basic realm=\"" + std::string(realm) + "\"");
    return values;
}

DigestGate::NonceUse DigestGate::useNonce(const std::string &nonce, const std::string &nc)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_nonces.find(nonce);
    if (found == m_nonces.end())
        return {false, false, "a nonce that was never given out"};
    if (m_clock() >= found->second.made + seconds(m_options.nonceLifeSeconds))
        return {false, true, "the nonce has expired"};
    if (m_options.challenge == "op")
        return {true, false, {}};
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(nc.data(), nc.data() + nc.size(), count, 16);
    if (nc.size() != 8 || error != std::errc() || end != nc.data() + nc.size() || count < 1)
        return {false, false, "nc is not eight hexadecimal digits"};
    auto &used = found->second.used;
    const bool rising = used.empty() || count > *used.rbegin();
    if (used.count(count) != 0 || (m_options.nonceCount == "rising" && !rising))
        return {false, true, "nc " + nc + " was used before"};
    used.insert(count);
    return {true, false, {}};
}

DigestGate::Outcome DigestGate::check(const std::string &method, const std::string &target,
                                      const std::string &authorization)
{
    const std::string sent = withTarget(authorization.substr(std::string_view("Digest ").size()), target);
    auto given = parseAuthParameters(sent);
    const std::string algorithm = given.count("algorithm") != 0 ? given["algorithm"] : "MD5";
    const bool wasOffered = m_options.digestAlgorithm == "both" ? algorithm == "MD5" || algorithm == "SHA-256"
                                                                : algorithm == m_options.digestAlgorithm;
    if (!wasOffered)
        return {std::nullopt, false, "algorithm " + algorithm + " was not offered"};
    const HashKind kind = startsWith(algorithm, "MD5") ? HashKind::Md5 : HashKind::Sha256;
    if (given["realm"] != realm)
        return {std::nullopt, false, "another realm"};
    if (given["uri"] != target && given["uri"] != percentDecoded(target))
        return {std::nullopt, false, "uri is not what was requested"};
    const bool withQop = given.count("qop") != 0;
    if (withQop == (m_options.challenge == "op") || (withQop && given["qop"] != "auth"))
        return {std::nullopt, false, withQop ? "qop was not offered" : "qop is missing"};

    for (const auto &key : m_credentials.keys) {
        if (key.publicKey != given["username"])
            continue;
        std::string ha1 = hashHex(kind, key.publicKey + ":" + realm + ":" + key.privateKey);
        if (algorithm.ends_with("-sess")) // RFC 7616 section 3.4.2
            ha1 = hashHex(kind, ha1 + ":" + given["nonce"] + ":" + given["cnonce"]);
        const std::string ha2 = hashHex(kind, method + ":" + target);
        const std::string middle =
            withQop ? given["nonce"] + ":" + given["nc"] + ":" + given["cnonce"] + ":auth" : given["nonce"];
        if (hashHex(kind, ha1 + ":" + middle + ":" + ha2) != given["response"])
            return {std::nullopt, false, "wrong private key"};
        const NonceUse use = useNonce(given["nonce"], given["nc"]);
        if (!use.allowed)
            return {std::nullopt, use.stale, use.why};
        return {Caller{key.role, key.publicKey, {}}, false, {}};
    }
    return {std::nullopt, false, "unknown public key"};
}

} // namespace tidemark::demo
