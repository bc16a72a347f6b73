#pragma once

#include <QString>

namespace tidemark {

/// The text with places at which a word may be broken that is longer than a line: a label would not show it whole.
QString breakable(const QString &text);

} // namespace tidemark
