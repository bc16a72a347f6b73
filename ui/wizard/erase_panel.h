#pragma once

#include "ui/look/panel.h"

#include <QStringList>

#include <utility>
#include <vector>

class QGridLayout;
class QVBoxLayout;

namespace tidemark {

class ElidedLabel;
class LookLabel;

/// What is lost: the cluster's name in the type of a title, and below it sentences or what is known of it.
class ErasePanel : public Panel
{
    Q_OBJECT

public:
    /// "Data", "2 shards"
    using Line = std::pair<QString, QString>;

    /// `heading`: above the name; may be empty.
    explicit ErasePanel(const QString &heading, QWidget *parent = nullptr);

    /// The first sentence is the strongest.
    void say(const QString &name, const QStringList &sentences, const std::vector<Line> &lines = {});

    /// Below all that is said.
    void addBelow(QWidget *widget);

private:
    ElidedLabel *m_name;
    LookLabel *m_first;
    LookLabel *m_others;
    QVBoxLayout *m_texts;
    QGridLayout *m_grid;
    std::vector<Line> m_lines;
};

} // namespace tidemark
