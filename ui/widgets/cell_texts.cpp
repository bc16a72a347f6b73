#include "ui/widgets/cell_texts.h"

#include "base/log.h"
#include "ui/look/row_delegate.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tidemark {

namespace {

QString withLinksMasked(QString text)
{
    static const QRegularExpression link(QStringLiteral("\\b[a-z][a-z0-9+.-]*://\\S+"),
                                         QRegularExpression::CaseInsensitiveOption);
    for (QRegularExpressionMatch found = link.match(text); found.hasMatch();) {
        const QString masked = redactedUrl(QUrl(found.captured()));
        text.replace(found.capturedStart(), found.capturedLength(), masked);
        found = link.match(text, found.capturedStart() + masked.size());
    }
    return text;
}

/// The numbers of the rows that lead to it, from the root.
std::vector<int> placeOf(QModelIndex index)
{
    std::vector<int> rows;
    for (; index.isValid(); index = index.parent())
        rows.insert(rows.begin(), index.row());
    return rows;
}

} // namespace

QString copiedCell(const QModelIndex &index)
{
    return withLinksMasked(index.data().toString().simplified());
}

QString spokenCell(const QModelIndex &index)
{
    QStringList said;
    for (const QString &text : {index.data().toString(), index.data(LookRole::Chip).value<ChipData>().text,
                                index.data(LookRole::SecondLine).toString()}) {
        const bool isSaid = std::ranges::any_of(said, [&text](const QString &before) { return before.contains(text); });
        if (!text.isEmpty() && !isSaid)
            said << text;
    }
    return said.size() > 1 || index.data().toString().isEmpty() ? said.join(QStringLiteral("; ")) : QString();
}

QString copiedRows(QModelIndexList rows, const QHeaderView &header)
{
    std::ranges::sort(rows, {}, placeOf);
    QList<int> columns;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        if (!header.isSectionHidden(column))
            columns << column;
    }
    QStringList lines;
    const auto addLine = [&lines, &columns](const auto &textOf) {
        QStringList texts;
        for (const int column : columns)
            texts << textOf(column);
        lines << texts.join(QLatin1Char('\t'));
    };
    if (rows.size() > 1)
        addLine([&](int column) { return header.model()->headerData(column, Qt::Horizontal).toString().simplified(); });
    for (const QModelIndex &row : std::as_const(rows))
        addLine([&row](int column) { return copiedCell(row.siblingAtColumn(column)); });
    return lines.join(QLatin1Char('\n'));
}

QString toolTipOf(const QAbstractItemView &view, const QModelIndex &index)
{
    const QString text = index.data().toString();
    const QString more = index.data(Qt::ToolTipRole).toString();
    const bool isElided = view.sizeHintForIndex(index).width() > view.visualRect(index).width();
    QStringList lines;
    if (isElided && !more.contains(text))
        lines << text;
    if (!more.isEmpty() && (isElided || more != text))
        lines << more;
    return lines.join(QLatin1Char('\n'));
}

} // namespace tidemark
