/* The post: no letter is sure to come, to come once, or to come in its turn. */
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "tests/sim/sim.h"

enum { LOST_ONE_IN = 8, DOUBLED_ONE_IN = 8, DELAY_STEPS_MAX = 12 };

static void put(struct sim *sim, enum letter_kind kind, size_t from, size_t to, struct slice bytes)
{
        struct letter *letter = malloc(sizeof(*letter) + bytes.size);
        require(letter != NULL);
        *letter = (struct letter){.next = sim->letters, .kind = kind, .from = from, .to = to, .size = bytes.size};
        letter->due = sim->now + (sim->calm ? 0 : sim_draw(sim, DELAY_STEPS_MAX));
        memcpy(letter->bytes, bytes.data, bytes.size);
        sim->letters = letter;
}

void post(struct sim *sim, enum letter_kind kind, size_t from, size_t to, struct slice bytes)
{
        if (sim_one_in(sim, LOST_ONE_IN)) {
                sim->tally.lost++;
                return;
        }
        put(sim, kind, from, to, bytes);
        if (sim_one_in(sim, DOUBLED_ONE_IN)) {
                sim->tally.doubled++;
                put(sim, kind, from, to, bytes);
        }
}

/* Into a list, at its front or its end: neighbours change places. */
static void hand_over(struct sim *sim, struct letter *letter, struct letter **first)
{
        struct letter **at = first;
        while (*at != NULL && (sim->calm || sim_draw(sim, 3) != 0))
                at = &(*at)->next;
        letter->next = *at;
        *at = letter;
}

void post_deliver(struct sim *sim)
{
        struct letter *for_nodes[NODES] = {NULL}, *for_journeys = NULL;
        for (struct letter **at = &sim->letters; *at != NULL;) {
                struct letter *letter = *at;
                if (letter->due > sim->now) {
                        at = &letter->next;
                        continue;
                }
                *at = letter->next;
                hand_over(sim, letter, letter->kind == LETTER_REPLY ? &for_journeys : &for_nodes[letter->to]);
        }
        while (for_journeys != NULL) {
                struct letter *letter = for_journeys;
                for_journeys = letter->next;
                journey_hear(sim, &sim->journeys[letter->to], slice_of(letter->bytes, letter->size));
                free(letter);
        }
        for (size_t i = 0; i < NODES; i++)
                if (for_nodes[i] != NULL)
                        node_run(sim, i, for_nodes[i]);
}

void post_close(struct sim *sim)
{
        while (sim->letters != NULL) {
                struct letter *letter = sim->letters;
                sim->letters = letter->next;
                free(letter);
        }
}
