#pragma once

#include <QString>
#include <QUrl>

namespace tidemark {

/// The base URL that a person or a configuration meant: https unless a scheme is given, without user info, query,
/// trailing slash or the API's own path (/api/public/v1.0, which mongocli's users often paste along). Invalid when it
/// names no host.
QUrl baseUrlFromText(const QString &text);

} // namespace tidemark
