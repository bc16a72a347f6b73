#include "ui/widgets/timeline_scale.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidemark {

static constexpr double ShortestView = 10; // seconds: one second is then wide enough to be hit with the mouse

TimelineScale::TimelineScale(qint64 wholeFrom, qint64 wholeTo, int width)
    : m_wholeFrom(wholeFrom)
    , m_wholeTo(std::max(wholeTo, wholeFrom + 1))
    , m_width(std::max(width, 1))
{
    showAll();
}

void TimelineScale::setWidth(int width)
{
    m_width = std::max(width, 1);
}

double TimelineScale::x(double seconds) const
{
    return (seconds - m_from) / secondsPerPixel();
}

qint64 TimelineScale::seconds(double x) const
{
    return qint64(std::llround(m_from + x * secondsPerPixel()));
}

void TimelineScale::zoom(double factor, double aboutX)
{
    const double whole = double(m_wholeTo - m_wholeFrom);
    const double about = m_from + aboutX * secondsPerPixel();
    const double span = std::clamp((m_to - m_from) / factor, std::min(ShortestView, whole), whole);
    m_from = about - aboutX / m_width * span;
    m_to = m_from + span;
    clamp();
}

void TimelineScale::pan(double pixels)
{
    const double by = pixels * secondsPerPixel();
    m_from += by;
    m_to += by;
    clamp();
}

void TimelineScale::showAll()
{
    m_from = double(m_wholeFrom);
    m_to = double(m_wholeTo);
}

bool TimelineScale::showsAll() const
{
    return m_from <= double(m_wholeFrom) && m_to >= double(m_wholeTo);
}

void TimelineScale::show(double from, double to)
{
    const double whole = double(m_wholeTo - m_wholeFrom);
    m_from = from;
    m_to = from + std::clamp(to - from, std::min(ShortestView, whole), whole);
    clamp();
}

void TimelineScale::reveal(qint64 seconds)
{
    const double at = double(seconds);
    if (at >= m_from && at <= m_to)
        return;
    const double half = (m_to - m_from) / 2;
    m_from = at - half;
    m_to = at + half;
    clamp();
}

void TimelineScale::clamp()
{
    const double span = m_to - m_from;
    m_from = std::clamp(m_from, double(m_wholeFrom), std::max(double(m_wholeFrom), double(m_wholeTo) - span));
    m_to = m_from + span;
}

qint64 TimelineScale::tickStep(double pixels) const
{
    static constexpr qint64 Minute = 60;
    static constexpr qint64 Hour = 60 * Minute;
    static constexpr qint64 Day = 24 * Hour;
    static constexpr std::array<qint64, 22> Steps{
        1,          2,           5,           10,          15,       30,       Minute,   2 * Minute,
        5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour,     2 * Hour, 3 * Hour, 6 * Hour,
        12 * Hour,  Day,         2 * Day,     7 * Day,     30 * Day, 90 * Day};
    const double least = pixels * secondsPerPixel();
    const auto *const step = std::find_if(Steps.begin(), Steps.end(), [least](qint64 s) { return double(s) >= least; });
    if (step != Steps.end())
        return *step;
    return qint64(std::ceil(least / double(Steps.back()))) * Steps.back();
}

std::vector<qint64> TimelineScale::ticks(qint64 step) const
{
    std::vector<qint64> ticks;
    for (qint64 at = qint64(std::ceil(m_from / double(step))) * step; double(at) <= m_to; at += step)
        ticks.push_back(at);
    return ticks;
}

} // namespace tidemark
