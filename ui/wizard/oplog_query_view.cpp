#include "ui/wizard/oplog_query_view.h"

#include "ui/look/disclosure.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/labels.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace tidemark {

namespace {

using Operation = OplogSearch::Operation;

QLineEdit *nameField(const QString &objectName)
{
    auto *field = new QLineEdit;
    field->setObjectName(objectName);
    field->setMaxLength(255); // the longest name that a server takes
    return field;
}

QComboBox *operations()
{
    auto *box = new QComboBox;
    box->setObjectName(QStringLiteral("queryOperation"));
    box->addItem(OplogQueryView::tr("drop"), int(Operation::Drop));
    box->addItem(OplogQueryView::tr("dropDatabase"), int(Operation::DropDatabase));
    box->addItem(OplogQueryView::tr("renameCollection"), int(Operation::RenameCollection));
    box->addItem(OplogQueryView::tr("delete"), int(Operation::Delete));
    box->addItem(OplogQueryView::tr("insert"), int(Operation::Insert));
    box->addItem(OplogQueryView::tr("update"), int(Operation::Update));
    box->addItem(OplogQueryView::tr("any"), int(Operation::Any));
    return box;
}

QComboBox *windows()
{
    auto *box = new QComboBox;
    box->setObjectName(QStringLiteral("queryWindow"));
    box->addItem(OplogQueryView::tr("1 minute"), 60);
    box->addItem(OplogQueryView::tr("10 minutes"), 600);
    box->addItem(OplogQueryView::tr("1 hour"), 3600);
    box->addItem(OplogQueryView::tr("1 day"), 86400);
    box->setCurrentIndex(1);
    return box;
}

} // namespace

OplogQueryView::OplogQueryView(QSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_database(nameField(QStringLiteral("queryDatabase")))
    , m_collection(nameField(QStringLiteral("queryCollection")))
    , m_operation(operations())
    , m_around(windows())
    , m_query(new CodeView(QStringLiteral("mongosh")))
{
    auto *content = new QWidget;
    auto *fields = new QGridLayout;
    const auto add = [fields](int column, const QString &label, QWidget *field) {
        fields->addWidget(labelFor(label, field), 0, column);
        fields->addWidget(field, 1, column);
    };
    add(0, tr("&Database"), m_database);
    add(1, tr("&Collection"), m_collection);
    add(2, tr("Opera&tion"), m_operation);
    add(3, tr("&Around it"), m_around);
    fields->setColumnStretch(0, 2);
    fields->setColumnStretch(1, 2);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->addLayout(fields);
    layout->addWidget(m_query);
    layout->addWidget(new LookLabel(tr("Run it in mongosh on a member of the replica set, of a sharded cluster on one "
                                       "of each shard, and paste what it prints above."),
                                    TypeRole::Caption, Ink::Text2, LookLabel::Wrap::Yes));

    auto *disclosure = new Disclosure(tr("&Find the entry in the oplog"));
    disclosure->setObjectName(QStringLiteral("findEntry"));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->addWidget(disclosure, 0, Qt::AlignLeading);
    all->addWidget(content);
    // Not before it has a parent: it would come up as a window of its own.
    disclosure->setContent(content);
    disclosure->remember(settings, QStringLiteral("point/findEntry"));
    keepMeasures(this, [this] { m_query->setMinimumHeight(u(44)); });

    connect(m_database, &QLineEdit::textChanged, this, &OplogQueryView::showQuery);
    connect(m_collection, &QLineEdit::textChanged, this, &OplogQueryView::showQuery);
    connect(m_operation, &QComboBox::currentIndexChanged, this, &OplogQueryView::showQuery);
    connect(m_around, &QComboBox::currentIndexChanged, this, &OplogQueryView::showQuery);
    showQuery();
}

void OplogQueryView::setMoment(std::optional<qint64> seconds, qint64 now)
{
    const bool moves = seconds != m_moment || (!seconds && now / 60 != m_now / 60);
    if (!moves)
        return; // what is being copied does not change with every second
    m_moment = seconds;
    m_now = now;
    showQuery();
}

void OplogQueryView::showQuery()
{
    const qint64 around = m_around->currentData().toLongLong();
    OplogSearch search;
    search.database = m_database->text();
    search.collection = m_collection->text();
    search.operation = static_cast<Operation>(m_operation->currentData().toInt());
    search.from = m_moment.value_or(m_now) - around;
    search.to = m_moment ? *m_moment + around : m_now;
    m_collection->setEnabled(search.operation != Operation::DropDatabase);
    m_query->setText(oplogQuery(search));
}

} // namespace tidemark
