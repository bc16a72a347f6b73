#pragma once

#include <QAccessibleWidget>
#include <QHash>

namespace tidemark {

class TimelineWidget;

/// A timeline as assistive technology sees it: a slider in seconds since the epoch, whose text says the moment and
/// whether it can be restored. What there is on it are its children, by time.
class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit TimelineAccessible(TimelineWidget *timeline);
    ~TimelineAccessible() override;

    /// For QAccessible::installFactory, which ignores a second installation of the same function.
    static QAccessibleInterface *create(const QString &className, QObject *object);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text what) const override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;

    QVariant currentValue() const override;
    void setCurrentValue(const QVariant &value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override;

private:
    TimelineWidget *timeline() const;

    mutable QHash<int, QAccessible::Id> m_children; ///< those that somebody asked for, by their place
};

} // namespace tidemark
