/// Whatever is pasted as a moment: it is read, asked about or refused; a moment that was read is read again as itself.
#include "base/text.h"
#include "check.h"
#include "moment/read_moment.h"

using namespace tidemark;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const MomentReading reading{QDateTime::fromSecsSinceEpoch(1795789205, Qt::UTC), QTimeZone("Europe/Berlin")};
    const QString pasted = QString::fromUtf8(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    const MomentAnswer answer = readMoment(pasted, reading);
    CHECK(readMoment(pasted, reading) == answer);
    if (const auto *question = std::get_if<MomentQuestion>(&answer)) {
        CHECK(question->choices.size() > 1);
        for (size_t i = 1; i < question->choices.size(); ++i) {
            CHECK(question->choices[i - 1].milliseconds <= question->choices[i].milliseconds);
            CHECK(!(question->choices[i - 1] == question->choices[i]));
        }
    }
    const auto *moment = std::get_if<Moment>(&answer);
    if (moment == nullptr || !moment->isWholeSecond())
        return 0;
    const bool hasFourDigits = moment->time().date().year() >= 1000 && moment->time().date().year() <= 9999;
    if (!hasFourDigits)
        return 0;
    const MomentAnswer again = readMoment(utcText(moment->time()), reading);
    CHECK(std::holds_alternative<Moment>(again));
    CHECK(std::get<Moment>(again).milliseconds == moment->milliseconds);
    return 0;
}
