#pragma once

#include "support/download_fixture.h"

#include <random>

namespace tidemark::test {

using Random = std::mt19937_64;

inline int below(Random &random, int limit)
{
    return static_cast<int>(random() % static_cast<quint64>(limit));
}

inline bool chance(Random &random, int percent)
{
    return below(random, 100) < percent;
}

/// How the server publishes hashes in this round.
enum class HashPolicy { Right, Late, Never, Wrong, OtherName, OtherType, Capitals };

/// What server and job do in one round, by its seed.
struct Round
{
    explicit Round(quint64 seed)
        : random(seed)
        , archive(makeArchive(1 + below(random, 60000), static_cast<quint32>(seed)))
        , hash(sha1Of(archive))
        , policy(static_cast<HashPolicy>(below(random, 7)))
    {
    }

    Reply goodReply()
    {
        Reply reply{.body = archive};
        reply.framing = static_cast<Reply::Framing>(below(random, 3));
        reply.ranges = reply.framing != Reply::Framing::UntilClose && chance(random, 60);
        if (reply.ranges && chance(random, 70))
            reply.etag = "\"e\"";
        reply.pieceSize = 1 + below(random, 20000);
        return reply;
    }

    Reply badReply()
    {
        Reply reply = goodReply();
        const qint64 at = below(random, static_cast<int>(archive.size()) + 1);
        switch (below(random, 16)) {
        case 0:
        case 1:
        case 2:
        case 3:
            reply.cutAfter = at;
            reply.reset = chance(random, 30);
            break;
        case 4:
            reply.stallAfter = at;
            break;
        case 5:
            reply.flipAt = at;
            break;
        case 6: {
            static constexpr int codes[] = {204, 400, 401, 403, 404, 408, 410, 416, 429, 500, 502, 503};
            reply =
                Reply{.status = codes[below(random, 12)], .body = "<html>no</html>", .framing = Reply::Framing::Length};
            break;
        }
        case 7:
            reply.dropBeforeAnswer = true;
            break;
        case 8:
            reply = Reply{.body = "<!DOCTYPE html><p>" + QByteArray(at % 3000, 'x')};
            break;
        case 9:
            reply.ranges = true;
            reply.rangeShift = below(random, 200) - 100;
            break;
        case 10:
            reply.ranges = true;
            reply.ignoreIfRange = true;
            reply.etag = "\"f\"";
            reply.body = makeArchive(archive.size(), 99);
            break;
        case 11:
            reply.body += noise(1 + at % 500, 5);
            break;
        case 12:
            reply.framing = Reply::Framing::Length;
            reply.announce = archive.size() + below(random, 100) - 50;
            break;
        case 13:
            reply.before = chance(random, 50) ? "HTTP/1.1 103 Early Hints\r\n\r\n" : "garbage\r\n";
            break;
        case 14:
            reply = Reply{.framing = static_cast<Reply::Framing>(below(random, 3))};
            break;
        case 15:
            reply.contentRange =
                "bytes " + QByteArray::number(at) + "-" + QByteArray::number(archive.size() - 1) + "/*";
            break;
        }
        return reply;
    }

    /// What the job says about hashes at its n-th reading.
    void publishInto(RestoreJob &job, int reads) const
    {
        const QString name = DownloadFixture::fileName();
        switch (policy) {
        case HashPolicy::Right:
            job.hashes = {{name, hash, QStringLiteral("SHA1")}};
            break;
        case HashPolicy::Late:
            if (reads > 3)
                job.hashes = {{name, hash, QStringLiteral("SHA1")}};
            break;
        case HashPolicy::Never:
            break;
        case HashPolicy::Wrong:
            job.hashes = {{name, sha1Of("something else"), QStringLiteral("SHA1")}};
            break;
        case HashPolicy::OtherName:
            job.hashes = {{name + QStringLiteral(".other"), hash, QStringLiteral("SHA1")}};
            break;
        case HashPolicy::OtherType:
            job.hashes = {{name, hash, QStringLiteral("SHA256")}};
            break;
        case HashPolicy::Capitals:
            job.hashes = {{name, hash.toUpper(), QStringLiteral("SHA1")}};
            break;
        }
    }

    bool mayBeVerified() const
    {
        return policy == HashPolicy::Right || policy == HashPolicy::Late || policy == HashPolicy::Capitals;
    }

    Random random;
    QByteArray archive;
    QString hash;
    HashPolicy policy;
};

} // namespace tidemark::test
