#pragma once

#include "connection/mongocli_import.h"
#include "ui/widgets/message_bar.h"

#include <deque>

namespace tidemark {

class Profiles;

/// Takes over the profiles of mongocli's configuration: saves what is complete, asks about each that names no server,
/// and says in the end what was done.
class ImportBar : public MessageBar
{
    Q_OBJECT

public:
    explicit ImportBar(Profiles &profiles, QWidget *parent = nullptr);

    void import(const QString &path);

Q_SIGNALS:
    /// The person is to complete this profile; it is not saved yet.
    void editRequested(const tidemark::Connection &connection, const tidemark::Credentials &credentials);

private:
    static Result<MongocliImport> read(const QString &path);
    void take(const MongocliImport &found);
    void save(const MongocliConnection &profile);
    void goOn();
    void askAbout(const MongocliConnection &profile);
    MongocliConnection takeAsked();
    void fail(const QString &text);

    Profiles &m_profiles;
    std::deque<MongocliConnection> m_asked; ///< the first is the one that is asked about
    int m_number = 0;                       ///< of the import that was asked for last
    int m_saving = 0;
    int m_saved = 0;
    int m_found = 0;
    QStringList m_notes;
};

} // namespace tidemark
