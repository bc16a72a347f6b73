#include "ui/look/choice_card.h"

#include "ui/look/icons.h"
#include "ui/look/keep.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace tidemark {

namespace {

constexpr double cardHeight = 15.5;
constexpr double iconSide = 6.5;
constexpr double smallIcon = 3.5;
constexpr double radius = 1.5;

int heightOf(const QString &text, TypeRole type, int width)
{
    return text.isEmpty()
               ? 0
               : typeMetrics(type).boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), Qt::TextWordWrap, text).height();
}

} // namespace

/// In reading direction from the left; turned round when painted.
struct ChoiceCard::Places
{
    QRect indicator, icon, title, sentence, reasonIcon, reason;
    int height = 0;
};

ChoiceCard::ChoiceCard(const QString &icon, const QString &title, const QString &sentence, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(icon)
    , m_sentence(sentence)
{
    setText(title);
    describe();
    setCheckable(true);
    setAutoExclusive(true); // a button group alone would make it a check box to assistive technology
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    keepMeasures(this, [this] { updateGeometry(); });
}

void ChoiceCard::describe()
{
    QStringList all{m_sentence, m_groupWords, m_objection};
    all.removeAll(QString());
    setAccessibleDescription(all.join(QLatin1Char(' ')));
}

void ChoiceCard::setGroupWords(const QString &words)
{
    m_groupWords = words;
    describe();
}

void ChoiceCard::setObjection(const QString &reason)
{
    if (reason == m_objection)
        return;
    m_objection = reason;
    setEnabled(reason.isEmpty());
    describe();
    updateGeometry();
    update();
}

ChoiceCard::Places ChoiceCard::placesFor(int width) const
{
    Places places;
    const int indicator = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, this);
    const int left = u(4) + indicator + u(4) + u(iconSide) + u(4);
    const int textWidth = std::max(width - left - u(5), u(20));
    const int reasonLeft = left + u(smallIcon) + u(1.5);
    const int title = heightOf(text(), TypeRole::Strong, textWidth);
    const int sentence = heightOf(m_sentence, TypeRole::Caption, textWidth);
    const int head = std::max(title + u(0.5) + sentence + u(5), u(cardHeight));
    const int top = (head - title - u(0.5) - sentence) / 2;
    places.indicator = QRect(u(4), (head - indicator) / 2, indicator, indicator);
    places.icon = QRect(u(4) + indicator + u(4), (head - u(iconSide)) / 2, u(iconSide), u(iconSide));
    places.title = QRect(left, top, textWidth, title);
    places.sentence = QRect(left, top + title + u(0.5), textWidth, sentence);
    places.height = head;
    if (!m_objection.isEmpty()) {
        const int reasonWidth = std::max(width - reasonLeft - u(5), u(20));
        const int reason = heightOf(m_objection, TypeRole::Caption, reasonWidth);
        const int y = places.sentence.bottom() + 1 + u(1);
        places.reason = QRect(reasonLeft, y, reasonWidth, reason);
        places.reasonIcon =
            QRect(left, y + (typeMetrics(TypeRole::Caption).height() - u(smallIcon)) / 2, u(smallIcon), u(smallIcon));
        places.height = std::max(head, y + reason + top);
    }
    return places;
}

QSize ChoiceCard::sizeHint() const
{
    return {u(120), heightForWidth(u(120))};
}

QSize ChoiceCard::minimumSizeHint() const
{
    return {u(60), u(cardHeight)};
}

int ChoiceCard::heightForWidth(int width) const
{
    return placesFor(width).height;
}

void ChoiceCard::paintGround(QPainter &painter) const
{
    const Roles &look = roles();
    const bool isChosen = isEnabled() && isChecked();
    const qreal pen = isChosen ? u(0.5) : 1;
    const QRectF box = QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2);
    if (!isEnabled()) {
        painter.setPen(QPen(look.line, 1, Qt::DashLine));
        painter.setBrush(look.sunken);
    } else if (isChosen) {
        painter.setPen(QPen(look.ink(Ink::Run), pen));
        painter.setBrush(look.sel);
    } else {
        painter.setPen(QPen(look.line2, 1));
        painter.setBrush(underMouse() ? look.hover : look.base);
    }
    painter.drawRoundedRect(box, u(radius), u(radius));
    if (hasFocus()) {
        const int inset = u(1);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.text, focusPen(), Qt::DotLine));
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), u(1), u(1));
    }
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Roles &look = roles();
    const Places places = placesFor(width());
    const int lower = std::max((height() - places.height) / 2, 0); // in the middle of a card that is higher
    const auto seen = [this, lower](const QRect &place) {
        return QStyle::visualRect(layoutDirection(), rect(), place.translated(0, lower));
    };
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter);

    QStyleOptionButton option;
    option.initFrom(this);
    option.rect = seen(places.indicator);
    option.state.setFlag(QStyle::State_On, isChecked());
    option.state.setFlag(QStyle::State_Off, !isChecked());
    style()->drawPrimitive(QStyle::PE_IndicatorRadioButton, &option, &painter, this);

    paintIcon(&painter, seen(places.icon), m_icon, look.ink(isChecked() ? Ink::Run : Ink::Text2), layoutDirection());
    const auto write = [&](const QRect &place, const QString &words, TypeRole type, Ink ink) {
        const bool isRtl = layoutDirection() == Qt::RightToLeft;
        painter.setLayoutDirection(words.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        painter.setFont(typeFont(type));
        painter.setPen(look.ink(ink));
        painter.drawText(seen(place),
                         Qt::TextWordWrap | Qt::AlignTop | Qt::AlignAbsolute | (isRtl ? Qt::AlignRight : Qt::AlignLeft),
                         words);
    };
    write(places.title, text(), TypeRole::Strong, isEnabled() ? Ink::Text : Ink::Text2);
    write(places.sentence, m_sentence, TypeRole::Caption, Ink::Text2);
    if (!m_objection.isEmpty()) {
        paintIcon(&painter, seen(places.reasonIcon), QStringLiteral("info"), look.ink(Ink::Run), layoutDirection());
        write(places.reason, m_objection, TypeRole::Caption, Ink::Text);
    }
}

/// In the order in which they were placed.
QList<ChoiceCard *> ChoiceCard::group() const
{
    return parentWidget() != nullptr ? parentWidget()->findChildren<ChoiceCard *>(QString(), Qt::FindDirectChildrenOnly)
                                     : QList<ChoiceCard *>();
}

bool ChoiceCard::choose()
{
    if (!isEnabled())
        return false;
    if (!isChecked())
        click();
    setFocus(Qt::OtherFocusReason);
    return true;
}

/// Where none is chosen yet too, which is why it is not left to QAbstractButton.
void ChoiceCard::chooseNext(int step)
{
    const QList<ChoiceCard *> all = group();
    const qsizetype count = all.size();
    for (qsizetype i = 1, at = all.indexOf(this); i < count; ++i) {
        if (all.at((at + step * i + count * count) % count)->choose())
            return;
    }
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // A key that is still held down from the page before chooses nothing.
        if (!event->isAutoRepeat() && choose())
            Q_EMIT goOn();
        return;
    case Qt::Key_Down:
        return chooseNext(1);
    case Qt::Key_Up:
        return chooseNext(-1);
    case Qt::Key_Right:
        return chooseNext(isRtl ? -1 : 1);
    case Qt::Key_Left:
        return chooseNext(isRtl ? 1 : -1);
    default:
        break;
    }
    const int digit = event->key() - Qt::Key_1;
    const QList<ChoiceCard *> all = group();
    if (digit >= 0 && digit < all.size() && !(event->modifiers() & ~Qt::KeypadModifier)) // Alt+1 is the window's
        all.at(digit)->choose();
    else
        QAbstractButton::keyPressEvent(event);
}

void ChoiceCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::StyleChange)
        updateGeometry();
    QAbstractButton::changeEvent(event);
}

} // namespace tidemark
