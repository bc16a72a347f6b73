#include "ui/connections/file_field.h"

#include "ui/connections/file_check.h"
#include "ui/widgets/field_hint.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tidemark {

FileField::FileField(const QString &title, const QStringList &filters, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_hint(new FieldHint(m_edit))
    , m_check(new FileCheck(this))
    , m_choose(new QPushButton(tr("Choose…")))
{
    m_hint->setKeepsPlace(false);
    auto *button = static_cast<QPushButton *>(m_choose);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, title, filters] { choose(title, filters); });
    connect(m_edit, &QLineEdit::textChanged, m_check, [this] { m_check->setPath(path()); });
    connect(m_edit, &QLineEdit::textChanged, this, &FileField::update);
    connect(m_check, &FileCheck::changed, this, &FileField::update);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_edit);
    column->addWidget(m_hint);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addLayout(column, 1);
    row->addWidget(m_choose, 0, Qt::AlignTop);
}

void FileField::setNames(const QString &objectName, const QString &chooseName, const QString &placeholder)
{
    m_edit->setObjectName(objectName);
    m_edit->setPlaceholderText(placeholder);
    m_choose->setObjectName(chooseName);
}

void FileField::setPath(const QString &path)
{
    m_edit->setText(path);
}

QString FileField::path() const
{
    return m_edit->text().trimmed();
}

bool FileField::isComplete() const
{
    return !m_check->isUnreadable();
}

bool FileField::isChecked() const
{
    return m_check->isReadable();
}

void FileField::choose(const QString &title, const QStringList &filters)
{
    auto *dialog = new QFileDialog(window(), title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(filters);
    connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
    dialog->open();
}

void FileField::update()
{
    m_hint->say(isComplete() ? FieldHint::Level::None : FieldHint::Level::Calm,
                isComplete() ? QString() : tr("This file cannot be read."));
    Q_EMIT changed();
}

} // namespace tidemark
