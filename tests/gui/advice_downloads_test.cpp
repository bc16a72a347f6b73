#include "downloads_bench.h"
#include "support/advice.h"
#include "support/file_dialogs.h"
#include "support/ui_driver.h"
#include "ui/widgets/advice_panel.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <csignal>
#include <functional>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace tidemark;
using namespace tidemark::test;

namespace {

constexpr qint64 MoreThanThereIs = qint64(1) << 60;
const QString Job = QStringLiteral("a");
const QString File = QStringLiteral("files/a.tar.gz");

/// How large a file this process may write; as it was before at the end.
class FileLimit
{
public:
    explicit FileLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit lower{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &lower);
    }
    ~FileLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    FileLimit(const FileLimit &) = delete;
    FileLimit &operator=(const FileLimit &) = delete;

private:
    rlimit m_before{};
};

/// What a test holds from the refusal until it has been followed.
struct Scene
{
    DownloadsBench bench;
    DownloadId id;
    std::unique_ptr<FileLimit> limit;
    std::unique_ptr<DownloadQueue> other; ///< another copy of the program
    bool isPlainAllowed = false;
    int newLinks = 0;

    void begin(const Reply &reply, DownloadSource source = DownloadsBench::source(Job),
               const DownloadOptions &options = quickOptions())
    {
        bench.serve(Job, reply, sha1Of(bench.archive));
        beginServed(std::move(source), options);
    }
    void beginServed(const DownloadSource &source = DownloadsBench::source(Job),
                     const DownloadOptions &options = quickOptions())
    {
        QVERIFY(bench.show(options));
        QObject::connect(bench.tab.get(), &DownloadsTab::newLinkRequested, bench.tab.get(), [this] { ++newLinks; });
        id = bench.add(source);
        bench.tab->select(id);
    }
    void beginWith(const std::function<void(RestoreJob &)> &change, DownloadOptions options = quickOptions())
    {
        bench.serve(Job, whole(), sha1Of(bench.archive));
        change(bench.jobs[Job]);
        beginServed(DownloadsBench::source(Job), options);
    }
    Reply whole() const { return Reply{.body = bench.archive, .framing = Reply::Framing::Length}; }
    void isGood() { bench.serve(Job, whole(), sha1Of(bench.archive)); }
    bool isVerified() const { return bench.waitFor(id, DownloadState::Verified); }
    bool isAskedAnew() const
    {
        return QTest::qWaitFor([this] { return newLinks == 1; });
    }
};

struct Advice
{
    const char *row;
    const char *said;    ///< part of what the screen says
    const char *control; ///< what it names
    std::function<void(Scene &)> bringAbout;
    std::function<void(Scene &)> before; ///< what has to be done outside the program first, as it says
    std::function<bool(Scene &)> promised;
};

void nothing(Scene &) {}

bool verified(Scene &scene)
{
    return scene.isVerified();
}

bool askedAnew(Scene &scene)
{
    return scene.isAskedAnew();
}

std::vector<Advice> disks()
{
    const auto tooLarge = [](Scene &scene) {
        scene.limit = std::make_unique<FileLimit>(rlim_t(200000));
        DownloadSource source = DownloadsBench::source(Job);
        source.expectedFileSizeBytes = 0;
        scene.begin(scene.whole(), source);
    };
    return {
        {"no room by the estimate", "or resume to try all the same", "Resume",
         [](Scene &scene) {
             DownloadSource source = DownloadsBench::source(Job);
             source.expectedFileSizeBytes = MoreThanThereIs;
             scene.begin(scene.whole(), source);
         },
         nothing, verified},
        {"no room at all", "Make room on that disk, then resume", "Resume",
         [](Scene &scene) {
             DownloadOptions options = quickOptions();
             options.spaceReserve = MoreThanThereIs;
             DownloadSource source = DownloadsBench::source(Job);
             source.expectedFileSizeBytes = 0;
             scene.begin(scene.whole(), source, options);
         },
         [](Scene &scene) {
             QVERIFY(scene.bench.waitFor(scene.id, DownloadState::Paused));
             QVERIFY(scene.bench.show());
             scene.bench.tab->select(scene.id);
         },
         verified},
        {"too large a file by the estimate", "or resume to try all the same", "Resume",
         [](Scene &scene) {
             scene.limit = std::make_unique<FileLimit>(rlim_t(450000));
             DownloadSource source = DownloadsBench::source(Job);
             source.expectedFileSizeBytes = 2000000;
             scene.begin(scene.whole(), source);
         },
         nothing, verified},
        {"too large a file", "Move the download to a folder on another file system", "Move to another folder…",
         tooLarge, [](Scene &scene) { scene.limit.reset(); },
         [](Scene &scene) {
             const QString other = scene.bench.path(QStringLiteral("elsewhere"));
             return QDir().mkdir(other) && answerFileDialog(scene.bench.tab.get(), other) && scene.isVerified() &&
                    QFileInfo(scene.bench.download(scene.id).filePath).path() == other;
         }},
        {"the folder is gone", "Bring the folder back", "Resume",
         [](Scene &scene) {
             QVERIFY(
                 QFile::rename(scene.bench.path(QStringLiteral("files")), scene.bench.path(QStringLiteral("away"))));
             scene.begin(scene.whole());
         },
         [](Scene &scene) {
             QVERIFY(
                 QFile::rename(scene.bench.path(QStringLiteral("away")), scene.bench.path(QStringLiteral("files"))));
         },
         verified},
        {"something of its name is there", "Move or rename what is there, then resume", "Resume",
         [](Scene &scene) {
             QVERIFY(QDir().mkdir(scene.bench.path(File + QStringLiteral(".part"))));
             scene.begin(scene.whole());
         },
         [](Scene &scene) { QVERIFY(QDir().rmdir(scene.bench.path(File + QStringLiteral(".part")))); }, verified},
        {"another copy works on it", "Let the other copy finish or end it, then resume", "Resume",
         [](Scene &scene) {
             Reply slow = scene.whole();
             slow.chunkPauseMs = 50;
             slow.pieceSize = 4096;
             scene.bench.serve(Job, slow, sha1Of(scene.bench.archive));
             static const SystemClock clock;
             scene.other = std::make_unique<DownloadQueue>(
                 [&scene](const DownloadSource &) {
                     return QtFuture::makeReadyFuture(Result<RestoreJob>(scene.bench.jobs.at(Job)));
                 },
                 clock, scene.bench.path(QStringLiteral("state of the other")), quickOptions());
             QVERIFY(scene.other->add(DownloadsBench::source(Job), scene.bench.folder.path()));
             QTRY_VERIFY(scene.other->downloads().front().bytesReceived > 0);
             scene.beginServed();
         },
         [](Scene &scene) {
             scene.other->cancel(scene.other->downloads().front().id, true);
             scene.other.reset();
             scene.isGood();
         },
         verified},
    };
}

std::vector<Advice> links()
{
    const auto expired = [](Scene &scene) {
        scene.beginWith([](RestoreJob &job) {
            job.delivery.status = DeliveryStatus::Expired;
            job.delivery.url.clear();
        });
    };
    const auto ended = [](Scene &scene) {
        scene.beginWith([](RestoreJob &job) {
            job.delivery.status = DeliveryStatus::Failed;
            job.delivery.statusName = QStringLiteral("FAILED");
            job.delivery.url.clear();
        });
    };
    const auto broken = [](Scene &scene) {
        scene.beginWith([](RestoreJob &job) {
            job.delivery.status = DeliveryStatus::NotStarted;
            job.status = JobStatus::Broken;
            job.delivery.url.clear();
        });
    };
    const auto nameless = [](Scene &scene) {
        DownloadOptions options = quickOptions();
        options.linkWait = std::chrono::milliseconds(1);
        scene.beginWith([](RestoreJob &job) { job.delivery.url.clear(); }, options);
    };
    const auto page = [](Scene &scene) {
        scene.begin(Reply{.body = "<html><body>Sign in first</body></html>",
                          .headers = {"Content-Type: text/html"},
                          .framing = Reply::Framing::Length});
    };
    return {
        {"the link has expired", "Request a new link", "Request a new link…", expired, nothing, askedAnew},
        {"the link is used up", "Request a new link", "Request a new link…",
         [](Scene &scene) {
             scene.beginWith([](RestoreJob &job) { job.delivery.status = DeliveryStatus::MaxDownloadsExceeded; });
         },
         nothing, askedAnew},
        {"its delivery failed", "Start a new restore of the same snapshot", "Request a new link…", ended, nothing,
         askedAnew},
        {"its job broke", "Start a new restore of the same snapshot", "Request a new link…", broken, nothing,
         askedAnew},
        {"no link is named, Retry", "Retry in some minutes", "Retry", nameless, [](Scene &scene) { scene.isGood(); },
         verified},
        {"no link is named, a new one", "or request a new link", "Request a new link…", nameless, nothing, askedAnew},
        {"a page in its place, a new link", "or request a new link", "Request a new link…", page, nothing, askedAnew},
        {"a page in its place, Retry", "then retry", "Retry", page, [](Scene &scene) { scene.isGood(); }, verified},
        {"corrupt by the last download", "request a new link", "Request a new link…",
         [](Scene &scene) {
             Reply wrong = scene.whole();
             wrong.flipAt = 5;
             scene.begin(wrong);
         },
         nothing, askedAnew},
    };
}

std::vector<Advice> transfers()
{
    const auto cut = [](Scene &scene) {
        scene.begin(Reply{.body = scene.bench.archive, .cutAfter = 100000, .reset = true});
    };
    return {
        {"no attempt brought a byte", "Retry when the cause is gone", "Retry",
         [](Scene &scene) { scene.begin(Reply{.dropBeforeAnswer = true}); }, [](Scene &scene) { scene.isGood(); },
         verified},
        {"it would use up a download", "Start again?", "Start again", cut, [](Scene &scene) { scene.isGood(); },
         verified},
        {"it would use up a download, and waits", "Start again?", "Leave it paused", cut, nothing,
         [](Scene &scene) {
             return QTest::qWaitFor([&] { return scene.bench.download(scene.id).question == Question::None; }) &&
                    scene.bench.download(scene.id).state == DownloadState::Paused;
         }},
        {"larger than expected", "Go on?", "Go on",
         [](Scene &scene) {
             scene.begin(
                 Reply{.body = scene.bench.archive, .framing = Reply::Framing::UntilClose, .repeatForever = true});
         },
         nothing,
         [](Scene &scene) {
             const qint64 before = scene.bench.download(scene.id).bytesReceived;
             const bool goesOn =
                 QTest::qWaitFor([&] { return scene.bench.download(scene.id).bytesReceived > before; }, 20000);
             scene.bench.queue->cancel(scene.id, true);
             return goesOn;
         }},
        {"a link of plain http", "allow plain http in the connection", "Retry",
         [](Scene &scene) {
             DownloadOptions options = quickOptions();
             options.plainHttpAllowed = [&scene](const ConnectionId &) { return scene.isPlainAllowed; };
             scene.beginWith(
                 [](RestoreJob &job) {
                     job.delivery.url = QStringLiteral("http://192.0.2.1:9/backup/restore/v2/pull/job/KEY=/a.tar.gz");
                 },
                 options);
         },
         [](Scene &scene) { scene.isPlainAllowed = true; },
         [](Scene &scene) {
             const bool tries = QTest::qWaitFor([&] { return !isEnd(scene.bench.download(scene.id).state); });
             scene.bench.queue->cancel(scene.id, true);
             return tries;
         }},
    };
}

} // namespace

/// What the tab Downloads advises can be done there, and comes to what it promised. Each row brings a refusal about,
/// reads the advice where the person stands, presses what it names, and sees what comes of it.
class AdviceDownloadsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canBeFollowed_data()
    {
        QTest::addColumn<Advice>("advice");
        for (const auto &part : {disks(), links(), transfers()}) {
            for (const Advice &advice : part)
                QTest::newRow(advice.row) << advice;
        }
    }

    void canBeFollowed()
    {
        QFETCH(const Advice, advice);
        Scene scene;
        advice.bringAbout(scene);
        const auto said = [&scene] { return driver::visibleText(scene.bench.tab.get()); };
        QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QString::fromUtf8(advice.said)), qPrintable(said()), 20000);
        const auto *panel = scene.bench.tab->findChild<AdvicePanel *>();
        QVERIFY(panel);
        const auto beside = panel->findChildren<QAbstractButton *>();
        for (const QAbstractButton *button : beside)
            QVERIFY2(!button->isVisible() || button->isEnabled(), qPrintable(button->text()));
        advice.before(scene);
        const auto problem = [&scene, &advice] {
            return follow(scene.bench.tab.get(), scene.bench.view(), QString::fromUtf8(advice.control));
        };
        QCOMPARE(problem(), QString());
        QVERIFY2(advice.promised(scene), qPrintable(said()));
    }

    /// Root may write everywhere.
    void aFolderThatCannotBeWritten()
    {
        if (::geteuid() == 0)
            QSKIP("may write everywhere");
        Scene scene;
        const QByteArray files = scene.bench.path(QStringLiteral("files")).toLocal8Bit();
        QCOMPARE(::chmod(files.constData(), 0500), 0);
        scene.begin(scene.whole());
        const auto said = [&scene] { return driver::visibleText(scene.bench.tab.get()); };
        QTRY_VERIFY2(said().contains(QStringLiteral("Make the folder writable, then resume")), qPrintable(said()));
        QCOMPARE(::chmod(files.constData(), 0700), 0);
        QCOMPARE(follow(scene.bench.tab.get(), scene.bench.view(), QStringLiteral("Resume")), QString());
        QVERIFY(scene.isVerified());
    }
};

QTEST_MAIN(AdviceDownloadsTest)
#include "advice_downloads_test.moc"
