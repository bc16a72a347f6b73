#pragma once

#include "cloud/values.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QSettings;
class QTreeView;

namespace tidemark {

class ClusterModel;
class FilterEdit;
class ItemViewSetup;
class LoadView;
class OpenRows;
class ReadingLine;
class Session;
struct ClusterSection;

/// A project's clusters, or those of all projects, with a filter above, of which one is chosen. Follows the session's
/// catalogue: says that it is being read, that there is nothing, or what went wrong, with Retry; what is seen here is
/// read before all else.
class ClusterPicker : public QWidget
{
    Q_OBJECT

public:
    /// `label` with its mnemonic; without it, it is the list's accessible name. `objectName`: of the list.
    ClusterPicker(Session &session, QSettings &settings, const QString &objectName, const QString &label,
                  bool shardsShown, QWidget *parent = nullptr);

    void setProject(const ProjectId &project);
    void setAllProjects(); ///< in place of one
    void setLastUsed(const QStringList &ids);
    void setChosen(const ProjectId &project, const ClusterId &cluster); ///< does not emit chosen()
    void setMarked(const ClusterId &cluster, const QString &mark);      ///< this word stands behind its name
    void setNow(const QDateTime &now);                                  ///< for ages
    QTreeView *view() const { return m_view; }
    void focusList();
    void setActivate(std::function<void()> activate); ///< what Enter and a double click on a cluster do
    LoadView *loadView() const { return m_load; }

Q_SIGNALS:
    /// The person chose; nullopt: they let go of what was chosen. `project`: the cluster's, where all projects are
    /// listed.
    void chosen(const std::optional<tidemark::Cluster> &cluster, const tidemark::Project &project);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void listen();
    ClusterSection section(const Project &project) const;
    void fill();
    void fillProject(const ProjectId &project);
    void showState();
    void showReading();
    void setFilter(const QString &text);
    void showAnew();
    void select();
    void selectionChanged();
    void preferSeen();

    Session &m_session;
    bool m_isAll = false;
    ProjectId m_project;
    ClusterId m_chosen;
    ProjectId m_chosenIn;
    ClusterModel *m_model;
    FilterEdit *m_filter;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    OpenRows *m_open;
    LoadView *m_load;
    ReadingLine *m_reading;
    QTimer m_seen;           ///< what is seen is asked for once it rests
    bool m_updating = false; ///< the selection is moved by the program, not by the person
};

} // namespace tidemark
