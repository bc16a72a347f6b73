#pragma once

#include "series/series_reader.h"

#include <QTimer>

namespace tidemark {

/// What is finer of a part of the time than of the whole: servers keep fewer samples of a long time, and of what is
/// looked at closely every one counts. Read once the part has been looked at for a moment, and once only.
class SeriesDetail : public QObject
{
    Q_OBJECT

public:
    explicit SeriesDetail(CloudClient &client, QObject *parent = nullptr);
    ~SeriesDetail() override;

    /// `step`: of the curves of the whole, seconds. Nothing is read where that is as fine as it gets; 0 for the whole.
    void look(const SeriesReader::Request &part, qint64 step);
    /// Of the part that is looked at; nullptr while nothing finer is known of it.
    const SeriesFacts *facts() const;
    /// Ends what is under way.
    void cancel();
    /// What is known is read anew when it is looked at again.
    void forget();

Q_SIGNALS:
    void changed();

private:
    bool isCovered() const;
    void read();

    CloudClient &m_client;
    std::unique_ptr<SeriesReader> m_reader; ///< of m_read alone
    SeriesReader::Request m_read;
    SeriesReader::Request m_part;
    qint64 m_step = 0;
    QTimer m_rest; ///< the view moves many times in a second
};

} // namespace tidemark
