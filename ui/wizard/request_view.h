#pragma once

#include <QWidget>

namespace tidemark {

class CodeView;
class RestoreRequest;
class WizardContext;
struct Connection;

/// The request as it is sent, and as two commands, folded away behind **Show request**. Whether it is open is
/// remembered. No secret is in any of them. Beside it **Save plan…**, which keeps the request for later.
class RequestView : public QWidget
{
    Q_OBJECT

public:
    explicit RequestView(WizardContext &context, QWidget *parent = nullptr);

    void show(const RestoreRequest &request, const Connection &connection);
    void clear();

private:
    CodeView *m_json;
    CodeView *m_curl;
    CodeView *m_mongocli;
};

} // namespace tidemark
