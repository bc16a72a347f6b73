#include "connection/mongocli_import.h"

#include "connection/base_url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

#include <optional>

namespace tidemark {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::mongocli", text);
}

using Table = QHash<QString, QString>;

/// A basic ("…") or literal ('…') TOML string, or a bare scalar such as true or 12; nullopt when it is neither.
std::optional<QString> scalar(const QString &text)
{
    static const QRegularExpression bare(QStringLiteral("^[A-Za-z0-9_.:+-]+$"));
    if (text.size() >= 2 && text.startsWith(QLatin1Char('\'')) && text.endsWith(QLatin1Char('\'')))
        return text.mid(1, text.size() - 2);
    if (text.size() >= 2 && text.startsWith(QLatin1Char('"')) && text.endsWith(QLatin1Char('"'))) {
        QString value;
        for (qsizetype i = 1; i + 1 < text.size(); ++i) {
            if (text.at(i) != QLatin1Char('\\')) {
                value += text.at(i);
                continue;
            }
            if (++i + 1 >= text.size())
                return std::nullopt;
            const QChar escaped = text.at(i);
            if (escaped == QLatin1Char('n'))
                value += QLatin1Char('\n');
            else if (escaped == QLatin1Char('t'))
                value += QLatin1Char('\t');
            else if (escaped == QLatin1Char('"') || escaped == QLatin1Char('\\'))
                value += escaped;
            else
                return std::nullopt;
        }
        return value;
    }
    if (bare.match(text).hasMatch())
        return text;
    return std::nullopt;
}

/// The value without a trailing comment; a # inside quotes belongs to the value.
QString withoutComment(const QString &line)
{
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (!quote.isNull()) {
            if (c == QLatin1Char('\\') && quote == QLatin1Char('"'))
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
            quote = c;
        } else if (c == QLatin1Char('#')) {
            return line.left(i).trimmed();
        }
    }
    return line.trimmed();
}

ImportedProfile profileFrom(const QString &name, const Table &table)
{
    ImportedProfile profile;
    Connection &connection = profile.connection;
    connection.name = name;
    connection.userName = table.value(QStringLiteral("public_api_key"));
    connection.defaultProject = ProjectId(table.value(QStringLiteral("project_id")));
    connection.caCertificateFile = table.value(QStringLiteral("ops_manager_ca_certificate"));
    profile.credentials.secret = Secret(table.value(QStringLiteral("private_api_key")));
    const QString url = table.value(QStringLiteral("ops_manager_url"));
    if (table.value(QStringLiteral("service")) == QLatin1String("ops-manager")) {
        connection.service = Service::OpsManager;
        connection.baseUrl = baseUrlFromText(url);
    } else if (!url.isEmpty()) {
        connection.baseUrl = baseUrlFromText(url);
    }
    if (table.value(QStringLiteral("ops_manager_skip_verify")).compare(QLatin1String("yes"), Qt::CaseInsensitive) ==
            0 ||
        table.value(QStringLiteral("ops_manager_skip_verify")) == QLatin1String("true"))
        profile.note =
            tr("This profile skips certificate checks in mongocli. Tidemark does not: give the CA's file instead.");
    else if (profile.credentials.secret.isEmpty())
        profile.note = tr("The profile has no private key in the file; enter it.");
    return profile;
}

} // namespace

QStringList mongocliConfigFiles()
{
    QStringList candidates;
    const QString xdg = qEnvironmentVariable("XDG_CONFIG_HOME");
    if (!xdg.isEmpty())
        candidates << xdg + QStringLiteral("/mongocli/config.toml");
    candidates << QDir::homePath() + QStringLiteral("/.config/mongocli/config.toml")
               << QDir::homePath() + QStringLiteral("/.mongocli.toml");
    candidates.removeDuplicates();
    QStringList existing;
    for (const QString &path : std::as_const(candidates)) {
        if (QFileInfo(path).isFile())
            existing << path;
    }
    return existing;
}

Result<std::vector<ImportedProfile>> importMongocli(const QByteArray &toml)
{
    static const QRegularExpression heading(
        QStringLiteral("^\\[\\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_-]+))\\s*\\]$"));
    static const QRegularExpression assignment(QStringLiteral("^([A-Za-z0-9_-]+|\"[^\"]+\")\\s*=\\s*(.+)$"));

    std::vector<std::pair<QString, Table>> tables;
    const QStringList lines = QString::fromUtf8(toml).split(QLatin1Char('\n'));
    for (qsizetype number = 0; number < lines.size(); ++number) {
        const QString line = withoutComment(lines.at(number).trimmed());
        if (line.isEmpty())
            continue;
        if (const auto match = heading.match(line); match.hasMatch()) {
            tables.emplace_back(match.captured(1) + match.captured(2) + match.captured(3), Table{});
            continue;
        }
        const auto match = assignment.match(line);
        const std::optional<QString> value = match.hasMatch() ? scalar(match.captured(2)) : std::nullopt;
        if (!value) {
            // Arrays and nested tables are valid TOML that no profile setting of interest uses.
            if (match.hasMatch() &&
                (match.captured(2).startsWith(QLatin1Char('[')) || match.captured(2).startsWith(QLatin1Char('{'))))
                continue;
            return failure({.kind = ErrorKind::Parse,
                            .sentence = tr("Line %1 of the mongocli configuration cannot be read.").arg(number + 1),
                            .hint = tr("Expected [profile] or name = \"value\".")});
        }
        if (!tables.empty())
            tables.back().second.insert(match.captured(1).remove(QLatin1Char('"')), *value);
    }

    std::vector<ImportedProfile> profiles;
    for (const auto &[name, table] : tables) {
        const QString service = table.value(QStringLiteral("service"));
        const bool atlas = service == QLatin1String("cloud") || service == QLatin1String("cloudgov");
        if (!atlas && !table.value(QStringLiteral("public_api_key")).isEmpty())
            profiles.push_back(profileFrom(name, table));
    }
    return profiles;
}

} // namespace tidemark
