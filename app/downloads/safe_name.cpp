#include "downloads/safe_name.h"

#include <QDir>
#include <QRegularExpression>
#include <QStringList>

#include <array>

namespace tidemark {

namespace {

constexpr qsizetype LongestName = 255;  ///< bytes; of ext4, XFS, Btrfs and most others
constexpr qsizetype LongestSuffix = 16; ///< ".part.json.new", ".part.owner.XXXX"
constexpr qsizetype NumberRoom = 8;     ///< " (9999)" of numberedName

bool isUnsafe(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // bidirectional overrides, zero-width characters, byte order marks
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    // Separators, what shells and Windows shares treat specially, and the two look-alikes of '/'.
    return QStringLiteral("/\\:*?\"<>|\u2044\u2215\u29f8\uff0f\ufffd").contains(QChar(static_cast<char16_t>(c))) &&
           c < 0x10000;
}

QString cleaned(const QString &name)
{
    QString result;
    // Compatibility forms first: a full-width dot or slash must not become an ordinary one afterwards.
    const QString composed = name.normalized(QString::NormalizationForm_C);
    const auto codePoints = composed.toUcs4();
    for (const auto raw : codePoints) {
        const auto c = static_cast<char32_t>(raw);
        if (isUnsafe(c))
            result += QLatin1Char('_');
        else if (QChar::isSpace(c))
            result += QLatin1Char(' ');
        else
            result += QString::fromUcs4(&c, 1);
    }
    return result;
}

/// ".tar.gz" counts as one suffix; nothing longer than 16 characters is one.
qsizetype suffixStart(const QString &name)
{
    if (name.endsWith(QLatin1String(".tar.gz"), Qt::CaseInsensitive) && name.size() > 7)
        return name.size() - 7;
    const qsizetype dot = name.lastIndexOf(QLatin1Char('.'));
    return dot > 0 && name.size() - dot <= 16 ? dot : name.size();
}

QString shortened(const QString &name, qsizetype bytes)
{
    if (name.toUtf8().size() <= bytes)
        return name;
    const qsizetype start = suffixStart(name);
    const QString suffix = name.mid(start);
    QString base = name.left(start);
    while (!base.isEmpty() && base.toUtf8().size() + suffix.toUtf8().size() > bytes)
        base.chop(base.back().isLowSurrogate() ? 2 : 1);
    while (base.endsWith(QLatin1Char(' ')))
        base.chop(1);
    return base + suffix;
}

bool isReserved(const QString &name)
{
    static const QStringList devices{QStringLiteral("CON"), QStringLiteral("PRN"), QStringLiteral("AUX"),
                                     QStringLiteral("NUL"), QStringLiteral("CLOCK$")};
    const QString base = name.section(QLatin1Char('.'), 0, 0).trimmed().toUpper();
    if (devices.contains(base))
        return true;
    return base.size() == 4 && (base.startsWith(QLatin1String("COM")) || base.startsWith(QLatin1String("LPT"))) &&
           base.at(3).isDigit();
}

/// A server's file must not be able to pose as another download's part, journal or checksum.
bool hasOwnSuffix(const QString &name)
{
    static constexpr std::array suffixes{".part", ".json", ".sha1", ".corrupt", ".owner"};
    for (const char *suffix : suffixes) {
        if (name.endsWith(QLatin1String(suffix), Qt::CaseInsensitive))
            return true;
    }
    static const QRegularExpression numbered(QStringLiteral("\\.corrupt-\\d+$"),
                                             QRegularExpression::CaseInsensitiveOption);
    return numbered.match(name).hasMatch();
}

} // namespace

QString safeFileName(const QString &serverName)
{
    QString name = cleaned(serverName).trimmed();
    while (name.endsWith(QLatin1Char('.')) || name.endsWith(QLatin1Char(' ')))
        name.chop(1);
    if (name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char('-')) || name.startsWith(QLatin1Char('~')))
        name.replace(0, 1, QLatin1Char('_'));
    name.replace(QLatin1String(".."), QLatin1String("__"));
    if (name.isEmpty() || name.count(QLatin1Char('_')) == name.size())
        name = QStringLiteral("archive");
    if (isReserved(name))
        name.prepend(QLatin1Char('_'));
    name = shortened(name, LongestName - LongestSuffix - NumberRoom - 1);
    if (hasOwnSuffix(name))
        name += QLatin1Char('_');
    return name;
}

QString numberedName(const QString &safeName, int number)
{
    const qsizetype start = suffixStart(safeName);
    return QStringLiteral("%1 (%2)%3").arg(safeName.left(start)).arg(number).arg(safeName.mid(start));
}

DownloadPaths::DownloadPaths(const QString &folder, const QString &localName)
    : final(QDir(folder).filePath(localName))
    , part(final + QStringLiteral(".part"))
    , journal(final + QStringLiteral(".part.json"))
    , corrupt(final + QStringLiteral(".corrupt"))
    , checksum(final + QStringLiteral(".sha1"))
{
}

QString DownloadPaths::corruptName(int number) const
{
    return number == 1 ? corrupt : QStringLiteral("%1-%2").arg(corrupt).arg(number);
}

} // namespace tidemark
