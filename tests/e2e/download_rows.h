#pragma once

#include "support/download_fixture.h"
#include "support/numbered_rows.h"

#include <functional>
#include <vector>

/// One table for every fault: what the server and the job say, and what must come of it. The rows stand in the test
/// programs, each with one subject; runRow judges them all alike.
namespace tidemark::test {

extern const QByteArray RowArchive;   ///< what the server has
extern const QByteArray OtherArchive; ///< as long, with other bytes
extern const QString RowHash;         ///< of RowArchive
constexpr qint64 Middle = 100000;

/// What is in the folder afterwards.
enum class Files {
    Final,        ///< exactly the archive under its final name
    OtherFinal,   ///< exactly the other archive under the final name
    PartKept,     ///< a beginning of the archive in the part file
    NoArchive,    ///< no byte anywhere
    CorruptAside, ///< only NAME.corrupt
    Anything
};

struct Row
{
    const char *name;
    QList<Reply> script;
    DownloadState state;
    Files files;
    /// The requests' Range headers in order ("-" for none, "*" for any number of whatever follows); empty: not checked.
    QList<QByteArray> ranges;
    /// Changes to the job, the options, …
    std::function<void(DownloadFixture &)> prepare = {};
    /// Checks of its own.
    std::function<bool(DownloadFixture &, const DownloadId &)> check = {};
};

Reply whole(Reply::Framing framing = Reply::Framing::Chunked);
Reply ranged(Reply::Framing framing = Reply::Framing::Length);
Reply cut(Reply reply, qint64 after, bool reset = false);
Reply status(int code, const QList<QByteArray> &headers = {}, const QByteArray &body = "<html>error</html>");
QByteArray from(qint64 offset);

// For Row::prepare
void published(DownloadFixture &fixture);
std::function<void(DownloadFixture &)> limit(qint64 downloads);
std::function<void(DownloadFixture &)> publish(const QString &fileName, const QString &hash,
                                               const QString &type = QStringLiteral("SHA1"));
/// From the n-th reading on the job has this delivery status.
std::function<void(DownloadFixture &)> laterStatus(int reads, DeliveryStatus later);

// For Row::check
bool asksAboutRestart(DownloadFixture &fixture, const DownloadId &id);
bool hasError(DownloadFixture &fixture, const DownloadId &id, ErrorKind kind, bool retryable);

/// Runs the row to its rest and judges state, requests, files and errors with Qt Test's macros.
void runRow(const Row &row);

} // namespace tidemark::test
