#pragma once

#include "plans/restore_plan.h"
#include "preparation/facts_loader.h"
#include "restore/rules.h"

#include <QObject>

namespace tidemark {

class Session;

/// A plan that somebody opened, held against what the session's server tells today. Reads what it needs for that;
/// nothing of it orders anything.
class OpenedPlan : public QObject
{
    Q_OBJECT

public:
    /// The session must outlive it.
    OpenedPlan(RestorePlan plan, Session &session, QObject *parent = nullptr);

    /// Of another server its ids mean nothing.
    bool isOfThisServer() const;
    /// What is otherwise than when it was written, as warnings; what could not be read; what still is being read, as
    /// notes. All of it for the person: the rules judge the restore by themselves.
    std::vector<Finding> findings() const;
    /// Whether everything that it names was looked at and is as it was.
    bool isAsItWas() const;
    /// What the wizard opens with: the plan, with projects and clusters as they are today.
    RestoreDraft draft() const;
    QDateTime now() const; ///< the server's

Q_SIGNALS:
    void changed();

private:
    void addUnread(std::vector<Finding> &findings) const;

    RestorePlan m_plan;
    Session &m_session;
    FactsLoader m_loader;
};

} // namespace tidemark
