/* The engines, each with what a daemon puts around it: batches, crashes, publishing. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/base/require.h"
#include "services/contracts/record/context.h"
#include "services/contracts/dispatch.h"
#include "services/directory/dispatch.h"
#include "services/notifications/config.h"
#include "services/notifications/dispatch.h"
#include "services/reporting/dispatch.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/dispatch.h"
#include "tests/sim/sim.h"

enum { CRASH_BEFORE_ONE_IN = 25, CRASH_AFTER_ONE_IN = 25, FULL_ONE_IN = 20, BATCH_BYTES = 2048 };

static const uint8_t master_key[32] = {1, 2, 3};
static const struct config contracts_config = {""};
static const struct tracking_config tracking_configs[] = {{"31", ""}, {"09", ""}};
static const struct notifications_config notifications_config = {"", "", "", "", "try", "", ""};

static const struct {
        const char *name;
        const struct service_spec *spec;
        const void *config;
        uint32_t partition;
} plan[NODES] = {
        {"contracts-1", &contracts_spec, &contracts_config, 0},
        {"tracking-1", &tracking_spec, &tracking_configs[0], 1},
        {"tracking-2", &tracking_spec, &tracking_configs[1], 2},
        {"directory-1", &directory_spec, NULL, 0},
        {"notifications-1", &notifications_spec, &notifications_config, 0},
        {"reporting-1", &reporting_spec, NULL, 0},
};

static void open_engine(struct sim *sim, struct node *node)
{
        struct err_info info = {0};
        struct engine_options options = {.spec = node->spec,
                                         .instance = node->name,
                                         .directory = node->directory,
                                         .config = node->config,
                                         .world = &node->world,
                                         .partition = node->partition,
                                         .map_bytes_max = (uint64_t)64 << 20,
                                         .signers = &sim->signer,
                                         .signer_count = 1,
                                         .master_key = master_key};
        if (engine_open(&options, &node->engine, &info) != 0)
                sim_fail(sim, "%s does not open: %s", node->name, info.text);
        node->published = engine_position(node->engine);
}

void nodes_open(struct sim *sim)
{
        for (size_t i = 0; i < NODES; i++) {
                struct node *node = &sim->nodes[i];
                *node = (struct node){.name = plan[i].name,
                                      .spec = plan[i].spec,
                                      .config = plan[i].config,
                                      .partition = plan[i].partition};
                node->world = world_seeded(sim->seed * NODES + i, (int64_t)SIM_NOW_DAYS * 86400000);
                (void)snprintf(node->directory, sizeof(node->directory), "%s/%s", sim->directory, node->name);
                require(mkdir(node->directory, 0700) == 0);
                open_engine(sim, node);
        }
}

void nodes_close(struct sim *sim)
{
        for (size_t i = 0; i < NODES; i++)
                engine_close(sim->nodes[i].engine);
}

/* Everything that was only in memory is gone. */
static void crash(struct sim *sim, struct node *node)
{
        node->world.commits_until_fault = -1;
        engine_close(node->engine);
        node->engine = NULL;
        open_engine(sim, node);
}

bool node_follows(const struct sim *sim, size_t node, size_t source)
{
        const struct service_spec *spec = sim->nodes[node].spec;
        for (size_t i = 0; i < spec->subscription_count; i++)
                if (strcmp(spec->subscriptions[i].service, sim->nodes[source].spec->name) == 0)
                        return true;
        return false;
}

static const struct subscription *subscription_to(const struct node *node, const struct node *source)
{
        for (size_t i = 0; i < node->spec->subscription_count; i++)
                if (strcmp(node->spec->subscriptions[i].service, source->spec->name) == 0)
                        return &node->spec->subscriptions[i];
        return NULL;
}

static void publish(struct sim *sim, size_t from)
{
        struct node *node = &sim->nodes[from];
        while (node->spec->event != NULL && node->published < engine_position(node->engine)) {
                struct arena arena scoped(arena_fini) = {0};
                struct slice batch = engine_take_events(node->engine, &node->published, BATCH_BYTES, &arena);
                for (size_t to = 0; to < NODES; to++)
                        if (node_follows(sim, to, from))
                                post(sim, LETTER_EVENTS, from, to, batch);
        }
}

void node_offer_history(struct sim *sim, size_t from, size_t to)
{
        struct arena arena scoped(arena_fini) = {0};
        struct node *source = &sim->nodes[from];
        uint64_t after = engine_source_position(sim->nodes[to].engine, source->name);
        if (after < engine_position(source->engine))
                post(sim, LETTER_EVENTS, from, to, engine_events_after(source->engine, after, BATCH_BYTES, &arena));
}

/* A letter made into a piece of work; NULL where it was answered at once, or says nothing. */
static struct item *take_in(struct sim *sim, size_t to, const struct letter *letter)
{
        struct node *node = &sim->nodes[to];
        struct arena arena scoped(arena_fini) = {0};
        struct slice bytes = slice_of(letter->bytes, letter->size), reply;
        struct err_info info = {0};
        struct item *item;
        if (letter->kind == LETTER_REQUEST) {
                struct slice peer = slice_of(&letter->from, sizeof(letter->from));
                item = engine_accept(node->engine, peer, bytes, &arena, &reply);
                if (item == NULL)
                        post(sim, LETTER_REPLY, to, letter->from, reply);
                return item;
        }
        const struct node *source = &sim->nodes[letter->from];
        item = engine_accept_events(node->engine, subscription_to(node, source), source->name, bytes, &info);
        if (item == NULL)
                sim_fail(sim, "%s: %s", node->name, info.text);
        if (item->event_count == 0)
                item_free(node->engine, &item);
        return item;
}

static void answer(struct sim *sim, size_t from, struct item *items, bool lost)
{
        while (items != NULL) {
                struct item *item = items;
                items = item->next;
                if (item->kind == ITEM_COMMAND && !lost) {
                        size_t to;
                        memcpy(&to, item->peer.data, sizeof(to));
                        post(sim, LETTER_REPLY, from, to, item->reply);
                }
                item_free(sim->nodes[from].engine, &item);
        }
}

/* One batch, and what may happen to it: the disk fails it (the process stops: nothing counts), the disk is full
 * (everybody is told), the process stops after the commit (done, and nobody knows), or all is well. */
static void commit(struct sim *sim, size_t at, struct item *items)
{
        struct node *node = &sim->nodes[at];
        struct err_info info = {0};
        bool fails = sim_one_in(sim, CRASH_BEFORE_ONE_IN), full = !fails && sim_one_in(sim, FULL_ONE_IN);
        bool crashes = sim_one_in(sim, CRASH_AFTER_ONE_IN);
        node->world.commits_until_fault = fails || full ? (int)sim_draw(sim, 2) : -1;
        node->world.fault_errno = fails ? EIO : ENOSPC;
        uint64_t before = engine_position(node->engine);
        int err = engine_run(node->engine, items, &info);
        node->world.commits_until_fault = -1;
        if (err != 0 && engine_position(node->engine) != before)
                sim_fail(sim, "%s: the commit failed, and something was written", node->name);
        if (err != 0 && !fails && !full)
                sim_fail(sim, "%s: %s", node->name, info.text);
        bool stopped = err != 0 && fails;
        sim->tally.crashes_before += stopped;
        sim->tally.crashes_after += !stopped && crashes;
        sim->tally.full_disks += err != 0 && full;
        answer(sim, at, items, stopped || crashes);
        if (stopped || crashes)
                crash(sim, node);
        else
                publish(sim, at);
}

void node_run(struct sim *sim, size_t at, struct letter *letters)
{
        struct item *first = NULL, **end = &first;
        while (letters != NULL) {
                struct letter *letter = letters;
                letters = letter->next;
                struct item *item = take_in(sim, at, letter);
                free(letter);
                if (item == NULL)
                        continue;
                item->next = NULL;
                *end = item;
                end = &item->next;
        }
        if (first != NULL)
                commit(sim, at, first);
}
