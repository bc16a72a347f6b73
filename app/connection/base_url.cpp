#include "connection/base_url.h"

#include <QRegularExpression>
#include <QStringList>
#include <QUrlQuery>

#include <algorithm>

namespace tidemark {

namespace {

const QLatin1String CloudManagerHost("cloud.mongodb.com");
/// Where Cloud Manager sends people to sign in: it has no API of its own.
const QLatin1String CloudManagerSignIn("account.mongodb.com");

const QRegularExpression &scheme()
{
    static const QRegularExpression pattern(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*://"));
    return pattern;
}

bool isProjectId(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^[0-9a-fA-F]{24}$"));
    return pattern.match(text).hasMatch();
}

/// Where the application's own path begins; the number of segments where it does not.
qsizetype ownPath(const QStringList &segments)
{
    static const QStringList pages{QStringLiteral("v2"),    QStringLiteral("account"),  QStringLiteral("user"),
                                   QStringLiteral("admin"), QStringLiteral("login"),    QStringLiteral("logout"),
                                   QStringLiteral("saml"),  QStringLiteral("static"),   QStringLiteral("setup"),
                                   QStringLiteral("host"),  QStringLiteral("settings"), QStringLiteral("index.html")};
    static const QStringList interfaces{QStringLiteral("public"), QStringLiteral("private"), QStringLiteral("oauth")};
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const bool isApi = segments.at(i) == QLatin1String("api") && interfaces.contains(segments.value(i + 1));
        if (isApi || pages.contains(segments.at(i)))
            return i;
    }
    return segments.size();
}

/// /v2/PROJECT, /host/list/PROJECT, /api/public/v1.0/groups/PROJECT
ProjectId projectIn(const QStringList &own)
{
    const bool hasOne = own.startsWith(QLatin1String("v2")) || own.contains(QLatin1String("groups")) ||
                        own.startsWith(QLatin1String("host"));
    const auto found = hasOne ? std::ranges::find_if(own, isProjectId) : own.end();
    return found == own.end() ? ProjectId() : ProjectId(*found);
}

QStringList segmentsOf(const QString &path)
{
    QStringList segments = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (QString &segment : segments)
        segment = segment.section(QLatin1Char(';'), 0, 0); // ;jsessionid=…
    segments.removeAll(QString());
    return segments;
}

/// Without what text brings along around an address: quotation marks, angle brackets, a full stop.
QString bare(const QString &text)
{
    static const QRegularExpression before(QStringLiteral("^[\\s<(\"'`]+"));
    static const QRegularExpression behind(QStringLiteral("[\\s>)\"'`,.]+$"));
    QString result = text;
    result.remove(before).remove(behind);
    // Pasted behind an https:// that was there already.
    while (scheme().match(result).hasMatch()) {
        const QString rest = result.mid(scheme().match(result).capturedLength());
        if (!scheme().match(rest).hasMatch())
            break;
        result = rest;
    }
    if (result.startsWith(QLatin1String("//")))
        result.prepend(QLatin1String("https:"));
    else if (!result.isEmpty() && !scheme().match(result).hasMatch())
        result.prepend(QLatin1String("https://"));
    return result;
}

} // namespace

PastedAddress pastedAddress(const QString &text)
{
    const QString whole = bare(text);
    if (whole.isEmpty())
        return {};
    // What stands behind # and ? is often no valid part of an address, and is not needed to be.
    const QString withQuery = whole.section(QLatin1Char('#'), 0, 0);
    QUrl url(withQuery.section(QLatin1Char('?'), 0, 0), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    if (!url.isValid() || url.host().isEmpty() || !web)
        return {};
    url.setUserInfo(QString());

    const QStringList segments = segmentsOf(url.path());
    const qsizetype own = ownPath(segments);
    PastedAddress result;
    result.project = projectIn(segments.mid(own));
    if (result.project.isEmpty()) { // the page that comes after signing in: /account/login?n=/v2/PROJECT
        const QUrlQuery query(withQuery.section(QLatin1Char('?'), 1));
        const QUrl next(query.queryItemValue(QStringLiteral("n"), QUrl::FullyDecoded));
        const QStringList after = segmentsOf(next.path());
        result.project = projectIn(after.mid(ownPath(after)));
    }
    const QStringList prefix = segments.mid(0, own);
    url.setPath(prefix.isEmpty() ? QString() : QLatin1Char('/') + prefix.join(QLatin1Char('/')));
    if (url.host() == CloudManagerSignIn)
        url.setHost(CloudManagerHost);
    result.baseUrl = url;
    return result;
}

QUrl baseUrlFromText(const QString &text)
{
    return pastedAddress(text).baseUrl;
}

bool isCloudManager(const QUrl &url)
{
    return url.host() == CloudManagerHost;
}

} // namespace tidemark
