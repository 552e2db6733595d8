package dev.lowgear.gateway.completion;

import dev.lowgear.contract.RequestEvent;
import dev.lowgear.gateway.GatewayProperties;
import dev.lowgear.gateway.agent.AgentClient;
import dev.lowgear.gateway.dispatch.Pools;
import dev.lowgear.gateway.fleet.Fleet;
import dev.lowgear.gateway.slo.Policies;

import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * What every completion needs.
 *
 * @param journal takes what happened to a request; never waits
 * @param wallClock for people; decides nothing
 */
record CompletionServices(
        GatewayProperties settings,
        Fleet fleet,
        Policies policies,
        Pools pools,
        AgentClient agents,
        Consumer<RequestEvent> journal,
        RequestMeter meter,
        InstantSource wallClock) {}
