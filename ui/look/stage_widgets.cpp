#include "ui/look/stage_widgets.h"

#include "base/text.h"
#include "ui/look/bar.h"
#include "ui/look/keep.h"
#include "ui/look/stage_line.h"
#include "ui/look/text_cache.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace tidemark {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tidemark::StageView)
};

constexpr double columnNode = 4.5;
constexpr double rowNode = 7;
constexpr double rowShare = 30; ///< of the width, for each stage

QString stateWord(StageState state)
{
    switch (state) {
    case StageState::Done:
        return Text::tr("done");
    case StageState::Now:
        return Text::tr("now");
    case StageState::Failed:
        return Text::tr("failed");
    case StageState::Over:
        return Text::tr("over");
    case StageState::ToCome:
        break;
    }
    return Text::tr("to come");
}

TextLook titleLook(StageState state, bool isRtl)
{
    const bool stands = state == StageState::Now || state == StageState::Failed;
    return {stands ? TypeRole::Strong : TypeRole::Body,
            roles().ink(state == StageState::ToCome ? Ink::Text2 : Ink::Text),
            (isRtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter};
}

TextLook captionLook(Qt::Alignment side)
{
    return {TypeRole::Caption, roles().ink(Ink::Text2), side | Qt::AlignVCenter};
}

int columnHeight(const Stage &stage)
{
    return typeMetrics(TypeRole::Body).height() +
           (stage.detail.isEmpty() ? 0 : typeMetrics(TypeRole::Caption).height()) + (stage.fraction ? u(2.5) : 0) +
           u(2.5);
}

/// `rect` within a widget of that width, turned round where one reads from right to left.
QRectF placed(const QRectF &rect, int width, bool isRtl)
{
    return isRtl ? QRectF(width - rect.right(), rect.top(), rect.width(), rect.height()) : rect;
}

} // namespace

QString wordsOf(const std::vector<Stage> &stages)
{
    QStringList all;
    for (const Stage &stage : stages) {
        QString words = Text::tr("%1, %2").arg(stage.title, stateWord(stage.state));
        if (const QString time = timeOfDayText(stage.at); !time.isEmpty())
            words += QStringLiteral(", ") + time;
        all << (stage.detail.isEmpty() ? words : Text::tr("%1: %2").arg(words, stage.detail));
    }
    return all.join(QStringLiteral("; "));
}

StageView::StageView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    keepMeasures(this, [this] { updateGeometry(); });
}

void StageView::setStages(const std::vector<Stage> &stages)
{
    if (stages == m_stages)
        return;
    m_stages = stages;
    setAccessibleName(wordsOf(stages));
    updateGeometry();
    update();
}

QSize StageView::minimumSizeHint() const
{
    return {u(20), sizeHint().height()};
}

QSize StageColumn::sizeHint() const
{
    int height = 0;
    for (const Stage &stage : stages())
        height += columnHeight(stage);
    return {u(60), height};
}

void StageColumn::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const Qt::Alignment leading = isRtl ? Qt::AlignRight : Qt::AlignLeft;
    const int line = typeMetrics(TypeRole::Body).height();
    const int small = typeMetrics(TypeRole::Caption).height();
    const int side = u(columnNode);
    const int left = side + u(2.5);
    int top = 0;
    for (size_t i = 0; i < stages().size(); ++i) {
        const Stage &stage = stages().at(i);
        const int height = columnHeight(stage);
        const QRectF node = placed(QRectF(0, top + (line - side) / 2 + u(0.25), side, side), width(), isRtl);
        if (i + 1 < stages().size())
            paintConnector(&painter, QPointF(node.center().x(), node.bottom() + u(0.5)),
                           QPointF(node.center().x(), node.top() + height - u(0.5)),
                           stage.state == StageState::Done ? StageState::Done : StageState::ToCome);
        paintNode(&painter, node, stage.state);
        const QString time = timeOfDayText(stage.at);
        const int timeWidth = time.isEmpty() ? 0 : textWidth(time, TypeRole::Caption) + u(1);
        const int titleHeight = line + u(0.5);
        paintText(&painter, placed(QRectF(left, top, width() - left - timeWidth, titleHeight), width(), isRtl),
                  stage.title, titleLook(stage.state, isRtl));
        paintText(&painter, placed(QRectF(width() - timeWidth, top, timeWidth, titleHeight), width(), isRtl), time,
                  captionLook(isRtl ? Qt::AlignLeft : Qt::AlignRight));
        int y = top + titleHeight;
        if (stage.fraction) {
            paintBar(&painter, placed(QRectF(left, y + u(0.75), width() - left, u(1.5)), width(), isRtl),
                     {BarKind::Run, *stage.fraction}, layoutDirection());
            y += u(3);
        }
        paintText(&painter, placed(QRectF(left, y, width() - left, small), width(), isRtl), stage.detail,
                  captionLook(leading));
        top += height;
    }
}

QSize StageRow::sizeHint() const
{
    // Room for both, as soon as there is either: nothing moves while times and details come.
    const bool hasCaptions =
        std::ranges::any_of(stages(), [](const Stage &stage) { return stage.at.isValid() || !stage.detail.isEmpty(); });
    return {u(rowShare) * int(stages().size()), u(rowNode) + u(1.5) + typeMetrics(TypeRole::Body).height() +
                                                    (hasCaptions ? 2 * typeMetrics(TypeRole::Caption).height() : 0) +
                                                    u(1)};
}

void StageRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool isRtl = layoutDirection() == Qt::RightToLeft;
    const Qt::Alignment leading = isRtl ? Qt::AlignRight : Qt::AlignLeft;
    const int side = u(rowNode);
    const int line = typeMetrics(TypeRole::Body).height();
    const int small = typeMetrics(TypeRole::Caption).height();
    const qreal share = stages().empty() ? 0 : qreal(width()) / qreal(stages().size());
    for (size_t i = 0; i < stages().size(); ++i) {
        const Stage &stage = stages().at(i);
        const qreal left = qreal(i) * share;
        if (i + 1 < stages().size()) {
            const QRectF between = placed(QRectF(left + side + u(1.5), 0, share - side - u(3), side), width(), isRtl);
            paintConnector(&painter, QPointF(between.left(), between.center().y()),
                           QPointF(between.right(), between.center().y()), stage.state);
        }
        paintNode(&painter, placed(QRectF(left, 0, side, side), width(), isRtl), stage.state);
        const qreal textWide = share - u(2);
        int y = side + u(1.5);
        TextLook title = titleLook(stage.state, isRtl);
        if (stage.state == StageState::Done)
            title.type = TypeRole::Strong;
        paintText(&painter, placed(QRectF(left, y, textWide, line), width(), isRtl), stage.title, title);
        y += line;
        const QString time = timeOfDayText(stage.at);
        if (!time.isEmpty()) {
            paintText(&painter, placed(QRectF(left, y, textWide, small), width(), isRtl), time, captionLook(leading));
            y += small;
        }
        // The line that a time would take is the detail's.
        painter.setFont(typeFont(TypeRole::Caption));
        painter.setPen(roles().ink(Ink::Text2));
        const int lines = time.isEmpty() ? 2 : 1;
        painter.drawText(placed(QRectF(left, y, textWide, lines * small), width(), isRtl),
                         int(leading) | Qt::AlignAbsolute | Qt::AlignTop | Qt::TextWordWrap, stage.detail);
    }
}

StageStrip::StageStrip(QWidget *parent)
    : QWidget(parent)
    , m_row(new StageRow(this))
    , m_column(new StageColumn(this))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    place();
}

void StageStrip::setStages(const std::vector<Stage> &stages)
{
    m_row->setStages(stages);
    m_column->setStages(stages);
    updateGeometry();
    place();
}

bool StageStrip::hasRoom(int width) const
{
    int widest = 0;
    for (const Stage &stage : m_row->stages())
        widest = std::max(widest, textWidth(stage.title, TypeRole::Strong) + u(3));
    return width >= widest * int(m_row->stages().size());
}

int StageStrip::heightForWidth(int width) const
{
    return (hasRoom(width) ? m_row->sizeHint() : m_column->sizeHint()).height();
}

QSize StageStrip::sizeHint() const
{
    return m_row->sizeHint();
}

QSize StageStrip::minimumSizeHint() const
{
    return {u(20), m_row->sizeHint().height()};
}

/// No layout does it: what is chosen follows from the width, and a layout would ask for the height of the other one.
void StageStrip::place()
{
    const bool isRow = hasRoom(width());
    m_row->setVisible(isRow);
    m_column->setVisible(!isRow);
    for (QWidget *part : std::initializer_list<QWidget *>{m_row, m_column})
        part->setGeometry(rect());
}

void StageStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace tidemark
