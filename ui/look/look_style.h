#pragma once

#include <QProxyStyle>

namespace tidemark {

/// Fusion, with the outlines of fields and indicators in the role `edge`: its own are made of Window and are gone on
/// dark grounds. Header texts stand over those of the cells.
class LookStyle : public QProxyStyle
{
    Q_OBJECT

public:
    LookStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    /// What stands in an empty field, and on a button that cannot be pressed, can be read: some desktops' dark schemes
    /// leave them black.
    void polish(QPalette &palette) override;
    using QProxyStyle::polish;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
};

/// Puts LookStyle in Fusion's place; any other style is left alone.
void useLookStyle();

} // namespace tidemark
