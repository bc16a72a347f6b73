#include "wizard_bench.h"

#include "support/patience.h"
#include "support/waiting.h"
#include "ui/widgets/field_hint.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

namespace tidemark::test {

namespace {

QString nameOf(const QAccessibleInterface *accessible)
{
    // A combo box answers with its current text; its name is its label's.
    if (accessible->role() == QAccessible::ComboBox) {
        const auto relations = accessible->relations(QAccessible::Label);
        return relations.isEmpty() ? QString() : relations.constFirst().first->text(QAccessible::Name);
    }
    return accessible->text(QAccessible::Name);
}

bool rowContains(const QModelIndex &index, const QString &text)
{
    for (int column = 0; column < index.model()->columnCount(index.parent()); ++column) {
        if (index.siblingAtColumn(column).data().toString().contains(text))
            return true;
    }
    return false;
}

} // namespace

QAccessibleInterface *findAccessible(QAccessibleInterface *root, QAccessible::Role role, const QString &name)
{
    if (root == nullptr || root->state().invisible)
        return nullptr;
    if (root->role() == role && nameOf(root) == name)
        return root;
    // The cells of a table are no controls and may be many.
    if (root->tableInterface() != nullptr)
        return nullptr;
    for (int i = 0; i < root->childCount(); ++i) {
        if (QAccessibleInterface *found = findAccessible(root->child(i), role, name))
            return found;
    }
    return nullptr;
}

WizardBench::WizardBench(QStringList switches, std::chrono::milliseconds interval)
    : m_cloud(std::make_unique<DemoCloud>(switches << QStringLiteral("--control")))
{
    if (!m_cloud->isRunning())
        return;
    Connection connection;
    connection.id = ConnectionId(QStringLiteral("bench"));
    connection.name = QStringLiteral("Bench");
    connection.baseUrl = m_cloud->baseUrl();
    connection.userName = m_cloud->publicKey();
    Credentials credentials;
    credentials.secret = Secret(m_cloud->privateKey());
    openOver(connection, credentials, interval);
}

WizardBench::WizardBench(const Connection &connection)
{
    openOver(connection, {}, std::chrono::milliseconds(200));
}

void WizardBench::openOver(const Connection &connection, const Credentials &credentials,
                           std::chrono::milliseconds interval)
{
    m_session = std::make_unique<Session>(connection, credentials, m_clock, m_folder.filePath(QStringLiteral("data")),
                                          JobMonitor::Intervals{interval, interval});
    m_downloads = std::make_unique<DownloadQueue>(
        [this](const DownloadSource &source) {
            return m_session->client().restoreJob(source.project, source.cluster, source.job);
        },
        m_clock, m_folder.filePath(QStringLiteral("queue")), DownloadOptions());
    newWizard();
}

void WizardBench::newWizard()
{
    m_wizard.reset();
    m_wizard = std::make_unique<RestoreWizard>(*m_session, *m_downloads, m_settings);
}

WizardBench::~WizardBench() = default;

QString WizardBench::problem() const
{
    return m_cloud ? m_cloud->problem() : QString();
}

bool WizardBench::open()
{
    m_wizard->show();
    m_wizard->activateWindow();
    return QTest::qWaitForWindowActive(m_wizard.get()) && QTest::qWaitFor([this] {
               return m_session->catalogue().projects().size() > 1 &&
                      std::all_of(m_session->catalogue().projects().begin(), m_session->catalogue().projects().end(),
                                  [this](const Project &project) {
                                      return m_session->catalogue().clusters(project.id) != nullptr;
                                  });
           });
}

QWidget *WizardBench::control(const QString &name, QAccessible::Role role)
{
    const QAccessibleInterface *found =
        findAccessible(QAccessible::queryAccessibleInterface(m_wizard.get()), role, name);
    return found != nullptr ? qobject_cast<QWidget *>(found->object()) : nullptr;
}

QLineEdit *WizardBench::edit(const QString &name)
{
    return qobject_cast<QLineEdit *>(control(name, QAccessible::EditableText));
}

QAbstractButton *WizardBench::button(const QString &name)
{
    for (const auto role : {QAccessible::Button, QAccessible::RadioButton, QAccessible::CheckBox}) {
        if (auto *found = qobject_cast<QAbstractButton *>(control(name, role)))
            return found;
    }
    return nullptr;
}

QAbstractItemView *WizardBench::table(const QString &name, QAccessible::Role role)
{
    return qobject_cast<QAbstractItemView *>(control(name, role));
}

QString WizardBench::hint(const QString &objectName)
{
    const auto hints = m_wizard->findChildren<FieldHint *>(objectName + QStringLiteral("Hint"));
    for (const FieldHint *hint : hints) {
        if (hint->isVisible())
            return hint->text();
    }
    return {};
}

bool WizardBench::chooseEntry(const QString &combo, const QString &entry)
{
    auto *box = qobject_cast<QComboBox *>(control(combo, QAccessible::ComboBox));
    if (box == nullptr)
        return false;
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < box->count() && box->currentText() != entry; ++i)
        QTest::keyClick(box, Qt::Key_Down);
    return box->currentText() == entry;
}

bool WizardBench::chooseRow(const QString &view, QAccessible::Role role, const QString &text)
{
    QModelIndex row;
    QAbstractItemView *shown = nullptr;
    const auto find = [&] {
        shown = table(view, role);
        if (shown == nullptr)
            return false;
        const QAbstractItemModel *model = shown->model();
        for (int i = 0; i < model->rowCount() && !row.isValid(); ++i) {
            if (rowContains(model->index(i, 0), text))
                row = model->index(i, 0);
        }
        return row.isValid();
    };
    if (!QTest::qWaitFor(find, PatienceMs))
        return false;
    shown->scrollTo(row);
    QTest::mouseClick(shown->viewport(), Qt::LeftButton, {}, shown->visualRect(row).center());
    return !shown->selectionModel()->selectedRows().isEmpty();
}

bool WizardBench::typeInto(const QString &name, const QString &text)
{
    QLineEdit *field = edit(name);
    if (field == nullptr || !field->isEnabled())
        return false;
    field->setFocus();
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, text);
    return field->text() == text;
}

bool WizardBench::press(const QString &name)
{
    QAbstractButton *found = button(name);
    if (found == nullptr || !found->isEnabled())
        return false;
    QTest::mouseClick(found, Qt::LeftButton, {}, QPoint(found->height() / 2, found->height() / 2));
    return true;
}

bool WizardBench::tickFindings()
{
    const auto boxes = m_wizard->findChildren<QCheckBox *>(QStringLiteral("findingTick"));
    return std::all_of(boxes.begin(), boxes.end(), [](QCheckBox *box) {
        if (box->isVisible() && !box->isChecked()) {
            box->setFocus(); // which scrolls to it
            QTest::keyClick(box, Qt::Key_Space);
        }
        return !box->isVisible() || box->isChecked();
    });
}

bool WizardBench::confirm(const QString &target)
{
    // What is still being read may add to them.
    const auto isRead = [this] {
        const auto texts = m_wizard->findChildren<QLabel *>(QStringLiteral("findingSentence"));
        return std::none_of(texts.begin(), texts.end(), [](const QLabel *text) {
            return text->isVisible() && text->text().contains(QStringLiteral("still being read"));
        });
    };
    return QTest::qWaitFor(isRead, PatienceMs) && tickFindings() &&
           typeInto(QStringLiteral("Type the target cluster's name to confirm"), target);
}

bool WizardBench::canPress(const QString &name)
{
    const QAbstractButton *found = button(name);
    return found != nullptr && found->isEnabled();
}

bool WizardBench::isOn(PageId page)
{
    return QTest::qWaitFor([this, page] { return m_wizard->currentId() == page; }, PatienceMs);
}

bool WizardBench::toPoint(const QString &project, const QString &cluster, const QString &mode)
{
    return open() && chooseEntry(QStringLiteral("Project"), project) &&
           chooseRow(QStringLiteral("Cluster"), QAccessible::Tree, cluster) && press(QStringLiteral("Next")) &&
           isOn(ModePageId) && press(mode) && press(QStringLiteral("Next")) && isOn(PointPageId);
}

bool WizardBench::toReview(const QString &targetProject, const QString &targetCluster)
{
    return QTest::qWaitFor([this] { return canPress(QStringLiteral("Next")); }, PatienceMs) &&
           press(QStringLiteral("Next")) && isOn(TargetPageId) &&
           chooseEntry(QStringLiteral("Target project"), targetProject) &&
           chooseRow(QStringLiteral("Target cluster"), QAccessible::Tree, targetCluster) &&
           press(QStringLiteral("Next")) && isOn(ReviewPageId);
}

QStringList WizardBench::postedBodies()
{
    QStringList bodies;
    for (const auto &value : m_cloud->requests()) {
        const QJsonObject request = value.toObject();
        const bool creates =
            request.value(QStringLiteral("method")).toString() == QStringLiteral("POST") &&
            request.value(QStringLiteral("target")).toString().endsWith(QStringLiteral("/restoreJobs"));
        // A refused nonce is answered before the body counts.
        if (creates && request.value(QStringLiteral("status")).toInt() != 401)
            bodies << request.value(QStringLiteral("body")).toString();
    }
    return bodies;
}

QStringList WizardBench::posted(const QString &part)
{
    QStringList targets;
    for (const auto &value : m_cloud->requests()) {
        const QJsonObject request = value.toObject();
        const QString target = request.value(QStringLiteral("target")).toString();
        const bool isPost = request.value(QStringLiteral("method")).toString() == QStringLiteral("POST");
        if (isPost && target.contains(part) && request.value(QStringLiteral("status")).toInt() != 401)
            targets << target;
    }
    return targets;
}

QStringList WizardBench::requestedPaths()
{
    QStringList paths;
    for (const auto &value : m_cloud->requests())
        paths << value.toObject().value(QStringLiteral("target")).toString();
    return paths;
}

bool WizardBench::addFault(const QByteArray &rule)
{
    return m_cloud->addFault(rule);
}

QString WizardBench::projectId(const QString &project) const
{
    for (const Project &known : m_session->catalogue().projects()) {
        if (known.name == project)
            return known.id.value;
    }
    return {};
}

QString WizardBench::clusterId(const QString &project, const QString &cluster) const
{
    const auto *clusters = m_session->catalogue().clusters(ProjectId(projectId(project)));
    if (clusters == nullptr)
        return {};
    for (const Cluster &known : *clusters) {
        if (known.name == cluster)
            return known.id.value;
    }
    return {};
}

} // namespace tidemark::test
