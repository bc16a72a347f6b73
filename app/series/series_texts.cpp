#include "series/series_texts.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace tidemark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::Series)
};

constexpr double MostCounted = 9e15; // whole numbers are exact up to there

QString countText(double count)
{
    const qint64 whole = std::llround(count);
    return QLocale(QLocale::English).toString(whole);
}

/// Three significant digits are more than an estimate knows.
QString roughText(double amount)
{
    const double count = std::min(amount, MostCounted);
    if (count < 1000)
        return countText(count);
    const double step = std::pow(10, std::floor(std::log10(count)) - 2);
    return countText(std::round(count / step) * step);
}

QString stepText(qint64 seconds)
{
    if (seconds % 3600 == 0)
        return Words::tr("%1 h").arg(seconds / 3600);
    return seconds % 60 == 0 ? Words::tr("%1 min").arg(seconds / 60) : Words::tr("%1 s").arg(seconds);
}

QString amountText(const Loss &loss)
{
    const QString amount = roughText(loss.amount);
    switch (loss.kind) {
    case CurveKind::Inserts:
        return Words::tr("inserts about %1").arg(amount);
    case CurveKind::Updates:
        return Words::tr("updates about %1").arg(amount);
    case CurveKind::Deletes:
        return Words::tr("deletes about %1").arg(amount);
    case CurveKind::OplogRate:
        return Words::tr("oplog about %1").arg(bytesText(std::llround(std::min(loss.amount, MostCounted))));
    case CurveKind::Commands:
    case CurveKind::DataSize:
        break;
    }
    return {};
}

} // namespace

QString clockText(qint64 seconds)
{
    return bareUtcText(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)).section(QLatin1Char(' '), 1);
}

QString curveName(CurveKind kind)
{
    switch (kind) {
    case CurveKind::Deletes:
        return Words::tr("Deletes");
    case CurveKind::Commands:
        return Words::tr("Commands");
    case CurveKind::Inserts:
        return Words::tr("Inserts");
    case CurveKind::DataSize:
        return Words::tr("Data size");
    case CurveKind::Updates:
        return Words::tr("Updates");
    case CurveKind::OplogRate:
        return Words::tr("Oplog");
    }
    return {};
}

QString curveTitle(CurveKind kind, bool allPrimaries)
{
    switch (kind) {
    case CurveKind::Deletes:
        return allPrimaries ? Words::tr("Deletes per second, all primaries")
                            : Words::tr("Deletes per second, the busiest member of each set");
    case CurveKind::Commands:
        return allPrimaries ? Words::tr("Commands per second, all primaries")
                            : Words::tr("Commands per second, the busiest member of each set");
    case CurveKind::Inserts:
        return allPrimaries ? Words::tr("Inserts per second, all primaries")
                            : Words::tr("Inserts per second, the busiest member of each set");
    case CurveKind::DataSize:
        return allPrimaries ? Words::tr("Data size, all primaries")
                            : Words::tr("Data size, the largest member of each set");
    case CurveKind::Updates:
    case CurveKind::OplogRate:
        break;
    }
    return curveName(kind);
}

QString mostText(const Curve &curve)
{
    const std::optional<double> most = mostOf(curve);
    if (!most)
        return {};
    if (!isRate(curve.kind))
        return Words::tr("most: %1").arg(bytesText(std::llround(std::min(*most, 9e17))));
    return Words::tr("most: %1")
        .arg(*most < 10 ? QString::number(*most, 'g', 2) : countText(std::min(*most, MostCounted)));
}

QString edgeText(CurveKind kind, const Edge &edge)
{
    const QString from = clockText(edge.from);
    const QString to = clockText(edge.to);
    switch (kind) {
    case CurveKind::Deletes:
        return Words::tr("Deletes rise between %1 and %2, no finer data.").arg(from, to);
    case CurveKind::Commands:
        return Words::tr("Commands rise between %1 and %2, no finer data.").arg(from, to);
    case CurveKind::Inserts:
        return Words::tr("Inserts rise between %1 and %2, no finer data.").arg(from, to);
    case CurveKind::DataSize:
        return Words::tr("The data becomes smaller between %1 and %2, no finer data.").arg(from, to);
    case CurveKind::Updates:
    case CurveKind::OplogRate:
        break;
    }
    return {};
}

QString curveNote(CurveKind kind)
{
    switch (kind) {
    case CurveKind::Deletes:
        return Words::tr("A drop is a command and does not show in deletes: the log tells its second.");
    case CurveKind::Commands:
        return Words::tr("A drop is one command among many others and seldom shows: the log tells its second.");
    case CurveKind::DataSize:
        return Words::tr("A drop shows as a step down, to the minute: the log tells its second.");
    default:
        return {};
    }
}

QString lossText(const Losses &losses)
{
    QStringList amounts;
    QStringList untold;
    QString commands;
    for (const CurveKind kind :
         {CurveKind::Inserts, CurveKind::Updates, CurveKind::Deletes, CurveKind::OplogRate, CurveKind::Commands}) {
        const auto loss = std::ranges::find(losses.losses, kind, &Loss::kind);
        const bool isTold = loss != losses.losses.end();
        if (kind != CurveKind::Commands)
            (isTold ? amounts : untold) << (isTold ? amountText(*loss) : curveName(kind));
        else if (isTold)
            commands = Words::tr("Commands, of which only some write: about %1.").arg(roughText(loss->amount));
    }
    QStringList sentences;
    const QString span = durationText(std::chrono::seconds(losses.to - losses.from));
    const QString step = stepText(losses.step);
    if (amounts.isEmpty())
        sentences << Words::tr("How many writes of the last %1 would be lost is not told.").arg(span);
    else
        sentences << Words::tr("Would be lost, the last %1, estimated from samples of %2: %3.")
                         .arg(span, step, amounts.join(QStringLiteral(", ")));
    if (!amounts.isEmpty() && !untold.isEmpty())
        sentences << Words::tr("Not told: %1.", "kinds of writes").arg(untold.join(QStringLiteral(", ")));
    if (!commands.isEmpty())
        sentences << commands;
    if (!losses.missingSets.isEmpty())
        sentences << Words::tr("Without %1, of which nothing could be read, so it is more.", "replica sets")
                         .arg(losses.missingSets.join(QStringLiteral(", ")));
    if (losses.missing >= losses.step)
        sentences << Words::tr("For %1 of it there is no data, so it is more.")
                         .arg(durationText(std::chrono::seconds(losses.missing)));
    return sentences.join(QLatin1Char(' '));
}

QString noCurveText(const Error &error)
{
    if (error.kind == ErrorKind::Permission || error.kind == ErrorKind::Credentials)
        return Words::tr("No curve: the key may not read this project's monitoring. What was deleted when, the log "
                         "tells.");
    if (error.kind == ErrorKind::NotFound)
        return Words::tr("No curve: this server tells no measurements of these hosts. What was deleted when, the log "
                         "tells.");
    return Words::tr("No curve: the measurements could not be read. What was deleted when, the log tells.");
}

QString oldCurveText(const Error &error, qint64 until)
{
    const QString time = utcText(QDateTime::fromSecsSinceEpoch(until, Qt::UTC));
    if (error.kind == ErrorKind::Permission || error.kind == ErrorKind::Credentials)
        return Words::tr("The key may no longer read this project's monitoring: the measurements end at %1.").arg(time);
    return Words::tr("The measurements could not be read anew: they end at %1.").arg(time);
}

QString nothingMeasuredText(bool areNamesKnown)
{
    return areNamesKnown ? Words::tr("No curve: the server has no measurements of this time. What was deleted when, "
                                     "the log tells.")
                         : Words::tr("No curve: the server measures no primary of this cluster. What was deleted "
                                     "when, the log tells.");
}

QString causeText(const ProjectEvent &event)
{
    return Words::tr("likely cause: %1 at %2").arg(event.typeName, timeOfDayText(event.created));
}

QString eventText(const ProjectEvent &event)
{
    return event.clusterName.isEmpty() ? event.typeName
                                       : QStringLiteral("%1, %2").arg(event.typeName, event.clusterName);
}

} // namespace tidemark
