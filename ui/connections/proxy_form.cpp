#include "ui/connections/proxy_form.h"

#include "ui/widgets/field_hint.h"
#include "ui/widgets/form_grid.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

namespace tidemark {

namespace {

constexpr int LargestPort = 65535;
constexpr int UsualPort = 3128;

} // namespace

ProxyForm::ProxyForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new FormGrid(this))
    , m_mode(new QComboBox)
    , m_host(new QLineEdit)
    , m_port(new QSpinBox)
    , m_user(new QLineEdit)
    , m_password(new QLineEdit)
    , m_hint(new FieldHint(m_host))
{
    m_mode->setObjectName(QStringLiteral("proxyMode"));
    m_mode->addItem(tr("The desktop's"), static_cast<int>(ProxyMode::System));
    m_mode->addItem(tr("None"), static_cast<int>(ProxyMode::None));
    m_mode->addItem(tr("HTTP"), static_cast<int>(ProxyMode::Http));
    m_mode->addItem(tr("SOCKS5"), static_cast<int>(ProxyMode::Socks5));
    m_host->setObjectName(QStringLiteral("proxyHost"));
    m_port->setObjectName(QStringLiteral("proxyPort"));
    m_port->setRange(1, LargestPort);
    m_port->setValue(UsualPort);
    m_user->setObjectName(QStringLiteral("proxyUser"));
    m_password->setObjectName(QStringLiteral("proxyPassword"));
    m_password->setEchoMode(QLineEdit::Password);

    m_hint->setKeepsPlace(false);
    m_form->setContentsMargins({});
    m_form->addRow(labelFor(tr("Pro&xy"), m_mode), m_mode);
    m_form->addRow(labelFor(tr("Proxy host"), m_host), m_host);
    m_form->addRow(nullptr, m_hint);
    m_form->addRow(labelFor(tr("Proxy port"), m_port), m_port);
    m_form->addRow(labelFor(tr("Proxy user"), m_user), m_user);
    m_form->addRow(labelFor(tr("Proxy password"), m_password), m_password);

    const auto onChange = [this] {
        update();
        Q_EMIT changed();
    };
    connect(m_mode, &QComboBox::currentIndexChanged, this, onChange);
    connect(m_port, &QSpinBox::valueChanged, this, onChange);
    for (QLineEdit *field : {m_host, m_user, m_password})
        connect(field, &QLineEdit::textChanged, this, onChange);
    update();
}

void ProxyForm::setProxy(const ProxySettings &proxy, const Secret &stored)
{
    m_stored = stored;
    m_mode->setCurrentIndex(m_mode->findData(static_cast<int>(proxy.mode)));
    m_host->setText(proxy.host);
    m_port->setValue(proxy.port == 0 ? UsualPort : proxy.port);
    m_user->setText(proxy.user);
    m_password->clear();
    m_password->setPlaceholderText(stored.isEmpty() ? QString() : tr("Kept; type to replace it"));
    update();
}

ProxySettings ProxyForm::proxy() const
{
    ProxySettings proxy;
    proxy.mode = static_cast<ProxyMode>(m_mode->currentData().toInt());
    if (proxy.mode != ProxyMode::Http && proxy.mode != ProxyMode::Socks5)
        return proxy;
    proxy.host = m_host->text().trimmed();
    proxy.port = static_cast<quint16>(m_port->value());
    proxy.user = m_user->text();
    return proxy;
}

Secret ProxyForm::password() const
{
    if (m_user->text().isEmpty())
        return {};
    return m_password->text().isEmpty() ? m_stored : Secret(m_password->text());
}

bool ProxyForm::isComplete() const
{
    return problem().isEmpty();
}

QString ProxyForm::problem() const
{
    const auto mode = static_cast<ProxyMode>(m_mode->currentData().toInt());
    const bool own = mode == ProxyMode::Http || mode == ProxyMode::Socks5;
    return own && m_host->text().trimmed().isEmpty() ? tr("Enter the proxy's name or address.") : QString();
}

void ProxyForm::update()
{
    const auto mode = static_cast<ProxyMode>(m_mode->currentData().toInt());
    const bool own = mode == ProxyMode::Http || mode == ProxyMode::Socks5;
    for (QWidget *field : {static_cast<QWidget *>(m_host), static_cast<QWidget *>(m_port),
                           static_cast<QWidget *>(m_user), static_cast<QWidget *>(m_password)})
        m_form->setRowVisible(field, own);
    m_form->setRowVisible(m_hint, own && !problem().isEmpty());
    m_hint->say(FieldHint::Level::Calm, problem());
}

} // namespace tidemark
