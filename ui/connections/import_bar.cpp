#include "ui/connections/import_bar.h"

#include "base/background.h"
#include "base/later.h"
#include "session/profiles.h"

#include <QDir>
#include <QFile>

namespace tidemark {

namespace {

using Missing = MongocliConnection::Missing;

/// A configuration is a few kilobytes; what is larger is another file.
constexpr qint64 LargestFile = 1024 * 1024;

} // namespace

ImportBar::ImportBar(Profiles &profiles, QWidget *parent)
    : MessageBar(parent)
    , m_profiles(profiles)
{
    setObjectName(QStringLiteral("importMessage"));
}

void ImportBar::fail(const QString &text)
{
    say(Kind::Error, text);
}

/// On a thread of its own, since the file may be on a folder of the network that hangs.
Result<MongocliImport> ImportBar::read(const QString &path)
{
    const auto fail = [](const QString &sentence) {
        Error error;
        error.kind = ErrorKind::Disk;
        error.sentence = sentence;
        return failure(error);
    };
    QFile file(path);
    const QString shown = QDir::toNativeSeparators(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(tr("%1 could not be read: %2.").arg(shown, file.errorString()));
    QByteArray bytes = file.read(LargestFile + 1);
    const bool isTooLarge = bytes.size() > LargestFile;
    Result<MongocliImport> found = isTooLarge ? Result<MongocliImport>() : importMongocli(bytes);
    wipeBytes(bytes);
    if (isTooLarge)
        return fail(tr("%1 is too large for a configuration of mongocli.").arg(shown));
    return found;
}

void ImportBar::import(const QString &path)
{
    m_asked.clear(); // what the earlier file asked is not what the buttons answer from here on
    clear();
    const int number = ++m_number;
    inOwnThread(
        this, [path] { return read(path); },
        [this, number](const Result<MongocliImport> &found) {
            if (number != m_number)
                return;
            if (found)
                take(*found);
            else
                fail((found.error().sentence + QLatin1Char(' ') + found.error().hint).trimmed());
        });
}

void ImportBar::take(const MongocliImport &found)
{
    m_notes.clear();
    m_saved = 0;
    m_found = static_cast<int>(found.profiles.size());
    if (found.atlasProfiles > 0)
        m_notes << tr("%n profiles of Atlas were left out.", nullptr, found.atlasProfiles);
    for (const MongocliConnection &profile : found.profiles) {
        for (const QString &note : profile.notes)
            m_notes << tr("%1: %2").arg(profile.connection.name, note);
        if (profile.missing == Missing::Nothing)
            save(profile);
        else
            m_asked.push_back(profile);
    }
    goOn();
}

void ImportBar::save(const MongocliConnection &profile)
{
    ++m_saving;
    whenDone(this, m_profiles.save(profile.connection, profile.credentials), [this](const Result<Connection> &saved) {
        --m_saving;
        if (saved)
            ++m_saved;
        else
            m_notes << saved.error().sentence;
        goOn();
    });
}

void ImportBar::goOn()
{
    if (!m_asked.empty()) {
        askAbout(m_asked.front());
        return;
    }
    if (m_saving > 0)
        return;
    const QString said = m_found == 0 ? tr("There is no profile of Cloud Manager or Ops Manager in this file.")
                                      : tr("%n connections were imported.", nullptr, m_saved);
    say(Kind::Information, (QStringList{said} + m_notes).join(QLatin1Char('\n')));
}

void ImportBar::askAbout(const MongocliConnection &profile)
{
    const QString name = profile.connection.name;
    const auto enter = [this] {
        MongocliConnection chosen = takeAsked();
        chosen.connection.service = Service::OpsManager;
        chosen.connection.baseUrl = QUrl();
        Q_EMIT editRequested(chosen.connection, chosen.credentials);
        goOn();
    };
    const Answer leaveOut{tr("Leave it out"), [this] {
                              takeAsked();
                              goOn();
                          }};
    if (profile.missing == Missing::Service)
        ask(Kind::Warning, tr("The profile %1 names neither a service nor an address. What is it for?").arg(name),
            {{tr("Cloud Manager"),
              [this] {
                  save(takeAsked());
                  goOn();
              }},
             {tr("Ops Manager…"), enter},
             leaveOut});
    else
        ask(Kind::Warning, tr("The profile %1 is of an Ops Manager, without an address.").arg(name),
            {{tr("Enter the address…"), enter}, leaveOut});
}

MongocliConnection ImportBar::takeAsked()
{
    MongocliConnection profile = std::move(m_asked.front());
    m_asked.pop_front();
    return profile;
}

} // namespace tidemark
