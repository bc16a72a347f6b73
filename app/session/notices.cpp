#include "session/notices.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tidemark {

Notices::Notices(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void Notices::say(Notice::Kind kind, const QString &sentence, const QString &hint, const QString &cause)
{
    Notice notice;
    notice.kind = kind;
    notice.sentence = sentence;
    notice.hint = hint;
    notice.cause = cause;
    notice.isOpen = true;
    add(std::move(notice));
}

void Notices::say(const Error &error, const QString &cause)
{
    say(Notice::Kind::Error, error.sentence, error.hint, cause);
}

void Notices::keep(const QString &request, const Error &error)
{
    Notice notice;
    notice.kind = Notice::Kind::Error;
    notice.request = request;
    notice.sentence = error.sentence;
    notice.hint = error.hint;
    add(std::move(notice));
}

void Notices::add(Notice notice)
{
    const auto isSame = [&notice](const Notice &known) {
        return known.isOpen == notice.isOpen && known.kind == notice.kind && known.request == notice.request &&
               known.sentence == notice.sentence && known.hint == notice.hint && known.cause == notice.cause;
    };
    const auto known = std::ranges::find_if(m_all, isSame);
    if (known != m_all.end()) {
        known->last = m_clock.now();
        ++known->times;
    } else {
        notice.number = ++m_number;
        notice.first = notice.last = m_clock.now();
        m_all.push_back(std::move(notice));
    }
    if (m_all.size() > Most) {
        const auto closed = std::ranges::find(m_all, false, &Notice::isOpen);
        m_all.erase(closed == m_all.end() ? m_all.begin() : closed);
    }
    Q_EMIT changed();
}

void Notices::putAway(const std::vector<int> &numbers)
{
    for (Notice &notice : m_all) {
        if (std::ranges::find(numbers, notice.number) != numbers.end())
            notice.isOpen = false;
    }
    Q_EMIT changed();
}

void Notices::resolve(const QString &cause)
{
    bool isChanged = false;
    for (Notice &notice : m_all) {
        if (notice.cause == cause)
            isChanged = std::exchange(notice.isOpen, false) || isChanged;
    }
    if (isChanged)
        Q_EMIT changed();
}

std::vector<Notice> Notices::open() const
{
    std::vector<Notice> open;
    std::ranges::copy_if(m_all, std::back_inserter(open), &Notice::isOpen);
    return open;
}

} // namespace tidemark
