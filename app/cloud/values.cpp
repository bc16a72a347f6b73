#include "cloud/values.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace tidemark {

namespace {

template<typename Status, size_t size>
Status statusFromName(const std::array<std::pair<QLatin1String, Status>, size> &names, const QString &name)
{
    const auto found = std::find_if(names.begin(), names.end(), [&name](const auto &entry) {
        return name.trimmed().compare(entry.first, Qt::CaseInsensitive) == 0;
    });
    return found == names.end() ? Status::Unknown : found->second;
}

} // namespace

qint64 Snapshot::fileSizeBytes() const
{
    qint64 sum = 0;
    for (const SnapshotPart &part : parts)
        sum += part.fileSizeBytes;
    return sum;
}

bool Snapshot::isEncrypted() const
{
    return std::any_of(parts.begin(), parts.end(),
                       [](const SnapshotPart &part) { return part.encryptionEnabled.value_or(false); });
}

std::optional<bool> AutomationProcess::hasError() const
{
    if (errorCode)
        return *errorCode != 0;
    std::optional<bool> told;
    for (const auto &text : {errorCodeHumanReadable, errorCodeDescription, errorString}) {
        if (text)
            told = told.value_or(false) || !text->isEmpty();
    }
    return told;
}

bool AutomationStatus::isAtGoal() const
{
    // A status without processes or without a goal says nothing about a restore, so it does not say that one is
    // complete.
    return goalVersion > 0 && !processes.empty() && processesAtGoal() == static_cast<int>(processes.size());
}

int AutomationStatus::processesAtGoal() const
{
    return static_cast<int>(std::count_if(processes.begin(), processes.end(), [this](const AutomationProcess &process) {
        return process.lastGoalVersionAchieved >= goalVersion;
    }));
}

QString archiveFileName(const Delivery &delivery)
{
    const QString &link = delivery.url.isEmpty() ? delivery.urlV2 : delivery.url;
    const QString path = QUrl(link).path(QUrl::FullyEncoded);
    return QUrl::fromPercentEncoding(path.mid(path.lastIndexOf(QLatin1Char('/')) + 1).toUtf8());
}

void arrangeJobs(std::vector<RestoreJob> &jobs)
{
    std::stable_sort(jobs.begin(), jobs.end(),
                     [](const RestoreJob &a, const RestoreJob &b) { return a.created > b.created; });
    qsizetype room = DocumentBytesOfList;
    for (RestoreJob &job : jobs) {
        room -= job.document.size();
        if (room < 0)
            job.document = {};
    }
}

JobStatus jobStatusFromName(const QString &name)
{
    static constexpr std::array names{
        std::pair{QLatin1String("IN_PROGRESS"), JobStatus::InProgress},
        std::pair{QLatin1String("FINISHED"), JobStatus::Finished},
        std::pair{QLatin1String("BROKEN"), JobStatus::Broken},
        std::pair{QLatin1String("KILLED"), JobStatus::Killed},
    };
    return statusFromName(names, name);
}

DeliveryStatus deliveryStatusFromName(const QString &name)
{
    static constexpr std::array names{
        std::pair{QLatin1String("NOT_STARTED"), DeliveryStatus::NotStarted},
        std::pair{QLatin1String("IN_PROGRESS"), DeliveryStatus::InProgress},
        std::pair{QLatin1String("READY"), DeliveryStatus::Ready},
        std::pair{QLatin1String("FAILED"), DeliveryStatus::Failed},
        std::pair{QLatin1String("INTERRUPTED"), DeliveryStatus::Interrupted},
        std::pair{QLatin1String("EXPIRED"), DeliveryStatus::Expired},
        std::pair{QLatin1String("MAX_DOWNLOADS_EXCEEDED"), DeliveryStatus::MaxDownloadsExceeded},
    };
    return statusFromName(names, name);
}

} // namespace tidemark
