// Flow: one engine for all durable work. A job is a row that its caller's transaction wrote; a workflow is a graph of
// nodes whose state is checkpointed after each one, in the same transaction as the node's own rows; what waits for a
// time, an event, an answer or for other runs costs a row and nothing else. Guarantees that accepted work is carried
// out to its end once in effect, whatever is killed in between.
#pragma once
#include "kernel/flow/engine.hpp"
#include "kernel/flow/graph_builder.hpp"
#include "kernel/flow/jobs.hpp"
#include "kernel/flow/listing.hpp"
#include "kernel/flow/overview.hpp"
#include "kernel/flow/runs.hpp"
#include "kernel/flow/schedules.hpp"
#include "kernel/flow/words.hpp"
