#pragma once

#include "cloud/values.h"
#include "preparation/search_words.h"

#include <Qt>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tidemark {

/// A project with what is known of its clusters.
struct ClusterSection
{
    Project project;
    std::optional<std::vector<Cluster>> clusters; ///< nullopt: not read yet
    QString problem;                              ///< why they could not be read, or not anew

    bool operator==(const ClusterSection &) const = default;
};

/// A row of a tree of projects, clusters and shards.
struct ClusterRow
{
    const ClusterRow *parent = nullptr; ///< of the topmost rows: nullptr
    int row = 0;
    const ClusterSection *section = nullptr;
    const Cluster *cluster = nullptr; ///< nullptr: a project
    bool isShard = false;
    bool isFound = false; ///< itself or something below it is what is looked for, rather than being kept in view
    std::vector<std::unique_ptr<ClusterRow>> below;
};
using ClusterRowList = std::vector<std::unique_ptr<ClusterRow>>;

/// Which rows are shown, and in which order. All that depends on what was read alone is worked out when it arrives, so
/// that a key press costs a look at each text and no more: 300 projects of 20 clusters are searched while one types.
class ClusterRows
{
public:
    /// What a column says of a cluster or a shard; all columns are searched, and rows are sorted by one.
    using TextOf = std::function<QString(const Cluster &cluster, bool isShard, int column)>;

    ClusterRows(TextOf textOf, int columnCount);

    /// In place of all; false where they are the same.
    bool setSections(std::vector<ClusterSection> sections);
    /// One of them anew. The rows made before stay valid until `before` goes, which is set to what keeps them.
    /// False where it is the same, or no project of theirs.
    bool setSection(const ClusterSection &section, std::shared_ptr<const void> &before);
    /// A text of the cluster is another one. Rows keep their places.
    void refresh(const ClusterId &cluster);

    void setWords(const SearchWords &words) { m_words = words; }
    bool isSearch() const { return !m_words.isEmpty(); }
    /// Stays in view whatever is looked for, so that nobody goes on with a cluster they cannot see.
    void setKept(const ClusterId &cluster) { m_kept = cluster; }
    void setShardsShown(bool shown) { m_shardsShown = shown; }
    /// Of projects and clusters, the first one first: these stand before all others when sorted by name.
    void setLastUsed(const QStringList &ids);
    void sort(int column, Qt::SortOrder order);

    /// A row for each project that has something to show.
    ClusterRowList projects() const;
    /// The clusters of all sections without their projects.
    ClusterRowList clusters() const;
    /// A project's row; nullptr where there is nothing to show.
    std::unique_ptr<ClusterRow> project(const ProjectId &project) const;
    /// The place of the project among all, shown or not.
    int placeOf(const ProjectId &project) const;

private:
    struct Part ///< a shard, or a cluster with its project's name
    {
        const Cluster *cluster;
        QString text; ///< folded
    };
    struct Entry : Part
    {
        std::vector<Part> shards;
    };
    struct Section
    {
        ClusterSection is;
        QString text; ///< folded
        std::vector<Entry> entries;
    };
    using SectionPointer = std::shared_ptr<Section>;

    SectionPointer prepared(ClusterSection section) const;
    QString textOf(const Cluster &cluster, bool isShard) const;
    qsizetype used(const QString &id) const;
    void arrange(Section &section) const;
    void arrange();
    void add(const Section &section, const ClusterRow *parent, ClusterRowList &rows) const;
    std::unique_ptr<ClusterRow> projectRow(const Section &section) const;

    TextOf m_textOf;
    int m_columnCount;
    std::vector<SectionPointer> m_sections;
    SearchWords m_words;
    ClusterId m_kept;
    bool m_shardsShown = true;
    QStringList m_lastUsed;
    int m_sortColumn = -1; ///< as they came
    Qt::SortOrder m_order = Qt::AscendingOrder;
};

} // namespace tidemark
