#include "ui/connections/secret_bar.h"

#include "ui/widgets/beside_or_below.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wrap_layout.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

#include <algorithm>

namespace tidemark {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds Patience = 300ms;
constexpr int FieldCharacters = 28;

} // namespace

SecretBar::SecretBar(Profiles &profiles, QWidget *parent)
    : QFrame(parent)
    , m_profiles(profiles)
    , m_icon(new QLabel)
    , m_text(wrappingLabel())
    , m_secret(makeField(QStringLiteral("waitedSecret")))
    , m_proxyPassword(makeField(QStringLiteral("waitedProxyPassword")))
    , m_use(new QPushButton(tr("Use it")))
    , m_again(new QPushButton(tr("Try again")))
    , m_close(new QPushButton(tr("Close")))
{
    setObjectName(QStringLiteral("secretBar"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setObjectName(QStringLiteral("secretText"));
    m_proxyPassword->setPlaceholderText(tr("Proxy password"));
    nameControl(m_proxyPassword, tr("Proxy password"));
    m_use->setObjectName(QStringLiteral("useSecret"));
    m_again->setObjectName(QStringLiteral("askKeychainAgain"));
    m_close->setObjectName(QStringLiteral("closeKeychainProblem"));
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);

    auto *controls = new QWidget;
    auto *row = new WrapLayout(controls);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_secret, m_proxyPassword, m_use, m_again, m_close})
        row->addWidget(widget);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_icon);
    layout->addWidget(new BesideOrBelow(m_text, controls), 1);

    connect(m_secret, &QLineEdit::textChanged, m_use,
            [this](const QString &text) { m_use->setEnabled(!text.isEmpty()); });
    connect(m_secret, &QLineEdit::returnPressed, m_use, &QPushButton::click);
    connect(m_proxyPassword, &QLineEdit::returnPressed, m_use, &QPushButton::click);
    connect(m_use, &QPushButton::clicked, this, &SecretBar::give);
    connect(m_again, &QPushButton::clicked, this, [this] { m_profiles.askKeychainAgain(m_shown.connection); });
    connect(m_close, &QPushButton::clicked, this, [this] {
        m_closedProblem = m_profiles.keychainProblem();
        update();
    });
    connect(&m_patience, &QTimer::timeout, this, &SecretBar::update);
    connect(&profiles, &Profiles::secretWaitsChanged, this, [this] {
        if (!isVisibleTo(parentWidget()))
            m_patience.start();
        else
            update();
    });
    connect(&profiles, &Profiles::keychainChanged, this, &SecretBar::update);
    m_use->setEnabled(false);
    update();
}

QLineEdit *SecretBar::makeField(const QString &objectName)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName);
    field->setEchoMode(QLineEdit::Password);
    field->setMinimumWidth(fontMetrics().averageCharWidth() * FieldCharacters);
    return field;
}

void SecretBar::setOpening(const ConnectionId &id)
{
    m_opening = id;
    update();
}

void SecretBar::update()
{
    const std::vector<SecretWait> waits = m_profiles.secretWaits();
    if (m_profiles.keychainProblem().isEmpty())
        m_closedProblem.clear();
    // What a download waits for changes nothing under the hands; the connection that the person opens does.
    auto next = std::ranges::find(waits, m_opening, &SecretWait::connection);
    if (next == waits.end())
        next = std::ranges::find(waits, m_shown.connection, &SecretWait::connection);
    if (!waits.empty())
        showWait(next == waits.end() ? waits.front() : *next);
    else
        showProblem();
}

void SecretBar::showWait(const SecretWait &wait)
{
    if (wait == m_shown && isVisibleTo(parentWidget()))
        return; // a person may be typing
    if (wait.connection != m_shown.connection) {
        m_secret->clear();
        m_proxyPassword->clear();
    }
    m_shown = wait;
    const Connection *connection = m_profiles.find(wait.connection);
    const QString name = connection ? connection->name : QString();
    const bool isAsking = wait.state == SecretWait::State::Asking;
    const bool isKey = !connection || connection->authentication == Authentication::ApiKey;
    const QString field = isKey ? tr("Private key of %1").arg(name) : tr("Client secret of %1").arg(name);
    nameControl(m_secret, field);
    m_secret->setPlaceholderText(isKey ? tr("Private key") : tr("Client secret"));

    QString text = tr("Waits for the secret of %1.").arg(name);
    if (isAsking)
        text = tr("Waiting for the keychain, which has the secret of %1.").arg(name);
    else if (wait.state == SecretWait::State::Unknown)
        text += QLatin1Char(' ') + wait.reason;
    m_text->setText(text);
    const FieldHint::Level level = isAsking ? FieldHint::Level::Note : FieldHint::Level::Warning;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(hintIcon(level).pixmap(QSize(size, size), devicePixelRatio()));
    // It may be entered while the keychain thinks it over.
    m_secret->show();
    m_proxyPassword->setVisible(connection && !connection->proxy.user.isEmpty());
    m_use->show();
    m_again->setVisible(wait.state == SecretWait::State::Unknown);
    m_close->hide();
    show();
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void SecretBar::showProblem()
{
    m_shown = {};
    m_secret->clear();
    m_proxyPassword->clear();
    const QString problem = m_profiles.keychainProblem();
    if (problem.isEmpty() || problem == m_closedProblem) {
        hide();
        return;
    }
    m_text->setText(problem);
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    m_icon->setPixmap(hintIcon(FieldHint::Level::Warning).pixmap(QSize(size, size), devicePixelRatio()));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_secret, m_proxyPassword, m_use, m_again})
        widget->hide();
    m_close->show();
    show();
}

void SecretBar::give()
{
    if (m_shown.connection.isEmpty() || m_secret->text().isEmpty())
        return;
    const Credentials entered{Secret(m_secret->text().trimmed()), Secret(m_proxyPassword->text())};
    const ConnectionId id = m_shown.connection;
    m_secret->clear();
    m_proxyPassword->clear();
    m_profiles.giveSecret(id, entered);
}

} // namespace tidemark
