/// restoreInfo.txt comes from inside an archive that anybody may have packed.
#include "archive/next_steps.h"
#include "check.h"

using namespace tidemark;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t length)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(length));
    const RestoreInfo info = parseRestoreInfo(text);
    CHECK(info.text == text);
    CHECK(info.restoreTimestampSeconds >= 0 && info.lastOplogSeconds >= 0);
    // What it says of itself never contradicts it.
    CHECK(restoreInfoContradictions(info, {info.replicaSetName, info.mongodbVersion, info.snapshotSeconds}).empty());
    CHECK(restoreInfoContradictions(info, {}).empty());
    const QString name = text.section(QLatin1Char('\n'), 0, 0);
    const RestoreInfoExpected expected = expectedByFileName(name, QStringLiteral("5ff5"));
    CHECK(expected.replicaSetName.isEmpty() || name.contains(expected.replicaSetName));
    const ArchiveOrder order{name, QStringLiteral("5ff5"), true, 3, {}};
    CHECK(!nextSteps(info, order).steps.join(QString()).contains(QStringLiteral("--replSet")));
    return 0;
}
