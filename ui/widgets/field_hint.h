#pragma once

#include <QIcon>
#include <QPointer>
#include <QWidget>

#include <vector>

class QGridLayout;

namespace tidemark {

/// What is missing, wrong or worth knowing, beside the control it belongs to, a line for each. Told by icon and words,
/// never by colour alone. The text is also part of the control's accessible description, and a new problem is announced
/// to assistive technology.
class FieldHint : public QWidget
{
    Q_OBJECT

public:
    enum class Level { None, Calm, Note, Warning, Error };
    struct Line
    {
        Level level = Level::None;
        QString text;
        bool operator==(const Line &) const = default;
    };

    /// `control` may be null for a hint that belongs to a whole page.
    explicit FieldHint(QWidget *control = nullptr, QWidget *parent = nullptr);

    void say(const std::vector<Line> &lines);
    void say(Level level, const QString &text);
    void clear() { say({}); }

    Level level() const; ///< the worst of the lines
    QString text() const;
    const std::vector<Line> &lines() const { return m_lines; }

    /// The place of one line is kept while there is nothing to say, so that the page does not jump while one types.
    void setKeepsPlace(bool keeps);
    /// What it says is seen elsewhere: it is hidden, and only describes its control.
    void setDescribesOnly(bool describesOnly);

protected:
    void changeEvent(QEvent *event) override;

private:
    void rebuild(size_t kept);
    void paintIcons();
    void describeControl();
    void reserve();
    void updateVisibility();

    QPointer<QWidget> m_control;
    QString m_baseDescription;
    QGridLayout *m_grid;
    std::vector<Line> m_lines;
    bool m_keepsPlace = true;
    bool m_describesOnly = false;
};

/// The icon of a hint's level, in its own ink; null for None. What merely waits to be filled in is grey.
QIcon hintIcon(FieldHint::Level level);

} // namespace tidemark
