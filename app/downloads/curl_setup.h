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
using CurlList = std::unique_ptr<curl_slist, CurlDeleter<curl_slist_free_all>>;

/// libcurl, initialised once for the process with memory that is overwritten when it is given back: it holds links,
/// their headers and proxies' passwords. Null when it cannot be had.
CurlEasy newCurl();

/// One GET of HTTP/1.1 on a connection of its own, its bytes as they are: no redirect, no decoding, no cookie, no
/// netrc, no proxy of the environment, TLS 1.2 or newer. `caFiles` (PEM) are trusted besides the system's authorities,
/// also where one of them is only the issuing CA's or the server's own certificate. `caFiles` must outlive the handle's
/// use.
void configureCurl(CURL *handle, const QStringList *caFiles);

/// What libcurl's result says to a person, and whether trying again can help. `detail`: its error buffer.
Error curlError(CURL *handle, CURLcode code, const char *detail);

} // namespace tidemark
