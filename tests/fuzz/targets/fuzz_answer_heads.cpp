/// The fields of an answer's head that say which bytes come.
#include "check.h"
#include "downloads/answer_plan.h"

#include <QDateTime>

using namespace tidemark;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const QByteArray value(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    if (const auto range = parseContentRange(value)) {
        const bool isUnsatisfied = range->first == -1 && range->last == -1;
        CHECK(isUnsatisfied || (range->first >= 0 && range->last >= range->first));
        CHECK(isUnsatisfied || range->total == -1 || range->last < range->total);
        CHECK(range->total >= -1);
    }
    const auto wait = parseRetryAfter(value, QDateTime::fromSecsSinceEpoch(1609947369, Qt::UTC));
    CHECK(wait.count() >= 0 && wait <= std::chrono::hours(24));
    isStrongEtag(value);
    looksLikeText(value);
    return 0;
}
