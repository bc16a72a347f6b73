#include "series/series_detail.h"

#include <algorithm>

namespace tidemark {

SeriesDetail::SeriesDetail(CloudClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(400);
    connect(&m_rest, &QTimer::timeout, this, &SeriesDetail::read);
}

SeriesDetail::~SeriesDetail() = default;

bool SeriesDetail::isCovered() const
{
    return m_reader && m_read.project == m_part.project && m_read.cluster.id == m_part.cluster.id &&
           m_read.from <= m_part.from && m_part.to <= m_read.to &&
           granularityFor(m_read.to - m_read.from) <= granularityFor(m_part.to - m_part.from);
}

const SeriesFacts *SeriesDetail::facts() const
{
    if (m_step == 0 || !isCovered())
        return nullptr;
    const SeriesFacts &read = m_reader->facts();
    return !read.curves.empty() && read.curves.front().step < m_step ? &read : nullptr;
}

void SeriesDetail::look(const SeriesReader::Request &part, qint64 step)
{
    const SeriesFacts *before = facts();
    m_part = part;
    m_step = part.from < part.to && granularityFor(part.to - part.from) < step ? step : 0;
    if (m_step == 0 || isCovered())
        m_rest.stop();
    else if (!m_rest.isActive())
        m_rest.start();
    if (facts() != before)
        Q_EMIT changed();
}

/// With what is beside it, as far as that is as fine: the view moves on.
void SeriesDetail::read()
{
    if (m_step == 0 || isCovered())
        return;
    const qint64 span = m_part.to - m_part.from;
    const qint64 fine = granularityFor(span);
    qint64 beside = span / 2;
    while (beside > 0 && granularityFor(span + 2 * beside) != fine)
        beside /= 2;
    m_read = m_part;
    m_read.from -= beside;
    m_read.to += beside;
    m_reader = std::make_unique<SeriesReader>(m_client);
    connect(m_reader.get(), &SeriesReader::changed, this, &SeriesDetail::changed);
    m_reader->need(m_read);
}

void SeriesDetail::cancel()
{
    m_rest.stop();
    if (m_reader && m_reader->facts().curves.empty())
        m_reader.reset();
}

void SeriesDetail::forget()
{
    m_rest.stop();
    m_reader.reset();
}

} // namespace tidemark
