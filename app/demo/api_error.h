#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <variant>
#include <vector>

namespace tidemark::demo {

using Json = nlohmann::json;

/// A refusal, as the API words it.
struct ApiError
{
    int status = 500;
    std::string code; ///< may be empty: documents about wrong credentials have none
    std::string detail;
    std::vector<std::string> parameters;
};

std::string reasonPhrase(int status);

/// {"detail":…,"error":404,"errorCode":…,"parameters":[…],"reason":"Not Found"}
Json errorDocument(const ApiError &error);

ApiError invalidAttribute(const std::string &name);
ApiError missingAttribute(const std::string &name);

} // namespace tidemark::demo
