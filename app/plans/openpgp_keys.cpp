#include "plans/openpgp_keys.h"

#include "base/honest_text.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace tidemark {

namespace {

constexpr qsizetype LongestUserId = 200;

// The fields of a line, counted from 0.
constexpr int Validity = 1;
constexpr int UserId = 9; // or fingerprint
constexpr int Capabilities = 11;

/// In colon listings a colon and what is not printed are written as "\x3a".
QString unescaped(const QString &field)
{
    static const QRegularExpression escape(QStringLiteral("\\\\x([0-9a-fA-F]{2})"));
    QByteArray bytes;
    qsizetype at = 0;
    for (auto each = escape.globalMatch(field); each.hasNext();) {
        const auto match = each.next();
        bytes += field.mid(at, match.capturedStart() - at).toUtf8();
        bytes += static_cast<char>(match.captured(1).toInt(nullptr, 16));
        at = match.capturedEnd();
    }
    bytes += field.mid(at).toUtf8();
    return QString::fromUtf8(bytes);
}

/// Capital letters tell of the key as a whole, its subkeys included.
bool canSign(const QStringList &fields)
{
    const QString capabilities = fields.value(Capabilities);
    static const QString unusable = QStringLiteral("ire"); // invalid, revoked, expired
    const QString validity = fields.value(Validity);
    return capabilities.contains(QLatin1Char('S')) && !capabilities.contains(QLatin1Char('D')) &&
           (validity.isEmpty() || !unusable.contains(validity.front()));
}

} // namespace

std::vector<OpenPgpKey> openPgpKeys(const QByteArray &listing)
{
    std::vector<OpenPgpKey> keys;
    bool isWanted = false;
    for (const QString &line : QString::fromUtf8(listing).split(QLatin1Char('\n'))) {
        const QStringList fields = line.trimmed().split(QLatin1Char(':'));
        const QString &kind = fields.front();
        if (kind == QLatin1String("sec")) {
            isWanted = canSign(fields);
            if (isWanted)
                keys.push_back({});
        } else if (isWanted && kind == QLatin1String("fpr") && keys.back().fingerprint.isEmpty()) {
            keys.back().fingerprint = fields.value(UserId); // the next ones are of subkeys
        } else if (isWanted && kind == QLatin1String("uid") && keys.back().userId.isEmpty()) {
            keys.back().userId = asLine(unescaped(fields.value(UserId)), LongestUserId);
        }
    }
    std::erase_if(keys, [](const OpenPgpKey &key) { return key.fingerprint.isEmpty(); });
    return keys;
}

} // namespace tidemark
