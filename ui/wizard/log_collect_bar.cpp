#include "ui/wizard/log_collect_bar.h"

#include "base/text.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/time_text.h"
#include "ui/widgets/window_size.h"
#include "ui/widgets/wrap_layout.h"

#include <QComboBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

LogCollectBar::LogCollectBar(QWidget *parent)
    : QWidget(parent)
    , m_span(new QComboBox)
    , m_window(wrappingLabel())
    , m_collect(new QPushButton(tr("&Collect logs")))
    , m_bar(new MessageBar)
{
    m_span->setObjectName(QStringLiteral("logSpan"));
    m_window->setObjectName(QStringLiteral("logWindow"));
    m_collect->setObjectName(QStringLiteral("collectLogs"));
    m_collect->setAutoDefault(false);
    m_bar->setObjectName(QStringLiteral("logQuestion"));
    letNoNameWiden(*m_window);
    m_span->addItem(tr("15 minutes"), 15 * 60);
    m_span->addItem(tr("1 hour"), 60 * 60);
    m_span->addItem(tr("6 hours"), 6 * 60 * 60);
    m_span->addItem(tr("24 hours"), 24 * 60 * 60);
    m_span->setCurrentIndex(1);

    auto *row = new QWidget;
    auto *line = new WrapLayout(row);
    line->addWidget(besideLabel(tr("&Time around the moment"), m_span));
    line->addWidget(m_collect);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(row);
    layout->addWidget(m_window);
    layout->addWidget(m_bar);
    connect(m_span, &QComboBox::currentIndexChanged, this, [this] {
        m_bar->clear(); // what was asked named another time
        showWindow();
    });
    connect(m_collect, &QPushButton::clicked, this, &LogCollectBar::ask);
}

void LogCollectBar::setSource(const std::optional<Cluster> &cluster, const std::optional<QDateTime> &moment,
                              const QDateTime &now)
{
    m_cluster = cluster;
    m_moment = moment;
    m_now = now;
    setBusy(false);
    showWindow();
}

void LogCollectBar::setBusy(bool isBusy)
{
    m_collect->setEnabled(!isBusy && m_cluster.has_value());
    m_span->setEnabled(!isBusy);
    if (isBusy)
        m_bar->clear();
}

LogWindow LogCollectBar::window() const
{
    return windowAround(m_moment, std::chrono::seconds(m_span->currentData().toInt()), m_now);
}

void LogCollectBar::showWindow()
{
    const LogWindow asked = window();
    m_window->setText(
        tr("Logs of %1 from %2 to %3.")
            .arg(m_cluster ? m_cluster->name : QString(), utcAndLocalText(asked.from), utcAndLocalText(asked.to)));
}

void LogCollectBar::showProblem(const QString &text)
{
    if (text.isEmpty())
        m_bar->clear();
    else if (text != m_bar->text()) // once is enough
        m_bar->say(MessageBar::Kind::Warning, text);
}

void LogCollectBar::ask()
{
    const LogRequest request = logRequestFor(*m_cluster, window());
    m_bar->ask(MessageBar::Kind::Warning,
               tr("Have the agents of %1 collect its logs from %2 to %3, unredacted? In redacted logs the names of "
                  "collections are random text, and no drop can be found by its name. The logs hold data of the "
                  "deployment and stay on the server for 30 days; here they are searched as they come and nothing of "
                  "them is written to disk.")
                   .arg(m_cluster->name, utcText(request.from), utcText(request.to)),
               {{tr("Collect unredacted logs"), [this, request] { Q_EMIT wanted(request); }}, {tr("Not now"), {}}},
               isoText(request.from));
}

} // namespace tidemark
