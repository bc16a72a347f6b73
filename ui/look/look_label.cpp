#include "ui/look/look_label.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QEvent>
#include <QPainter>
#include <QPalette>

namespace tidemark {

LookLabel::LookLabel(const QString &text, TypeRole type, Ink ink, Wrap wrap, QWidget *parent)
    : QLabel(text, parent)
    , m_type(type)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    keepMeasures(this, [this] { setFont(typeFont(m_type)); });
    keepPalette(this, [this](QPalette &palette) { giveInk(palette, m_ink); });
    if (wrap == Wrap::Yes) {
        setWordWrap(true);
        setAlignment(Qt::AlignLeading | Qt::AlignTop);
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }
    align();
}

void LookLabel::setType(TypeRole type)
{
    m_type = type;
    setFont(typeFont(type));
}

void LookLabel::setInk(Ink ink)
{
    m_ink = ink;
    QPalette own = palette();
    giveInk(own, ink);
    setPalette(own);
}

void LookLabel::align()
{
    if (alignment() & Qt::AlignHCenter)
        return;
    // A label would follow its letters: a host's name stood apart from all else in a window from right to left.
    const Qt::Alignment side = layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft;
    setAlignment(side | Qt::AlignAbsolute | (alignment() & Qt::AlignVertical_Mask));
}

void LookLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        align();
}

int LookLabel::heightForWidth(int width) const
{
    if (!wordWrap())
        return QLabel::heightForWidth(width);
    const QMargins around = contentsMargins();
    const int inner = std::max(width - around.left() - around.right(), u(10));
    return QFontMetrics(font()).boundingRect(QRect(0, 0, inner, QWIDGETSIZE_MAX), Qt::TextWordWrap, text()).height() +
           around.top() + around.bottom();
}

QSize LookLabel::sizeHint() const
{
    if (!wordWrap())
        return QLabel::sizeHint();
    const QFontMetrics metrics(font());
    const int width = std::min(metrics.horizontalAdvance(text()) + u(0.5), u(120));
    return {width, heightForWidth(width)};
}

QSize LookLabel::minimumSizeHint() const
{
    return wordWrap() ? QSize(u(20), QFontMetrics(font()).height()) : QLabel::minimumSizeHint();
}

LookIcon::LookIcon(const QString &name, Ink ink, double side, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_ink(ink)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    keepMeasures(this, [this] { updateGeometry(); });
}

void LookIcon::setIcon(const QString &name, Ink ink)
{
    m_name = name;
    m_ink = ink;
    update();
}

QSize LookIcon::sizeHint() const
{
    return {u(m_side), u(m_side)};
}

void LookIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QRectF box(0, 0, u(m_side), u(m_side));
    box.moveCenter(QRectF(rect()).center());
    paintIcon(&painter, box, m_name, roles().ink(isEnabled() ? m_ink : Ink::Disabled), layoutDirection());
}

} // namespace tidemark
