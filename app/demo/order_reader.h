#pragma once

#include "demo/validation.h"

#include <variant>

namespace tidemark::demo {

using MaybeError = std::optional<ApiError>;

/// Reads one order; each step may refuse it.
class OrderReader
{
public:
    OrderReader(const OrderContext &context, const Cluster &source, const std::string &clusterId)
        : m_world(context.world)
        , m_options(context.options)
        , m_now(context.now)
    {
        m_order.source = &source;
        if (source.sharded && source.id != clusterId)
            m_order.shard = m_world.replicaSet(clusterId);
    }

    MaybeError read(const std::string &body);
    [[nodiscard]] const RestoreOrder &order() const { return m_order; }

private:
    MaybeError checkNames();
    MaybeError readDelivery();
    MaybeError readLink();
    MaybeError readTarget();
    MaybeError readSnapshot();
    MaybeError readPoint();
    MaybeError readOplog();
    MaybeError readPointInTime();
    MaybeError readCheckpoint();
    MaybeError checkMoment(const std::string &field, std::int64_t seconds);
    MaybeError checkTarget();
    MaybeError checkLink();

    struct Number
    {
        std::int64_t value = 0;
        bool fractional = false;
    };
    std::variant<Number, ApiError> number(const Json &value, const std::string &name) const;
    std::variant<std::string, ApiError> requiredText(const Json &object, const std::string &key,
                                                     const std::string &name) const;

    const World &m_world;
    const Options &m_options;
    Time m_now;
    Json m_body;
    Json m_delivery;
    RestoreOrder m_order;
};

} // namespace tidemark::demo
