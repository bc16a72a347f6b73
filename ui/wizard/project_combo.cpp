#include "ui/wizard/project_combo.h"

#include "base/natural_order.h"
#include "preparation/search_words.h"
#include "session/session.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStringListModel>

#include <numeric>

namespace tidemark {

static constexpr int MostSeen = 12; ///< of hundreds, so that a list never covers the screen

QStringList projectLabels(const std::vector<Project> &projects)
{
    std::map<QString, int> named;
    for (const Project &project : projects)
        ++named[project.name];
    QStringList labels;
    for (const Project &project : projects)
        labels << (named[project.name] == 1
                       ? project.name
                       : ProjectCombo::tr("%1 (%2)", "name, id").arg(project.name, project.id.value));
    return labels;
}

ProjectCombo::ProjectCombo(Session &session, Offer offer, QWidget *parent)
    : QComboBox(parent)
    , m_session(session)
    , m_offer(offer)
    , m_matches(new QStringListModel(this))
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMaxVisibleItems(MostSeen);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(30);
    lineEdit()->setPlaceholderText(tr("Choose a project, or type a part of its name"));
    auto *completer = new QCompleter(m_matches, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion); // what matches is found here
    completer->setMaxVisibleItems(MostSeen);
    setCompleter(completer);
    connect(lineEdit(), &QLineEdit::textEdited, this, &ProjectCombo::onTyped);
    connect(completer, QOverload<const QString &>::of(&QCompleter::activated), this, &ProjectCombo::choose);
    connect(&session.catalogue(), &Catalogue::projectsChanged, this, &ProjectCombo::fill);
    connect(this, &QComboBox::currentIndexChanged, this, &ProjectCombo::onIndexChanged);
    fill();
}

int ProjectCombo::indexOf(const ProjectId &project) const
{
    return project.isEmpty() ? -1 : findData(project.value);
}

void ProjectCombo::setProject(const ProjectId &project)
{
    m_project = project;
    if (!m_isTyping)
        showChosen();
}

void ProjectCombo::setProposed(const ProjectId &project)
{
    m_proposed = project;
    proposeChoice();
}

void ProjectCombo::setLastUsed(const QStringList &ids)
{
    if (ids == m_lastUsed)
        return;
    m_lastUsed = ids;
    fill();
}

/// Where nothing has been chosen: the proposed one, or the only one.
void ProjectCombo::proposeChoice()
{
    if (!m_project.isEmpty() || m_isAll || m_isTyping || currentIndex() >= 0)
        return;
    const int proposed = indexOf(m_proposed);
    if (proposed >= 0)
        setCurrentIndex(proposed);
    else if (count() == 1)
        setCurrentIndex(0);
}

void ProjectCombo::fill()
{
    if (m_isTyping) {
        const QString text = lineEdit()->text();
        const int cursor = lineEdit()->cursorPosition();
        fillUntouched();
        lineEdit()->setText(text); // what a person is typing stays
        lineEdit()->setCursorPosition(cursor);
    } else {
        fillUntouched();
        showChosen();
    }
    setEnabled(count() > 0);
    proposeChoice();
}

void ProjectCombo::fillUntouched()
{
    const std::vector<Project> &projects = m_session.catalogue().projects();
    const QStringList labels = projectLabels(projects);
    std::vector<size_t> order(projects.size());
    std::iota(order.begin(), order.end(), size_t(0));
    const auto used = [this](const Project &project) {
        const qsizetype place = m_lastUsed.indexOf(project.id.value);
        return place < 0 ? m_lastUsed.size() : place;
    };
    std::ranges::stable_sort(order, [&](size_t a, size_t b) {
        const qsizetype usedA = used(projects[a]);
        const qsizetype usedB = used(projects[b]);
        if (usedA != usedB)
            return usedA < usedB;
        return compareNaturally(labels[qsizetype(a)], labels[qsizetype(b)]) < 0;
    });
    const QSignalBlocker blocker(this);
    clear();
    if (m_offer == Offer::AllToo && projects.size() > 1)
        addItem(tr("All projects"));
    for (const size_t at : order)
        addItem(labels[qsizetype(at)], projects[at].id.value);
}

void ProjectCombo::showChosen()
{
    const QSignalBlocker blocker(this);
    const bool offersAll = count() > 0 && !itemData(0).isValid();
    m_isTyping = false;
    setCurrentIndex(m_isAll && offersAll ? 0 : indexOf(m_project));
    const QString text = itemText(currentIndex()); // nothing where nothing is chosen
    if (lineEdit()->text() == text)
        return; // the cursor of whoever typed a whole name stays
    setEditText(text);
    lineEdit()->setCursorPosition(0); // of a long name the beginning is seen
}

void ProjectCombo::onIndexChanged(int index)
{
    if (index < 0)
        return;
    const bool wasTyping = std::exchange(m_isTyping, false);
    if (wasTyping)
        Q_EMIT typed();
    m_isAll = !itemData(index).isValid();
    if (m_isAll) {
        Q_EMIT allChosen();
        return;
    }
    m_project = ProjectId(itemData(index).toString());
    if (const Project *project = m_session.catalogue().project(m_project))
        Q_EMIT chosen(Project(*project));
}

// What is typed -------------------------------------------------------------------------------------------------------

QStringList ProjectCombo::matches(const QString &text) const
{
    const SearchWords words(text);
    QStringList found;
    QStringList all; // after the projects: nobody who types "pro" means it
    for (int i = 0; i < count(); ++i) {
        if (words.areIn(SearchWords::fold(itemText(i))))
            (itemData(i).isValid() ? found : all) << itemText(i);
    }
    return found + all;
}

QString ProjectCombo::problem() const
{
    if (!m_isTyping || lineEdit()->text().trimmed().isEmpty() || m_matches->rowCount() > 0)
        return {};
    return tr("No project matches “%1”.").arg(lineEdit()->text().trimmed());
}

void ProjectCombo::onTyped(const QString &text)
{
    m_isTyping = true;
    const QStringList found = matches(text);
    const int whole = findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive);
    // Where it is the only one there is nothing left to offer.
    m_matches->setStringList(whole >= 0 && found.size() == 1 ? QStringList() : found);
    if (whole >= 0)
        choose(text);
    Q_EMIT typed();
}

void ProjectCombo::choose(const QString &label)
{
    const int index = findText(label, Qt::MatchExactly | Qt::MatchCaseSensitive);
    if (index < 0)
        return;
    if (index == currentIndex()) {
        onIndexChanged(index); // typed again, or chosen before another one was typed
        setEditText(label);
    } else {
        setCurrentIndex(index);
    }
}

void ProjectCombo::keyPressEvent(QKeyEvent *event)
{
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const bool isEnter = isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter);
    // What is held down from the page before neither chooses nor goes on.
    if (isEnter && (m_isTyping || event->isAutoRepeat())) {
        if (!event->isAutoRepeat() && !lineEdit()->text().trimmed().isEmpty()) {
            const QStringList found = matches(lineEdit()->text());
            completer()->popup()->hide();
            if (!found.isEmpty()) {
                choose(found.contains(lineEdit()->text()) ? lineEdit()->text() : found.constFirst());
                lineEdit()->selectAll();
            }
        }
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_isTyping && !completer()->popup()->isVisible()) {
        showChosen();
        lineEdit()->selectAll();
        Q_EMIT typed();
        event->accept();
        return;
    }
    // In a name that is not being typed there is nothing to move in: the ends of the list, as in any combo box.
    if (isPlain && !m_isTyping && count() > 0 && (event->key() == Qt::Key_Home || event->key() == Qt::Key_End)) {
        setCurrentIndex(event->key() == Qt::Key_Home ? 0 : count() - 1);
        lineEdit()->selectAll();
        event->accept();
        return;
    }
    QComboBox::keyPressEvent(event);
}

void ProjectCombo::focusInEvent(QFocusEvent *event)
{
    QComboBox::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && event->reason() != Qt::PopupFocusReason &&
        event->reason() != Qt::ActiveWindowFocusReason)
        lineEdit()->selectAll(); // what is typed takes its place
}

/// What was not chosen is not left standing as if it were.
void ProjectCombo::focusOutEvent(QFocusEvent *event)
{
    QComboBox::focusOutEvent(event);
    if (!m_isTyping || event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        return;
    showChosen();
    Q_EMIT typed();
}

} // namespace tidemark
