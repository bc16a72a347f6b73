#pragma once

#include "cloud/values.h"

#include <QComboBox>

namespace tidemark {

class Session;

/// The projects of a session to choose from; follows the session's catalogue.
class ProjectCombo : public QComboBox
{
    Q_OBJECT

public:
    explicit ProjectCombo(Session &session, QWidget *parent = nullptr);

    void setProject(const ProjectId &project); ///< does not emit chosen()
    /// Chosen as if by the person once the projects are known, where nothing else has been chosen.
    void setProposed(const ProjectId &project);

Q_SIGNALS:
    void chosen(const tidemark::Project &project);

private:
    void fill();
    void proposeChoice();

    Session &m_session;
    ProjectId m_project;
    ProjectId m_proposed;
};

} // namespace tidemark
