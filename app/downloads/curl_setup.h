#pragma once

#include "base/error.h"

#include <curl/curl.h>

#include <QByteArray>
#include <QStringList>

#include <memory>

namespace tidemark {

/// Owns what libcurl gives out: its handles are all void pointers, so the function that ends one tells them apart.
template<auto End>
struct CurlDeleter
{
    template<typename T>
    void operator()(T *handle) const
    {
        End(handle);
    }
};
using CurlEasy = std::unique_ptr<CURL, CurlDeleter<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlDeleter<curl_multi_cleanup>>;
using CurlUrl = std::unique_ptr<CURLU, CurlDeleter<curl_url_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, CurlDeleter<curl_slist_free_all>>;

/// libcurl, initialised once for the process with memory that is overwritten when it is given back: it holds links,
/// their headers and proxies' passwords. Null when it cannot be had.
CurlEasy newCurl();
CurlUrl newCurlUrl();

/// What TLS is given besides libcurl's options, and what it tells. It outlives the handle's use.
struct CurlTls
{
    /// PEM; trusted besides the system's authorities, also where one is only the issuing CA's or the server's own.
    QStringList caFiles;
    /// Of the protocol, read so far: also those that bring libcurl nothing (a chunk's head, a ticket, a new key).
    quint64 records = 0;
    /// Tickets, new keys and wishes for a new handshake since the user of the handle last set it to 0, which it does
    /// with each piece that it is given.
    int idleMessages = 0;

    /// OpenSSL reads such messages until one brings data and hears nobody meanwhile, so the connection was ended.
    bool isFlooded() const;
};

/// One GET of HTTP/1.1 on a connection of its own, its bytes as they are: no redirect, no decoding, no cookie, no
/// netrc, no proxy of the environment, TLS 1.2 or newer.
void configureCurl(CURL *handle, CurlTls *tls);

/// What libcurl's result says to a person, and whether trying again can help. `detail`: its error buffer.
Error curlError(CURL *handle, CURLcode code, const char *detail);

} // namespace tidemark
