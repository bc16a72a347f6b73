#include "moment/plain_text.h"

#include <QStringView>

namespace tidemark {

namespace {

char32_t plain(char32_t c)
{
    switch (c) {
    case 0x2018: // quotation marks
    case 0x2019:
    case 0x201A:
    case 0x2032:
        return U'\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
        return U'"';
    case 0x2010: // hyphens and the minus sign
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
    case 0xFE63:
    case 0xFF0D:
        return U'-';
    case 0xFF1A: // full-width forms
    case 0x2236:
        return U':';
    case 0xFF0F:
    case 0x2044:
        return U'/';
    case 0xFF0E:
        return U'.';
    case 0xFF0C:
        return U',';
    case 0xFF0B:
        return U'+';
    default:
        break;
    }
    if (const int digit = QChar::digitValue(c); digit >= 0 && QChar::category(c) == QChar::Number_DecimalDigit)
        return U'0' + static_cast<char32_t>(digit);
    if (QChar::isSpace(c) && c != U'\n')
        return U' ';
    return c;
}

bool isInvisible(char32_t c)
{
    return QChar::category(c) == QChar::Other_Format || c == 0xFEFF;
}

} // namespace

QString plainText(const QString &text)
{
    QString result;
    result.reserve(text.size());
    const QList<uint> characters = text.toUcs4();
    for (const char32_t c : characters) {
        if (!isInvisible(c))
            result += QChar::fromUcs4(plain(c));
    }
    return result;
}

} // namespace tidemark
