#include "cloud/digest_auth.h"

#include <QCryptographicHash>
#include <QUrl>

#include <algorithm>

namespace tidemark::digest {

namespace {

// ---- Reading (RFC 9110 section 11.6.1: challenges and their parameters share the comma) ----

bool isTokenChar(char c)
{
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || others.find(c) != others.npos;
}

class Scanner
{
public:
    explicit Scanner(const QByteArray &text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text.at(m_at); }

    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }

    void skipSpaceAndCommas()
    {
        for (skipSpace(); peek() == ','; skipSpace())
            ++m_at;
    }

    bool accept(char c)
    {
        if (peek() != c || atEnd())
            return false;
        ++m_at;
        return true;
    }

    QByteArray token()
    {
        const qsizetype begin = m_at;
        while (!atEnd() && isTokenChar(peek()))
            ++m_at;
        return m_text.mid(begin, m_at - begin);
    }

    QByteArray value()
    {
        if (peek() != '"') {
            const qsizetype begin = m_at;
            while (!atEnd() && peek() != ',' && peek() != ' ' && peek() != '\t')
                ++m_at;
            return m_text.mid(begin, m_at - begin);
        }
        QByteArray unquoted;
        for (++m_at; !atEnd() && peek() != '"'; ++m_at) {
            if (peek() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            unquoted.append(peek());
        }
        accept('"');
        return unquoted;
    }

    void skipOne() { ++m_at; }
    /// The rest of a token68 ("Negotiate YII=="), which no scheme of ours uses.
    void skipToComma()
    {
        while (!atEnd() && peek() != ',')
            ++m_at;
    }

    /// True when what follows a name and '=' cannot be a parameter's value: padding of a token68.
    bool atPaddingEnd() const { return atEnd() || peek() == ',' || peek() == '='; }

private:
    const QByteArray &m_text;
    qsizetype m_at = 0;
};

std::optional<std::pair<Algorithm, bool>> algorithmOf(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    if (lower.isEmpty() || lower == "md5")
        return std::pair{Algorithm::Md5, false};
    if (lower == "md5-sess")
        return std::pair{Algorithm::Md5Sess, false};
    if (lower == "sha-256")
        return std::pair{Algorithm::Sha256, true};
    if (lower == "sha-256-sess")
        return std::pair{Algorithm::Sha256Sess, true};
    return std::nullopt;
}

bool isSha256(Algorithm algorithm)
{
    return algorithm == Algorithm::Sha256 || algorithm == Algorithm::Sha256Sess;
}

bool isSession(Algorithm algorithm)
{
    return algorithm == Algorithm::Md5Sess || algorithm == Algorithm::Sha256Sess;
}

std::optional<DigestChallenge> digestOf(const Challenge &challenge)
{
    if (challenge.scheme != "digest")
        return std::nullopt;
    const auto text = [&challenge](const QByteArray &name) { return challenge.parameter(name).value_or(QByteArray()); };
    DigestChallenge result;
    result.algorithmName = text("algorithm").trimmed();
    const auto algorithm = algorithmOf(result.algorithmName);
    result.realm = text("realm");
    result.nonce = text("nonce");
    if (!algorithm || result.nonce.isEmpty())
        return std::nullopt;
    result.algorithm = algorithm->first;
    result.opaque = challenge.parameter("opaque");
    if (const auto qop = challenge.parameter("qop"); qop && !qop->trimmed().isEmpty()) {
        const QList<QByteArray> options = qop->split(',');
        result.qopAuth = std::any_of(options.begin(), options.end(),
                                     [](const QByteArray &option) { return option.trimmed().toLower() == "auth"; });
        if (!result.qopAuth)
            return std::nullopt; // auth-int alone
    }
    result.stale = text("stale").trimmed().toLower() == "true";
    result.userhash = text("userhash").trimmed().toLower() == "true";
    result.utf8 = text("charset").trimmed().toLower() == "utf-8";
    return result;
}

// ---- Answering ----

QByteArray hash(Algorithm algorithm, const QByteArray &text)
{
    return QCryptographicHash::hash(text, isSha256(algorithm) ? QCryptographicHash::Sha256 : QCryptographicHash::Md5)
        .toHex();
}

QByteArray quoted(QByteArray text)
{
    text.replace('\\', "\\\\").replace('"', "\\\"");
    return '"' + text + '"';
}

/// What stands for the user in the header: RFC 7616 sections 3.4 and 3.4.4.
QByteArray userField(const DigestChallenge &challenge, const QByteArray &user)
{
    if (challenge.userhash)
        return "username=" + quoted(hash(challenge.algorithm, user + ':' + challenge.realm)) + ", userhash=true";
    const bool ascii = std::all_of(user.begin(), user.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!ascii && challenge.utf8)
        return "username*=UTF-8''" + user.toPercentEncoding();
    return "username=" + quoted(user);
}

} // namespace

std::optional<QByteArray> Challenge::parameter(const QByteArray &name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

std::vector<Challenge> parseChallenges(const QByteArray &header)
{
    std::vector<Challenge> challenges;
    Scanner scanner(header);
    while (true) {
        scanner.skipSpaceAndCommas();
        if (scanner.atEnd())
            return challenges;
        const QByteArray name = scanner.token();
        if (name.isEmpty()) {
            scanner.skipOne();
            continue;
        }
        scanner.skipSpace();
        if (!scanner.accept('=')) {
            challenges.push_back({name.toLower(), {}});
            continue;
        }
        scanner.skipSpace();
        const bool first = !challenges.empty() && challenges.back().parameters.empty();
        if (first && scanner.atPaddingEnd()) {
            scanner.skipToComma();
            continue;
        }
        const QByteArray value = scanner.value();
        if (!challenges.empty())
            challenges.back().parameters.emplace_back(name.toLower(), value);
    }
}

std::optional<DigestChallenge> strongestDigest(const std::vector<Challenge> &challenges)
{
    std::optional<DigestChallenge> best;
    const auto strength = [](const DigestChallenge &one) {
        return (isSha256(one.algorithm) ? 2 : 0) + (one.qopAuth ? 1 : 0);
    };
    for (const Challenge &challenge : challenges) {
        const auto candidate = digestOf(challenge);
        if (candidate && (!best || strength(*candidate) > strength(*best)))
            best = candidate;
    }
    return best;
}

QByteArray authorization(const DigestChallenge &challenge, const Answer &answer, const Secret &password)
{
    const Algorithm algorithm = challenge.algorithm;
    QByteArray credentials = answer.user + ':' + challenge.realm + ':' + password.reveal();
    QByteArray ha1 = hash(algorithm, credentials);
    wipeBytes(credentials);
    if (isSession(algorithm)) {
        QByteArray session = hash(algorithm, ha1 + ':' + challenge.nonce + ':' + answer.clientNonce);
        wipeBytes(ha1);
        ha1 = std::move(session);
    }
    const QByteArray ha2 = hash(algorithm, answer.method + ':' + answer.uri);
    const QByteArray count = QByteArray::number(answer.nonceCount, 16).rightJustified(8, '0');
    QByteArray keyed = ha1 + ':' + challenge.nonce + ':';
    if (challenge.qopAuth)
        keyed += count + ':' + answer.clientNonce + ":auth:";
    keyed += ha2;
    const QByteArray response = hash(algorithm, keyed);
    wipeBytes(ha1);
    wipeBytes(keyed);

    QByteArray header = "Digest " + userField(challenge, answer.user) + ", realm=" + quoted(challenge.realm) +
                        ", nonce=" + quoted(challenge.nonce) + ", uri=" + quoted(answer.uri);
    if (!challenge.algorithmName.isEmpty())
        header += ", algorithm=" + challenge.algorithmName;
    header += ", response=" + quoted(response);
    if (challenge.opaque)
        header += ", opaque=" + quoted(*challenge.opaque);
    if (challenge.qopAuth)
        header += ", qop=auth, nc=" + count;
    if (challenge.qopAuth || isSession(algorithm))
        header += ", cnonce=" + quoted(answer.clientNonce);
    return header;
}

} // namespace tidemark::digest
