#pragma once

#include "base/result.h"
#include "cloud/sign_in.h"

#include <QObject>

#include <memory>
#include <vector>

namespace tidemark {

/// Sign-outs that outlive their client. A service account's token is given back to the server when its last client
/// goes, and that takes one more request: what it needs is kept here until it is answered or has taken too long. The
/// program lets the event loop run until none is left before it ends. One for the process, in the thread of the
/// application.
class Farewells final : public QObject
{
    Q_OBJECT

public:
    static Farewells &instance();

    /// Keeps it until `done` has its result. Its time limits are its own.
    void keep(std::shared_ptr<SignIn> signIn, const Async<bool> &done);
    bool isEmpty() const { return m_kept.empty(); }

Q_SIGNALS:
    /// The last one is over.
    void emptied();

private:
    struct Kept
    {
        quint64 number = 0;
        std::shared_ptr<SignIn> signIn;
    };

    Farewells();
    void drop(quint64 number);

    std::vector<Kept> m_kept;
    quint64 m_number = 0;
};

} // namespace tidemark
