#include "support/model_dump.h"

#include "ui/look/bar.h"
#include "ui/look/row_delegate.h"
#include "ui/look/stage_line.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <vector>

namespace tidemark::test {

namespace {

struct NamedRole
{
    const char *name;
    int role;
};

constexpr NamedRole roles[] = {
    {"text", Qt::DisplayRole},
    {"edit", Qt::EditRole},
    {"toolTip", Qt::ToolTipRole},
    {"status", Qt::StatusTipRole},
    {"what", Qt::WhatsThisRole},
    {"check", Qt::CheckStateRole},
    {"alignment", Qt::TextAlignmentRole},
    {"accessible", Qt::AccessibleTextRole},
    {"accessibleDescription", Qt::AccessibleDescriptionRole},
    {"user", Qt::UserRole},
    {"user1", Qt::UserRole + 1},
    {"user2", Qt::UserRole + 2},
    {"user3", Qt::UserRole + 3},
    {"first", LookRole::FirstLine},
    {"second", LookRole::SecondLine},
    {"secondIcon", LookRole::SecondIcon},
    {"secondInk", LookRole::SecondInk},
    {"chip", LookRole::Chip},
    {"stages", LookRole::Stages},
    {"bar", LookRole::Bar},
    {"icon", LookRole::Icon},
    {"firstType", LookRole::FirstType},
};

constexpr Qt::ItemFlags usual = Qt::ItemIsSelectable | Qt::ItemIsEnabled;

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

/// Undefined where the role says nothing.
QJsonValue valueOf(const QVariant &data)
{
    if (!data.isValid())
        return QJsonValue::Undefined;
    if (data.canConvert<ChipData>()) {
        const auto chip = data.value<ChipData>();
        return chip.text.isEmpty() ? QJsonValue(QJsonValue::Undefined)
                                   : QJsonValue(iconOf(chip.kind) + QStringLiteral(": ") + chip.text);
    }
    if (data.canConvert<BarData>()) {
        const auto bar = data.value<BarData>();
        return QStringLiteral("%1 at %2").arg(int(bar.kind)).arg(number(bar.fraction));
    }
    if (data.canConvert<QList<StageBar>>()) {
        QStringList bars;
        for (const StageBar &bar : data.value<QList<StageBar>>())
            bars << QString::number(int(bar.state)) + (bar.fraction ? u'@' + number(*bar.fraction) : QString());
        return bars.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(bars.join(u' '));
    }
    switch (data.typeId()) {
    case QMetaType::Bool:
        return data.toBool();
    case QMetaType::QDateTime:
        return data.toDateTime().toUTC().toString(Qt::ISODateWithMs);
    case QMetaType::QStringList:
        return data.toStringList().join(QStringLiteral(" | "));
    case QMetaType::Double:
        return number(data.toDouble());
    default:
        break;
    }
    const QString text = data.toString();
    return text.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(text);
}

QString flagsText(Qt::ItemFlags flags)
{
    QStringList names;
    if (!flags.testFlag(Qt::ItemIsEnabled))
        names << QStringLiteral("disabled");
    if (!flags.testFlag(Qt::ItemIsSelectable))
        names << QStringLiteral("not selectable");
    for (const auto &[flag, name] :
         {std::pair(Qt::ItemIsEditable, "editable"), std::pair(Qt::ItemIsDragEnabled, "can be dragged"),
          std::pair(Qt::ItemIsDropEnabled, "takes drops"), std::pair(Qt::ItemIsUserCheckable, "checkable")}) {
        if (flags.testFlag(flag))
            names << QString::fromLatin1(name);
    }
    return names.join(QStringLiteral(", "));
}

QJsonObject cell(const QModelIndex &index)
{
    QJsonObject said;
    for (const NamedRole &one : roles) {
        const QJsonValue value = valueOf(index.data(one.role));
        // Most models answer the text again where it would be edited.
        const bool isAgain = one.role == Qt::EditRole && value == said.value(QLatin1String("text"));
        if (!value.isUndefined() && !isAgain)
            said.insert(QLatin1String(one.name), value);
    }
    const Qt::ItemFlags flags = index.flags() & ~Qt::ItemFlags(Qt::ItemNeverHasChildren);
    if (flags != usual)
        said.insert(QLatin1String("flags"), flagsText(flags));
    return said;
}

/// Sorted by title in the file, so numbered.
QString titleOf(const QAbstractItemModel &model, int column)
{
    return QStringLiteral("%1 %2").arg(column).arg(
        model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
}

QJsonArray rowsBelow(const QAbstractItemModel &model, const QModelIndex &parent)
{
    QJsonArray rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        QJsonObject cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells.insert(titleOf(model, column), cell(model.index(row, column, parent)));
        QJsonObject one{{QStringLiteral("cells"), cells}};
        if (const QJsonArray below = rowsBelow(model, model.index(row, 0, parent)); !below.isEmpty())
            one.insert(QStringLiteral("rows"), below);
        rows.append(one);
    }
    return rows;
}

QString referencePath(const QString &name)
{
    return QStringLiteral(TIDEMARK_MODEL_FILES "/%1.json").arg(name);
}

} // namespace

QJsonObject dumpOf(const QAbstractItemModel &model)
{
    QJsonObject titles;
    for (int column = 0; column < model.columnCount(); ++column) {
        const QString toolTip = model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        titles.insert(titleOf(model, column), toolTip);
    }
    return {{QStringLiteral("columns"), titles}, {QStringLiteral("rows"), rowsBelow(model, {})}};
}

QString differenceFrom(const QString &name, const QJsonObject &now, const Replacements &replacements)
{
    QString text = QString::fromUtf8(QJsonDocument(now).toJson());
    for (const auto &[own, stands] : replacements)
        text.replace(own, stands);
    QFile file(referencePath(name));
    if (qEnvironmentVariable("TIDEMARK_WRITE_MODELS") == QLatin1String("1")) {
        QDir().mkpath(QStringLiteral(TIDEMARK_MODEL_FILES));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            return QStringLiteral("%1 cannot be written").arg(file.fileName());
        return QStringLiteral("%1 was written anew: run the test again without TIDEMARK_WRITE_MODELS")
            .arg(file.fileName());
    }
    if (!file.open(QIODevice::ReadOnly))
        return QStringLiteral("there is no %1").arg(file.fileName());
    return lineDifference(QString::fromUtf8(file.readAll()), text);
}

QString differenceFrom(const QString &name, const QAbstractItemModel &now, const Replacements &replacements)
{
    return differenceFrom(name, dumpOf(now), replacements);
}

QString lineDifference(const QString &reference, const QString &now)
{
    if (reference == now)
        return {};
    const QStringList before = reference.split(u'\n');
    const QStringList after = now.split(u'\n');
    // The longest common subsequence: files are some hundred lines.
    const auto rows = size_t(before.size() + 1);
    const auto columns = size_t(after.size() + 1);
    std::vector<int> common(rows * columns, 0);
    for (size_t row = rows - 1; row-- > 0;) {
        for (size_t column = columns - 1; column-- > 0;) {
            common[row * columns + column] =
                before[qsizetype(row)] == after[qsizetype(column)]
                    ? common[(row + 1) * columns + column + 1] + 1
                    : std::max(common[(row + 1) * columns + column], common[row * columns + column + 1]);
        }
    }
    constexpr qsizetype around = 4;
    QStringList all;
    std::vector<bool> differs;
    const auto add = [&](QChar mark, const QString &line) {
        all << mark + line;
        differs.push_back(mark != u' ');
    };
    size_t row = 0;
    size_t column = 0;
    while (row + 1 < rows || column + 1 < columns) {
        if (row + 1 < rows && column + 1 < columns && before[qsizetype(row)] == after[qsizetype(column)]) {
            add(u' ', before[qsizetype(row++)]);
            ++column;
        } else if (column + 1 >= columns ||
                   (row + 1 < rows && common[(row + 1) * columns + column] >= common[row * columns + column + 1])) {
            add(u'-', before[qsizetype(row++)]);
        } else {
            add(u'+', after[qsizetype(column++)]);
        }
    }
    QStringList shown;
    qsizetype last = -1;
    for (qsizetype line = 0; line < all.size(); ++line) {
        const auto from = differs.begin() + std::max<qsizetype>(0, line - around);
        const auto to = differs.begin() + std::min<qsizetype>(all.size(), line + around + 1);
        if (std::find(from, to, true) == to)
            continue;
        if (line != last + 1)
            shown << QStringLiteral("  …");
        shown << all[line];
        last = line;
    }
    return QStringLiteral("another content than the reference file:\n") + shown.join(u'\n');
}

} // namespace tidemark::test
