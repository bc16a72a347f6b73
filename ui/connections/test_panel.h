#pragma once

#include "checkup/connection_test.h"

#include <QWidget>

#include <array>
#include <memory>

class QLabel;
class QPushButton;
class QScrollArea;

namespace tidemark {

class TestStepRow;

/// Runs a connection's test and shows its steps as they happen.
class TestPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TestPanel(const Clock &clock, QWidget *parent = nullptr);
    ~TestPanel() override;

    void start(const Connection &connection, const Credentials &credentials);
    void cancel();
    bool isRunning() const;
    ConnectionReport report() const;
    /// What the last test found; empty before the project list was read.
    std::vector<Project> projects() const;
    /// Says that the fields are others now than those that were tested.
    void setOutdated(bool outdated);
    /// Where the address can be changed: a button for the one at which the server was found to answer.
    void setOffersAddress(bool offers) { m_offersAddress = offers; }

Q_SIGNALS:
    void started();
    void finished();
    void addressChosen(const QUrl &address);

private:
    void showReport();
    void showEnd();
    void copyAddress();

    const Clock &m_clock;
    std::unique_ptr<ConnectionTest> m_test;
    bool m_outdated = false;
    bool m_offersAddress = false;
    QLabel *m_summary;
    QLabel *m_note;
    QScrollArea *m_area;
    std::array<TestStepRow *, ConnectionStepCount> m_rows{};
    QPushButton *m_copy;
    QPushButton *m_useAddress;
};

} // namespace tidemark
