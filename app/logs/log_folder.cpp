#include "logs/log_folder.h"

#include "logs/log_finder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace fs = std::filesystem;

namespace tidemark {

namespace {

/// Of those that are passed over and said.
constexpr qsizetype MostNames = 1000;

class Search
{
public:
    Search(FoundFiles &found, const std::atomic<bool> &isStopped)
        : m_found(found)
        , m_isStopped(isStopped)
    {
    }

    void read(const QString &folder, const QString &name)
    {
        m_root = folder;
        m_open = {{QFile::encodeName(folder).toStdString(), name}};
        while (!m_open.empty() && !isFull()) {
            const Folder next = m_open.back();
            m_open.pop_back();
            read(next);
        }
    }

private:
    struct Folder
    {
        fs::path path;
        QString name; ///< may be empty
    };

    bool isFull() const { return m_found.hasMore || m_isStopped; }

    void read(const Folder &folder)
    {
        std::error_code problem;
        for (fs::directory_iterator entry(folder.path, problem), end; !problem && entry != end && !isFull();
             entry.increment(problem))
            take(folder, *entry);
        if (problem)
            refuse(folder.name.isEmpty() ? m_root : folder.name, problem);
    }

    void take(const Folder &in, const fs::directory_entry &entry)
    {
        std::error_code problem;
        const QString last = QFile::decodeName(QByteArray::fromStdString(entry.path().filename().string()));
        const QString name = in.name.isEmpty() ? last : in.name + QLatin1Char('/') + last;
        const bool isLink = entry.is_symlink(problem);
        if (isLink && (entry.is_directory(problem) || !entry.exists(problem))) {
            if (m_found.links.size() < MostNames)
                m_found.links << name;
        } else if (entry.is_directory(problem)) {
            m_open.push_back({entry.path(), name});
        } else if (entry.is_regular_file(problem)) {
            if (m_found.files.size() < MostFiles)
                m_found.files.push_back({QFile::decodeName(QByteArray::fromStdString(entry.path().string())), name});
            else
                m_found.hasMore = true;
        } else if (problem) {
            refuse(name, problem);
        }
    }

    void refuse(const QString &name, const std::error_code &problem)
    {
        if (m_found.refused.size() < static_cast<size_t>(MostNames))
            m_found.refused.emplace_back(name, QString::fromStdString(problem.message()));
    }

    FoundFiles &m_found;
    const std::atomic<bool> &m_isStopped;
    QString m_root;
    std::vector<Folder> m_open;
};

} // namespace

/// The last parts of the path.
static QString tailOf(const QString &path, qsizetype parts)
{
    const QStringList all =
        QDir::cleanPath(QFileInfo(path).absoluteFilePath()).split(QLatin1Char('/'), Qt::SkipEmptyParts);
    return all.mid(std::max<qsizetype>(all.size() - parts, 0)).join(QLatin1Char('/'));
}

QStringList givenNames(const QStringList &paths)
{
    constexpr qsizetype mostParts = 20;
    QStringList names(paths.size());
    std::vector<qsizetype> open(static_cast<size_t>(paths.size()));
    std::iota(open.begin(), open.end(), 0);
    for (qsizetype parts = 1; !open.empty(); ++parts) {
        QHash<QString, QSet<QString>> folders; // of the logs of that name
        for (const qsizetype i : open) {
            names[i] = tailOf(paths[i], parts);
            folders[logOf(names[i])].insert(QFileInfo(paths[i]).absolutePath());
        }
        std::erase_if(open, [&](qsizetype i) { return parts == mostParts || folders[logOf(names[i])].size() == 1; });
    }
    return names;
}

FoundFiles findFiles(const QStringList &paths, const std::atomic<bool> &isStopped)
{
    FoundFiles found;
    const QStringList names = givenNames(paths);
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const auto before = static_cast<std::ptrdiff_t>(found.files.size());
        // What is in the only folder is named by its place in it.
        if (QFileInfo(paths[i]).isDir())
            Search(found, isStopped).read(paths[i], paths.size() > 1 ? names[i] : QString());
        else if (found.files.size() < MostFiles)
            found.files.push_back({paths[i], names[i]});
        else
            found.hasMore = true;
        std::sort(found.files.begin() + before, found.files.end(),
                  [](const NamedFile &a, const NamedFile &b) { return a.name < b.name; });
    }
    return found;
}

} // namespace tidemark
