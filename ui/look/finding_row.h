#pragma once

#include <QString>
#include <QWidget>

class QCheckBox;

namespace tidemark {

class LookIcon;
class LookLabel;

/// In the order in which they are listed.
enum class FindingKind { Error, Warning, Unchecked, Note, Passed };

/// One finding: what it is, and what follows from it or is to be done. A warning, and what could not be checked, may
/// have a box to tick.
class FindingRow : public QWidget
{
    Q_OBJECT

public:
    explicit FindingRow(QWidget *parent = nullptr);

    void setFinding(FindingKind kind, const QString &sentence, const QString &hint = {});
    FindingKind kind() const { return m_kind; }
    /// Null for a row without one. It is named by the sentence.
    QCheckBox *checkBox() const { return m_box; }
    void setTickable();

private:
    FindingKind m_kind = FindingKind::Error;
    QCheckBox *m_box = nullptr;
    LookIcon *m_icon;
    LookLabel *m_sentence;
    LookLabel *m_hint;
};

} // namespace tidemark
