#include "logs/log_time.h"

#include <array>

namespace tidemark {

namespace {

/// Reads figures and marks one after another.
class Figures
{
public:
    explicit Figures(QByteArrayView text)
        : m_text(text)
    {
    }

    /// Exactly so many figures.
    bool number(int digits, int &value)
    {
        if (m_at + digits > m_text.size())
            return false;
        value = 0;
        for (int i = 0; i < digits; ++i) {
            const char c = m_text[m_at + i];
            if (c < '0' || c > '9')
                return false;
            value = value * 10 + (c - '0');
        }
        m_at += digits;
        return true;
    }
    bool mark(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    /// One of these words of three letters, by its place.
    template<size_t Count>
    bool word(const std::array<QByteArrayView, Count> &words, int &place)
    {
        const QByteArrayView here = m_text.sliced(m_at, std::min<qsizetype>(3, m_text.size() - m_at));
        for (place = 0; place < static_cast<int>(Count); ++place) {
            if (here == words[static_cast<size_t>(place)]) {
                m_at += 3;
                return true;
            }
        }
        return false;
    }
    bool clock(QTime &time)
    {
        int hour = 0;
        int minute = 0;
        int second = 0;
        if (!number(2, hour) || !mark(':') || !number(2, minute) || !mark(':') || !number(2, second))
            return false;
        time = QTime(hour, minute, second);
        return time.isValid();
    }
    /// Where there is a fraction; beyond milliseconds it is left away.
    int fraction()
    {
        if (m_at + 1 >= m_text.size() || (m_text[m_at] != '.' && m_text[m_at] != ',') || !isFigure(m_at + 1))
            return 0;
        ++m_at;
        int milliseconds = 0;
        for (int weight = 100; isFigure(m_at); ++m_at, weight /= 10)
            milliseconds += (m_text[m_at] - '0') * weight;
        return milliseconds;
    }
    /// Seconds east of UTC: "Z", "+0800", "+08:00", "+08".
    std::optional<int> offset()
    {
        if (mark('Z'))
            return 0;
        const qsizetype from = m_at;
        const bool isWest = m_at < m_text.size() && m_text[m_at] == '-';
        int hours = 0;
        int minutes = 0;
        if ((mark('+') || mark('-')) && number(2, hours)) {
            mark(':');
            if (!number(2, minutes))
                minutes = 0;
            if (hours <= 14 && minutes < 60)
                return (hours * 60 + minutes) * 60 * (isWest ? -1 : 1);
        }
        m_at = from;
        return std::nullopt;
    }
    qsizetype at() const { return m_at; }

private:
    bool isFigure(qsizetype at) const { return at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9'; }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

std::optional<LogTime> isoTime(QByteArrayView text, const LogReading &reading)
{
    Figures figures(text);
    int year = 0;
    int month = 0;
    int day = 0;
    QTime clock;
    if (!figures.number(4, year) || !figures.mark('-') || !figures.number(2, month) || !figures.mark('-') ||
        !figures.number(2, day) || !(figures.mark('T') || figures.mark(' ')) || !figures.clock(clock))
        return std::nullopt;
    const QDate date(year, month, day);
    if (!date.isValid())
        return std::nullopt;
    const QTime time = clock.addMSecs(figures.fraction());
    const auto offset = figures.offset();
    const QDateTime moment =
        offset ? QDateTime(date, time, Qt::OffsetFromUTC, *offset) : QDateTime(date, time, reading.zone);
    return LogTime{moment.toMSecsSinceEpoch(), offset.has_value(), true, figures.at()};
}

/// The 29th of February is not in every year; eight years have one, whatever the century.
std::optional<qint64> lastSuchDay(int month, int day, QTime time, const LogReading &reading)
{
    const int thisYear = reading.now.toTimeZone(reading.zone).date().year();
    for (int year = thisYear; year > thisYear - 9; --year) {
        const QDate date(year, month, day);
        if (!date.isValid())
            continue;
        const QDateTime moment(date, time, reading.zone);
        if (moment <= reading.now.addDays(1)) // a clock may be wrong, a zone misjudged
            return moment.toMSecsSinceEpoch();
    }
    return std::nullopt;
}

std::optional<LogTime> ctimeTime(QByteArrayView text, const LogReading &reading)
{
    static constexpr std::array<QByteArrayView, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array<QByteArrayView, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    Figures figures(text);
    int weekday = 0;
    int month = 0;
    int day = 0;
    QTime clock;
    if (!figures.word(days, weekday) || !figures.mark(' ') || !figures.word(months, month) || !figures.mark(' '))
        return std::nullopt;
    const bool isRead = figures.mark(' ') ? figures.number(1, day) : figures.number(2, day);
    if (!isRead || !figures.mark(' ') || !figures.clock(clock))
        return std::nullopt;
    const QTime time = clock.addMSecs(figures.fraction());
    const auto moment = lastSuchDay(month + 1, day, time, reading);
    if (!moment)
        return std::nullopt;
    return LogTime{*moment, false, false, figures.at()};
}

} // namespace

std::optional<LogTime> logTimeAt(QByteArrayView text, const LogReading &reading)
{
    if (const auto iso = isoTime(text, reading))
        return iso;
    return ctimeTime(text, reading);
}

} // namespace tidemark
