#pragma once

#include <QAccessibleWidget>

namespace tidemark {

class TimelineWidget;

/// A timeline as assistive technology sees it: a slider in seconds since the epoch, whose text says the moment and
/// whether it can be restored.
class TimelineAccessible : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit TimelineAccessible(TimelineWidget *timeline);

    /// For QAccessible::installFactory, which ignores a second installation of the same function.
    static QAccessibleInterface *create(const QString &className, QObject *object);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text what) const override;

    QVariant currentValue() const override;
    void setCurrentValue(const QVariant &value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override;

private:
    TimelineWidget *timeline() const;
};

} // namespace tidemark
