#pragma once

#include "plans/restore_plan.h"
#include "preparation/wizard_context.h"

#include <QObject>

namespace tidemark {

class Session;

/// A plan that somebody opened, held against what the session's server tells today, and judged as the wizard would.
/// Reads what it needs for that; nothing of it orders anything.
class OpenedPlan : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    OpenedPlan(RestorePlan plan, Session &session, QSettings &settings, QObject *parent = nullptr);

    /// Of another server its ids mean nothing.
    bool isOfThisServer() const;
    /// What is otherwise than when it was written, as warnings; what could not be read; what still is being read, as
    /// notes. All of it for the person: the rules judge the restore by themselves.
    std::vector<Finding> findings() const;

    /// What the rules say of it today, as on Review; nothing before its clusters are known.
    struct Preflight
    {
        std::vector<Finding> findings;
        QStringList passed;
        QDateTime read; ///< what is said of the target's agents; invalid where nothing is
    };
    std::optional<Preflight> preflight() const;
    /// What the wizard opens with: the plan, with projects and clusters as they are today.
    RestoreDraft draft() const;
    QDateTime now() const; ///< the server's

Q_SIGNALS:
    void changed();

private:
    void addUnread(std::vector<Finding> &findings) const;

    RestorePlan m_plan;
    Session &m_session;
    WizardContext m_context; ///< of a wizard that nobody sees
};

} // namespace tidemark
