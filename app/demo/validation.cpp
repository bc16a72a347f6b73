#include "demo/validation.h"

#include "demo/order_reader.h"

#include <algorithm>
#include <cmath>

// What is common to all restores, and where one is delivered to.
namespace tidemark::demo {

using namespace std::chrono;

namespace {

const char *const pointNames[] = {"oplogTs", "oplogInc", "pointInTimeUTCMillis", "checkpointId"};

} // namespace

MaybeError OrderReader::read(const std::string &body)
{
    m_body = Json::parse(body, nullptr, false);
    if (m_body.is_discarded())
        return ApiError{400, "INVALID_JSON", "Received JSON is malformed.", {}};
    if (!m_body.is_object())
        return ApiError{400, "INVALID_JSON", "Received JSON is not an object.", {}};
    if (auto error = checkNames())
        return error;
    if (auto error = readDelivery())
        return error;
    if (m_order.automated) {
        if (m_order.shard)
            return ApiError{403,
                            "UNSUPPORTED_FOR_CURRENT_CONFIG",
                            "A single shard cannot be restored automatically; restore the sharded cluster.",
                            {m_order.shard->id}};
        if (auto error = readTarget())
            return error;
        if (auto error = readPoint())
            return error;
        return checkTarget();
    }
    for (const char *name : pointNames) {
        if (m_body.contains(name))
            return ApiError{400,
                            "UNSUPPORTED_DELIVERY_METHOD",
                            "The delivery method HTTP is not supported with " + std::string(name) + ".",
                            {"HTTP"}};
    }
    if (auto error = readSnapshot())
        return error;
    if (auto error = readLink())
        return error;
    return checkLink();
}

MaybeError OrderReader::checkNames()
{
    const std::vector<std::string> top{"delivery", "snapshotId",           "oplogTs",
                                       "oplogInc", "pointInTimeUTCMillis", "checkpointId"};
    const std::vector<std::string> inner{"methodName",   "expires",       "expirationHours",
                                         "maxDownloads", "targetGroupId", "targetClusterId"};
    const auto known = [](const std::vector<std::string> &names, const std::string &name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (m_options.acceptCheckPointId && m_body.contains("checkPointId")) {
        m_body["checkpointId"] = m_body["checkPointId"];
        m_body.erase("checkPointId");
    }
    for (const auto &[name, value] : m_body.items()) {
        if (!known(top, name) || value.is_null())
            return invalidAttribute(name);
    }
    if (!m_body.contains("delivery")) {
        if (!m_options.lenientDelivery)
            return missingAttribute("delivery");
        m_delivery = Json{{"methodName", "HTTP"}};
        return std::nullopt;
    }
    m_delivery = m_body["delivery"];
    if (!m_delivery.is_object())
        return ApiError{
            400, "INVALID_JSON_ATTRIBUTE", "Received JSON for the delivery attribute is not an object.", {"delivery"}};
    for (const auto &[name, value] : m_delivery.items()) {
        if (!known(inner, name) || value.is_null())
            return invalidAttribute("delivery." + name);
    }
    return std::nullopt;
}

std::variant<OrderReader::Number, ApiError> OrderReader::number(const Json &value, const std::string &name) const
{
    if (value.is_number_integer())
        return Number{value.get<std::int64_t>(), false};
    if (value.is_number_float()) {
        const double read = value.get<double>();
        if (!(std::abs(read) < 9e15))
            return invalidAttribute(name);
        return Number{static_cast<std::int64_t>(std::floor(read)), std::floor(read) != read};
    }
    if (value.is_string() && !m_options.strictNumbers) {
        const auto text = value.get<std::string>();
        if (const auto whole = parseInteger(text))
            return Number{*whole, false};
        const auto point = text.find('.');
        const auto before = parseInteger(std::string_view(text).substr(0, point));
        const auto after =
            point == std::string::npos ? std::nullopt : parseInteger(std::string_view(text).substr(point + 1));
        if (before && after && *after >= 0)
            return Number{*before, *after != 0};
    }
    return invalidAttribute(name);
}

std::variant<std::string, ApiError> OrderReader::requiredText(const Json &object, const std::string &key,
                                                              const std::string &name) const
{
    if (!object.contains(key))
        return missingAttribute(name);
    if (!object[key].is_string())
        return invalidAttribute(name);
    return object[key].get<std::string>();
}

MaybeError OrderReader::readDelivery()
{
    const auto method = requiredText(m_delivery, "methodName", "delivery.methodName");
    if (const auto *error = std::get_if<ApiError>(&method))
        return *error;
    const auto &name = std::get<std::string>(method);
    if (name != "HTTP" && name != "AUTOMATED_RESTORE")
        return ApiError{400,
                        "INVALID_ENUM_VALUE",
                        "An invalid enumeration value " + name + " was specified for delivery.methodName.",
                        {name, "delivery.methodName"}};
    m_order.automated = name == "AUTOMATED_RESTORE";
    const std::vector<std::string> others = m_order.automated
                                                ? std::vector<std::string>{"expires", "expirationHours", "maxDownloads"}
                                                : std::vector<std::string>{"targetGroupId", "targetClusterId"};
    for (const auto &other : others) {
        if (m_delivery.contains(other))
            return invalidAttribute("delivery." + other);
    }
    return std::nullopt;
}

MaybeError OrderReader::readLink()
{
    if (m_delivery.contains("expires") && m_delivery.contains("expirationHours"))
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "If you set delivery.expires, you can't set delivery.expirationHours.",
                        {"delivery.expires"}};
    if (m_delivery.contains("maxDownloads")) {
        const auto read = number(m_delivery["maxDownloads"], "delivery.maxDownloads");
        if (const auto *error = std::get_if<ApiError>(&read))
            return *error;
        const auto &value = std::get<Number>(read);
        if (value.fractional || value.value > INT32_MAX)
            return invalidAttribute("delivery.maxDownloads");
        if (value.value < 1)
            return ApiError{400,
                            "ATTRIBUTE_NEGATIVE_OR_ZERO",
                            "The attribute delivery.maxDownloads cannot be negative or zero.",
                            {"delivery.maxDownloads"}};
        m_order.maxDownloads = value.value;
    } else if (m_options.lenientDelivery) {
        m_order.maxDownloads = 1;
    } else {
        return missingAttribute("delivery.maxDownloads");
    }
    if (m_delivery.contains("expirationHours")) {
        const auto read = number(m_delivery["expirationHours"], "delivery.expirationHours");
        if (const auto *error = std::get_if<ApiError>(&read))
            return *error;
        const auto &value = std::get<Number>(read);
        if (value.fractional || value.value > INT32_MAX)
            return invalidAttribute("delivery.expirationHours");
        if (value.value < 1)
            return ApiError{400,
                            "ATTRIBUTE_NEGATIVE_OR_ZERO",
                            "The attribute delivery.expirationHours cannot be negative or zero.",
                            {"delivery.expirationHours"}};
        m_order.expirationHours = value.value;
    } else if (m_delivery.contains("expires")) {
        const auto &value = m_delivery["expires"];
        const auto time = value.is_string() ? parseIsoTime(value.get<std::string>()) : std::nullopt;
        if (!time)
            return invalidAttribute("delivery.expires");
        if (time->fractional)
            return ApiError{
                400, "FRACTIONAL_TIMESTAMP", "Timestamp must be whole number of seconds.", {"delivery.expires"}};
        if (time->time <= m_now)
            return invalidAttribute("delivery.expires");
        m_order.expires = time->time;
    } else if (m_options.lenientDelivery) {
        m_order.expirationHours = 1;
    } else {
        return ApiError{400,
                        "MISSING_ONE_OF_ATTRIBUTES",
                        "Either the delivery.expires attribute or the delivery.expirationHours attribute must be "
                        "specified.",
                        {"delivery.expires", "delivery.expirationHours"}};
    }
    return std::nullopt;
}

MaybeError OrderReader::checkLink()
{
    const Time end = m_order.expires.value_or(m_now + hours(m_order.expirationHours));
    if (!m_order.snapshot->doNotDelete && end > m_order.snapshot->expires)
        return ApiError{409,
                        "LINK_EXPIRATION_AFTER_SNAPSHOT_DELETION",
                        "Cannot set link expiration time after the snapshot's deletion time.",
                        {m_order.snapshot->id}};
    return std::nullopt;
}

MaybeError OrderReader::readTarget()
{
    const auto group = requiredText(m_delivery, "targetGroupId", "delivery.targetGroupId");
    if (const auto *error = std::get_if<ApiError>(&group))
        return *error;
    const auto cluster = requiredText(m_delivery, "targetClusterId", "delivery.targetClusterId");
    if (const auto *error = std::get_if<ApiError>(&cluster))
        return *error;
    const auto &groupId = std::get<std::string>(group);
    const auto &clusterId = std::get<std::string>(cluster);
    if (!isHex(groupId, 24))
        return ApiError{404, "INVALID_GROUP_ID", "An invalid group ID " + groupId + " was specified.", {groupId}};
    if (!isHex(clusterId, 24) && !isHex(clusterId, 32))
        return ApiError{
            404, "INVALID_CLUSTER_ID", "An invalid cluster ID " + clusterId + " was specified.", {clusterId}};
    if (!m_world.project(groupId))
        return ApiError{404, "GROUP_NOT_FOUND", "No group with ID " + groupId + " exists.", {groupId}};
    m_order.target = m_world.cluster(clusterId);
    if (!m_order.target)
        return ApiError{404,
                        "CLUSTER_NOT_FOUND",
                        "No cluster with ID " + clusterId + " exists in group " + groupId + ".",
                        {clusterId, groupId}};
    if (m_order.target->projectId != groupId)
        return ApiError{400,
                        "GROUP_MISMATCH",
                        "The cluster " + clusterId + " does not belong to the group " + groupId + ".",
                        {clusterId, groupId}};
    if (m_order.target->id != clusterId)
        return ApiError{400,
                        "INVALID_ATTRIBUTE",
                        "Invalid attribute delivery.targetClusterId specified: a shard alone is no target.",
                        {"delivery.targetClusterId"}};
    return std::nullopt;
}

std::variant<RestoreOrder, ApiError> readOrder(const OrderContext &context, const std::string &clusterId,
                                               const std::string &body)
{
    const Cluster *source = context.world.cluster(clusterId);
    if (!source)
        return ApiError{404, "CLUSTER_NOT_FOUND", "No cluster with ID " + clusterId + " exists.", {clusterId}};
    OrderReader reader(context, *source, clusterId);
    if (auto error = reader.read(body))
        return *error;
    return reader.order();
}

} // namespace tidemark::demo
