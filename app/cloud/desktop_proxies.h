#pragma once

#include "base/later.h"

#include <QList>
#include <QNetworkProxy>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace tidemark {

/// What the desktop's proxy settings say of an origin.
struct DesktopProxy
{
    QList<QNetworkProxy> proxies;
    /// The settings name an automatic configuration (PAC, WPAD), and no proxy came of it: it may not have been
    /// evaluated, which the libraries do not tell.
    bool isAutomaticWithoutProxy = false;
};

/// The desktop's proxy settings, asked without standing still: the question may run a script from a server that never
/// answers (measured with libproxy 0.4.18: no limit, and the program could not even end). It is asked on a thread of
/// its own, once for an origin however many wait for it, and the answer is kept for some minutes.
class DesktopProxies
{
public:
    using Question = std::function<DesktopProxy(const QUrl &origin)>;

    DesktopProxies(Question question, std::chrono::milliseconds limit, std::chrono::milliseconds keptFor);

    /// That of the program: asks the desktop, waits for 10 s, keeps answers for 5 minutes. It is never destroyed, since
    /// a question may outlive everything.
    static DesktopProxies &instance();

    /// Resolves at once with an answer that is fresh enough; with an Error (kind Proxy) where the desktop did not
    /// answer within the limit. It goes on being asked, and a later call may find the answer. Needs an event loop.
    Async<DesktopProxy> find(const QUrl &url);
    bool isFresh(const QUrl &url) const;
    /// The last answer, however old. From any thread.
    std::optional<DesktopProxy> last(const QUrl &url) const;
    /// Blocks until there is an answer: for threads that may, and that are watched by somebody who may not.
    DesktopProxy wait(const QUrl &url);
    /// A question is open still. Qt waits for it at the program's end, without limit.
    bool isAsking() const;

private:
    struct Shared;
    void ask(const QUrl &url, const QString &key);

    std::shared_ptr<Shared> m_shared;
};

/// Ends the program with this exit code, without waiting for a desktop that does not answer. All objects are to be
/// gone.
int leaveProgram(int exitCode);

} // namespace tidemark
