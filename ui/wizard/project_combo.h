#pragma once

#include "cloud/values.h"

#include <QComboBox>

class QStringListModel;

namespace tidemark {

class Session;

/// The projects of a session to choose from; follows the session's catalogue. Words typed into it, in any order, find
/// them by any part of their names; Enter chooses the first that is found, a whole name that is typed is chosen at
/// once, Escape takes back what was typed.
class ProjectCombo : public QComboBox
{
    Q_OBJECT

public:
    enum class Offer { Projects, AllToo };

    ProjectCombo(Session &session, Offer offer, QWidget *parent = nullptr);

    void setProject(const ProjectId &project); ///< does not emit chosen()
    /// Chosen as if by the person once the projects are known, where nothing else has been chosen.
    void setProposed(const ProjectId &project);
    /// Ids of which the projects' stand first, the last used one before all.
    void setLastUsed(const QStringList &ids);
    bool isAll() const { return m_isAll; }
    const ProjectId &project() const { return m_project; } ///< the last one that was chosen
    /// What is wrong with what is typed; empty where nothing is.
    QString problem() const;

Q_SIGNALS:
    void chosen(const tidemark::Project &project);
    void allChosen();
    void typed(); ///< problem() may be another one

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void fill();
    void proposeChoice();
    void onIndexChanged(int index);
    void onTyped(const QString &text);
    void choose(const QString &label);
    void showChosen();
    void fillUntouched();
    int indexOf(const ProjectId &project) const;
    QStringList matches(const QString &text) const;

    Session &m_session;
    Offer m_offer;
    QStringList m_lastUsed;
    ProjectId m_project;
    ProjectId m_proposed;
    bool m_isAll = false;
    bool m_isTyping = false; ///< what stands there is not what is chosen
    QStringListModel *m_matches;
};

/// How projects are called where one is chosen: by their names, with their ids where two have the same one.
QStringList projectLabels(const std::vector<Project> &projects);

} // namespace tidemark
