#pragma once

#include <QPointer>
#include <QStringList>

#include <functional>
#include <utility>
#include <vector>

namespace tidemark {

/// What would be cut off if the program ended now: the one list that closing asks. Whoever works on something long
/// gives a function that says what runs at this moment, so that nothing has to be kept in step.
class RunningWork
{
public:
    /// Sentences, none while nothing runs. Asked until `owner` is gone.
    using Source = std::function<QStringList()>;

    void add(QObject *owner, Source source) { m_sources.emplace_back(owner, std::move(source)); }

    QStringList sentences() const
    {
        QStringList all;
        for (const auto &[owner, source] : m_sources) {
            if (owner)
                all += source();
        }
        return all;
    }

private:
    std::vector<std::pair<QPointer<QObject>, Source>> m_sources;
};

} // namespace tidemark
