#include "base/background.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

using namespace tidemark;

class BackgroundTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsElsewhereAndAnswersHere();
    void aFullPoolDoesNotHoldBackAnOwnThread();
    void nobodyIsToldWhoIsGone();
};

void BackgroundTest::runsElsewhereAndAnswersHere()
{
    QThread *const here = QThread::currentThread();
    for (const bool own : {false, true}) {
        bool isDone = false;
        const auto work = [here] { return QThread::currentThread() != here; };
        const auto then = [&](bool elsewhere) { isDone = elsewhere && QThread::currentThread() == here; };
        own ? inOwnThread(this, work, then) : inBackground(this, work, then);
        QTRY_VERIFY(isDone);
    }
}

void BackgroundTest::aFullPoolDoesNotHoldBackAnOwnThread()
{
    QSemaphore end;
    const int threads = QThreadPool::globalInstance()->maxThreadCount();
    for (int i = 0; i < threads; ++i)
        QThreadPool::globalInstance()->start([&end] { end.acquire(); });
    bool isDone = false;
    inOwnThread(
        this, [] { return true; }, [&isDone](bool done) { isDone = done; });
    const bool wasInTime = QTest::qWaitFor([&isDone] { return isDone; });
    end.release(threads);
    QThreadPool::globalInstance()->waitForDone();
    QVERIFY(wasInTime);
}

void BackgroundTest::nobodyIsToldWhoIsGone()
{
    QSemaphore go;
    bool isTold = false;
    auto context = std::make_unique<QObject>();
    const auto work = [&go] {
        go.acquire();
        return true;
    };
    inBackground(context.get(), work, [&isTold](bool) { isTold = true; });
    context.reset();
    go.release();
    QThreadPool::globalInstance()->waitForDone();
    QTest::qWait(1);
    QVERIFY(!isTold);
}

QTEST_GUILESS_MAIN(BackgroundTest)
#include "background_test.moc"
