#pragma once

#include <QLabel>
#include <QString>

namespace tidemark {

/// A label that is the control's accessible name. `text` may carry a mnemonic ("&Cluster"); the control answers to the
/// text without it, on screen and to assistive technology alike.
///
/// Item views take no name from a buddy, and a combo box's accessible name is always its current text (Qt 6.4), so the
/// name is set on the control as well, and as the description of a combo box.
QLabel *labelFor(const QString &text, QWidget *control);

/// The two beside each other, as one thing that is not torn apart where a row wraps.
QWidget *besideLabel(const QString &text, QWidget *control);

/// Gives a control the name where the visible label stands elsewhere (a radio button beside it, a tab).
void nameControl(QWidget *control, const QString &name);

/// The text without its mnemonic's ampersand.
QString withoutMnemonic(QString text);

/// For hashes and code. Only the family is set, so that the size follows the desktop's.
QFont fixedFont();

/// Text that explains: wraps, can be selected with the mouse and copied.
QLabel *wrappingLabel(const QString &text = {});

} // namespace tidemark
