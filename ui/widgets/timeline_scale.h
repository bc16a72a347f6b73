#pragma once

#include <QtGlobal>

#include <vector>

namespace tidemark {

/// Which stretch of time a timeline of some width shows, and the arithmetic between pixels and seconds since the epoch.
/// A plain value without a widget, so that zooming and panning can be tested by themselves.
class TimelineScale
{
public:
    TimelineScale() = default;
    /// The whole is what "all" means: zooming out and panning end there. Seconds since the epoch.
    TimelineScale(qint64 wholeFrom, qint64 wholeTo, int width);

    void setWidth(int width);
    int width() const { return m_width; }
    double from() const { return m_from; }
    double to() const { return m_to; }
    double secondsPerPixel() const { return (m_to - m_from) / m_width; }

    double x(double seconds) const;
    qint64 seconds(double x) const; ///< to the nearest whole second

    /// `factor` above 1 shows less time; the moment at pixel `aboutX` stays where it is.
    void zoom(double factor, double aboutX);
    void pan(double pixels); ///< positive: later times come into view
    void showAll();
    bool showsAll() const;
    void show(double from, double to);
    /// Pans so that the moment is in view.
    void reveal(qint64 seconds);

    /// The step of the ticks in seconds, chosen so that they are at least `pixels` apart.
    qint64 tickStep(double pixels) const;
    std::vector<qint64> ticks(qint64 step) const;

private:
    void clamp();

    qint64 m_wholeFrom = 0;
    qint64 m_wholeTo = 1;
    int m_width = 1;
    double m_from = 0;
    double m_to = 1;
};

} // namespace tidemark
