#include "base/thread_priority.h"

#include <QTest>

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <thread>

using namespace tidemark;

namespace {

struct Seen
{
    uint32_t policy = 0;
    int32_t nice = 0;
    uint64_t sliceNanoseconds = 0; ///< 0 before Linux 6.12

    bool operator==(const Seen &) const = default;
};

/// The calling thread's, as the kernel says it: struct sched_attr, first version.
Seen seenHere()
{
    std::array<char, 48> attributes{};
    if (::syscall(SYS_sched_getattr, 0, attributes.data(), static_cast<unsigned>(attributes.size()), 0U) != 0)
        return {};
    Seen seen;
    std::memcpy(&seen.policy, &attributes[4], sizeof(seen.policy));
    std::memcpy(&seen.nice, &attributes[16], sizeof(seen.nice));
    std::memcpy(&seen.sliceNanoseconds, &attributes[24], sizeof(seen.sliceNanoseconds));
    return seen;
}

} // namespace

class ThreadPriorityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void archivesStepBackOnce()
    {
        Seen before;
        Seen once;
        Seen twice;
        Seen ofItsChild;
        std::thread([&] {
            before = seenHere();
            stepBehindTheWindow();
            once = seenHere();
            stepBehindTheWindow();
            twice = seenHere();
            std::thread([&] {
                stepBehindTheWindow();
                ofItsChild = seenHere();
            }).join();
        }).join();
        QCOMPARE(int(once.policy), SCHED_BATCH);
        QCOMPARE(once.nice, std::min(before.nice + 5, 19));
        QVERIFY(twice == once);
        QVERIFY(ofItsChild == once);
    }

    void theWindowAsksForShortSlices()
    {
        const Seen before = seenHere();
        answerAtOnce();
        const Seen after = seenHere();
        Seen ofAThread;
        Seen ofAnArchive;
        std::thread([&] {
            ofAThread = seenHere();
            stepBehindTheWindow();
            ofAnArchive = seenHere();
        }).join();
        QCOMPARE(after.policy, before.policy);
        QCOMPARE(after.nice, before.nice);
        QVERIFY(ofAThread == before);
        QCOMPARE(int(ofAnArchive.policy), SCHED_BATCH);
        QCOMPARE(ofAnArchive.sliceNanoseconds, before.sliceNanoseconds);
        if (before.sliceNanoseconds == 0)
            QSKIP("this kernel gives no slices of one's own");
        QCOMPARE(after.sliceNanoseconds, uint64_t(100'000));
    }
};

QTEST_APPLESS_MAIN(ThreadPriorityTest)
#include "thread_priority_test.moc"
