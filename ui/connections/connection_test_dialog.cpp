#include "ui/connections/connection_test_dialog.h"

#include "ui/connections/test_panel.h"
#include "ui/widgets/window_size.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

ConnectionTestDialog::ConnectionTestDialog(const Connection &connection, const Credentials &credentials,
                                           const Clock &clock, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_credentials(credentials)
    , m_panel(new TestPanel(clock))
    , m_test(new QPushButton)
{
    setObjectName(QStringLiteral("connectionTestDialog"));
    setWindowTitle(tr("Test of %1").arg(connection.name));
    m_test->setObjectName(QStringLiteral("testConnection"));
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    box->addButton(m_test, QDialogButtonBox::ActionRole);
    m_test->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_panel, 1);
    layout->addWidget(box);
    fitWindow(*this, {fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 26});

    connect(m_test, &QPushButton::clicked, this, &ConnectionTestDialog::toggle);
    connect(m_panel, &TestPanel::started, this, &ConnectionTestDialog::update);
    connect(m_panel, &TestPanel::finished, this, [this] {
        update();
        Q_EMIT tested(m_connection.id, m_panel->report());
    });
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    toggle();
}

void ConnectionTestDialog::toggle()
{
    if (m_panel->isRunning())
        m_panel->cancel();
    else
        m_panel->start(m_connection, m_credentials);
    update();
}

void ConnectionTestDialog::update()
{
    m_test->setText(m_panel->isRunning() ? tr("Stop the &test") : tr("&Test again"));
}

} // namespace tidemark
