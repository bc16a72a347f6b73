#include "base/private_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tidemark;

class PrivateFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewFolderIsPrivate()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a/b"));
        QVERIFY(makePrivateFolder(path));
        QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
                 QFile::Permissions());
    }

    void somebodysFolderKeepsItsPermissions()
    {
        const QTemporaryDir dir;
        QVERIFY(QFile::setPermissions(dir.path(), QFile::Permissions(0x7755)));
        const QFile::Permissions before = QFile::permissions(dir.path());
        QVERIFY(makePrivateFolder(dir.path()));
        QCOMPARE(QFile::permissions(dir.path()), before);
    }

    void aFileInTheWayIsNoFolder()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("f"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(!makePrivateFolder(path));
    }
};

QTEST_GUILESS_MAIN(PrivateFileTest)
#include "private_file_test.moc"
