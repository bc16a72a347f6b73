#pragma once

#include "base/clock.h"
#include "base/error.h"

#include <QObject>

#include <deque>
#include <vector>

namespace tidemark {

/// Something that was said to the person once and can be read again.
struct Notice
{
    enum class Kind { Information, Warning, Error };

    int number = 0; ///< from 1, in the order in which they were said
    Kind kind = Kind::Information;
    QDateTime first;     ///< UTC
    QDateTime last;      ///< when it was said for the last time
    int times = 1;       ///< how often
    QString request;     ///< of the API, without its query: "GET groups/5f…/clusters"; empty where it was none
    QString sentence;    ///< what happened
    QString hint;        ///< what to do about it; may be empty
    QString cause;       ///< by which it can be resolved; may be empty
    bool isOpen = false; ///< neither put away nor without its cause

    bool operator==(const Notice &) const = default;
};

/// All that the program has said beside what stands on its screens: notices, which stay open until the person puts them
/// away or their cause is gone, and requests that failed, which are only kept. None pushes another out of sight; the
/// oldest of very many are forgotten, those that are not open first.
class Notices : public QObject
{
    Q_OBJECT

public:
    static constexpr size_t Most = 300;

    explicit Notices(const Clock &clock, QObject *parent = nullptr);

    /// Said again while it is open it is the same one. `cause`: names what may go away by itself.
    void say(Notice::Kind kind, const QString &sentence, const QString &hint = {}, const QString &cause = {});
    void say(const Error &error, const QString &cause = {});
    /// Kept and not shown. The same one again, whatever came between, is counted.
    void keep(const QString &request, const Error &error);

    void putAway(const std::vector<int> &numbers);
    void resolve(const QString &cause);

    /// In the order in which they were said for the first time.
    const std::deque<Notice> &all() const { return m_all; }
    std::vector<Notice> open() const;

Q_SIGNALS:
    void changed();

private:
    void add(Notice notice);

    const Clock &m_clock;
    std::deque<Notice> m_all;
    int m_number = 0;
};

} // namespace tidemark
