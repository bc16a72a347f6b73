#pragma once

namespace tidemark {

/// Gives scroll areas an accessible interface that answers for each child that is asked for. That of Qt 6.4.2
/// (QAccessibleAbstractScrollArea::child) reads behind the end of its list where a screen reader asks for a scroll bar
/// that has gone since it counted them. Once, before there is a window.
void makeScrollAreasAccessible();

} // namespace tidemark
