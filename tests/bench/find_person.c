/* scripts/bench find-person: is somebody known, among 1,000,000 persons in 8 partitions: the question to one (a
 * command: who asked is kept, its commit waits for the disk) and its ticket to all. The partitions are engines in this
 * process, on stores on the disk that is used: what the transport adds, "queries" measures. Names are made of few
 * words, as people's are; half of the questions are written in another way, a tenth know the year alone. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/tracking/dispatch.h"
#include "services/tracking/rules/context.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { PARTITIONS = 8, PERSONS = 1000000, LIST_ROWS = 500, WARM = 200, ASK_EVERY = 7919 };

static const char *const families[] = {"Martin",    "Bernard", "Dubois",   "Petit",   "Durand",
                                       "Leroy",     "Moreau",  "Diallo",   "Traoré",  "Ben Ali",
                                       "El Amrani", "Nguyễn",  "Da Silva", "Le Goff", "Müller"};
static const char *const givens[] = {"Marie", "Jean-Pierre", "Fatou", "Mohamed", "Anne-Sophie", "Karim", "Léa", "Noël"};
static const uint8_t shared_key[SHARED_KEY_SIZE] = "the key of the bench's region..";
static const uint8_t master_key[VAULT_KEY_SIZE] = "the master key of the bench....";
static const struct tracking_config config = {.territories = "", .rules = "deploy/rules"};

struct found {
        struct engine *engines[PARTITIONS];
        struct world worlds[PARTITIONS];
        Wire__Passport *actor;
        struct arena arena, scratch;
};

/* ---- who there is */

/* Some 200,000 names, and a day of thirty years: nobody is alone with her name. */
static char *family_of(size_t n, struct arena *arena)
{
        return arena_printf(arena, "%s %c%c%c", families[n % ARRAY_SIZE(families)], (int)('a' + n / 15 % 26),
                            (int)('a' + n / 390 % 26), (int)('a' + n / 10140 % 26));
}

static struct day born_of(size_t n)
{
        return day_of_number((int32_t)(3650 + n * 7907 % 10950));
}

static void ask(const struct found *found, size_t partition, const char *method, const void *request,
                struct engine_answer *ret)
{
        if (engine_call(found->engines[partition], found->actor, method, request, NULL,
                        (struct arena *)(uintptr_t)&found->scratch, ret) != 0 ||
            ret->body == NULL)
                harness_fail("%s: %s", method, ret->refusal == NULL ? "not answered" : ret->refusal->text);
}

static char **cells_of(size_t n, struct arena *arena)
{
        char **cells = arena_alloc(arena, 3 * sizeof(*cells));
        struct civil born = day_civil(born_of(n));
        cells[0] = family_of(n, arena);
        cells[1] = arena_text(arena, givens[n % ARRAY_SIZE(givens)]);
        cells[2] = arena_printf(arena, "%02d/%02d/%04d", born.day, born.month, born.year);
        return cells;
}

static void import_rows(struct found *found, size_t partition, size_t first)
{
        struct arena *arena = &found->scratch;
        char *header[] = {arena_text(arena, "Nom"), arena_text(arena, "Prénom"), arena_text(arena, "Né(e) le")};
        Tracking__ImportBeneficiaries *command = pb_new(&tracking__import_beneficiaries__descriptor, arena);
        struct engine_answer answer;
        command->territory = arena_text(arena, "31");
        command->list = pb_new(&types__sent_list__descriptor, arena);
        command->list->header = header;
        command->list->n_header = ARRAY_SIZE(header);
        command->list->is_last = command->list->go_on = true;
        command->list->rows = arena_alloc(arena, LIST_ROWS * sizeof(*command->list->rows));
        for (size_t i = 0; i < LIST_ROWS; i++) {
                Types__ListRow *row = pb_new(&types__list_row__descriptor, arena);
                row->number = (uint32_t)i + 2;
                row->cells = cells_of((first + i) * PARTITIONS + partition, arena);
                row->n_cells = ARRAY_SIZE(header);
                command->list->rows[command->list->n_rows++] = row;
        }
        ask(found, partition, "ImportBeneficiaries", command, &answer);
        arena_reset(arena);
}

static void fill_partitions(struct found *found, const struct harness *context)
{
        for (size_t i = 0; i < PARTITIONS; i++) {
                const struct engine_options options = {
                        .spec = &tracking_spec,
                        .instance = arena_printf(&found->arena, "tracking-%zu", i + 1),
                        .directory = arena_printf(&found->arena, "%s/tracking-%zu", context->directory, i + 1),
                        .config = &config,
                        .world = &found->worlds[i],
                        .partition = (uint32_t)i + 1,
                        .map_bytes_max = (uint64_t)64 << 30,
                        .master_key = master_key,
                        .shared_key = shared_key,
                };
                struct err_info info = {0};
                found->worlds[i] = world_real();
                if (engine_open(&options, &found->engines[i], &info) != 0)
                        harness_fail("%s", info.text);
                for (size_t n = 0; n < PERSONS / PARTITIONS; n += LIST_ROWS)
                        import_rows(found, i, n);
                harness_note("partition %zu: %d persons", i + 1, PERSONS / PARTITIONS);
        }
}

/* ---- who is sought */

static Tracking__Identity *identity_of(size_t n, struct arena *arena)
{
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, arena);
        identity->family_name = family_of(n, arena);
        identity->given_name = arena_text(arena, givens[n % ARRAY_SIZE(givens)]);
        if (n % 10 == 0)
                identity->born_in = arena_printf(arena, "%04d", day_civil(born_of(n)).year);
        else
                identity->born_on = day_to(arena, born_of(n));
        if (n % 2 == 1) { /* the names in the other order */
                char *family = identity->family_name;
                identity->family_name = identity->given_name;
                identity->given_name = family;
        }
        return identity;
}

/* From the first question to the last partition's answer; `ret_rest_us`: without the first. How many were found. */
static size_t find(struct found *found, size_t n, double *ret_us, double *ret_rest_us)
{
        Tracking__KnownPerson question = TRACKING__KNOWN_PERSON__INIT;
        Tracking__KnownElsewhere elsewhere = TRACKING__KNOWN_ELSEWHERE__INIT;
        struct engine_answer answer;
        size_t lines = 0;
        question.identity = identity_of(n, &found->scratch);
        question.territory = arena_text(&found->scratch, "31");
        question.reason_code = arena_text(&found->scratch, "PLACEMENT");
        uint64_t start_us = harness_now_us();
        ask(found, 0, "KnownPerson", &question, &answer);
        uint64_t asked_us = harness_now_us();
        elsewhere.ticket = ((const Tracking__KnownPersonReply *)answer.body)->ticket;
        for (size_t i = 0; i < PARTITIONS; i++) {
                ask(found, i, "KnownElsewhere", &elsewhere, &answer);
                lines += ((const Tracking__KnownElsewhereReply *)answer.body)->n_known;
        }
        uint64_t end_us = harness_now_us();
        *ret_us = (double)(end_us - start_us);
        *ret_rest_us = (double)(end_us - asked_us);
        arena_reset(&found->scratch);
        return lines;
}

json_t *bench_find_person(const struct harness *context)
{
        struct found found = {.actor = NULL};
        struct samples whole = {0}, rest = {0};
        size_t lines = 0, missed = 0;
        json_t *result = json_object();
        char *territories[] = {arena_text(&found.arena, "*")};
        found.actor = pb_new(&wire__passport__descriptor, &found.arena);
        found.actor->user = arena_text(&found.arena, "mesure");
        found.actor->role = TYPES__ROLE__FACILITATOR;
        found.actor->territories = territories;
        found.actor->n_territories = ARRAY_SIZE(territories);
        found.actor->expires_at_ms = INT64_MAX;
        fill_partitions(&found, context);
        uint64_t end_us = harness_now_us() + (uint64_t)context->seconds * 1000000;
        for (size_t i = 0; harness_now_us() < end_us; i++) {
                double us, rest_us;
                size_t count = find(&found, i * ASK_EVERY % PERSONS, &us, &rest_us);
                if (i < WARM)
                        continue;
                samples_add(&whole, us);
                samples_add(&rest, rest_us);
                lines += count;
                missed += count == 0;
        }
        bench_put(result, "persons", PERSONS);
        bench_put(result, "partitions", PARTITIONS);
        bench_put(result, "questions", (double)whole.count);
        bench_put(result, "missed", (double)missed);
        bench_put(result, "found_per_question", (double)lines / (double)(whole.count > 0 ? whole.count : 1));
        bench_put(result, "p50_ms", samples_percentile(&whole, 50) / 1000);
        bench_put(result, "p99_ms", samples_percentile(&whole, 99) / 1000);
        bench_put(result, "partitions_p99_ms", samples_percentile(&rest, 99) / 1000);
        for (size_t i = 0; i < PARTITIONS; i++)
                engine_close(found.engines[i]);
        samples_free(&whole);
        samples_free(&rest);
        arena_fini(&found.scratch);
        arena_fini(&found.arena);
        return result;
}
