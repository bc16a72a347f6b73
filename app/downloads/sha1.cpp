#include "downloads/sha1.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace tidemark {

struct Sha1::Context
{
    Context()
        : value(EVP_MD_CTX_new())
    {
        if (!value)
            throw std::bad_alloc();
    }
    ~Context() { EVP_MD_CTX_free(value); }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;

    EVP_MD_CTX *value;
};

Sha1::Sha1()
    : m_context(std::make_unique<Context>())
{
    reset();
}

Sha1::~Sha1() = default;
Sha1::Sha1(Sha1 &&) noexcept = default;
Sha1 &Sha1::operator=(Sha1 &&) noexcept = default;

void Sha1::reset()
{
    EVP_DigestInit_ex(m_context->value, EVP_sha1(), nullptr);
}

void Sha1::add(const char *data, qint64 length)
{
    EVP_DigestUpdate(m_context->value, data, static_cast<size_t>(length));
}

QString Sha1::hex() const
{
    Context copy;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    EVP_MD_CTX_copy_ex(copy.value, m_context->value);
    EVP_DigestFinal_ex(copy.value, digest.data(), &length);
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(length)).toHex());
}

} // namespace tidemark
