#pragma once

#include "preparation/facts_loader.h"
#include "restore/rules.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <set>

class QSettings;

namespace tidemark {

class Session;
class UsedPlan;
struct PlanInHand;

/// What the wizard's pages share: the draft that they write, the facts that it is judged by, the server's clock, and
/// which fields the person has touched.
class WizardContext : public QObject
{
    Q_OBJECT

public:
    WizardContext(Session &session, QSettings &settings, QObject *parent = nullptr);

    Session &session() const { return m_session; }
    QSettings &settings() const { return m_settings; } ///< how lists look and what was used last: nothing of a restore
    FactsLoader &loader() { return m_loader; }
    const FactsLoader &loader() const { return m_loader; }
    const RestoreFacts &facts() const { return m_loader.facts(); }
    const RestoreDraft &draft() const { return m_draft; }
    QDateTime now() const; ///< the server's

    /// Replaces the draft. Fields with something in them count as touched. The typed confirmation is never taken over,
    /// nor a cluster that is known to have gone; clusters are as the catalogue knows them.
    void setDraft(RestoreDraft draft);

    /// Changes the draft as the person did with this field.
    template<typename Change>
    void edit(Field field, Change change)
    {
        m_touched.insert(field);
        changeDraft(change);
    }

    /// Changes the draft where no field was filled in by it.
    template<typename Change>
    void changeDraft(Change change)
    {
        const RestoreDraft before = m_draft;
        change(m_draft);
        if (m_draft != before)
            settle(before);
        Q_EMIT draftChanged();
    }

    /// The draft was made of this plan, and may be changed since. It is forgotten with the next setDraft().
    void usePlan(const PlanInHand &plan);
    const UsedPlan *usedPlan() const { return m_plan; } ///< nullptr for none

    bool isTouched(Field field) const { return m_touched.contains(field); }
    std::vector<Finding> findings(Step step) const;

    // Changes that touch more than one field.
    void chooseProject(const Project &project);
    void chooseCluster(const std::optional<Cluster> &cluster);
    /// Both at once, where clusters of all projects are offered together.
    void chooseSource(const Project &project, const std::optional<Cluster> &cluster);
    void chooseTargetProject(const Project &project);
    void chooseTargetCluster(const std::optional<Cluster> &cluster);

Q_SIGNALS:
    void draftChanged();
    void sourceGone(); ///< the chosen source is no more, and is not chosen any longer
    void factsChanged();
    void ticked(); ///< every few seconds: the present moment moves, and findings with it

private:
    void settle(const RestoreDraft &before);
    void followCatalogue();
    void bringUpToDate();
    void followTarget();

    Session &m_session;
    QSettings &m_settings;
    FactsLoader m_loader;
    RestoreDraft m_draft;
    std::set<Field> m_touched;
    std::map<Field, Cluster> m_gone; ///< what was chosen there and is no more
    UsedPlan *m_plan = nullptr;
    QTimer m_tick;
};

} // namespace tidemark
