#pragma once

#include "ui/look/roles.h"

#include <QPalette>

#include <vector>

namespace tidemark::test {

struct NamedPalette
{
    const char *name;
    QPalette palette;
};

struct PaletteColours
{
    const char *window, *windowText, *base, *text, *button, *highlight, *highlightedText;
};

inline QPalette paletteOf(const PaletteColours &c)
{
    QPalette palette(QColor(c.button), QColor(c.window));
    palette.setColor(QPalette::Window, QColor(c.window));
    palette.setColor(QPalette::WindowText, QColor(c.windowText));
    palette.setColor(QPalette::Base, QColor(c.base));
    palette.setColor(QPalette::Text, QColor(c.text));
    palette.setColor(QPalette::ButtonText, QColor(c.windowText));
    palette.setColor(QPalette::Highlight, QColor(c.highlight));
    palette.setColor(QPalette::HighlightedText, QColor(c.highlightedText));
    const QColor disabled = mix(QColor(c.text), QColor(c.window), 0.58);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    return palette;
}

/// Those of the pictures.
inline QPalette lightPalette()
{
    return paletteOf({"#efefef", "#16191c", "#ffffff", "#16191c", "#f6f6f6", "#308cc6", "#ffffff"});
}
inline QPalette darkPalette()
{
    return paletteOf({"#2a2e32", "#fcfcfc", "#1b1e20", "#f0f1f2", "#31363b", "#3daee9", "#fcfcfc"});
}
inline QPalette highContrastPalette()
{
    return paletteOf({"#000000", "#ffffff", "#000000", "#ffffff", "#000000", "#1aebff", "#000000"});
}

/// Desktops that people have, and some that nobody tried a colour on.
inline std::vector<NamedPalette> allPalettes()
{
    return {
        {"picture light", lightPalette()},
        {"picture dark", darkPalette()},
        {"Fusion light", paletteOf({"#efefef", "#000000", "#ffffff", "#000000", "#efefef", "#308cc6", "#ffffff"})},
        {"Fusion dark", paletteOf({"#323232", "#f0f0f0", "#242424", "#f0f0f0", "#404040", "#308cc6", "#f0f0f0"})},
        {"Breeze light", paletteOf({"#eff0f1", "#232629", "#ffffff", "#232629", "#fcfcfc", "#3daee9", "#ffffff"})},
        {"Breeze dark", paletteOf({"#2a2e32", "#fcfcfc", "#1b1e20", "#fcfcfc", "#31363b", "#3daee9", "#fcfcfc"})},
        {"Adwaita dark", paletteOf({"#353535", "#eeeeec", "#2d2d2d", "#ffffff", "#373737", "#15539e", "#ffffff"})},
        {"sepia", paletteOf({"#e8dcc0", "#3b2f1e", "#f6ecd4", "#3b2f1e", "#e8dcc0", "#a0522d", "#ffffff"})},
        {"high contrast", highContrastPalette()},
    };
}

} // namespace tidemark::test
