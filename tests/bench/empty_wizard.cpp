/// The least that a program with a wizard can be: what bench_start compares with.
#include <QApplication>
#include <QWizard>
#include <QWizardPage>

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    QWizard wizard;
    wizard.addPage(new QWizardPage);
    wizard.show();
    return QApplication::exec();
}
