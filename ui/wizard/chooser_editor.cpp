#include "ui/wizard/chooser_editor.h"

#include "preparation/wizard_context.h"
#include "ui/widgets/field_hint.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/load_view.h"
#include "ui/widgets/reading_line.h"
#include "ui/wizard/chooser_table.h"

#include <QVBoxLayout>

namespace tidemark {

ChooserEditor::ChooserEditor(WizardContext &context, QAbstractItemModel *model, int sortRole, ItemViewOptions options,
                             Field field, FactsLoader::Fact fact, Texts texts, QWidget *parent)
    : PointEditor(context, parent)
    , m_model(model)
    , m_fact(fact)
    , m_texts(std::move(texts))
    , m_table(new ChooserTable(model, sortRole, std::move(options), context.settings()))
    , m_load(new LoadView(m_table))
    , m_reading(new ReadingLine)
{
    model->setParent(this);
    m_table->setObjectName(m_texts.objectName);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelFor(m_texts.label, m_table));
    layout->addWidget(m_load, 1);
    layout->addWidget(m_reading);
    layout->addWidget(addHint(field, m_table));

    connect(m_table, &ChooserTable::chosen, this, [this](const QModelIndex &row) { choose(row); });
    m_table->setup().setActivate([this] { Q_EMIT accepted(); });
    const auto readAgain = [this] { this->context().loader().need(*this->context().draft().mode); };
    connect(m_load, &LoadView::retry, this, readAgain);
    connect(m_reading, &ReadingLine::tryAgain, this, readAgain);
}

void ChooserEditor::focusField()
{
    m_load->focusContent();
}

void ChooserEditor::showRows(const QModelIndex &chosen)
{
    const FactsLoader &loader = context().loader();
    const bool hasRows = m_model->rowCount() > 0;
    const bool hasFailed = loader.state(m_fact) == FactsLoader::State::Failed;
    // What is shown is from before: it stays, and is not taken for the present state.
    m_reading->say(hasRows && hasFailed
                       ? QStringList{tr("This list could not be read anew: %1").arg(loader.error(m_fact).sentence)}
                       : QStringList(),
                   true);
    m_table->setChosen(chosen);
    if (hasRows)
        m_load->showContent();
    else if (hasFailed)
        m_load->showError(loader.error(m_fact));
    else if (loader.isKnown(m_fact))
        m_load->showEmpty(m_texts.empty);
    else
        m_load->showLoading(m_texts.loading);
}

} // namespace tidemark
