#pragma once

#include <QSplitter>

namespace tidemark {

/// A list and what is known of the chosen row: beside it, or below it where the two would not have 200 units of width.
class PaneSplitter : public QSplitter
{
    Q_OBJECT

public:
    PaneSplitter(QWidget *list, QWidget *pane, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    bool m_isMoved = false; ///< by the person, who keeps what was chosen until the pane goes to the other place
};

} // namespace tidemark
