#include "ui/messages/messages_dialog.h"

#include "ui/look/empty_state.h"
#include "ui/messages/messages_model.h"
#include "ui/widgets/item_view_setup.h"
#include "ui/widgets/natural_sort_model.h"

#include <QDialogButtonBox>
#include <QScreen>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace tidemark {

namespace {

ItemViewOptions viewOptions()
{
    return {.name = QStringLiteral("messages"),
            .columns = {{MessagesModel::Time, QStringLiteral("time")},
                        {MessagesModel::What, QStringLiteral("what")},
                        {MessagesModel::Advice, QStringLiteral("advice")},
                        {MessagesModel::Request, QStringLiteral("request")},
                        {MessagesModel::Times, QStringLiteral("times")}},
            .sort = ItemSort{MessagesModel::Time, Qt::DescendingOrder}};
}

} // namespace

MessagesDialog::MessagesDialog(Notices &notices, QSettings &settings, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("messagesDialog"));
    setWindowTitle(tr("Messages"));
    auto *model = new MessagesModel(notices, this);
    auto *sorted = new NaturalSortModel(MessagesModel::SortRole, this);
    sorted->setSourceModel(model);
    auto *view = new QTreeView;
    view->setObjectName(QStringLiteral("messages"));
    view->setAccessibleName(tr("Messages"));
    view->setRootIsDecorated(false);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection); // to be copied
    new ItemViewSetup(view, sorted, viewOptions(), settings);
    auto *empty = new EmptyState(QStringLiteral("info"));
    empty->say(
        {tr("No messages"), tr("What the program says and which requests failed can be read again here."), {}, {}});
    auto *pages = new QStackedWidget;
    pages->addWidget(empty);
    pages->addWidget(view);
    const auto showPage = [pages, model] { pages->setCurrentIndex(model->rowCount() > 0 ? 1 : 0); };
    connect(model, &QAbstractItemModel::rowsInserted, pages, showPage);
    connect(model, &QAbstractItemModel::modelReset, pages, showPage);
    showPage();
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(pages, 1);
    layout->addWidget(box);
    const QSize usual(fontMetrics().averageCharWidth() * 150, fontMetrics().height() * 24);
    resize(usual.boundedTo(screen()->availableSize() * 0.9));
}

} // namespace tidemark
