#pragma once

#include <QColor>
#include <QList>
#include <QPalette>

#include <array>

namespace tidemark {

/// Relative luminance of WCAG 2, 0 (black) to 1 (white).
double luminance(const QColor &colour);
/// Contrast ratio of WCAG 2, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// t (0 to 1) of `b` in `a`.
QColor mix(const QColor &a, const QColor &b, double t);
/// `colour`, moved toward `toward` in steps of 2 % until its contrast is at least `need` on every ground. Where even
/// `toward` is not enough, `toward`.
QColor readable(const QColor &colour, const QList<QColor> &grounds, double need, const QColor &toward);

/// With what something is written or drawn. Text, Text2 and Idle say nothing by their colour, the others do: Run is
/// motion, Ok what is confirmed, Warn what wants a look, Danger what is lost, broken or stopped.
enum class Ink { Text, Text2, Run, Ok, Warn, Danger, Idle, Line2, Base, Disabled, OnErase };

/// The colours of the program, all of them derived from the desktop's palette. Nowhere else is a colour named.
class Roles
{
public:
    explicit Roles(const QPalette &palette);

    bool isDark() const { return m_isDark; }
    /// No tints then, and every line is of the text's colour.
    bool isHighContrast() const { return m_isHighContrast; }

    // Grounds.
    QColor base, window, page;
    QColor sel;    ///< of what is chosen, and the tint of Run
    QColor hover;  ///< under the pointer
    QColor track;  ///< of bars, what is not reached
    QColor sunken; ///< of what cannot be chosen

    QColor text;
    QColor highlight; ///< the palette's, for the frame of the selected row in high contrast
    QColor line, line2;
    QColor edge; ///< outlines of controls: 3 to 1 on every ground
    QColor eraseFill, eraseEdge;

    QColor ink(Ink ink) const { return m_ink[size_t(ink)]; }
    QColor tint(Ink ink) const
    {
        return m_tint[size_t(ink)];
    } ///< the ground of a chip or notice; Base where there is none
    QColor tintLine(Ink ink) const { return m_tintLine[size_t(ink)]; } ///< its outline

private:
    static constexpr size_t inks = size_t(Ink::OnErase) + 1;

    void setTone(Ink ink, const QColor &seed, double share);
    void setNeutrals(const QPalette &palette);

    bool m_isDark = false;
    bool m_isHighContrast = false;
    std::array<QColor, inks> m_ink, m_tint, m_tintLine;
};

/// The roles of the application's palette of now. Not of a widget's, which may have a ground or a selection of its own.
/// Built once for each palette; GUI thread only.
const Roles &roles();

} // namespace tidemark
