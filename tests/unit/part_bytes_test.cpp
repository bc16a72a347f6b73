#include "downloads/disk.h"
#include "downloads/part_bytes.h"
#include "downloads/part_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

#include <sys/stat.h>
#include <sys/statfs.h>

using namespace tidemark;

namespace {

constexpr qint64 Capacity = 64 * 1024;

QString sha1Of(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex());
}

QByteArray noise(qint64 size, quint32 seed)
{
    QByteArray bytes((size + 3) / 4 * 4, Qt::Uninitialized);
    QRandomGenerator random(seed);
    random.fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    bytes.truncate(size);
    return bytes;
}

/// Calls of a test's hook; from the thread that syncs, too.
std::atomic<int> s_calls{0};
std::atomic<int> s_failFrom{-1}; ///< the n-th pwrite and all that follow fail

int failWrites(const disk::Step &step)
{
    if (qstrcmp(step.call, "pwrite") != 0)
        return 0;
    const int number = s_calls++;
    return s_failFrom >= 0 && number >= s_failFrom ? ENOSPC : 0;
}

constexpr disk::Seam FailWrites{.before = failWrites};

class PartBytesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesMemory();
    void init();
    void cleanup();
    void keepsFileAndHashInStep_data();
    void keepsFileAndHashInStep();
    void goesOnBehindAnyByte_data();
    void goesOnBehindAnyByte();
    void failedWriteLeavesBothAlike_data();
    void failedWriteLeavesBothAlike();
    void syncsInTheBackground();
    void whatWasNotSyncedIsReadFromTheDisk();
    void whatCannotBeSyncedIsCutBeforeItIsBelieved();
    void writtenWhileItIsProved();
    void clearStartsAnew();
    void aNewBeginningIsNotCalledSafe();
    void wholePagesPassTheCache();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("a.part")); }
    QByteArray onDisk() const;
    bool start(qint64 length = 0);
    /// Hands the bytes over in pieces, as the reader does.
    disk::DiskResult<void> feed(const QByteArray &bytes, const std::vector<qint64> &pieces);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PartBytes> m_bytes;
};

void PartBytesTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_bytes = std::make_unique<PartBytes>();
    s_calls = 0;
    s_failFrom = -1;
}

void PartBytesTest::cleanup()
{
    disk::setSeam(nullptr);
    m_bytes.reset();
    m_folder.reset();
}

QByteArray PartBytesTest::onDisk() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool PartBytesTest::start(qint64 length)
{
    auto file = disk::openOwned(path());
    return file && m_bytes->open(std::move(*file), path(), length, 0, {});
}

disk::DiskResult<void> PartBytesTest::feed(const QByteArray &bytes, const std::vector<qint64> &pieces)
{
    qint64 done = 0;
    for (size_t i = 0; done < bytes.size(); ++i) {
        BufferPtr buffer = m_bytes->take();
        const qint64 count = std::min({pieces[i % pieces.size()], buffer->room(), bytes.size() - done});
        std::copy_n(bytes.constData() + done, count, buffer->end());
        buffer->size = count;
        done += count;
        if (auto result = m_bytes->append(std::move(buffer)); !result)
            return result;
    }
    return {};
}

void PartBytesTest::keepsFileAndHashInStep_data()
{
    QTest::addColumn<std::vector<qint64>>("pieces");
    QTest::newRow("full buffers") << std::vector<qint64>{Capacity};
    QTest::newRow("single bytes among pages") << std::vector<qint64>{1, 4096, 1, 8192, 4095};
    QTest::newRow("never a whole page") << std::vector<qint64>{4095};
    QTest::newRow("a page and one byte") << std::vector<qint64>{4097};
    QTest::newRow("mixed") << std::vector<qint64>{Capacity, 3, Capacity, 5000, 4093, 100};
}

void PartBytesTest::keepsFileAndHashInStep()
{
    QFETCH(std::vector<qint64>, pieces);
    const QByteArray bytes = noise(1000003, 1);
    QVERIFY(start());
    QVERIFY(feed(bytes, pieces));
    QCOMPARE(m_bytes->size(), bytes.size());
    QCOMPARE(m_bytes->sha1(), sha1Of(bytes));
    QCOMPARE(onDisk(), bytes);
}

void PartBytesTest::goesOnBehindAnyByte_data()
{
    QTest::addColumn<qint64>("here");
    for (const qint64 here : {1, 511, 4095, 4096, 4097, 65535, 70000})
        QTest::addRow("%lld bytes here", static_cast<long long>(here)) << here;
}

void PartBytesTest::goesOnBehindAnyByte()
{
    QFETCH(qint64, here);
    const QByteArray bytes = noise(300001, 2);
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes.left(here)), here);
    file.close();
    QVERIFY(start(here));
    QVERIFY(feed(bytes.mid(here), {Capacity}));
    QCOMPARE(m_bytes->sha1(), sha1Of(bytes));
    QCOMPARE(onDisk(), bytes);
}

void PartBytesTest::failedWriteLeavesBothAlike_data()
{
    QTest::addColumn<int>("failFrom");
    for (int number : {0, 1, 2, 5})
        QTest::addRow("from write %d", number) << number;
}

void PartBytesTest::failedWriteLeavesBothAlike()
{
    QFETCH(int, failFrom);
    const QByteArray bytes = noise(400000, 3);
    QVERIFY(start());
    disk::setSeam(&FailWrites);
    s_failFrom = failFrom;
    const auto failed = feed(bytes, {Capacity, 70001});
    QVERIFY(!failed);
    QCOMPARE(failed.error().pause, PauseReason::DiskFull);
    QCOMPARE(onDisk().size(), m_bytes->size());
    QCOMPARE(m_bytes->sha1(), sha1Of(bytes.left(m_bytes->size())));
    // Room again: it goes on where it stands.
    s_failFrom = -1;
    QVERIFY(feed(bytes.mid(m_bytes->size()), {Capacity}));
    QCOMPARE(m_bytes->sha1(), sha1Of(bytes));
    QCOMPARE(onDisk(), bytes);
}

void PartBytesTest::syncsInTheBackground()
{
    const QByteArray bytes = noise(200000, 4);
    QVERIFY(start());
    QVERIFY(!m_bytes->takeSynced());
    QVERIFY(feed(bytes.left(100000), {Capacity}));
    m_bytes->startSync();
    QVERIFY(m_bytes->isSyncing());
    QVERIFY(feed(bytes.mid(100000), {Capacity}));
    std::optional<disk::DiskResult<qint64>> synced;
    const auto hasEnded = [&] {
        if (!synced)
            synced = m_bytes->takeSynced();
        return synced.has_value();
    };
    QTRY_VERIFY(hasEnded());
    QVERIFY(*synced);
    QCOMPARE(**synced, 100000); // what was written since is not said to be safe
    QVERIFY(!m_bytes->isSyncing());

    static constexpr disk::Seam failing{
        .before = [](const disk::Step &step) { return step.sync == disk::Sync::PartData ? EIO : 0; }};
    disk::setSeam(&failing);
    synced.reset();
    m_bytes->startSync();
    QTRY_VERIFY(hasEnded());
    QVERIFY(!*synced);
    // The kernel says it once: what was not covered is gone, and no later success is believed.
    disk::setSeam(nullptr);
    QCOMPARE(onDisk(), bytes.left(100000));
    QVERIFY(!m_bytes->sync());
    QVERIFY(!m_bytes->prove({}));
    QVERIFY(!feed(bytes.mid(100000), {Capacity}));
}

QByteArrayList s_steps; ///< syncs and drops of the cache

/// Of a part that a killed program has left: the kernel may have given its pages up.
void PartBytesTest::whatWasNotSyncedIsReadFromTheDisk()
{
    const QByteArray bytes = noise(100000, 7);
    QVERIFY(start());
    QVERIFY(feed(bytes, {Capacity}));
    m_bytes = std::make_unique<PartBytes>();
    static constexpr disk::Seam noting{.before = [](const disk::Step &step) {
        if (step.sync == disk::Sync::PartData || qstrcmp(step.call, "drop cache") == 0)
            s_steps << QByteArray(step.call) + ' ' + QByteArray::number(step.offset);
        return 0;
    }};
    s_steps.clear();
    disk::setSeam(&noting);
    auto file = disk::openOwned(path());
    QVERIFY(file && m_bytes->open(std::move(*file), path(), 100000, 40000, [](qint64 done, qint64) {
        if (done == 0)
            s_steps << "hash";
        return true;
    }));
    QCOMPARE(s_steps, QByteArrayList({"fdatasync 0", "drop cache 40000", "hash"}));
    QCOMPARE(m_bytes->synced(), 100000);
}

void PartBytesTest::whatCannotBeSyncedIsCutBeforeItIsBelieved()
{
    const QByteArray bytes = noise(100000, 8);
    QVERIFY(start());
    QVERIFY(feed(bytes, {Capacity}));
    m_bytes = std::make_unique<PartBytes>();
    static constexpr disk::Seam failing{
        .before = [](const disk::Step &step) { return step.sync == disk::Sync::PartData ? EIO : 0; }};
    disk::setSeam(&failing);
    auto file = disk::openOwned(path());
    QVERIFY(file && !m_bytes->open(std::move(*file), path(), 100000, 40000, {}));
    QCOMPARE(onDisk(), bytes.left(40000));
}

void PartBytesTest::writtenWhileItIsProved()
{
    QVERIFY(start());
    QVERIFY(feed(noise(100000, 9), {Capacity}));
    const auto write = [this](const QByteArray &text) {
        QTest::qSleep(20); // the file's time has ticked
        QFile other(path());
        return other.open(QIODevice::ReadWrite) && other.write(text) == text.size();
    };
    QVERIFY(write("somebody"));
    const auto writeAgain = [&write](qint64 done, qint64 all) { return done < all || write("somebody else"); };
    QVERIFY(!m_bytes->prove(writeAgain));
    QVERIFY(m_bytes->prove({})); // as it is now
    QCOMPARE(m_bytes->sha1(), sha1Of(onDisk()));
}

void PartBytesTest::clearStartsAnew()
{
    QVERIFY(start());
    QVERIFY(feed(noise(90000, 5), {Capacity}));
    m_bytes->startSync();
    QVERIFY(m_bytes->clear());
    QCOMPARE(m_bytes->size(), 0);
    QCOMPARE(m_bytes->sha1(), sha1Of({}));
    const QByteArray other = noise(50000, 6);
    QVERIFY(feed(other, {Capacity}));
    QCOMPARE(m_bytes->sha1(), sha1Of(other));
    QCOMPARE(onDisk(), other);
}

/// Four at once need little more than one.
void PartBytesTest::sharesMemory()
{
    constexpr qint64 mebibyte = 1024 * 1024;
    const auto bytes = [](int others) { return bufferPlan(others).buffers * bufferPlan(others).bytes; };
    QCOMPARE(bytes(0), 16 * mebibyte);
    QVERIFY(bytes(1) + bytes(2) + bytes(3) <= 24 * mebibyte);
    QVERIFY(bufferPlan(9).buffers >= 3); // one fills, one is written, one is hashed
}

void PartBytesTest::aNewBeginningIsNotCalledSafe()
{
    PartOwner owner;
    owner.job = JobId(QStringLiteral("1"));
    owner.fileName = owner.localName = QStringLiteral("a");
    owner.folder = m_folder->path();
    PartFile part(owner);
    QVERIFY(part.open(false, {}));
    BufferPtr buffer = part.take();
    buffer->size = buffer->room();
    QVERIFY(part.append(std::move(buffer)) && part.sync());
    const QString journal = m_folder->filePath(QStringLiteral("a.part.json"));
    QVERIFY(readJournal(journal)->syncedBytes > 0);
    QVERIFY(part.truncateAll());
    QCOMPARE(readJournal(journal)->syncedBytes, 0); // other bytes come, which a loss of power may take
}

void PartBytesTest::wholePagesPassTheCache()
{
    struct statfs system = {};
    QCOMPARE(::statfs(QFile::encodeName(m_folder->path()).constData(), &system), 0);
    const auto file = disk::openOwned(path());
    QVERIFY(file);
    disk::DirectFile direct(*file);
    constexpr qint64 ext4 = 0xEF53;
    constexpr qint64 xfs = 0x58465342;
    QCOMPARE(direct.isOpen(), system.f_type == ext4 || system.f_type == xfs);

    // Each call takes what can be taken in one way: up to the page's end, whole pages, the rest.
    Buffer buffer(Capacity);
    buffer.startAt(4000);
    std::fill_n(buffer.end(), 10000, 'x');
    if (direct.isOpen()) {
        QCOMPARE(direct.writeAt(*file, buffer.data(), 10000, 4000).value(), 96);
        QCOMPARE(direct.writeAt(*file, buffer.data() + 96, 9904, 4096).value(), 8192);
        QCOMPARE(direct.writeAt(*file, buffer.data() + 8288, 1712, 12288).value(), 1712);
    }
    // Memory that lies in another way than the file is written all the same.
    QCOMPARE(direct.writeAt(*file, buffer.data() + 1, 5000, 8192).value(), 5000);
}

} // namespace

QTEST_GUILESS_MAIN(PartBytesTest)
#include "part_bytes_test.moc"
