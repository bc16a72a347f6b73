#include "ui/messages/notice_bar.h"

#include "session/notices.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr size_t MostShown = 3; ///< the bar takes its room from the lists below it

MessageBar::Kind barKind(Notice::Kind kind)
{
    switch (kind) {
    case Notice::Kind::Warning:
        return MessageBar::Kind::Warning;
    case Notice::Kind::Error:
        return MessageBar::Kind::Error;
    case Notice::Kind::Information:
        break;
    }
    return MessageBar::Kind::Information;
}

} // namespace

NoticeBar::NoticeBar(Notices &notices, QWidget *parent)
    : MessageBar(parent)
    , m_notices(notices)
{
    setObjectName(QStringLiteral("noticeBar"));
    connect(&notices, &Notices::changed, this, &NoticeBar::showOpen);
    showOpen();
}

void NoticeBar::showOpen()
{
    const std::vector<Notice> open = m_notices.open();
    if (open.empty()) {
        clear();
        return;
    }
    QStringList lines;
    std::vector<int> shown;
    auto worst = Notice::Kind::Information;
    for (const Notice &notice : open) {
        worst = std::max(worst, notice.kind);
        if (shown.size() == MostShown)
            continue;
        shown.push_back(notice.number);
        lines << (notice.hint.isEmpty() ? notice.sentence : notice.sentence + QLatin1Char(' ') + notice.hint);
    }
    if (open.size() > MostShown)
        lines << tr("And %n more.", nullptr, static_cast<int>(open.size() - MostShown));
    std::vector<Answer> answers{{tr("Close"), [this, shown] { m_notices.putAway(shown); }}};
    if (open.size() > 1)
        answers.push_back({tr("Messages…"), [this] {
                               showOpen(); // reading them puts nothing away
                               Q_EMIT allRequested();
                           }});
    QStringList about;
    for (const int number : shown)
        about << QString::number(number);
    ask(barKind(worst), lines.join(QLatin1Char('\n')), std::move(answers), about.join(QLatin1Char(' ')));
}

} // namespace tidemark
