#pragma once

#include <QWidget>

class QSettings;

namespace tidemark {

class CodeView;
class RestoreRequest;
struct Connection;

/// The request as it is sent, and as two commands, folded away behind **Show request**. Whether it is open is
/// remembered. No secret is in any of them.
class RequestView : public QWidget
{
    Q_OBJECT

public:
    explicit RequestView(QSettings &settings, QWidget *parent = nullptr);

    void show(const RestoreRequest &request, const Connection &connection);
    void clear();

private:
    CodeView *m_json;
    CodeView *m_curl;
    CodeView *m_mongocli;
};

} // namespace tidemark
