#pragma once

#include <QWidget>

class QPushButton;

namespace tidemark {

class MessageBar;
class WizardContext;

/// **Read the full configuration…** where the server cannot show the automation configuration without its secrets: asks
/// first, since they come with it. Hidden where there is nothing more to be learned by it.
class ConfigBar : public QWidget
{
    Q_OBJECT

public:
    explicit ConfigBar(WizardContext &context, QWidget *parent = nullptr);

    /// What is known of the target, or that it is another one.
    void showFacts();

private:
    void ask();

    WizardContext &m_context;
    QPushButton *m_button;
    MessageBar *m_bar;
};

} // namespace tidemark
