#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace tidemark::json {

/// What a JSON text that was cut off anywhere says for certain: all members and elements that were complete before the
/// cut, in the containers that were open there. A string counts only with its closing quote, a number only where
/// something stands behind it (its last digit may be missing), a member only with its value. What is not JSON ends the
/// reading like a cut. A whole text gives the whole value; undefined when there is no object or array.
QJsonValue prefix(const QByteArray &text);

} // namespace tidemark::json
