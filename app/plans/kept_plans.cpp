#include "plans/kept_plans.h"

#include "base/file_steps.h"
#include "base/log.h"
#include "base/private_file.h"
#include "plans/plan_disk.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <fcntl.h>

namespace tidemark {

namespace {

using namespace file_steps;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::KeptPlans)
};

QString suffix()
{
    return QLatin1Char('.') + QLatin1String(PlanSuffix);
}

Result<PlanFile> refused(const QString &sentence)
{
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = sentence;
    return failure(error);
}

Step<void> writeWhole(const QString &path, const QByteArray &bytes)
{
    const QString beside = path + QStringLiteral(".new");
    const Step<Descriptor> file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    if (!file)
        return tl::unexpected(file.error());
    if (const Step<void> written = writeAll(*file, bytes); !written)
        return written;
    if (const Step<void> synced = sync(*file); !synced)
        return synced;
    if (const Step<void> renamed = file_steps::rename(beside, path); !renamed)
        return renamed;
    return syncFolder(QFileInfo(path).absolutePath());
}

} // namespace

QString planHash(const QByteArray &planFile)
{
    return QString::fromLatin1(QCryptographicHash::hash(planFile, QCryptographicHash::Sha256).toHex());
}

KeptPlans::KeptPlans(QString folder, int most)
    : m_folder(std::move(folder))
    , m_most(most)
{
}

QString KeptPlans::pathOf(const QString &sha256) const
{
    static const QRegularExpression hash(QStringLiteral("^[0-9a-f]{64}\\z"));
    return hash.match(sha256).hasMatch() ? QDir(m_folder).filePath(sha256 + suffix()) : QString();
}

bool KeptPlans::keep(const QByteArray &planFile) const
{
    if (planFile.size() > LargestPlanFile)
        return false;
    const QString path = pathOf(planHash(planFile));
    const auto refuse = [&path](const QString &why) {
        qCWarning(lcRestore, "The plan %s could not be kept: %s", qUtf8Printable(path), qUtf8Printable(why));
        return false;
    };
    if (!makePrivateFolder(m_folder))
        return refuse(QStringLiteral("its folder cannot be made"));
    // Written again where it is there: it may have been damaged, and it is the newest once more.
    if (const Step<void> written = writeWhole(path, planFile); !written)
        return refuse(reason(written.error()));
    dropOldest();
    return true;
}

void KeptPlans::dropOldest() const
{
    const QStringList newestFirst =
        QDir(m_folder).entryList({QLatin1Char('*') + suffix()}, QDir::Files | QDir::Hidden, QDir::Time);
    for (const QString &name : newestFirst.mid(m_most))
        QFile::remove(QDir(m_folder).filePath(name));
}

Result<PlanFile> readKeptPlan(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return refused(Text::tr("The plan of this restore is not kept here any more, or was not when it was sent."));
    if (!file.open(QIODevice::ReadOnly))
        return refused(Text::tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(path), file.errorString()));
    const QByteArray bytes = file.read(LargestPlanFile + 1);
    if (planHash(bytes) + suffix() != QFileInfo(path).fileName())
        return refused(Text::tr("%1 was changed after the restore was sent: it is not the plan that was sent.")
                           .arg(QDir::toNativeSeparators(path)));
    return readPlanFile(bytes);
}

} // namespace tidemark
