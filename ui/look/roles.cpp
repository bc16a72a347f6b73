#include "ui/look/roles.h"

#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace tidemark {

namespace {

constexpr double inkNeeds = 4.5;
constexpr double edgeNeeds = 3.0;
constexpr double disabledNeeds = 1.5; ///< what cannot be used is pale, except in high contrast
constexpr double textOfHighContrast = 18.0;

struct Seed
{
    QRgb light;
    QRgb dark;
    QColor of(bool isDark) const { return QColor(isDark ? dark : light); }
};
constexpr Seed okSeed{0x1a7f37, 0x4fbf7f};
constexpr Seed warnSeed{0x946200, 0xe0a83a};
constexpr Seed dangerSeed{0xc02a22, 0xff7d73};

double linear(double channel)
{
    return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

QColor active(const QPalette &palette, QPalette::ColorRole role)
{
    return palette.color(QPalette::Active, role);
}

} // namespace

double luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

QColor mix(const QColor &a, const QColor &b, double t)
{
    // Half to even, as the tables of colours were made.
    const auto channel = [t](int from, int to) { return int(std::lrint(from * (1 - t) + to * t)); };
    return QColor(channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue()));
}

QColor readable(const QColor &colour, const QList<QColor> &grounds, double need, const QColor &toward)
{
    for (int percent = 0; percent < 100; percent += 2) {
        const QColor mixed = mix(colour, toward, percent / 100.0);
        if (std::all_of(grounds.begin(), grounds.end(),
                        [&](const QColor &ground) { return contrast(mixed, ground) >= need; }))
            return mixed;
    }
    return mix(colour, toward, 1);
}

Roles::Roles(const QPalette &palette)
    : base(active(palette, QPalette::Base))
    , window(active(palette, QPalette::Window))
    , text(active(palette, QPalette::Text))
    , highlight(active(palette, QPalette::Highlight))
{
    m_isDark = luminance(base) < 0.2;
    m_isHighContrast =
        std::abs(luminance(base) - luminance(window)) < 0.02 && contrast(text, base) >= textOfHighContrast;
    // One factor of 0 takes every tint away, one of 1 makes every line as strong as the text.
    const double tints = m_isHighContrast ? 0 : 1;
    const auto lineOf = [this](double share) { return mix(base, text, m_isHighContrast ? 1 : share); };

    page = mix(window, base, 0.55);
    sunken = mix(base, window, 0.55);
    sel = mix(base, highlight, tints * (m_isDark ? 0.24 : 0.13));
    hover = mix(base, text, tints * 0.045);
    track = mix(base, text, tints * 0.10);
    line = lineOf(0.16);
    line2 = lineOf(0.30);
    edge = readable(lineOf(0.35), {base, window, page}, edgeNeeds, text);

    m_ink.fill(text);
    m_tint.fill(base);
    m_tintLine.fill(line);
    const double share = tints * (m_isDark ? 0.15 : 0.09);
    setTone(Ink::Ok, okSeed.of(m_isDark), share);
    setTone(Ink::Warn, warnSeed.of(m_isDark), share);
    setTone(Ink::Danger, dangerSeed.of(m_isDark), share);
    m_tint[size_t(Ink::Run)] = sel;
    m_ink[size_t(Ink::Run)] = readable(highlight, {base, window, sel}, inkNeeds, text);
    m_tintLine[size_t(Ink::Run)] = m_isHighContrast ? text : mix(sel, ink(Ink::Run), 0.38);
    setNeutrals(palette);
}

void Roles::setTone(Ink ink, const QColor &seed, double share)
{
    const QColor onBase = mix(base, seed, share);
    const QColor onWindow = mix(window, seed, share);
    const size_t i = size_t(ink);
    m_tint[i] = onBase;
    m_ink[i] = readable(seed, {base, window, sel, onBase, onWindow}, inkNeeds, text);
    m_tintLine[i] = m_isHighContrast ? text : mix(onBase, m_ink[i], 0.38);
}

void Roles::setNeutrals(const QPalette &palette)
{
    const QColor idleTint = mix(base, text, m_isHighContrast ? 0 : 0.06);
    const QColor text2 =
        m_isHighContrast
            ? text
            : readable(mix(text, base, 0.38),
                       {base, window, page, sel, tint(Ink::Ok), tint(Ink::Warn), tint(Ink::Danger), idleTint}, inkNeeds,
                       text);
    m_ink[size_t(Ink::Text2)] = text2;
    m_ink[size_t(Ink::Idle)] = text2;
    m_tint[size_t(Ink::Idle)] = idleTint;
    m_tintLine[size_t(Ink::Idle)] = mix(base, text, m_isHighContrast ? 1 : 0.24);
    m_ink[size_t(Ink::Line2)] = line2;
    m_ink[size_t(Ink::Base)] = base;
    m_ink[size_t(Ink::Disabled)] = readable(palette.color(QPalette::Disabled, QPalette::Text), {base, window},
                                            m_isHighContrast ? inkNeeds : disabledNeeds, text);
    // The same red in light and dark: white on it is read in both, and nothing else in the window is filled with it.
    const QColor red = dangerSeed.of(false);
    eraseFill = m_isHighContrast ? base : red;
    eraseEdge = m_isHighContrast ? text : red.darker(125);
    m_ink[size_t(Ink::OnErase)] = m_isHighContrast ? text : QColor(Qt::white);
}

const Roles &roles()
{
    // A handful of palettes in a session; references to them stay good.
    using Key = std::array<QRgb, 5>;
    static std::map<Key, Roles> known;
    const QPalette palette = QGuiApplication::palette();
    const Key key{active(palette, QPalette::Base).rgb(), active(palette, QPalette::Window).rgb(),
                  active(palette, QPalette::Text).rgb(), active(palette, QPalette::Highlight).rgb(),
                  palette.color(QPalette::Disabled, QPalette::Text).rgb()};
    auto found = known.find(key);
    if (found == known.end())
        found = known.emplace(key, Roles(palette)).first;
    return found->second;
}

} // namespace tidemark
