#include "downloads/http_head.h"

#include <QList>

#include <algorithm>

namespace tidemark {

QByteArray HttpHead::field(const QByteArray &lowerCaseName) const
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto &each) { return each.first == lowerCaseName; });
    return found == fields.end() ? QByteArray() : found->second;
}

bool HttpHead::isChunked() const
{
    return field("transfer-encoding").toLower() == "chunked";
}

bool HttpHead::hasUnclearBody() const
{
    const QByteArray encoding = field("transfer-encoding");
    if (!encoding.isEmpty())
        return !isChunked();
    const QByteArray length = field("content-length");
    return std::any_of(fields.begin(), fields.end(), [&](const auto &each) {
        return each.first == "content-length" &&
               (each.second != length ||
                !std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; }));
    });
}

std::optional<HttpHead> parseHttpHead(const QByteArray &text)
{
    const QList<QByteArray> lines = text.split('\n');
    const QByteArray first = lines.first().trimmed();
    const bool isHttp = first.startsWith("HTTP/1.") && first.size() >= 12 && first.at(8) == ' ' &&
                        (first.size() == 12 || first.at(12) == ' ');
    HttpHead head;
    bool ok = false;
    head.status = isHttp ? first.mid(9, 3).toInt(&ok) : 0;
    if (!ok || head.status < 100)
        return std::nullopt;
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            head.fields.emplace_back(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        else if (!line.trimmed().isEmpty())
            return std::nullopt;
    }
    return head;
}

qint64 parseChunkSize(const QByteArray &line)
{
    constexpr qsizetype mostDigits = 15;
    QByteArray digits = line;
    const qsizetype extension = digits.indexOf(';');
    if (extension >= 0)
        digits.truncate(extension);
    digits = digits.trimmed();
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    });
    if (digits.isEmpty() || digits.size() > mostDigits || !isHex)
        return -1;
    return digits.toLongLong(nullptr, 16);
}

} // namespace tidemark
