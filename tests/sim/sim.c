/* guichet-sim [--seeds N] [--first SEED] [--steps N] [--daemons]: see sim.h; --daemons: see daemons.h. One line a seed;
 * ends at the first failure. */
#include "tests/sim/sim.h"

#include <ftw.h>
#include <getopt.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/require.h"
#include "tests/sim/daemons.h"

enum { SEEDS = 4, STEPS = 600, CALM_ROUNDS_MAX = 5000 };

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status;
        (void)type;
        (void)place;
        return remove(path);
}

void sim_fail(const struct sim *sim, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        (void)fprintf(stderr, "seed %llu, step %llu: ", (unsigned long long)sim->seed, (unsigned long long)sim->now);
        (void)vfprintf(stderr, format, args);
        (void)fprintf(stderr, "\nthe stores are left in %s\n", sim->directory);
        va_end(args);
        exit(EXIT_FAILURE);
}

/* splitmix64: small, and the same everywhere. */
uint64_t sim_draw(struct sim *sim, uint64_t below)
{
        uint64_t z = sim->draw_state += UINT64_C(0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        return (z ^ (z >> 31)) % below;
}

/* Clocks go on, each at its own pace; now and then one jumps by an hour, either way. */
static void move_clocks(struct sim *sim)
{
        for (size_t i = 0; i < NODES; i++) {
                sim->nodes[i].world.now_ms_value += (int64_t)sim_draw(sim, 2000);
                if (sim_one_in(sim, 200))
                        sim->nodes[i].world.now_ms_value += sim_draw(sim, 2) == 0 ? 3600000 : -3600000;
        }
}

static void offer_history(struct sim *sim)
{
        for (size_t to = 0; to < NODES; to++)
                for (size_t from = 0; from < NODES; from++)
                        if (node_follows(sim, to, from) && (sim->calm || sim_draw(sim, 15) == 0))
                                node_offer_history(sim, from, to);
}

static void step(struct sim *sim)
{
        sim->now++;
        move_clocks(sim);
        for (size_t i = 0; i < JOURNEYS; i++)
                if (sim->calm || sim_draw(sim, 3) == 0)
                        journey_step(sim, &sim->journeys[i]);
        post_deliver(sim);
        offer_history(sim);
}

static bool is_settled(const struct sim *sim)
{
        for (size_t i = 0; i < JOURNEYS; i++)
                if (!journey_done(&sim->journeys[i]))
                        return false;
        for (size_t to = 0; to < NODES; to++)
                for (size_t from = 0; from < NODES; from++)
                        if (node_follows(sim, to, from) &&
                            engine_source_position(sim->nodes[to].engine, sim->nodes[from].name) !=
                                    engine_position(sim->nodes[from].engine))
                                return false;
        return sim->letters == NULL;
}

static void settle(struct sim *sim)
{
        sim->calm = true;
        for (size_t i = 0; i < JOURNEYS; i++)
                sim->journeys[i].ask_again = 0;
        for (int i = 0; i < CALM_ROUNDS_MAX; i++) {
                if (is_settled(sim))
                        return;
                step(sim);
        }
        for (size_t i = 0; i < JOURNEYS; i++)
                if (!journey_done(&sim->journeys[i]))
                        sim_fail(sim, "journey %zu is stuck at %s: %s", i,
                                 sim->journeys[i].stages[sim->journeys[i].stage].method, sim->journeys[i].refusal);
        sim_fail(sim, "somebody never hears the last events of another");
}

static void begin(struct sim *sim, uint64_t seed)
{
        uint8_t key_seed[crypto_sign_SEEDBYTES] = {(uint8_t)seed};
        const char *parent = getenv("TMPDIR");
        *sim = (struct sim){.seed = seed, .draw_state = seed, .today = SIM_NOW_DAYS, .ask = check_ask};
        sim->client_world = world_seeded(~seed, (int64_t)SIM_NOW_DAYS * 86400000);
        sim->signer.name = "client";
        require(crypto_sign_seed_keypair(sim->signer.public_key, sim->signing_secret, key_seed) == 0);
        (void)snprintf(sim->directory, sizeof(sim->directory), "%.30s/guichet-sim-XXXXXX",
                       parent != NULL ? parent : "/tmp");
        require(mkdtemp(sim->directory) != NULL);
        nodes_open(sim);
        journeys_begin(sim);
}

static void end(struct sim *sim)
{
        post_close(sim);
        nodes_close(sim);
        journeys_end(sim);
        require(nftw(sim->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

static void run(uint64_t seed, uint64_t steps)
{
        static struct sim sim;
        begin(&sim, seed);
        while (sim.now < steps)
                step(&sim);
        settle(&sim);
        check_all(&sim);
        uint64_t events = 0;
        for (size_t i = 0; i < NODES; i++)
                events += engine_position(sim.nodes[i].engine);
        (void)printf("seed %llu: %llu steps, %llu events; letters: %zu lost, %zu doubled; crashes: %zu before, %zu "
                     "after a commit; %zu full disks; %zu refusals, %zu unavailable, %zu answers a second time\n",
                     (unsigned long long)seed, (unsigned long long)sim.now, (unsigned long long)events, sim.tally.lost,
                     sim.tally.doubled, sim.tally.crashes_before, sim.tally.crashes_after, sim.tally.full_disks,
                     sim.tally.refusals, sim.tally.unavailable, sim.tally.repeats);
        end(&sim);
}

static void run_daemons(uint64_t seed)
{
        static struct sim sim;
        sim = (struct sim){.seed = seed, .draw_state = seed};
        daemons_run(&sim);
}

int main(int argc, char **argv)
{
        static const struct option options[] = {{"seeds", required_argument, NULL, 'n'},
                                                {"first", required_argument, NULL, 'f'},
                                                {"steps", required_argument, NULL, 's'},
                                                {"daemons", no_argument, NULL, 'd'},
                                                {NULL, 0, NULL, 0}};
        uint64_t seeds = SEEDS, first = 1, steps = STEPS;
        bool daemons = false;
        int option;
        while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
                uint64_t value = optarg == NULL ? 0 : strtoull(optarg, NULL, 10);
                switch (option) {
                case 'n': seeds = value; break;
                case 'f': first = value; break;
                case 's': steps = value; break;
                case 'd': daemons = true; break;
                default: return 2; /* getopt said why */
                }
        }
        require(sodium_init() >= 0);
        for (uint64_t seed = first; seed < first + seeds; seed++)
                if (daemons)
                        run_daemons(seed);
                else
                        run(seed, steps);
        return EXIT_SUCCESS;
}
