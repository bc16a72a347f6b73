#include "ui/wizard/request_view.h"

#include "connection/connection.h"
#include "preparation/wizard_context.h"
#include "restore/restore_request.h"
#include "ui/look/disclosure.h"
#include "ui/look/keep.h"
#include "ui/look/look_label.h"
#include "ui/plans/plan_saver.h"
#include "ui/widgets/code_view.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace tidemark {

RequestView::RequestView(WizardContext &context, QWidget *parent)
    : QWidget(parent)
    , m_json(new CodeView(QStringLiteral("JSON")))
    , m_curl(new CodeView(QStringLiteral("curl")))
    , m_mongocli(new CodeView(QStringLiteral("mongocli")))
{
    auto *tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("requestTabs"));
    tabs->setAccessibleName(tr("Show request"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_json, QStringLiteral("JSON"));
    tabs->addTab(m_curl, QStringLiteral("curl"));
    tabs->addTab(m_mongocli, QStringLiteral("mongocli"));
    auto *disclosure = new Disclosure(tr("Show &request"));
    disclosure->setObjectName(QStringLiteral("showRequest"));

    auto *head = new QHBoxLayout;
    head->addWidget(disclosure);
    head->addWidget(new LookLabel(tr("JSON, curl, mongocli; no secrets in them"), TypeRole::Caption, Ink::Text2,
                                  LookLabel::Wrap::Yes),
                    1, Qt::AlignVCenter);
    auto *plan = new PlanSaver(context);
    head->addWidget(plan->button());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(head);
    layout->addWidget(plan);
    layout->addWidget(tabs);
    // Not before they have a parent: they would come up as a window of their own.
    disclosure->setContent(tabs);
    disclosure->remember(context.settings(), QStringLiteral("review/showRequest"));
    keepMeasures(this, [tabs] { tabs->setMinimumHeight(u(64)); });
}

void RequestView::show(const RestoreRequest &request, const Connection &connection)
{
    m_json->setText(QString::fromUtf8(request.prettyJson()));
    m_curl->setText(request.curl(connection));
    m_mongocli->setText(request.mongocli(connection));
}

void RequestView::clear()
{
    for (CodeView *view : {m_json, m_curl, m_mongocli})
        view->setText({});
}

} // namespace tidemark
