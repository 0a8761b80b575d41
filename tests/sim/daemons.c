#include "tests/sim/daemons.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "common/base/local_time.h"
#include "common/base/require.h"
#include "tests/lib/net.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum {
        PATIENCE_MS = 120000,
        RETRY_MS = 10,
        MOVE_ONE_IN = 12,
        KILL_ONE_IN = 25,
        LOSE_ONE_IN = 20,
        CANCEL_ONE_IN = 3,
        LOST_WITHIN_MS = 300
};

struct daemons {
        struct sim *sim;
        struct net_home home;
        struct net *net;
        struct {
                unsigned commands, moves, not_moved, cancelled, kills, lost, repeats;
        } tally;
};

static const char *const trackings[] = {"tracking-1", "tracking-2"};

static uint64_t draw(struct daemons *daemons, uint64_t below)
{
        return sim_draw(daemons->sim, below);
}

/* ---- kill -9 */

static void kill_and_start(struct daemons *daemons, const char *name)
{
        net_kill_instance(daemons->net, name);
        net_start_instance(daemons->net, name, NULL);
        daemons->tally.kills++;
}

static void maybe_kill(struct daemons *daemons)
{
        static const char *const others[] = {"contracts-1", "reporting-1", "notifications-1", "directory-1"};
        if (draw(daemons, KILL_ONE_IN) != 0)
                return;
        uint64_t which = draw(daemons, 2 * ARRAY_SIZE(others));
        if (which < ARRAY_SIZE(others))
                kill_and_start(daemons, others[which]);
        else
                for (size_t i = 0; i < ARRAY_SIZE(trackings); i++)
                        if (which % 3 == 2 || which % 3 == i)
                                kill_and_start(daemons, trackings[i]);
}

/* Asked, and killed before anybody hears the answer: it was done, or it was not. */
static void maybe_lose(struct daemons *daemons, const struct journey *journey, const ProtobufCMessage *request)
{
        struct err_info info = {0};
        const char *method = journey->stages[journey->stage].method;
        bool goes_by_territory = strcmp(method, "tracking.ReferBeneficiary") == 0 ||
                                 strcmp(method, "tracking.RecordInvoice") == 0; /* to its home alone */
        if (goes_by_territory || strncmp(method, "tracking.", 9) != 0 || draw(daemons, LOSE_ONE_IN) != 0)
                return;
        const char *name = trackings[draw(daemons, ARRAY_SIZE(trackings))];
        if (link_post(daemons->net->link, net_instance(daemons->net, name), method, request, journey->key, &info) != 0)
                sim_fail(daemons->sim, "%s: %s", method, info.text);
        harness_pause_ms((uint32_t)draw(daemons, LOST_WITHIN_MS));
        kill_and_start(daemons, name);
        daemons->tally.lost++;
}

/* ---- moves */

static void act_as(struct daemons *daemons, Types__Role role)
{
        struct arena arena scoped(arena_fini) = {0};
        link_act_as(daemons->net->link, net_passport(daemons->net, role, NULL, &arena));
}

/* As its operator. NULL: refused, or it does not answer. */
static const void *ask_operator(struct daemons *daemons, const char *name, const char *method, const void *request,
                                struct arena *arena)
{
        struct answer answer = {0};
        struct err_info info = {0};
        act_as(daemons, TYPES__ROLE__OPERATOR);
        int err = link_call_instance(daemons->net->link, net_instance(daemons->net, name), method, request, NULL, arena,
                                     &answer, &info);
        act_as(daemons, TYPES__ROLE__FACILITATOR);
        return err == 0 ? answer.body : NULL;
}

static void choose(struct daemons *daemons, Tracking__PartChoice *ret, struct arena *arena)
{
        enum { BUCKETS = 3 };
        const struct journey *journey = &daemons->sim->journeys[draw(daemons, JOURNEYS)];
        uint64_t kind = draw(daemons, 3);
        *ret = (Tracking__PartChoice)TRACKING__PART_CHOICE__INIT;
        if (kind == 0 && !id_is_zero(journey->beneficiary_id)) {
                ret->of_person = id_to(arena, journey->beneficiary_id);
                return;
        }
        ret->of_territory = arena_text(arena, draw(daemons, 2) == 0 ? "31" : "09");
        ret->buckets = kind == 1 ? BUCKETS : 0;
        ret->bucket = kind == 1 ? 1 + (uint32_t)draw(daemons, BUCKETS) : 0;
}

/* Whether it is there, and may go, is for the daemon to say. */
static void maybe_move(struct daemons *daemons)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__MovePart request = TRACKING__MOVE_PART__INIT;
        Tracking__CancelPart cancel = TRACKING__CANCEL_PART__INIT;
        Tracking__PartChoice choice;
        uint64_t from = draw(daemons, ARRAY_SIZE(trackings));
        if (draw(daemons, MOVE_ONE_IN) != 0)
                return;
        choose(daemons, &choice, &arena);
        request.choice = &choice;
        request.to_partition = 2 - (uint32_t)from;
        const Tracking__MovePartReply *reply =
                ask_operator(daemons, trackings[from], "tracking.MovePart", &request, &arena);
        daemons->tally.moves += reply != NULL;
        daemons->tally.not_moved += reply == NULL;
        if (reply == NULL || draw(daemons, CANCEL_ONE_IN) != 0)
                return;
        cancel.part_id = reply->part_id;
        daemons->tally.cancelled +=
                ask_operator(daemons, trackings[from], "tracking.CancelPart", &cancel, &arena) != NULL;
}

static bool has_moved(struct daemons *daemons, const char *name)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__Parts request = TRACKING__PARTS__INIT;
        const Tracking__PartsReply *reply = ask_operator(daemons, name, "tracking.Parts", &request, &arena);
        for (size_t i = 0; reply != NULL && i < reply->n_parts; i++)
                if (reply->parts[i]->ended_at == NULL)
                        return false;
        return reply != NULL;
}

static void wait_moved(struct daemons *daemons)
{
        uint64_t give_up_us = harness_now_us() + (uint64_t)PATIENCE_MS * 1000;
        for (size_t i = 0; i < ARRAY_SIZE(trackings); i++)
                while (!has_moved(daemons, trackings[i])) {
                        if (harness_now_us() > give_up_us)
                                sim_fail(daemons->sim, "%s: a move does not end", trackings[i]);
                        harness_pause_ms(RETRY_MS);
                }
}

/* ---- journeys */

/* Asked until it is granted, always with the same key: what it refers to may not have come there yet. */
static void go_on(struct daemons *daemons, struct journey *journey)
{
        struct arena arena scoped(arena_fini) = {0};
        const char *method = journey->stages[journey->stage].method;
        uint64_t give_up_us = harness_now_us() + (uint64_t)PATIENCE_MS * 1000;
        daemons->sim->now++;
        const ProtobufCMessage *request = journey_asks(daemons->sim, journey, &arena);
        maybe_lose(daemons, journey, request);
        for (;;) {
                struct answer answer = {0};
                struct err_info info = {0};
                int err = link_call(daemons->net->link, method, request, &journey->key, &arena, &answer, &info);
                if (err == 0 && answer.body != NULL) {
                        daemons->tally.repeats += answer.repeated_key;
                        journey_takes(journey, answer.body);
                        daemons->tally.commands++;
                        return;
                }
                if (harness_now_us() > give_up_us)
                        sim_fail(daemons->sim, "journey %zu, stage %zu: %s: %s: %s", journey->number, journey->stage,
                                 method, err == 0 ? answer.refusal->field : "",
                                 err == 0 ? answer.refusal->text : info.text);
                harness_pause_ms(RETRY_MS);
        }
}

/* One of those that may go on; NULL: all are done. */
static struct journey *next_journey(struct daemons *daemons)
{
        size_t at = draw(daemons, JOURNEYS);
        for (size_t i = 0; i < JOURNEYS; i++) {
                struct journey *journey = &daemons->sim->journeys[(at + i) % JOURNEYS];
                if (!journey_done(journey) && !journey_waits(journey))
                        return journey;
        }
        return NULL;
}

/* ---- rest */

static void wait_until_quiet(struct daemons *daemons)
{
        static const char *const followers[] = {"contracts-1", "reporting-1", "notifications-1"};
        struct net *net = daemons->net;
        for (size_t i = 0; i < NET_ALL; i++)
                net_wait_serving(net, net_all[i]);
        wait_moved(daemons);
        for (size_t i = 0; i < ARRAY_SIZE(followers); i++)
                for (size_t n = 0; n < ARRAY_SIZE(trackings); n++)
                        net_wait_followed(net, followers[i], trackings[n]);
        net_wait_followed(net, "reporting-1", "contracts-1");
}

static void prove_stores(struct daemons *daemons)
{
        for (size_t i = 0; i < NET_ALL; i++) {
                int status = 0;
                pid_t pid = net_spawn_instance(daemons->net, net_all[i], "--verify", true);
                if (waitpid(pid, &status, 0) != pid || status != 0)
                        sim_fail(daemons->sim, "%s --verify fails", net_all[i]);
        }
}

static const void *ask(struct sim *sim, const struct journey *journey, const char *method, const void *request,
                       struct arena *arena)
{
        struct daemons *daemons = sim->asked;
        (void)journey;
        return net_ask(daemons->net, method, request, arena);
}

void daemons_run(struct sim *sim)
{
        struct daemons daemons = {.sim = sim};
        struct world real = world_real();
        struct journey *journey;
        sim->moves = true;
        sim->ask = ask;
        sim->asked = &daemons;
        sim->today = day_number(local_day("", real.now_ms(&real)));
        sim->client_world = world_seeded(~sim->seed, real.now_ms(&real));
        journeys_begin(sim);
        daemons.net = net_open(&daemons.home, "sim");
        (void)snprintf(sim->directory, sizeof(sim->directory), "%s", daemons.home.scratch);
        while ((journey = next_journey(&daemons)) != NULL) {
                maybe_move(&daemons);
                maybe_kill(&daemons);
                go_on(&daemons, journey);
        }
        wait_until_quiet(&daemons);
        check_sums(sim);
        prove_stores(&daemons);
        (void)printf(
                "seed %llu, daemons: %u commands; %u moves, of which %u taken back, %u refused; %u kills, %u with a "
                "command on its way; %u answers a second time\n",
                (unsigned long long)sim->seed, daemons.tally.commands, daemons.tally.moves, daemons.tally.cancelled,
                daemons.tally.not_moved, daemons.tally.kills, daemons.tally.lost, daemons.tally.repeats);
        net_close(&daemons.home, daemons.net);
        journeys_end(sim);
}
