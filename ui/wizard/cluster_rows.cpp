#include "ui/wizard/cluster_rows.h"

#include "base/natural_order.h"

#include <algorithm>

namespace tidemark {

ClusterRows::ClusterRows(TextOf textOf, int columnCount)
    : m_textOf(std::move(textOf))
    , m_columnCount(columnCount)
{
}

bool ClusterRows::setSections(std::vector<ClusterSection> sections)
{
    const auto isSame = [this](const ClusterSection &section) {
        return std::ranges::any_of(m_sections, [&](const SectionPointer &known) { return known->is == section; });
    };
    if (sections.size() == m_sections.size() && std::ranges::all_of(sections, isSame))
        return false;
    m_sections.clear();
    for (ClusterSection &section : sections)
        m_sections.push_back(prepared(std::move(section)));
    arrange();
    return true;
}

bool ClusterRows::setSection(const ClusterSection &section, std::shared_ptr<const void> &before)
{
    const auto known = std::ranges::find_if(
        m_sections, [&](const SectionPointer &one) { return one->is.project.id == section.project.id; });
    if (known == m_sections.end() || (*known)->is == section)
        return false;
    before = *known;
    *known = prepared(section);
    arrange(**known);
    return true;
}

void ClusterRows::refresh(const ClusterId &cluster)
{
    for (const SectionPointer &section : m_sections) {
        for (Entry &entry : section->entries) {
            if (entry.cluster->id == cluster)
                entry.text = section->text + QLatin1Char('\n') + textOf(*entry.cluster, false);
        }
    }
}

void ClusterRows::setLastUsed(const QStringList &ids)
{
    m_lastUsed = ids;
    arrange();
}

void ClusterRows::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_order = order;
    arrange();
}

QString ClusterRows::textOf(const Cluster &cluster, bool isShard) const
{
    QStringList texts;
    for (int column = 0; column < m_columnCount; ++column)
        texts << m_textOf(cluster, isShard, column);
    return SearchWords::fold(texts.join(QLatin1Char('\n')));
}

ClusterRows::SectionPointer ClusterRows::prepared(ClusterSection section) const
{
    auto made = std::make_shared<Section>();
    made->is = std::move(section);
    made->text = SearchWords::fold(made->is.project.name);
    if (!made->is.clusters)
        return made;
    for (const Cluster &cluster : *made->is.clusters) {
        Entry entry{{&cluster, made->text + QLatin1Char('\n') + textOf(cluster, false)}, {}};
        for (const Cluster &shard : cluster.shards)
            entry.shards.push_back({&shard, textOf(shard, true)});
        made->entries.push_back(std::move(entry));
    }
    return made;
}

qsizetype ClusterRows::used(const QString &id) const
{
    const qsizetype place = m_lastUsed.indexOf(id);
    return place < 0 ? m_lastUsed.size() : place;
}

void ClusterRows::arrange(Section &section) const
{
    const auto isBefore = [this](const Entry &a, const Entry &b) {
        if (m_sortColumn <= 0) {
            // Whichever way names are sorted, what was used last is what is looked for.
            const qsizetype usedA = used(a.cluster->id.value);
            const qsizetype usedB = used(b.cluster->id.value);
            if (usedA != usedB)
                return usedA < usedB;
        }
        if (m_sortColumn < 0)
            return false;
        const int compared =
            compareNaturally(m_textOf(*a.cluster, false, m_sortColumn), m_textOf(*b.cluster, false, m_sortColumn));
        return m_order == Qt::AscendingOrder ? compared < 0 : compared > 0;
    };
    std::ranges::stable_sort(section.entries, isBefore);
    for (Entry &entry : section.entries) {
        std::ranges::stable_sort(entry.shards, [this](const Part &a, const Part &b) {
            const bool isConfigA = a.cluster->type == ClusterType::ConfigServers;
            const bool isConfigB = b.cluster->type == ClusterType::ConfigServers;
            if (isConfigA != isConfigB)
                return isConfigB; // after what has the data
            return compareNaturally(m_textOf(*a.cluster, true, 0), m_textOf(*b.cluster, true, 0)) < 0;
        });
    }
}

void ClusterRows::arrange()
{
    for (const SectionPointer &section : m_sections)
        arrange(*section);
    const bool isDescending = m_sortColumn == 0 && m_order == Qt::DescendingOrder;
    std::ranges::stable_sort(m_sections, [&](const SectionPointer &a, const SectionPointer &b) {
        const qsizetype usedA = used(a->is.project.id.value);
        const qsizetype usedB = used(b->is.project.id.value);
        if (usedA != usedB)
            return usedA < usedB;
        const int compared = compareNaturally(a->is.project.name, b->is.project.name);
        return isDescending ? compared > 0 : compared < 0;
    });
}

static ClusterRow &append(ClusterRowList &rows, const ClusterRow *parent, const ClusterSection &section)
{
    auto row = std::make_unique<ClusterRow>();
    row->parent = parent;
    row->row = int(rows.size());
    row->section = &section;
    rows.push_back(std::move(row));
    return *rows.back();
}

void ClusterRows::add(const Section &section, const ClusterRow *parent, ClusterRowList &rows) const
{
    std::vector<const Part *> shards;
    for (const Entry &entry : section.entries) {
        const bool isFound = m_words.areIn(entry.text);
        // A cluster that is found keeps its shards in view; a shard that is found keeps its cluster.
        shards.clear();
        for (const Part &shard : entry.shards) {
            if (m_shardsShown && (isFound || m_words.areIn(entry.text, shard.text)))
                shards.push_back(&shard);
        }
        if (!isFound && shards.empty() && (m_kept.isEmpty() || entry.cluster->id != m_kept))
            continue;
        ClusterRow &row = append(rows, parent, section.is);
        row.cluster = entry.cluster;
        row.isFound = isFound || !shards.empty();
        for (const Part *shard : shards) {
            ClusterRow &below = append(row.below, &row, section.is);
            below.cluster = shard->cluster;
            below.isShard = true;
            below.isFound = !isFound;
        }
    }
}

std::unique_ptr<ClusterRow> ClusterRows::projectRow(const Section &section) const
{
    auto row = std::make_unique<ClusterRow>();
    row->section = &section.is;
    add(section, row.get(), row->below);
    row->isFound = m_words.areIn(section.text) ||
                   std::ranges::any_of(row->below, [](const auto &below) { return below->isFound; });
    return row->isFound || !row->below.empty() ? std::move(row) : nullptr;
}

ClusterRowList ClusterRows::projects() const
{
    ClusterRowList rows;
    for (const SectionPointer &section : m_sections) {
        if (auto row = projectRow(*section)) {
            row->row = int(rows.size());
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

ClusterRowList ClusterRows::clusters() const
{
    ClusterRowList rows;
    for (const SectionPointer &section : m_sections)
        add(*section, nullptr, rows);
    return rows;
}

std::unique_ptr<ClusterRow> ClusterRows::project(const ProjectId &project) const
{
    const int place = placeOf(project);
    return place < 0 ? nullptr : projectRow(*m_sections[size_t(place)]);
}

int ClusterRows::placeOf(const ProjectId &project) const
{
    const auto known =
        std::ranges::find_if(m_sections, [&](const SectionPointer &one) { return one->is.project.id == project; });
    return known == m_sections.end() ? -1 : int(known - m_sections.begin());
}

} // namespace tidemark
