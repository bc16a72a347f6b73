#include "ui/widgets/breakable.h"

#include <QRegularExpression>

namespace tidemark {

QString breakable(const QString &text)
{
    static const QRegularExpression longWord(QStringLiteral("(\\S{16})(?=\\S)"));
    return QString(text).replace(longWord, QStringLiteral("\\1\u200b"));
}

} // namespace tidemark
