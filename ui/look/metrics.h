#pragma once

#include <QFont>
#include <QFontMetrics>

namespace tidemark {

/// The grid's unit: `n` times 4 px where the application's font is 18 px high (10 pt), more where it is larger.
int u(double n);
/// The same for a font of that height in pixels.
int gridUnits(double n, int fontHeight);
/// How thick the dotted line around what has the keyboard is.
int focusPen();

/// What a text is for. All are relative to the application's font.
enum class TypeRole { Display, Title, Heading, Strong, Body, Caption, CaptionMedium, Mono };

/// The application's font of now, made into the role's. To be asked again after a FontChange.
const QFont &typeFont(TypeRole role);
const QFontMetrics &typeMetrics(TypeRole role);
/// Rises with each change of the application's font, for whoever keeps something that was measured.
int typeGeneration();

} // namespace tidemark
