/* sim.h: the whole network in one process and one thread, from a seed. Six real engines (contracts, two partitions
 * of tracking, directory, notifications, reporting) with seeded worlds; a post between them that delays, loses,
 * doubles and reorders; engines that crash at the boundary of a commit, disks that fill up, clocks that drift; and
 * journeys that ask until they are answered. Then everything becomes calm and what must hold is checked.
 *
 * The same seed gives the same run. A failure prints the seed and ends the process. */
#ifndef TESTS_SIM_SIM_H
#define TESTS_SIM_SIM_H

#include "common/base/attr.h"
#include "common/service/engine.h"
#include "common/service/verify.h"
#include "tests/sim/history.h"

enum { NODES = 6, JOURNEYS = 24, STEP_COUNT_MAX = 128, SIM_NOW_DAYS = 20744 /* 2026-10-18 */ };

struct node {
        const char *name;
        const struct service_spec *spec;
        const void *config;
        uint32_t partition;
        char directory[128];
        struct world world;
        struct engine *engine;
        uint64_t published; /* last event that was posted to those who follow; what a crash skips they must ask for */
};

enum letter_kind { LETTER_REQUEST, LETTER_REPLY, LETTER_EVENTS };

struct letter {
        struct letter *next;
        uint64_t due; /* step */
        enum letter_kind kind;
        size_t from, to; /* nodes; on a journey's side of requests and replies: its number */
        size_t size;
        uint8_t bytes[];
};

struct sim;
struct journey;

/* One command of a journey, asked until it is granted, always with the same key. */
struct stage {
        const char *method;
        const ProtobufCMessage *(*make)(const struct journey *journey, struct arena *arena);
        void (*take)(struct journey *journey, const void *reply); /* NULL: nothing to keep of it */
        int month;                                                /* hours: since January 2026 */
        int64_t hundredths, more;                                 /* what is asked: hours, a day, cents */
        int which;                                                /* of the person's placements */
        int days_late;                                            /* into the month; 0: of today */
        bool as_stated, by_share;
};

struct answer_kept {
        struct id key;
        struct slice frame, body; /* in the journey's arena */
        size_t node;
};

struct journey {
        size_t number;
        int32_t today;
        const struct stage *stages; /* ended by one without a method */
        size_t stage;
        const struct journey *contracts[PLACEMENTS]; /* whose obligations it works for; NULL: none */
        bool in_second_territory, is_on_two_clauses;
        struct id contract_id, clause_id, obligation_id, beneficiary_id, organisation_id, invoice_id, batch_id;
        struct id placement_ids[PLACEMENTS];
        struct stage plan[STEP_COUNT_MAX]; /* of persons and invoices: what is drawn for them */
        size_t planned;
        struct model models[PLACEMENTS];
        int64_t converted; /* of an invoice: hundredths that count in the end */
        /* the command that is under way */
        struct id key;
        struct slice frame;                      /* empty: none */
        uint64_t ask_again;                      /* step */
        char refusal[256];                       /* the last one */
        struct answer_kept kept[STEP_COUNT_MAX]; /* of the stages before */
        struct arena arena;
};

struct sim {
        uint64_t seed;
        uint64_t draw_state;
        uint64_t now; /* step */
        bool calm;    /* nothing fails any more */
        bool moves;   /* persons go from one partition to another: nothing is asked by their territory */
        int32_t today;
        struct node nodes[NODES];
        struct letter *letters;
        struct journey journeys[JOURNEYS];
        struct world client_world;
        /* As the coordination, of who answers that journey. Refused: the run fails. */
        const void *(*ask)(struct sim *sim, const struct journey *journey, const char *method, const void *request,
                           struct arena *arena);
        void *asked; /* by it */
        struct signer signer;
        uint8_t signing_secret[SIGNING_SECRET_SIZE];
        char directory[64];
        struct {
                size_t lost, doubled, crashes_before, crashes_after, full_disks, refusals, unavailable, repeats;
        } tally;
};

void sim_fail(const struct sim *sim, const char *format, ...) ATTR_FORMAT(2, 3) ATTR_NORETURN;
uint64_t sim_draw(struct sim *sim, uint64_t below); /* 0 .. below - 1 */
static inline bool sim_one_in(struct sim *sim, uint64_t n)
{
        return !sim->calm && sim_draw(sim, n) == 0;
}

/* node.c */
void nodes_open(struct sim *sim);
void nodes_close(struct sim *sim);
void node_run(struct sim *sim, size_t node, struct letter *letters); /* takes them in, as one batch; frees them */
void node_offer_history(struct sim *sim, size_t from, size_t to);    /* posts what `to` does not have yet */
bool node_follows(const struct sim *sim, size_t node, size_t source);

/* post.c */
void post(struct sim *sim, enum letter_kind kind, size_t from, size_t to, struct slice bytes);
void post_deliver(struct sim *sim); /* what is due */
void post_close(struct sim *sim);

/* journey.c */
void journeys_begin(struct sim *sim);
void journeys_end(struct sim *sim);
void journey_step(struct sim *sim, struct journey *journey);
size_t journey_node(const struct sim *sim, const struct journey *journey, const char *method); /* who answers it */
bool journey_waits(const struct journey *journey);                                             /* for another */
/* The command that it is at, of journey->key; and its answer, kept in its arena. */
const ProtobufCMessage *journey_asks(struct sim *sim, struct journey *journey, struct arena *arena);
void journey_takes(struct journey *journey, const void *reply);
/* Asks for what `frame` holds, an envelope without a passport. */
void journey_post(struct sim *sim, size_t number, size_t node, struct slice frame);
void journey_hear(struct sim *sim, struct journey *journey, struct slice reply);
static inline bool journey_done(const struct journey *journey)
{
        return journey->stages[journey->stage].method == NULL;
}

/* check.c */
void check_all(struct sim *sim);
void check_sums(struct sim *sim); /* of the model, tracking, the ledger and reporting */
const void *check_ask(struct sim *sim, const struct journey *journey, const char *method, const void *request,
                      struct arena *arena);

#endif
