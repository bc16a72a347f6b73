#include "ui/widgets/window_size.h"

#include <QEvent>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>
#include <QWidget>

namespace tidemark {

namespace {

constexpr double Share = 0.95; ///< of the screen; the rest is for the frame

/// Asks for what it cannot do without: a scroll area would else scroll as soon as its lists are not as high as they
/// like.
class Modest : public QWidget
{
public:
    int heightForWidth(int width) const override { return layout()->totalMinimumHeightForWidth(width); }
};

} // namespace

QSize boundedSize(const QSize &wanted, const QSize &room)
{
    return wanted.boundedTo(room * Share);
}

void fitWindow(QWidget &window, const QSize &usual)
{
    window.resize(boundedSize(usual, window.screen()->availableSize()));
}

WindowSize::WindowSize(QWidget *window, const QString &name, const QSize &usual, QSettings &settings)
    : QObject(window)
    , m_window(window)
    , m_key(QStringLiteral("windows/%1/size").arg(name))
    , m_settings(settings)
{
    const QSize kept = settings.value(m_key).toSize();
    fitWindow(*window, kept.isValid() ? kept : usual);
    window->installEventFilter(this);
}

bool WindowSize::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Hide && !event->spontaneous() && !m_window->isMaximized())
        m_settings.setValue(m_key, m_window->size());
    return QObject::eventFilter(watched, event);
}

void letNoNameWiden(QLabel &label)
{
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    label.setSizePolicy(policy);
}

void makeScrollable(QWidget &page)
{
    auto *content = new Modest;
    content->setLayout(page.layout()); // and with it the page's children
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus); // its fields have the keyboard, and scroll it along
    area->setWidget(content);
    auto *outer = new QVBoxLayout(&page);
    outer->setContentsMargins({});
    outer->addWidget(area);
}

void bringIntoView(QWidget *part)
{
    for (QWidget *at = part->parentWidget(); at != nullptr; at = at->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(at)) {
            area->widget()->layout()->activate(); // what has just been shown has its place
            area->ensureWidgetVisible(part);
            return;
        }
    }
}

} // namespace tidemark
