#pragma once

#include "cloud/values.h"

#include <QWidget>

#include <functional>
#include <optional>

class QSettings;
class QTreeView;

namespace tidemark {

class ClusterFilterModel;
class ClusterModel;
class FilterEdit;
class ItemViewSetup;
class LoadView;
class ReadingLine;
class Session;

/// A project's clusters with a filter above, of which one is chosen. Follows the session's catalogue: says that it is
/// being read, that there is nothing, or what went wrong, with Retry.
class ClusterPicker : public QWidget
{
    Q_OBJECT

public:
    /// `label` with its mnemonic; without it, it is the list's accessible name. `objectName`: of the list.
    ClusterPicker(Session &session, QSettings &settings, const QString &objectName, const QString &label,
                  bool shardsShown, QWidget *parent = nullptr);

    void setProject(const ProjectId &project);
    void setChosen(const ClusterId &cluster);                      ///< does not emit chosen()
    void setMarked(const ClusterId &cluster, const QString &mark); ///< this word stands behind its name
    QTreeView *view() const { return m_view; }
    void focusList();
    void setActivate(std::function<void()> activate); ///< what Enter and a double click on a cluster do
    LoadView *loadView() const { return m_load; }

Q_SIGNALS:
    /// nullopt: what was chosen is no more. Also sent with fresh values of the same cluster.
    void chosen(const std::optional<tidemark::Cluster> &cluster);

private:
    void fill();
    void showState();
    void showReading();
    void setFilter(const QString &text);
    void select();
    void selectionChanged();

    Session &m_session;
    ProjectId m_project;
    ClusterId m_chosen;
    ClusterModel *m_model;
    ClusterFilterModel *m_filtered;
    FilterEdit *m_filter;
    QTreeView *m_view;
    ItemViewSetup *m_viewSetup;
    LoadView *m_load;
    ReadingLine *m_reading;
    bool m_updating = false; ///< the selection is moved by the program, not by the person
};

} // namespace tidemark
