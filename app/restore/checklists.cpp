#include "restore/checklists.h"

#include <QCoreApplication>

namespace tidemark {

namespace {

constexpr int formatVersion = 1;
const QLatin1String ProjectsKey("projects");

bool isShaped(const QJsonObject &root)
{
    return root[ProjectsKey].isObject();
}

QHash<QString, Checklist> listsIn(const QJsonObject &root, QSet<QString> &notUnderstood)
{
    QHash<QString, Checklist> lists;
    notUnderstood.clear();
    const QJsonObject projects = root[ProjectsKey].toObject();
    for (auto project = projects.begin(); project != projects.end(); ++project) {
        if (auto list = checklistFromJson(project.value()))
            lists.insert(project.key(), std::move(*list));
        else
            notUnderstood.insert(project.key());
    }
    return lists;
}

} // namespace

Checklists::Checklists(QString path)
    : m_file(std::move(path), formatVersion, isShaped)
{
}

Checklist Checklists::of(const ProjectId &project) const
{
    const auto found = m_lists.find(project.value);
    return found == m_lists.end() ? usualChecklist() : *found;
}

std::optional<Error> Checklists::read()
{
    const KeptFile::Content content = m_file.read();
    if (content.trouble)
        return content.trouble; // what was read before still holds
    if (!content.root.isEmpty() || !m_file.setAside())
        m_lists = listsIn(content.root, m_notUnderstood);
    // Until a person has looked into it and taken it away.
    const QStringList aside = m_file.filesAside();
    if (aside.isEmpty())
        return std::nullopt;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = QCoreApplication::translate("tidemark::Checklists", "%1 could not be read.").arg(aside.front());
    return error;
}

std::optional<Error> Checklists::trouble(const ProjectId &project) const
{
    if (!m_notUnderstood.contains(project.value))
        return std::nullopt;
    Error error;
    error.kind = ErrorKind::Disk;
    error.sentence = QCoreApplication::translate("tidemark::Checklists",
                                                 "This project has a list that this program does not understand.");
    error.hint = QCoreApplication::translate("tidemark::Checklists",
                                             "Ask who wrote it: a newer Tidemark reads it, or its file has a fault.");
    return error;
}

Result<bool> Checklists::put(const ProjectId &project, const Checklist &list)
{
    if (const auto notUnderstood = trouble(project))
        return failure(*notUnderstood);
    if (const QString objection = objectionTo(list); !objection.isEmpty()) {
        Error error;
        error.kind = ErrorKind::Refused;
        error.sentence = objection;
        return failure(error);
    }
    QHash<QString, Checklist> now;
    QSet<QString> notUnderstood;
    bool isStrange = false;
    const Result<bool> written = m_file.update([&](QJsonObject &root) {
        QJsonObject projects = root[ProjectsKey].toObject();
        now = listsIn(root, notUnderstood);
        isStrange = notUnderstood.contains(project.value); // written since it was read
        if (isStrange)
            return false;
        if (list == usualChecklist())
            projects.remove(project.value); // it is the usual one in every language
        else
            projects.insert(project.value, checklistJson(list));
        root.insert(ProjectsKey, projects);
        now = listsIn(root, notUnderstood);
        return true;
    });
    if (written) {
        m_lists = now;
        m_notUnderstood = notUnderstood;
    }
    if (written && isStrange)
        return failure(*trouble(project));
    return written;
}

} // namespace tidemark
