#include "plans/plan_disk.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSaveFile>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::PlanDisk)
};

Error trouble(const QString &sentence, const QString &hint)
{
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = sentence;
    error.hint = hint;
    return error;
}

} // namespace

Result<PlanFile> readPlanFrom(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        return failure(trouble(Text::tr("%1 is no file that a plan could be in.").arg(shown), {}));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(trouble(Text::tr("%1 cannot be read: %2.").arg(shown, file.errorString()), {}));
    const QByteArray bytes = file.read(LargestPlanFile + 1);
    if (file.error() != QFile::NoError)
        return failure(trouble(Text::tr("%1 cannot be read: %2.").arg(shown, file.errorString()), {}));
    return readPlanFile(bytes);
}

Result<bool> writePlanTo(const QString &path, const PlanFile &file)
{
    const QByteArray bytes = planFileBytes(file);
    QSaveFile saved(path);
    if (saved.open(QIODevice::WriteOnly) && saved.write(bytes) == bytes.size() && saved.flush() && saved.commit())
        return true;
    return failure(trouble(
        Text::tr("The plan could not be written to %1: %2.").arg(QDir::toNativeSeparators(path), saved.errorString()),
        Text::tr("Choose another folder.")));
}

Result<PlanFile> addSignature(const QString &path, const RestorePlan &plan, const PlanSignature &signature)
{
    Result<PlanFile> file = readPlanFrom(path);
    if (!file)
        return file;
    if (file->plan != plan)
        return failure(trouble(Text::tr("%1 has become another plan in the meantime: nothing was added to it.")
                                   .arg(QDir::toNativeSeparators(path)),
                               Text::tr("Open it again and read it.")));
    file->signatures.push_back(signature);
    if (const auto again = readPlanFile(planFileBytes(*file)); !again)
        return again; // more than a plan may have
    if (const auto written = writePlanTo(path, *file); !written)
        return failure(written.error());
    return file;
}

QString planFileName(const RestorePlan &plan)
{
    static const QRegularExpression unusual(QStringLiteral("[^\\w.-]+"));
    QString name = plan.target ? plan.target->name : plan.source.name;
    name.replace(unusual, QStringLiteral("_"));
    return QStringLiteral("restore-%1-%2.%3")
        .arg(name.left(100), fileStampText(plan.written), QLatin1String(PlanSuffix));
}

} // namespace tidemark
