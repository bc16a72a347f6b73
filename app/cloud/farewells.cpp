#include "cloud/farewells.h"

#include "base/later.h"

#include <QCoreApplication>

namespace tidemark {

Farewells::Farewells()
{
    // Nothing of the network may live on without an application.
    qAddPostRoutine([] { instance().m_kept.clear(); });
}

Farewells &Farewells::instance()
{
    static Farewells farewells;
    return farewells;
}

void Farewells::keep(std::shared_ptr<SignIn> signIn, const Async<bool> &done)
{
    const quint64 number = ++m_number;
    m_kept.push_back({number, std::move(signIn)});
    whenDone(this, done, [this, number](const Result<bool> &) { drop(number); });
}

void Farewells::drop(quint64 number)
{
    std::erase_if(m_kept, [number](const Kept &one) { return one.number == number; });
    if (m_kept.empty())
        Q_EMIT emptied();
}

} // namespace tidemark
