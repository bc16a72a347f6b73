#include "base/clock.h"

namespace tidemark {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

} // namespace tidemark
