#include "ui/look/keep.h"

#include "ui/look/font_watch.h"

#include <QEvent>
#include <QPalette>
#include <QWidget>

namespace tidemark {

namespace {

/// A widget that was not shown yet is not told of the palette, so it is looked at when it is shown too.
class PaletteKeeper : public QObject
{
public:
    PaletteKeeper(QWidget *widget, std::function<void(QPalette &)> change)
        : QObject(widget)
        , m_widget(widget)
        , m_change(std::move(change))
    {
        widget->installEventFilter(this);
        apply();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::Show)
            apply();
        return QObject::eventFilter(watched, event);
    }

private:
    void apply()
    {
        QPalette palette = m_widget->palette();
        m_change(palette);
        if (palette != m_widget->palette())
            m_widget->setPalette(palette);
    }

    QWidget *m_widget;
    std::function<void(QPalette &)> m_change;
};

} // namespace

void keepPalette(QWidget *widget, std::function<void(QPalette &)> change)
{
    new PaletteKeeper(widget, std::move(change));
}

void giveInk(QPalette &palette, Ink ink)
{
    for (const auto role : {QPalette::WindowText, QPalette::Text}) {
        palette.setColor(QPalette::Active, role, roles().ink(ink));
        palette.setColor(QPalette::Inactive, role, roles().ink(ink));
        palette.setColor(QPalette::Disabled, role, roles().ink(Ink::Disabled));
    }
}

void keepInk(QWidget *widget, Ink ink)
{
    keepPalette(widget, [ink](QPalette &palette) { giveInk(palette, ink); });
}

void keepPageGround(QWidget *widget)
{
    widget->setAutoFillBackground(true);
    keepPalette(widget, [](QPalette &palette) { palette.setColor(QPalette::Window, roles().page); });
}

void keepFont(QWidget *widget, TypeRole role)
{
    keepMeasures(widget, [widget, role] { widget->setFont(typeFont(role)); });
}

void keepMeasures(QWidget *widget, const std::function<void()> &measure)
{
    measure();
    QObject::connect(FontWatch::instance(), &FontWatch::changed, widget, measure);
}

} // namespace tidemark
