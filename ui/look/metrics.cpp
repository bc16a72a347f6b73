#include "ui/look/metrics.h"

#include <QApplication>
#include <QFontDatabase>

#include <array>
#include <optional>

namespace tidemark {

namespace {

struct Style
{
    double factor;
    QFont::Weight weight;
};

constexpr std::array<Style, 8> styles{{{1.8, QFont::DemiBold},
                                       {1.5, QFont::DemiBold},
                                       {1.15, QFont::DemiBold},
                                       {1.0, QFont::DemiBold},
                                       {1.0, QFont::Normal},
                                       {0.9, QFont::Normal},
                                       {0.9, QFont::Medium},
                                       {0.92, QFont::Normal}}};

/// All roles of one application font. Painting asks for them hundreds of times, so they are made once.
struct TypeSet
{
    QFont application;
    std::vector<QFont> fonts;
    std::vector<QFontMetrics> metrics;
    int generation = 0;
};

TypeSet makeSet(const QFont &application, int generation)
{
    TypeSet set{application, {}, {}, generation};
    for (size_t i = 0; i < styles.size(); ++i) {
        const bool isMono = i == size_t(TypeRole::Mono);
        QFont font = isMono ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : application;
        // A font that was given in pixels has no points.
        if (application.pointSizeF() > 0)
            font.setPointSizeF(application.pointSizeF() * styles[i].factor);
        else
            font.setPixelSize(qRound(application.pixelSize() * styles[i].factor));
        font.setWeight(styles[i].weight);
        set.metrics.emplace_back(font);
        set.fonts.push_back(font);
    }
    return set;
}

const TypeSet &current()
{
    static std::optional<TypeSet> set;
    const QFont application = QApplication::font();
    if (!set || set->application != application)
        set = makeSet(application, set ? set->generation + 1 : 1);
    return *set;
}

} // namespace

int gridUnits(double n, int fontHeight)
{
    return qRound(n * 4 * fontHeight / 18);
}

int u(double n)
{
    return gridUnits(n, typeMetrics(TypeRole::Body).height());
}

int focusPen()
{
    return std::max(1, u(0.25));
}

const QFont &typeFont(TypeRole role)
{
    return current().fonts[size_t(role)];
}

const QFontMetrics &typeMetrics(TypeRole role)
{
    return current().metrics[size_t(role)];
}

int typeGeneration()
{
    return current().generation;
}

} // namespace tidemark
