#pragma once

#include <QString>
#include <QStringList>

#include <atomic>
#include <vector>

namespace tidemark {

struct NamedFile
{
    QString path;
    QString name; ///< within what was given
};

/// What is to be read of files and folders, and what is passed over.
struct FoundFiles
{
    std::vector<NamedFile> files;
    QStringList links;                                ///< to folders, and to what is not there
    std::vector<std::pair<QString, QString>> refused; ///< folders that cannot be read, and why
    bool hasMore = false;                             ///< than MostFiles
};

/// Of each as few of the path's last parts as tell its log from those in other folders: "db1/mongod.log" and
/// "db2/mongod.log", but "mongod.log" and "mongod.log.1" of one folder.
QStringList givenNames(const QStringList &paths);

constexpr size_t MostFiles = 20000;

/// All files in these, folders within folders too, in the order of their names. A link to a folder is followed only
/// where it was given itself: one within may lead round and round.
FoundFiles findFiles(const QStringList &paths, const std::atomic<bool> &isStopped);

} // namespace tidemark
