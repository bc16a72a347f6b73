#pragma once

#include "checkup/connection_report.h"

#include <QWidget>

class QLabel;

namespace tidemark {

class FieldHint;

/// One step of a connection's test: its state by icon and word, what was found, what to do about it, and facts such as
/// the server's certificate.
class TestStepRow : public QWidget
{
    Q_OBJECT

public:
    explicit TestStepRow(ConnectionStep step, QWidget *parent = nullptr);

    void setReport(const StepReport &report);

protected:
    void changeEvent(QEvent *event) override;

private:
    QIcon stateIcon() const;
    void showIcon();

    ConnectionStep m_step;
    StepReport m_report;
    QLabel *m_icon;
    QLabel *m_name;
    QLabel *m_state;
    QLabel *m_sentence;
    FieldHint *m_hint;
    QLabel *m_facts;
};

} // namespace tidemark
