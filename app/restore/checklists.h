#pragma once

#include "base/ids.h"
#include "base/kept_file.h"
#include "restore/checklist.h"

#include <QHash>
#include <QSet>

namespace tidemark {

/// The checklists of one connection's projects, in a file that several programs may share. A project that is not in it
/// has the usual one. Reading and writing block for the disk.
class Checklists
{
public:
    explicit Checklists(QString path);

    /// As last read.
    Checklist of(const ProjectId &project) const;
    /// What other programs did meanwhile. Fails where the file cannot be read, or one still lies beside it that could
    /// not be: what was known before holds, or the usual list where another may be meant.
    std::optional<Error> read();
    /// What is in the file for this project is no list that this program understands: a newer one's, or edited by hand.
    std::optional<Error> trouble(const ProjectId &project) const;
    /// Fails where it is no list, what is in the file is not understood, or it cannot be written.
    Result<bool> put(const ProjectId &project, const Checklist &list);

private:
    KeptFile m_file;
    QSet<QString> m_notUnderstood;     ///< project ids
    QHash<QString, Checklist> m_lists; ///< by project id; those that are not the usual one
};

} // namespace tidemark
