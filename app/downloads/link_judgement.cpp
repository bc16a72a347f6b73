#include "downloads/link_judgement.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

using Kind = LinkJudgement::Kind;

QString tr(const char *text)
{
    return QCoreApplication::translate("tidemark::LinkJudgement", text);
}

LinkJudgement verdict(Kind kind, ErrorKind errorKind, const QString &sentence, const QString &hint = {})
{
    LinkJudgement judgement;
    judgement.kind = kind;
    judgement.error.kind = errorKind;
    judgement.error.sentence = sentence;
    judgement.error.hint = hint;
    judgement.error.retryable = kind == Kind::Preparing;
    return judgement;
}

QString newLinkHint()
{
    return tr("Request a new link: a new restore job for the same snapshot.");
}

LinkJudgement expired()
{
    return verdict(Kind::Expired, ErrorKind::LinkExpired, tr("The download link has expired."), newLinkHint());
}

} // namespace

LinkJudgement judgeJob(const RestoreJob &job)
{
    switch (job.delivery.status) {
    case DeliveryStatus::Expired:
        return expired();
    case DeliveryStatus::MaxDownloadsExceeded:
        return verdict(Kind::UsedUp, ErrorKind::LinkUsedUp, tr("The link was used as often as it may be."),
                       newLinkHint());
    case DeliveryStatus::Failed:
    case DeliveryStatus::Interrupted:
        return verdict(Kind::Failed, ErrorKind::Server,
                       tr("The archive could not be delivered (%1).").arg(job.delivery.statusName),
                       tr("Start a new restore of the same snapshot."));
    default:
        break;
    }
    LinkJudgement usable;
    usable.link = archiveLink(job.delivery);
    if (!usable.link.isEmpty()) {
        usable.kind = Kind::Usable;
        return usable;
    }
    if (job.delivery.status == DeliveryStatus::Ready)
        return verdict(Kind::NoLink, ErrorKind::Server,
                       tr("The restore job says that its archive is ready, and names no link to it that can be used."),
                       tr("Retry in some minutes, or request a new link."));
    if (job.status == JobStatus::Broken || job.status == JobStatus::Killed)
        return verdict(Kind::Failed, ErrorKind::Server,
                       tr("The restore job ended without a download link (%1).").arg(job.statusName),
                       tr("Start a new restore of the same snapshot."));
    return verdict(Kind::Preparing, ErrorKind::Server, tr("The archive is still being prepared."));
}

LinkJudgement judgeRefusal(const Error &refusal, const Delivery &delivery, qint64 started, const QDateTime &now)
{
    if (delivery.expires.isValid() && delivery.expires <= now)
        return expired();
    if (delivery.maxDownloads > 0 && started >= delivery.maxDownloads)
        return verdict(Kind::UsedUp, ErrorKind::LinkUsedUp,
                       tr("The server refuses the link, and all %1 downloads that it allows were started.")
                           .arg(delivery.maxDownloads),
                       newLinkHint());
    LinkJudgement judgement;
    judgement.kind = Kind::Failed;
    judgement.error = refusal;
    return judgement;
}

} // namespace tidemark
