/* Nobody learns from any daemon what is under a private contract that is not hers. Two worlds are the same but for what
 * was done under private contracts: hours, needs, placements, cases, drafts, their notices, their sums. Whatever an
 * outsider may ask (every question of the catalogue, with plausible arguments, page after page) is answered by the same
 * bytes in both. A new question is covered by being there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "notifications/queries.pb-c.h"
#include "tests/lib/insiders.h"

enum { PUBLIC_ROUNDS = 250, PRIVATE_ROUNDS = 400, OTHER_ROUNDS = 400, ASKED_TIMES = 24, PAGES = 4, HOUR_MS = 3600000 };

/* ---- what is of a contract */

/* Commands that change a thing that hangs on a contract. The rest is of nobody's contract: persons, programmes,
 * agreements, controls (of public contracts alone), accounts, the directory. */
static bool is_of_a_contract(const struct any_method *method)
{
        static const char *const others[] = {"Agreement",   "Programme",       "Line",       "Derogation",
                                             "Eligibility", "BeneficiaryFile", "Contact",    "Action",
                                             "FollowUp",    "Person",          "Control",    "Evidence",
                                             "Restriction", "Proof",           "Relocation", "Doubles"};
        const struct service_spec *spec = method->daemon->spec;
        if (!method->is_command || (strcmp(spec->name, "contracts") != 0 && strcmp(spec->name, "tracking") != 0))
                return false;
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (strstr(method->name, others[i]) != NULL)
                        return false;
        for (size_t i = 0; i < spec->rights->count; i++)
                if (strcmp(spec->rights->rows[i].method, method->descriptor->name) == 0 &&
                    spec->rights->rows[i].right == RIGHT_CHANGE)
                        return true;
        return false;
}

/* Commands that tell nothing of what others have made: a published contract is the same whoever imports it; a person's
 * file, what is taken out of it, and what her eligibility no longer covers name all her placements. */
static bool is_our_own(const struct any_method *method)
{
        static const char *const others[] = {
                "Import",      "BeneficiaryFile", "ExportPerson", "CorrectEligibility", "SuspendEligibility",
                "OpenFollowUp"};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                if (strstr(method->name, others[i]) != NULL)
                        return false;
        return method->is_command;
}

/* Organisations and persons alone, what a contract of either kind is about, but for the outsiders' organisation. */
static struct plausible without_contracts(const struct plausible *pool, struct id outsider)
{
        struct plausible bare = {.seed = pool->seed, .today = pool->today, .never = outsider};
        for (size_t i = 0; i < pool->thing_count; i++) {
                if (strcmp(pool->things[i].thing, "beneficiary") != 0 &&
                    strcmp(pool->things[i].thing, "organisation") != 0)
                        continue;
                size_t place = bare.thing_count++, count = 0;
                bare.things[place].thing = pool->things[i].thing;
                for (size_t n = 0; n < PLAUSIBLE_IDS && n < pool->things[i].count; n++)
                        if (!id_equal(pool->things[i].ids[n], outsider))
                                bare.things[place].ids[count++] = pool->things[i].ids[n];
                bare.things[place].count = count;
        }
        return bare;
}

/* ---- one world */

struct world_asked {
        struct plausible pools[2]; /* ids of things of public contracts and of none, and of private ones */
        struct id organisation;
};

/* `which` makes what is done under private contracts; all else is the same. */
static struct world_asked begin(uint64_t which, struct arena *arena)
{
        struct world_asked world = {.pools = {{.seed = 20261130}}};
        daemons_open(DAEMONS_MAP_BYTES);
        for (size_t i = 0; i < DAEMONS; i++) /* where a page ends depends on rows for other eyes: decision 0036 */
                engine_bound_queries(daemons[i].engine, 1u << 30, 1u << 30);
        world.pools[0].today = local_day("", daemons_world.now_ms_value);
        int64_t then = daemons_world.now_ms_value + HOUR_MS;
        world.organisation = organisations_put(&world.pools[0], arena);
        Directory__PutOrganisationReply reply = DIRECTORY__PUT_ORGANISATION_REPLY__INIT;
        reply.organisation_id = id_to(arena, world.organisation);
        plausible_learn(&world.pools[0], &reply.base); /* it has public contracts */
        /* The outsiders' organisation is party to some of them: it reads what those become. */
        struct growth growth = {.pool = &world.pools[0],
                                .rounds = PUBLIC_ROUNDS,
                                .are_public = true,
                                .no_prescriber = world.organisation};
        (void)insiders_grow(&growth);
        world.pools[1] = without_contracts(&world.pools[0], world.organisation);
        growth = (struct growth){
                .pool = &world.pools[1], .rounds = PRIVATE_ROUNDS, .are_private = true, .picks = is_our_own};
        (void)insiders_grow(&growth);

        struct plausible other = world.pools[1];
        other.seed = which;
        growth =
                (struct growth){.pool = &other, .rounds = OTHER_ROUNDS, .are_private = true, .picks = is_of_a_contract};
        size_t granted = insiders_grow(&growth);
        (void)printf("# world %llu: %zu commands under private contracts granted\n", (unsigned long long)which,
                     granted);
        assert_true(granted > 500);
        assert_true(daemons_world.now_ms_value < then);
        daemons_world.now_ms_value = then;
        return world;
}

/* ---- asking, and what was answered in the world before */

struct answers {
        struct arena arena;
        struct said *list;
        size_t count, room, compared;
        bool again; /* compares */
};

/* Said in JSON, from a little before the first difference on. */
static void tell(const ProtobufCMessageDescriptor *type, const struct said *before, const struct said *now)
{
        const struct said *both[] = {before, now};
        struct arena arena scoped(arena_fini) = {0};
        char *texts[2];
        size_t at = 0;
        for (size_t i = 0; i < 2; i++) {
                json_t *json = json_of_message(pb_decode(type, both[i]->bytes, &arena));
                texts[i] = json_dumps(json, JSON_COMPACT);
                json_decref(json);
        }
        while (texts[0][at] != '\0' && texts[0][at] == texts[1][at])
                at++;
        at = at < 300 ? 0 : at - 300;
        for (size_t i = 0; i < 2; i++) {
                (void)fprintf(stderr, "# world %zu: …%.600s\n", i + 1, texts[i] + at);
                free(texts[i]);
        }
}

static void compare(const struct any_method *method, const Wire__Passport *actor, const struct said *before,
                    const struct said *now)
{
        if (said_same(before, now))
                return;
        if (before->granted != now->granted)
                fail_msg("%s, role %d: granted in one world only", method->name, (int)actor->role);
        tell(now->granted ? method->descriptor->output : &types__refusal__descriptor, before, now);
        fail_msg("%s, role %d: another answer", method->name, (int)actor->role);
}

static void keep(struct answers *answers, const struct said *said)
{
        if (answers->count == answers->room) {
                size_t room = answers->room * 2 + 1024;
                struct said *longer = arena_alloc(&answers->arena, room * sizeof(*longer));
                if (answers->count > 0)
                        memcpy(longer, answers->list, answers->count * sizeof(*longer));
                answers->list = longer;
                answers->room = room;
        }
        answers->list[answers->count] = *said;
        answers->list[answers->count++].bytes = arena_copy_slice(&answers->arena, said->bytes);
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessageDescriptor *type, const char *name)
{
        return protobuf_c_message_descriptor_get_field_by_name(type, name);
}

/* Where the list goes on: false where it does not. */
static bool turn_page(ProtobufCMessage *request, const ProtobufCMessage *reply, struct arena *arena)
{
        const ProtobufCFieldDescriptor *page = field_of(request->descriptor, "page");
        const ProtobufCFieldDescriptor *next = field_of(reply->descriptor, "next");
        if (page == NULL || next == NULL || next->type != PROTOBUF_C_TYPE_BYTES)
                return false;
        Types__Page **at = (Types__Page **)(void *)((uint8_t *)request + page->offset);
        const ProtobufCBinaryData *cursor = (const void *)((const uint8_t *)reply + next->offset);
        if (*at == NULL)
                *at = pb_new(&types__page__descriptor, arena);
        (*at)->after = *cursor;
        return cursor->len > 0;
}

/* How far a daemon's log goes is told beside every answer. This one has it inside, to go on from: what is told of the
 * events themselves is compared. */
static bool tells_positions(const struct any_method *method)
{
        return strcmp(method->name, "notifications.NewNotices") == 0;
}

static void from_the_first(ProtobufCMessage *request)
{
        ((Notifications__NewNoticesRequest *)(void *)request)->after = 0;
}

static void without_positions(struct said *said, struct arena *arena)
{
        if (!said->granted)
                return;
        Notifications__NewNoticesReply *reply =
                pb_decode(&notifications__new_notices_reply__descriptor, said->bytes, arena);
        assert_non_null(reply);
        reply->upto = 0;
        for (size_t i = 0; i < reply->n_notices; i++)
                reply->notices[i]->position = 0;
        said->bytes = pb_encode(reply, arena);
}

static void ask(struct answers *answers, const struct any_method *method, const Wire__Passport *actor,
                ProtobufCMessage *request, struct arena *arena)
{
        bool more = true;
        for (size_t i = 0; more && i < PAGES; i++) {
                if (tells_positions(method))
                        from_the_first(request);
                struct said said = ask_as(method, actor, request, arena);
                if (tells_positions(method))
                        without_positions(&said, arena);
                if (answers->again) {
                        assert_true(answers->compared < answers->count);
                        compare(method, actor, &answers->list[answers->compared++], &said);
                } else {
                        keep(answers, &said);
                }
                more = said.granted &&
                       turn_page(request, pb_decode(method->descriptor->output, said.bytes, arena), arena);
        }
}

static void ask_everything(struct answers *answers, struct world_asked *world)
{
        struct arena kept scoped(arena_fini) = {0};
        const Wire__Passport *actors[OUTSIDERS];
        outsiders(&world->organisation, actors, &kept);
        for (size_t m = 0; m < method_count; m++) {
                const struct any_method *method = &methods[m];
                for (size_t i = 0; i < OUTSIDERS && strncmp(method->name, "runtime.", 8) != 0; i++)
                        for (size_t n = 0;
                             n < ASKED_TIMES && !method->is_command && method_lets(method, actors[i]->role); n++) {
                                struct arena arena scoped(arena_fini) = {0};
                                struct plausible *pool = &world->pools[n % 2];
                                pool->whole = n % 6 == 0;
                                ProtobufCMessage *request =
                                        n < 2 ? pb_new(method->descriptor->input, &arena)
                                              : plausible_message(pool, method->descriptor->input, &arena);
                                ask(answers, method, actors[i], request, &arena);
                        }
        }
}

static void same_answers_in_both_worlds(void **state)
{
        (void)state;
        struct answers answers = {0};
        struct arena arena = {0};
        for (uint64_t which = 1; which <= 2; which++) {
                struct world_asked world = begin(which, &arena);
                ask_everything(&answers, &world);
                daemons_close();
                answers.again = true;
        }
        size_t granted = 0;
        for (size_t i = 0; i < answers.count; i++)
                granted += answers.list[i].granted;
        (void)printf("# %zu answers compared, of which %zu were granted\n", answers.compared, granted);
        assert_int_equal(answers.compared, answers.count);
        assert_true(granted > 1000);
        arena_fini(&answers.arena);
        arena_fini(&arena);
}

/* ---- the kind of contracts is set right */

static const Contracts__ContractView *contract_of(struct id id, struct arena *arena)
{
        const struct any_method *method = method_named("contracts", "ContractById");
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = id_to(arena, id);
        struct said said = ask_as(method, somebody(TYPES__ROLE__COORDINATOR, NULL, "*", arena), &query.base, arena);
        return said.granted ? pb_decode(method->descriptor->output, said.bytes, arena) : NULL;
}

static void set_kind(const Contracts__ContractView *contract, Contracts__ContractKind kind, struct arena *arena)
{
        const struct any_method *method = method_named("contracts", "AmendContract");
        Contracts__AmendContract command = CONTRACTS__AMEND_CONTRACT__INIT;
        command.contract_id = contract->contract_id;
        command.record = contract->record;
        command.record->kind = kind;
        command.reason = arena_text(arena, "Sorte du contrat rectifiée");
        struct said said = ask_as(method, somebody(TYPES__ROLE__COORDINATOR, NULL, "*", arena), &command.base, arena);
        if (!said.granted)
                fail_msg("%s",
                         ((const Types__Refusal *)pb_decode(&types__refusal__descriptor, said.bytes, arena))->text);
        daemons_follow();
}

/* What an auditor counts, and the notices she reads: as one text. */
static struct slice seen_by_auditor(struct arena *arena)
{
        static const char *const questions[][2] = {{"reporting", "Consolidation"},
                                                   {"tracking", "Placements"},
                                                   {"tracking", "Beneficiaries"},
                                                   {"notifications", "RecentNotices"}};
        struct slice all = slice_of("", 0);
        for (size_t i = 0; i < ARRAY_SIZE(questions); i++) {
                const struct any_method *method = method_named(questions[i][0], questions[i][1]);
                struct said said = ask_as(method, somebody(TYPES__ROLE__AUDITOR, NULL, "*", arena),
                                          pb_new(method->descriptor->input, arena), arena);
                assert_true(said.granted);
                uint8_t *both = arena_alloc(arena, all.size + said.bytes.size + 1);
                memcpy(both, all.data, all.size);
                memcpy(both + all.size, said.bytes.data, said.bytes.size);
                all = slice_of(both, all.size + said.bytes.size);
        }
        return all;
}

static const Reporting__ConsolidationReply *consolidation(struct arena *arena)
{
        const struct any_method *method = method_named("reporting", "Consolidation");
        struct said said = ask_as(method, somebody(TYPES__ROLE__AUDITOR, NULL, "*", arena),
                                  pb_new(method->descriptor->input, arena), arena);
        return pb_decode(method->descriptor->output, said.bytes, arena);
}

static void assert_nothing_counts(struct arena *arena)
{
        const Reporting__ConsolidationReply *sums = consolidation(arena);
        assert_int_equal(sums->contracts, 0);
        assert_int_equal(sums->obligations, 0);
        assert_int_equal(sums->needs, 0);
        assert_int_equal(sums->positions_wanted, 0);
        assert_int_equal(sums->persons, 0);
        assert_int_equal(sums->placements, 0);
        assert_int_equal(hours_hundredths(hours_of(sums->due)), 0);
        assert_int_equal(hours_hundredths(hours_of(sums->done)), 0);
        assert_int_equal(hours_hundredths(hours_of(sums->converted)), 0);
        assert_int_equal(hours_hundredths(hours_of(sums->waived)), 0);
        for (size_t i = 0; i < sums->n_by_outcome; i++)
                assert_int_equal(sums->by_outcome[i]->placements, 0);
}

static bool is_an_opening(const struct any_method *method)
{
        return strcmp(method->name, "contracts.OpenContract") == 0;
}

/* But for hours that were taken over: with them the kind of a contract can be set right no more. */
static bool is_under_a_contract(const struct any_method *method)
{
        return is_our_own(method) && !is_an_opening(method) && strcmp(method->name, "contracts.EnterReserved") != 0 &&
               strcmp(method->name, "contracts.AmendContract") != 0 &&
               strcmp(method->name, "contracts.TakeOverHours") != 0;
}

/* As many contracts as a pool holds, and then what is done under them. */
static size_t open_contracts(struct plausible *pool, const Contracts__ContractView *ret[PLAUSIBLE_IDS],
                             struct arena *arena)
{
        struct growth opening = {.pool = pool, .rounds = 2, .picks = is_an_opening};
        struct growth work = {.pool = pool, .rounds = 600, .picks = is_under_a_contract};
        size_t count = 0;
        while (count < PLAUSIBLE_IDS)
                count += insiders_grow(&opening);
        (void)insiders_grow(&work);
        for (size_t t = 0; t < pool->thing_count; t++)
                for (size_t i = 0; strcmp(pool->things[t].thing, "contract") == 0 && i < PLAUSIBLE_IDS; i++)
                        ret[i] = contract_of(pool->things[t].ids[i], arena);
        return count;
}

/* All contracts turn out to be private: nothing of them is left in any sum, list or notice of others. And back: all as
 * it was, to the byte. */
static void sums_go_with_the_kind(void **state)
{
        (void)state;
        struct arena arena = {0};
        struct plausible pool = {.seed = 20261129};
        const Contracts__ContractView *contracts[PLAUSIBLE_IDS];
        Contracts__ContractKind kinds[PLAUSIBLE_IDS];
        daemons_open(DAEMONS_MAP_BYTES);
        pool.today = local_day("", daemons_world.now_ms_value);
        (void)organisations_put(&pool, &arena);
        size_t count = open_contracts(&pool, contracts, &arena);
        struct slice before = seen_by_auditor(&arena);
        const Reporting__ConsolidationReply *sums = consolidation(&arena);
        assert_true(sums->needs > 0 && sums->persons > 0 && sums->placements > 0);
        assert_true(hours_hundredths(hours_of(sums->done)) > 0);

        for (size_t i = 0; i < count; i++) {
                kinds[i] = contracts[i]->record->kind;
                set_kind(contracts[i], CONTRACTS__CONTRACT_KIND__PRIVATE, &arena);
        }
        assert_nothing_counts(&arena);
        for (size_t i = 0; i < count; i++)
                set_kind(contracts[i], kinds[i], &arena);
        struct slice after = seen_by_auditor(&arena);
        assert_true(slice_equal(before, after));
        assert_true(daemons_verify());
        daemons_close();
        arena_fini(&arena);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(same_answers_in_both_worlds),
                                           cmocka_unit_test(sums_go_with_the_kind)};
        methods_list();
        return cmocka_run_group_tests(tests, NULL, NULL);
}
