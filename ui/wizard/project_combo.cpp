#include "ui/wizard/project_combo.h"

#include "session/session.h"

#include <QSignalBlocker>

namespace tidemark {

ProjectCombo::ProjectCombo(Session &session, QWidget *parent)
    : QComboBox(parent)
    , m_session(session)
{
    setPlaceholderText(tr("Choose a project"));
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(30);
    connect(&session.catalogue(), &Catalogue::projectsChanged, this, &ProjectCombo::fill);
    connect(this, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index < 0)
            return;
        m_project = ProjectId(itemData(index).toString());
        if (const Project *project = m_session.catalogue().project(m_project))
            Q_EMIT chosen(*project);
    });
    fill();
}

void ProjectCombo::setProject(const ProjectId &project)
{
    m_project = project;
    const QSignalBlocker blocker(this);
    setCurrentIndex(findData(project.value));
}

void ProjectCombo::setProposed(const ProjectId &project)
{
    m_proposed = project;
    proposeChoice();
}

/// Where nothing has been chosen: the proposed one, or the only one.
void ProjectCombo::proposeChoice()
{
    if (!m_project.isEmpty() || currentIndex() >= 0)
        return;
    const int proposed = m_proposed.isEmpty() ? -1 : findData(m_proposed.value);
    if (proposed >= 0)
        setCurrentIndex(proposed);
    else if (count() == 1)
        setCurrentIndex(0);
}

void ProjectCombo::fill()
{
    {
        const QSignalBlocker blocker(this);
        clear();
        for (const Project &project : m_session.catalogue().projects())
            addItem(project.name, project.id.value);
        model()->sort(0);
        setCurrentIndex(findData(m_project.value));
    }
    setEnabled(count() > 0);
    proposeChoice();
}

} // namespace tidemark
