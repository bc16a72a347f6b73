#include "ui/connection_block.h"

#include "connection/connection.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/elided_label.h"

#include <QEvent>
#include <QGridLayout>

namespace tidemark {

static constexpr double tallWindow = 140; ///< units of height from which a window has room for two lines

ConnectionBlock::ConnectionBlock(QWidget *parent)
    : QWidget(parent)
    , m_lock(new LookIcon(QStringLiteral("lock"), Ink::Ok, 5))
    , m_name(new ElidedLabel)
    , m_address(new ElidedLabel(Qt::ElideMiddle))
{
    setObjectName(QStringLiteral("connectionBlock"));
    m_name->setObjectName(QStringLiteral("connectionBlockName"));
    m_address->setObjectName(QStringLiteral("connectionBlockAddress"));
    keepFont(m_name, TypeRole::Strong);
    keepInk(m_name, Ink::Text);
    keepFont(m_address, TypeRole::Caption);
    keepInk(m_address, Ink::Text2);
    auto *layout = new QGridLayout(this);
    layout->addWidget(m_lock, 0, 0, 2, 1);
    layout->addWidget(m_name, 0, 1);
    layout->addWidget(m_address, 1, 1);
    keepMeasures(this, [this, layout] {
        fit();
        layout->setContentsMargins(u(2), 0, u(3), 0);
        layout->setHorizontalSpacing(u(2));
        layout->setVerticalSpacing(0);
    });
    showConnection(nullptr);
}

void ConnectionBlock::showConnection(const Connection *connection)
{
    for (QWidget *part : std::initializer_list<QWidget *>{m_lock, m_name})
        part->setVisible(connection != nullptr);
    m_address->clear();
    fit();
    if (!connection)
        return;
    const bool isEncrypted = connection->baseUrl.scheme() == QLatin1String("https");
    m_lock->setIcon(isEncrypted ? QStringLiteral("lock") : QStringLiteral("connections"),
                    isEncrypted ? Ink::Ok : Ink::Text2);
    m_name->setText(connection->name);
    m_address->setText(connection->baseUrl.toDisplayString());
    m_address->setHint(isEncrypted ? tr("What is sent is encrypted.") : tr("What is sent is not encrypted."));
    fit();
    updateGeometry();
}

/// Whatever is shown, the tool bar stays as high as this; it does not hear of it by itself while it has put the block
/// away.
void ConnectionBlock::fit()
{
    const bool isTall = window()->height() >= u(tallWindow);
    m_address->setVisible(isTall && !m_address->text().isEmpty());
    const int lines = u(isTall ? 8.5 : 6.5);
    if (lines == minimumHeight())
        return;
    setFixedHeight(lines);
    if (QWidget *bar = parentWidget(); bar != nullptr && bar->layout() != nullptr) {
        bar->layout()->invalidate();
        bar->updateGeometry();
    }
}

bool ConnectionBlock::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == window())
        fit();
    return QWidget::eventFilter(watched, event);
}

void ConnectionBlock::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    window()->installEventFilter(this); // once more is the same
    fit();
}

} // namespace tidemark
