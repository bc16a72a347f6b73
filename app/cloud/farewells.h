#pragma once

#include "base/result.h"
#include "cloud/request_auth.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

/// Sign-outs that outlive their client. A service account's token is given back to the server when its client goes,
/// and that takes one more request: what it needs is kept here until it is answered or has taken too long. The program
/// lets the event loop run until none is left before it ends. One for the process, in the thread of the application.
class Farewells final : public QObject
{
    Q_OBJECT

public:
    static Farewells &instance();

    /// Keeps both until `done` has its result. Their time limits are their own.
    void keep(std::unique_ptr<QNetworkAccessManager> manager, std::unique_ptr<RequestAuth> auth,
              const Async<bool> &done);
    bool isEmpty() const { return m_kept.empty(); }

Q_SIGNALS:
    /// The last one is over.
    void emptied();

private:
    struct Kept
    {
        quint64 number = 0;
        std::unique_ptr<QNetworkAccessManager> manager;
        std::unique_ptr<RequestAuth> auth;
    };

    Farewells();
    void drop(quint64 number);

    std::vector<Kept> m_kept;
    quint64 m_number = 0;
};

} // namespace tidemark
