#pragma once

#include <QObject>

#include <functional>

namespace tidemark {

/// Asks the desktop's Secret Service whether its default collection is locked still, after a request that may have
/// asked the person to unlock it. A locked collection looks like an empty one to a reader, and removing from it reports
/// success (seen with GNOME Keyring 42 and libsecret 0.20). `then` is called once, false where there is no such
/// service, unless `context` goes before.
void askWhetherKeychainIsLocked(QObject *context, std::function<void(bool isLocked)> then);

} // namespace tidemark
