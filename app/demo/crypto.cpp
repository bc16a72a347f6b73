#include "demo/crypto.h"

#include "demo/text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace tidemark::demo {

namespace {

const EVP_MD *algorithm(HashKind kind)
{
    switch (kind) {
    case HashKind::Md5:
        return EVP_md5();
    case HashKind::Sha1:
        return EVP_sha1();
    case HashKind::Sha256:
        break;
    }
    return EVP_sha256();
}

void require(int result)
{
    if (result != 1)
        throw std::runtime_error("OpenSSL refused a hash");
}

std::string digestHex(EVP_MD_CTX *context)
{
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    require(EVP_DigestFinal_ex(context, bytes.data(), &length));
    digest.assign(bytes.begin(), bytes.begin() + length);
    return hex(digest);
}

} // namespace

void RunningHash::Free::operator()(evp_md_ctx_st *context) const
{
    EVP_MD_CTX_free(context);
}

RunningHash::RunningHash(HashKind kind)
    : m_context(EVP_MD_CTX_new())
{
    require(EVP_DigestInit_ex(m_context.get(), algorithm(kind), nullptr));
}

void RunningHash::add(std::string_view bytes)
{
    require(EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()));
}

std::string RunningHash::hexSoFar() const
{
    const std::unique_ptr<EVP_MD_CTX, Free> copy(EVP_MD_CTX_new());
    require(EVP_MD_CTX_copy_ex(copy.get(), m_context.get()));
    return digestHex(copy.get());
}

std::string hashHex(HashKind kind, std::string_view bytes)
{
    RunningHash hash(kind);
    hash.add(bytes);
    return hash.hexSoFar();
}

std::string hmacSha256(std::string_view key, std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> result{};
    unsigned length = 0;
    const std::basic_string<unsigned char> data(bytes.begin(), bytes.end());
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), result.data(), &length);
    return {result.begin(), result.begin() + length};
}

std::string randomBytes(std::size_t count)
{
    std::basic_string<unsigned char> bytes(count, 0);
    require(RAND_bytes(bytes.data(), static_cast<int>(count)));
    return {bytes.begin(), bytes.end()};
}

} // namespace tidemark::demo
