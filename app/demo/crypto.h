#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace tidemark::demo {

enum class HashKind { Md5, Sha1, Sha256 };

/// Lower case hexadecimal digest of all the bytes.
std::string hashHex(HashKind kind, std::string_view bytes);

std::string hmacSha256(std::string_view key, std::string_view bytes);

/// Bytes nobody can guess.
std::string randomBytes(std::size_t count);

/// A hash that grows with the bytes it is fed.
class RunningHash
{
public:
    explicit RunningHash(HashKind kind);
    void add(std::string_view bytes);
    /// Lower case hexadecimal digest of what was fed so far; feeding may go on afterwards.
    [[nodiscard]] std::string hexSoFar() const;

private:
    struct Free
    {
        void operator()(evp_md_ctx_st *context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace tidemark::demo
