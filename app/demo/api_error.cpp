#include "demo/api_error.h"

namespace tidemark::demo {

std::string reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 302:
        return "Found";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 415:
        return "Unsupported Media Type";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    default:
        return "Status " + std::to_string(status);
    }
}

Json errorDocument(const ApiError &error)
{
    Json document{{"detail", error.detail}, {"error", error.status}, {"reason", reasonPhrase(error.status)}};
    if (!error.code.empty()) {
        document["errorCode"] = error.code;
        document["parameters"] = error.parameters;
    }
    return document;
}

ApiError invalidAttribute(const std::string &name)
{
    return {400, "INVALID_ATTRIBUTE", "Invalid attribute " + name + " specified.", {name}};
}

ApiError missingAttribute(const std::string &name)
{
    return {400, "MISSING_ATTRIBUTE", "The required attribute " + name + " was not specified.", {name}};
}

} // namespace tidemark::demo
