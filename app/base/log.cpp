#include "base/log.h"

#include <QUrlQuery>

namespace tidemark {

Q_LOGGING_CATEGORY(lcConnection, "tidemark.connection", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCloud, "tidemark.cloud", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRestore, "tidemark.restore", QtInfoMsg)
Q_LOGGING_CATEGORY(lcJobs, "tidemark.jobs", QtInfoMsg)
Q_LOGGING_CATEGORY(lcDownloads, "tidemark.downloads", QtInfoMsg)
Q_LOGGING_CATEGORY(lcArchive, "tidemark.archive", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "tidemark.ui", QtInfoMsg)

QString redactedUrl(const QUrl &url)
{
    QUrl shown = url;
    shown.setUserInfo(QString());
    shown.setFragment(QString());

    const QString path = url.path(QUrl::FullyEncoded);
    const qsizetype pull = path.indexOf(QLatin1String("/pull/"));
    if (pull >= 0) {
        // JOB stays, FILE stays, whatever stands between them is the key. A base64 key may itself hold slashes.
        QStringList parts = path.mid(pull + 6).split(QLatin1Char('/'));
        if (parts.size() > 2)
            parts = {parts.first(), QStringLiteral("***"), parts.last()};
        else if (parts.size() == 2 && !path.contains(QLatin1String("/v3/")))
            parts = {parts.first(), QStringLiteral("***")};
        shown.setPath(path.left(pull + 6) + parts.join(QLatin1Char('/')), QUrl::TolerantMode);
    }
    if (url.hasQuery()) {
        QUrlQuery masked;
        const auto items = QUrlQuery(url).queryItems();
        for (const auto &[key, value] : items) {
            const bool harmless = key == QLatin1String("pageNum") || key == QLatin1String("itemsPerPage") ||
                                  key == QLatin1String("includeCount") || key == QLatin1String("envelope") ||
                                  key == QLatin1String("pretty") || key == QLatin1String("batchId") ||
                                  key == QLatin1String("clusterId") || key == QLatin1String("completed");
            masked.addQueryItem(key, harmless ? value : QStringLiteral("***"));
        }
        shown.setQuery(masked);
    }
    return shown.toString(QUrl::PrettyDecoded);
}

} // namespace tidemark
