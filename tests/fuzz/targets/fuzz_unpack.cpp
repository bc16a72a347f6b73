/// Whatever is in the file, unpacking leaves something only when it says so, and then the archive is whole.
#include "archive/unpack.h"
#include "check.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace tidemark;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    static const QTemporaryDir place;
    static const QString archive = place.filePath(QStringLiteral("archive"));
    const QString target = place.filePath(QStringLiteral("target"));
    QDir().mkdir(target);
    {
        QFile file(archive);
        CHECK(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        CHECK(file.write(reinterpret_cast<const char *>(bytes), static_cast<qint64>(length)) ==
              static_cast<qint64>(length));
    }
    constexpr qint64 most = 64 * 1024 * 1024;
    UnpackOptions options;
    options.reserveBytes = 0;
    options.freeSpace = [](int) { return most; };
    const auto check = checkArchive(archive);
    const auto unpacked = unpackArchive(archive, target, {}, options);
    CHECK(check);
    if (unpacked)
        CHECK(check->outcome == ArchiveCheck::Outcome::Intact);
    else
        CHECK(!unpacked.error().sentence.isEmpty());
    const auto names = QDir(target).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    CHECK(unpacked ? names.isEmpty() == unpacked->directory.isEmpty() : names.isEmpty());
    CHECK(QDir(place.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot).size() ==
          2);
    QDir(target).removeRecursively();
    return 0;
}
