#include "orders/order_reading.h"
#include "support/restore_cases.h"

#include <QtTest>

#include <dlfcn.h>

using namespace tidemark;
using namespace tidemark::test;
using namespace std::chrono_literals;

namespace {

long slept = 0; ///< seconds

} // namespace

/// As the kernel's: CLOCK_BOOTTIME alone goes on while the machine sleeps.
extern "C" int clock_gettime(clockid_t clock, timespec *time)
{
    using Function = int (*)(clockid_t, timespec *);
    static const auto kernels = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "clock_gettime"));
    const int result = kernels(clock, time);
    if (clock == CLOCK_BOOTTIME)
        time->tv_sec += slept;
    return result;
}

class TestOrderReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasReadAgesWhileTheMachineSleeps();
};

void TestOrderReading::whatWasReadAgesWhileTheMachineSleeps()
{
    Connection connection;
    connection.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1"));
    const SystemClock clock;
    CloudClient client(connection, Credentials(), clock);
    const RestoreDraft draft = goodDraft(RestoreMode::DownloadSnapshot);
    OrderReading reading(client, clock, {draft, goodFacts(draft), {}, {}}, {10s, 20});
    reading.start();
    QCOMPARE(int(reading.state()), int(OrderReading::State::Reading));
    slept = 9;
    QCOMPARE(int(reading.state()), int(OrderReading::State::Reading));
    slept = 11;
    QCOMPARE(int(reading.state()), int(OrderReading::State::Late));
}

QTEST_GUILESS_MAIN(TestOrderReading)
#include "order_reading_test.moc"
