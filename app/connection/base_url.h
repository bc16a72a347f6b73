#pragma once

#include "base/ids.h"

#include <QString>
#include <QUrl>

namespace tidemark {

/// What an address says that a person copied from the browser, a mail or mongocli's configuration.
struct PastedAddress
{
    /// Scheme (https unless one is given), host, port, and what of the path is not the application's own: an Ops
    /// Manager behind a proxy may have such a prefix. Invalid where no server of the web is named.
    QUrl baseUrl;
    ProjectId project; ///< the project that the page showed; empty where none is named

    bool operator==(const PastedAddress &) const = default;
};

/// The application's own paths are those of its pages (/v2/PROJECT, /account/login, /user, /admin, …) and of its API
/// (/api/public/v1.0). They are cut off from the first one on, with query, fragment and user info.
PastedAddress pastedAddress(const QString &text);

/// pastedAddress() without the project.
QUrl baseUrlFromText(const QString &text);

/// The one Cloud Manager of MongoDB itself; every other address is an Ops Manager's.
bool isCloudManager(const QUrl &url);

} // namespace tidemark
