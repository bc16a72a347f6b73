#include "session/reading_texts.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace tidemark {

namespace {

/// From here on a server's silence is worth a word.
constexpr auto noticeableSilence = std::chrono::seconds(5);

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::ReadingTexts)
};

QString missingText(const CatalogueState &state)
{
    if (!state.projectsRead)
        return Text::tr("The projects are not read yet.");
    QStringList texts;
    if (state.unreadProjects > 0)
        texts << Text::tr("The clusters of %1 of %2 projects are not read yet.")
                     .arg(state.unreadProjects)
                     .arg(state.projects);
    if (state.unreadSnapshots == 1)
        texts << Text::tr("The latest snapshot of 1 cluster is not read yet.");
    else if (state.unreadSnapshots > 1)
        texts << Text::tr("The latest snapshots of %1 clusters are not read yet.").arg(state.unreadSnapshots);
    return texts.join(QLatin1Char(' '));
}

} // namespace

QString catalogueText(const CatalogueState &state)
{
    if (!state.lastError && (state.isComplete() || !state.isReading))
        return {};
    QStringList texts{state.isComplete() ? Text::tr("What is known of projects and clusters is old: a part of it could "
                                                    "not be read again.")
                                         : missingText(state)};
    if (state.lastError)
        texts << state.lastError->sentence << state.lastError->hint;
    if (state.isRepeated)
        texts << Text::tr("It is tried again by itself.");
    texts.removeAll(QString());
    return texts.join(QLatin1Char(' '));
}

QString jobsText(const std::vector<JobsReading> &readings)
{
    QStringList lists;
    QStringList agents;
    QDateTime oldest;
    bool neverRead = false;
    const Error *error = nullptr;
    for (const JobsReading &reading : readings) {
        if (!reading.error)
            continue;
        (reading.cluster.isEmpty() ? agents : lists) << reading.name;
        error = &*reading.error;
        neverRead = neverRead || !reading.lastGood.isValid();
        if (reading.lastGood.isValid() && (!oldest.isValid() || reading.lastGood < oldest))
            oldest = reading.lastGood;
    }
    if (error == nullptr)
        return {};
    QStringList texts;
    if (lists.size() == 1)
        texts << Text::tr("The restore jobs of %1 could not be read.").arg(lists.constFirst());
    else if (lists.size() > 1)
        texts << Text::tr("The restore jobs of %1 clusters could not be read.").arg(lists.size());
    if (!agents.isEmpty())
        texts << Text::tr("What the agents of %1 do could not be read.").arg(agents.join(QStringLiteral(", ")));
    if (oldest.isValid())
        texts << Text::tr("What is shown of them is from %1.").arg(timeOfDayText(oldest));
    if (neverRead)
        texts << Text::tr("Some were never read and are missing here.");
    texts << error->sentence << Text::tr("It is tried again by itself.");
    texts.removeAll(QString());
    return texts.join(QLatin1Char(' '));
}

QString paceText(const RequestPace &pace, const QDateTime &now)
{
    const auto silence = std::chrono::duration_cast<std::chrono::seconds>(pace.silence());
    if (silence >= noticeableSilence)
        return Text::tr("No answer for %1 s").arg(silence.count());
    if (!pace.isSlowed())
        return {};
    const auto rest = pace.rest();
    if (rest.count() > 0)
        return Text::tr("Too many requests: the server is asked again at %1, one request at a time")
            .arg(timeOfDayText(now.addMSecs(rest.count())));
    return Text::tr("Too many requests: the server is asked for one thing at a time");
}

} // namespace tidemark
