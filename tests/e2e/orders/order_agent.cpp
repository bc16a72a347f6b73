// A program without a window around the real session and its order desk, for tests that kill it, run two of it, or let
// time pass between its steps. It reads one command a line on standard input and answers each with one JSON object a
// line on standard output.
//
//   order_agent URL FOLDER PUBLIC_KEY PRIVATE_KEY [FRESH_MS [FIRST_LOOK_MS [LONGEST_LOOK_MS [TIMEOUT_S [envelope]]]]]
//
//   open                              reads the catalogue; {"open": true}
//   draft MODE SOURCE [TARGET [TARGET_PROJECT]]   MODE: download, snapshot, oplog, time, checkpoint
//   order                             one click on the Review page's button; answers with the outcome
//   begin                             the same, but answers at once; `wait` answers with the outcome
//   wait
//   late wait|send|cancel             what is done when reading takes too long (default: send); `cancel` also without
//   accept                            a person decides for a second restore with the last conflicts on the screen
//   cancel                            cancels the order under way
//   views                             the orders that are not known yet
//   look KEY / this KEY CANDIDATE / notmine KEY CANDIDATE / forget KEY
//   jobs                              keys of the job groups that were ordered here
//   sleep MS
//   quit

#include "order_agent_json.h"

#include "base/later.h"
#include "restore/point_json.h"
#include "session/session.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <deque>
#include <unistd.h>

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

class OrderAgent : public QObject
{
    Q_OBJECT

public:
    explicit OrderAgent(const QStringList &arguments)
        : m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        Connection connection;
        const QString profile = qEnvironmentVariable("ORDER_PROFILE", QStringLiteral("connection"));
        connection.id = ConnectionId(profile);
        connection.name = QStringLiteral("Table, ") + profile;
        connection.service = Service::OpsManager;
        connection.baseUrl = QUrl(arguments.value(1));
        connection.userName = arguments.value(3);
        connection.envelope = arguments.value(9) == QLatin1String("envelope");
        Credentials credentials;
        credentials.secret = Secret(arguments.value(4));
        Session::Timing timing;
        timing.intervals = {500ms, 2000ms};
        const auto milliseconds = [&](int place, int usual) {
            return std::chrono::milliseconds(arguments.value(place, QString::number(usual)).toInt());
        };
        timing.reading.fresh = milliseconds(5, 10000);
        timing.following.first = milliseconds(6, 200);
        timing.following.longest = milliseconds(7, 1000);
        connection.timeout = std::chrono::seconds(arguments.value(8, QStringLiteral("5")).toInt());
        const QDir folder(arguments.value(2));
        m_session = std::make_unique<Session>(connection, credentials, m_clock, folder.filePath(profile), timing,
                                              folder.path());
        connect(&m_input, &QSocketNotifier::activated, this, &OrderAgent::read);
    }

private:
    void read();
    void next();
    void run(const QStringList &words);
    void answer(const QJsonObject &object);
    void open();
    void draft(const QStringList &words);
    void readFacts();
    void begin(bool answersAtOnce);
    void ended();
    void late();
    void views();
    const Cluster *clusterNamed(const QString &name, const QString &project, Project *owner) const;

    SystemClock m_clock;
    std::unique_ptr<Session> m_session;
    QSocketNotifier m_input;
    QByteArray m_buffer;
    std::deque<QStringList> m_commands;
    bool m_isBusy = false;
    bool m_isAsked = false; ///< an answer to `order` or `wait` is due
    RestoreDraft m_draft;
    RestoreFacts m_facts;
    int m_open = 0;
    QString m_whenLate = QStringLiteral("send");
    QSet<QString> m_accepted;
    QSet<QString> m_conflicts;
    std::optional<QJsonObject> m_outcome;
};

void OrderAgent::read()
{
    char bytes[4096];
    const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof(bytes));
    if (count <= 0) {
        QCoreApplication::quit();
        return;
    }
    m_buffer.append(bytes, count);
    for (qsizetype end = m_buffer.indexOf('\n'); end >= 0; end = m_buffer.indexOf('\n')) {
        m_commands.push_back(QString::fromUtf8(m_buffer.left(end)).split(u' ', Qt::SkipEmptyParts));
        m_buffer.remove(0, end + 1);
    }
    next();
}

void OrderAgent::next()
{
    if (m_isBusy || m_commands.empty())
        return;
    m_isBusy = true;
    const QStringList words = m_commands.front();
    m_commands.pop_front();
    run(words);
}

void OrderAgent::answer(const QJsonObject &object)
{
    std::fputs(QJsonDocument(object).toJson(QJsonDocument::Compact).constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
    m_isBusy = false;
    QMetaObject::invokeMethod(this, &OrderAgent::next, Qt::QueuedConnection);
}

void OrderAgent::run(const QStringList &words)
{
    const QString command = words.value(0);
    OrderDesk &desk = m_session->orders();
    const auto said = [this](const Result<bool> &result) {
        answer({{QStringLiteral("done"), result.has_value() && *result},
                {QStringLiteral("error"), result ? QString() : result.error().sentence}});
    };
    if (command == QLatin1String("open")) {
        open();
    } else if (command == QLatin1String("draft")) {
        draft(words);
    } else if (command == QLatin1String("order")) {
        begin(false);
    } else if (command == QLatin1String("begin")) {
        begin(true);
    } else if (command == QLatin1String("wait")) {
        m_isAsked = true;
        if (m_outcome)
            ended();
    } else if (command == QLatin1String("late")) {
        m_whenLate = words.value(1);
        answer({});
    } else if (command == QLatin1String("accept")) {
        m_accepted = m_conflicts;
        answer({});
    } else if (command == QLatin1String("cancel")) {
        const bool can = desk.current() && desk.current()->canBeCancelled();
        if (desk.current())
            desk.current()->cancel(); // also where it may not: it must be without effect then
        answer({{QStringLiteral("cancelled"), can}});
    } else if (command == QLatin1String("views")) {
        views();
    } else if (command == QLatin1String("look")) {
        desk.lookAgain(words.value(1));
        answer({});
    } else if (command == QLatin1String("this")) {
        said(desk.itIsThisOne(words.value(1), words.value(2)));
    } else if (command == QLatin1String("notmine")) {
        said(desk.notMine(words.value(1), words.value(2)));
    } else if (command == QLatin1String("forget")) {
        said(desk.forget(words.value(1)));
    } else if (command == QLatin1String("jobs")) {
        QJsonArray keys;
        for (const JobGroup &group : m_session->jobs().groups()) {
            if (group.point)
                keys.append(group.key);
        }
        answer({{QStringLiteral("jobs"), keys}});
    } else if (command == QLatin1String("sleep")) {
        QTimer::singleShot(words.value(1).toInt(), this, [this] { answer({}); });
    } else if (command == QLatin1String("quit")) {
        QCoreApplication::quit();
    } else {
        answer({{QStringLiteral("error"), QStringLiteral("no such command: ") + command}});
    }
}

void OrderAgent::open()
{
    m_session->catalogue().read();
    auto *timer = new QTimer(this);
    timer->setInterval(20);
    connect(timer, &QTimer::timeout, this, [this, timer] {
        const auto &projects = m_session->catalogue().projects();
        const bool isRead = !projects.empty() && std::ranges::all_of(projects, [this](const Project &project) {
            return m_session->catalogue().clusters(project.id) != nullptr;
        });
        if (!isRead)
            return;
        timer->deleteLater();
        timer->stop();
        answer({{QStringLiteral("open"), true}});
    });
    timer->start();
}

const Cluster *OrderAgent::clusterNamed(const QString &name, const QString &project, Project *owner) const
{
    for (const Project &one : m_session->catalogue().projects()) {
        if (!project.isEmpty() && one.name != project)
            continue;
        for (const Cluster &cluster : *m_session->catalogue().clusters(one.id)) {
            if (cluster.name != name)
                continue;
            *owner = one;
            return &cluster;
        }
    }
    return nullptr;
}

void OrderAgent::draft(const QStringList &words)
{
    m_draft = {};
    m_draft.mode = modeFromWord(words.value(1)).value_or(RestoreMode::DownloadSnapshot);
    const Cluster *source = clusterNamed(words.value(2), {}, &m_draft.project);
    if (source)
        m_draft.cluster = *source;
    if (isAutomated(*m_draft.mode)) {
        const Cluster *target = clusterNamed(words.value(3), words.value(4), &m_draft.targetProject);
        if (target) {
            m_draft.targetCluster = *target;
            m_draft.typedTargetName = confirmationName(*target);
        }
    }
    if (!source) {
        answer({{QStringLiteral("error"), QStringLiteral("no such source")}});
        return;
    }
    readFacts();
}

void OrderAgent::readFacts()
{
    CloudClient &client = m_session->client();
    const ProjectId project = m_draft.project.id;
    const ClusterId cluster = m_draft.cluster->id;
    m_open = 3;
    const auto oneRead = [this] {
        if (--m_open > 0)
            return;
        if (m_facts.snapshots && !m_facts.snapshots->empty())
            m_draft.snapshot = m_facts.snapshots->front().id;
        if (m_facts.checkpoints && !m_facts.checkpoints->empty())
            m_draft.checkpoint = m_facts.checkpoints->front().id;
        if (m_facts.ranges && *m_facts.ranges && !(*m_facts.ranges)->empty()) {
            const OplogTimestamp end = (*m_facts.ranges)->back().end;
            m_draft.oplogSeconds = QString::number(end.seconds - 60);
            m_draft.oplogIncrement = QStringLiteral("1");
            m_draft.pointInTime = QDateTime::fromSecsSinceEpoch(end.seconds - 60, Qt::UTC)
                                      .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        }
        QStringList findings;
        for (const Finding &finding : check(m_draft, m_facts, m_session->client().serverNow())) {
            if (finding.severity == Severity::Blocking)
                findings.append(finding.sentence);
        }
        answer({{QStringLiteral("draft"), findings.isEmpty()},
                {QStringLiteral("findings"), QJsonArray::fromStringList(findings)}});
    };
    whenDone(this, client.snapshots(project, cluster), [this, oneRead](const auto &snapshots) {
        if (snapshots)
            m_facts.snapshots = *snapshots;
        oneRead();
    });
    whenDone(this, client.checkpoints(project, cluster), [this, oneRead](const auto &checkpoints) {
        if (checkpoints)
            m_facts.checkpoints = *checkpoints;
        oneRead();
    });
    whenDone(this, client.restorableRanges(project, cluster), [this, oneRead](const auto &ranges) {
        if (ranges)
            m_facts.ranges = *ranges;
        oneRead();
    });
}

void OrderAgent::begin(bool answersAtOnce)
{
    OrderIntent intent{m_draft, m_facts, {}, std::exchange(m_accepted, {})};
    if (isAutomated(*m_draft.mode)) {
        if (const auto *clusters = m_session->catalogue().clusters(m_draft.targetProject.id))
            intent.targetClusters = *clusters;
    }
    const Result<Order *> order = m_session->orders().begin(std::move(intent));
    if (!order) {
        answer(
            {{QStringLiteral("outcome"), QStringLiteral("busy")}, {QStringLiteral("error"), order.error().sentence}});
        return;
    }
    m_outcome.reset();
    m_isAsked = !answersAtOnce;
    connect(*order, &Order::changed, this, &OrderAgent::late);
    connect(*order, &Order::ended, this, [this, order = *order] {
        const OrderOutcome &outcome = order->outcome();
        m_conflicts.clear();
        for (const OrderConflict &conflict : outcome.conflicts)
            m_conflicts.insert(conflict.key);
        m_outcome = jsonOf(outcome);
        if (m_isAsked)
            ended();
    });
    if (answersAtOnce)
        answer({{QStringLiteral("begun"), true}});
}

void OrderAgent::ended()
{
    m_isAsked = false;
    answer(*m_outcome);
}

void OrderAgent::late()
{
    Order *order = m_session->orders().current();
    if (!order || order->phase() != Order::Phase::Late || order->isMakingReady())
        return;
    if (m_whenLate == QLatin1String("cancel"))
        QTimer::singleShot(0, order, &Order::cancel);
    else if (m_whenLate == QLatin1String("send") && order->canSendAnyway())
        QTimer::singleShot(0, order, &Order::sendWithWhatWasRead);
    else
        QTimer::singleShot(100, order, &Order::keepWaiting);
}

void OrderAgent::views()
{
    QJsonArray views;
    for (const OrderView &view : m_session->orders().views())
        views.append(jsonOf(view, m_session->client().serverNow()));
    answer({{QStringLiteral("views"), views}});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (application.arguments().size() < 5) {
        std::fputs("order_agent URL FOLDER PUBLIC_KEY PRIVATE_KEY [FRESH_MS [FIRST_LOOK_MS [LONGEST_LOOK_MS [TIMEOUT_S "
                   "[envelope]]]]]\n",
                   stderr);
        return 2;
    }
    OrderAgent agent(application.arguments());
    return QCoreApplication::exec();
}

#include "order_agent.moc"
