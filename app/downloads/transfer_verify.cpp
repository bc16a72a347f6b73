#include "downloads/transfer.h"

#include <utility>

/// What leads from a whole body to one of the ends, and what the disk says on the way.
namespace tidemark {

void Transfer::verify(bool endIsCertain)
{
    m_download.sha1 = m_part.sha1;
    m_download.bytesTotal = m_part.size;
    m_download.error.reset();
    setState(DownloadState::Verifying);
    m_writer->markComplete(endIsCertain, guarded<PartState>([this, endIsCertain](const PartState &part) {
                               m_part = part;
                               const DownloadPaths paths(m_download.folder, m_download.localName);
                               VerifyRequest request{m_download.source, part.published ? paths.final : paths.part,
                                                     part.sha1, part.size, endIsCertain};
                               m_verifier = std::make_unique<Verifier>(m_context.reader, m_context.options->hashWait,
                                                                       m_context.options->hashPoll, std::move(request));
                               connect(m_verifier.get(), &Verifier::decided, this, &Transfer::onVerdict,
                                       Qt::QueuedConnection);
                               m_verifier->start();
                           }));
}

void Transfer::onVerdict(const Verdict &verdict)
{
    if (m_download.state != DownloadState::Verifying || sender() != m_verifier.get())
        return;
    m_verifier.reset();
    if (!verdict.publishedHash.isEmpty())
        m_download.publishedHash = verdict.publishedHash;
    const std::optional<Error> remark =
        verdict.sentence.isEmpty() ? std::nullopt
                                   : std::optional(Error{.kind = ErrorKind::Hash, .sentence = verdict.sentence});
    switch (verdict.kind) {
    case Verdict::Kind::Verified:
    case Verdict::Kind::IntactNotVerified: {
        const bool verified = verdict.kind == Verdict::Kind::Verified;
        const auto state = verified ? DownloadState::Verified : DownloadState::IntactNotVerified;
        m_writer->publish(verified, guarded<QString>([this, state, remark](const QString &path) {
                              m_journalToForget = true;
                              end(state, remark, path);
                          }));
        break;
    }
    case Verdict::Kind::Corrupt:
        m_writer->setAside(guarded<QString>([this, remark](const QString &path) {
            m_journalToForget = true;
            end(DownloadState::Corrupt, remark, path);
        }));
        break;
    case Verdict::Kind::Incomplete:
        m_download.sha1.clear();
        m_download.bytesTotal = -1;
        m_writer->markIncomplete(guarded<PartState>([this, remark](const PartState &part) {
            m_part = part;
            Error why = *remark;
            why.kind = ErrorKind::Network;
            why.retryable = true;
            if (std::exchange(m_maybeComplete, false))
                startOver(why);
            else
                waitAndRetry(why);
        }));
        break;
    }
}

void Transfer::onTrouble(const disk::Trouble &trouble)
{
    if (trouble.pause != PauseReason::None) {
        halt();
        pauseWith(trouble.pause, trouble.error);
    } else if (trouble.error.kind != ErrorKind::Cancelled) {
        end(DownloadState::Failed, trouble.error);
    }
}

} // namespace tidemark
