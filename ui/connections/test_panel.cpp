#include "ui/connections/test_panel.h"

#include "ui/connections/test_step_row.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

namespace tidemark {

namespace {

constexpr int WidthInCharacters = 52;

} // namespace

TestPanel::TestPanel(const Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_summary(wrappingLabel())
    , m_note(wrappingLabel())
    , m_area(new QScrollArea)
    , m_copy(new QPushButton(tr("Cop&y the address")))
    , m_useAddress(new QPushButton)
{
    setObjectName(QStringLiteral("testPanel"));
    m_summary->setObjectName(QStringLiteral("testSummary"));
    QFont bold = m_summary->font();
    bold.setBold(true);
    m_summary->setFont(bold);
    m_note->setObjectName(QStringLiteral("testNote"));
    m_copy->setObjectName(QStringLiteral("copyAddress"));
    m_copy->setAutoDefault(false);
    m_copy->hide();
    m_useAddress->setObjectName(QStringLiteral("useAddress"));
    m_useAddress->setAutoDefault(false);
    m_useAddress->hide();

    auto *steps = new QWidget;
    auto *list = new QVBoxLayout(steps);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i] = new TestStepRow(static_cast<ConnectionStep>(i));
        list->addWidget(m_rows[i]);
    }
    list->addStretch(1);
    m_area->setWidget(steps);
    m_area->setWidgetResizable(true);
    m_area->setAccessibleName(tr("Steps of the test"));
    m_area->setMinimumWidth(fontMetrics().averageCharWidth() * WidthInCharacters);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_summary);
    layout->addWidget(m_note);
    layout->addWidget(m_area, 1);
    layout->addWidget(m_copy, 0, Qt::AlignLeft);
    layout->addWidget(m_useAddress, 0, Qt::AlignLeft);

    connect(m_copy, &QPushButton::clicked, this, &TestPanel::copyAddress);
    connect(m_useAddress, &QPushButton::clicked, this, [this] { Q_EMIT addressChosen(m_test->betterAddress()); });
    showReport();
}

TestPanel::~TestPanel() = default;

void TestPanel::start(const Connection &connection, const Credentials &credentials)
{
    m_outdated = false;
    m_test = std::make_unique<ConnectionTest>(connection, credentials, m_clock);
    connect(m_test.get(), &ConnectionTest::changed, this, &TestPanel::showReport);
    connect(m_test.get(), &ConnectionTest::finished, this, &TestPanel::showEnd);
    Q_EMIT started();
    m_test->start();
}

void TestPanel::cancel()
{
    if (m_test)
        m_test->cancel();
}

bool TestPanel::isRunning() const
{
    return m_test && m_test->isRunning();
}

ConnectionReport TestPanel::report() const
{
    return m_test ? m_test->report() : ConnectionReport();
}

std::vector<Project> TestPanel::projects() const
{
    return m_test ? m_test->projects() : std::vector<Project>();
}

void TestPanel::setOutdated(bool outdated)
{
    m_outdated = outdated;
    showReport();
}

void TestPanel::showReport()
{
    const ConnectionReport report = this->report();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setReport(report[i]);
    const QString summary = reportSummary(report);
    m_summary->setText(summary.isEmpty() ? tr("Not tested yet") : summary);

    const QString address = m_test ? m_test->seenAddress() : QString();
    m_copy->setVisible(!address.isEmpty());
    const QUrl better = m_test ? m_test->betterAddress() : QUrl();
    m_useAddress->setText(tr("&Use %1").arg(better.toDisplayString()));
    m_useAddress->setVisible(m_offersAddress && better.isValid() && !m_outdated);
    QString note;
    if (!m_test)
        note = tr("The test goes through these steps with what is entered here. It only reads; nothing is saved or "
                  "changed.");
    else if (m_outdated)
        note = tr("The entries were changed after this test.");
    else if (!address.isEmpty())
        note = tr("The server saw this computer as %1.").arg(address);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TestPanel::showEnd()
{
    showReport();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_test->report()[i].state != StepReport::State::Failed)
            continue;
        // Once the row has its new height.
        QTimer::singleShot(0, m_rows[i], [this, row = m_rows[i]] { m_area->ensureWidgetVisible(row); });
    }
    QAccessibleEvent event(m_summary, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    Q_EMIT finished();
}

void TestPanel::copyAddress()
{
    QGuiApplication::clipboard()->setText(m_test->seenAddress());
    m_note->setText(tr("%1 was copied.").arg(m_test->seenAddress()));
}

} // namespace tidemark
