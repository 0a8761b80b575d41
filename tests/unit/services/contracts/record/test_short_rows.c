/* Sums of contracts are answered from short rows: whatever is done, in whatever order, they give what a walk over all
 * records and files gives, to each who may ask; and for more contracts than could be read one by one. */
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/reserved/reserved.h"
#include "tests/unit/services/contracts/fixture.h"

#include "common/base/limits.h"
#include "services/contracts/record/access.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/record/context.h"
#include "services/contracts/reserved/reserved_entry.h"
#include "tests/lib/fill.h"

enum { CONTRACTS = 24, STEPS = 900, LOOK_EVERY = 60, MANY = 3200, A_BATCH = 128 };

static const char *const buyers[] = {BUYER_SIRET, "26310012500016", "21090122900018"};
static const char *const names[] = {"Commune de Tournefeuille", "Hôpital", "Commune de Foix"};
static const char *const holders[] = {CONTRACTOR_SIRET, "35600000000048", ""};

/* ---- the same figures by reading all records and files */

struct recount {
        struct work work;
        uint32_t year;
        const char *siret; /* "": of all */
        Contracts__AssociationLine association;
        Contracts__ReservedCount reserved;
};

/* Awards that are looked for one by one, in all files. */
static bool look_for_award(const struct work *work, const struct loaded_contract *loaded,
                           const Contracts__ReservedEntry *entry, uint32_t years, Types__Day *ret)
{
        struct walk walk;
        struct id id;
        bool found = false;
        if (entry->notified_on == NULL || entry->holder_siret[0] == '\0' || !reserved_entry_is_ess(entry))
                return false;
        contracts_walk_records(work->txn, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
                const Contracts__ContractFile *file = contracts_file_find(work->txn, work->arena, id);
                if (id_equal(id, loaded->id) || file == NULL || file->reserved == NULL ||
                    record->kind == CONTRACTS__CONTRACT_KIND__PRIVATE ||
                    strcmp(record->buyer_siret, loaded->record->buyer_siret) != 0)
                        continue;
                for (size_t i = 0; i < file->reserved->n_entries; i++) {
                        const Contracts__ReservedEntry *other = file->reserved->entries[i];
                        if (!reserved_entry_is_ess(other) || other->notified_on == NULL ||
                            strcmp(other->holder_siret, entry->holder_siret) != 0 ||
                            other->notified_on->days > entry->notified_on->days ||
                            day_civil(day_of(other->notified_on)).year + (int)years <
                                    day_civil(day_of(entry->notified_on)).year)
                                continue;
                        if (!found || other->notified_on->days > ret->days)
                                ret->days = other->notified_on->days;
                        found = true;
                }
        }
        walk_end(&walk);
        return found;
}

static bool is_invalid(const struct work *work, const struct loaded_contract *loaded,
                       const Contracts__ReservedEntry *entry)
{
        struct day on = entry->notified_on == NULL ? work->today : day_of(entry->notified_on);
        const Contracts__ReservationRulesVersion *rules = rules_on(work, DATED_RESERVATIONS, on);
        Contracts__Reservation reservation = reserved_entry_reservation(loaded->record, loaded->file, entry);
        Types__Day previous = TYPES__DAY__INIT;
        if (look_for_award(work, loaded, entry, rules->ess->years_between, &previous))
                reservation.previous_award_on = &previous;
        const Contracts__ReservationCheckReply *check = reservation_check(&reservation, rules, on, work->arena);
        assert_int_equal(check->verdict, reservation_verdict(&reservation, rules, on));
        assert_int_equal(check->verdict, reserved_entry_findings(work, loaded, entry)->verdict);
        return check->verdict == CONTRACTS__RESERVATION_VERDICT__RESERVATION_INVALID;
}

static void count_reserved(struct recount *recount, const struct loaded_contract *loaded)
{
        Contracts__ReservedCount *count = &recount->reserved;
        for (size_t i = 0; i < loaded->file->reserved->n_entries; i++) {
                const Contracts__ReservedEntry *entry = loaded->file->reserved->entries[i];
                uint32_t year = entry->notified_on == NULL ? 0 : (uint32_t)day_civil(day_of(entry->notified_on)).year;
                if (recount->year != 0 && year != recount->year)
                        continue;
                count->contracts++;
                for (size_t n = 0; n < entry->n_grounds; n++) {
                        count->handicap += entry->grounds[n] == CONTRACTS__RESERVATION_GROUND__RESERVED_HANDICAP;
                        count->ess += entry->grounds[n] == CONTRACTS__RESERVATION_GROUND__RESERVED_ESS;
                }
                count->sourcing += entry->involvement == CONTRACTS__INVOLVEMENT__SOURCING;
                count->with_persons += entry->follows_persons;
                count->invalid += is_invalid(&recount->work, loaded, entry);
        }
}

static void count_association(struct recount *recount, const Contracts__AssociationState *state)
{
        bool is_declined = state->declined_on != NULL;
        bool is_associated = state->association == CONTRACTS__ASSOCIATION__ASSOCIATED && !is_declined;
        recount->association.associated += is_associated;
        recount->association.not_associated += !is_associated;
        recount->association.declined += is_declined;
        recount->association.resumed += state->resumed_on != NULL;
}

static void count_all(struct recount *recount)
{
        struct work *work = &recount->work;
        struct walk walk;
        struct loaded_contract loaded;
        contracts_walk_records(work->txn, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &loaded.id)) {
                loaded.record = contracts_record_find(work->txn, work->arena, loaded.id);
                loaded.file = contracts_file_find(work->txn, work->arena, loaded.id);
                if (loaded.file == NULL || !access_contract(work, loaded.id, loaded.record) ||
                    (*recount->siret != '\0' && strcmp(recount->siret, loaded.record->buyer_siret) != 0))
                        continue;
                if (loaded.file->association != NULL && loaded.file->association->year == recount->year)
                        count_association(recount, loaded.file->association);
                if (loaded.file->reserved != NULL)
                        count_reserved(recount, &loaded);
        }
        walk_end(&walk);
}

/* ---- compared with what is answered */

struct scene {
        struct fixture *f;
        Types__Id *contracts[CONTRACTS];
        Types__Id *clauses[CONTRACTS];
        uint64_t state;
        size_t granted, compared, told;
};

static struct recount recount_for(struct fixture *f, const Wire__Passport *actor, uint32_t year, const char *siret,
                                  struct arena *arena)
{
        struct recount recount = {.year = year, .siret = siret};
        recount.work = (struct work){.engine = f->engine,
                                     .arena = arena,
                                     .actor = actor,
                                     .context = engine_context(f->engine),
                                     .today = day_of_instant_ms(f->world.now_ms_value),
                                     .read_only = true};
        recount.association = (Contracts__AssociationLine)CONTRACTS__ASSOCIATION_LINE__INIT;
        recount.reserved = (Contracts__ReservedCount)CONTRACTS__RESERVED_COUNT__INIT;
        recount.work.txn = txn_begin_read(engine_store(f->engine), NULL);
        count_all(&recount);
        txn_end_read(recount.work.txn);
        return recount;
}

static void compare_reserved(struct fixture *f, const Wire__Passport *actor, const struct recount *recount)
{
        Contracts__ReservedStatisticsRequest query = CONTRACTS__RESERVED_STATISTICS_REQUEST__INIT;
        query.year = recount->year;
        if (actor->role != TYPES__ROLE__BUYER)
                query.buyer_siret = arena_text(&f->arena, recount->siret);
        const Contracts__ReservedStatisticsReply *reply = fixture_get(f, actor, "ReservedStatistics", &query);
        assert_int_equal(reply->total->contracts, recount->reserved.contracts);
        assert_int_equal(reply->total->handicap, recount->reserved.handicap);
        assert_int_equal(reply->total->ess, recount->reserved.ess);
        assert_int_equal(reply->total->sourcing, recount->reserved.sourcing);
        assert_int_equal(reply->total->with_persons, recount->reserved.with_persons);
        assert_int_equal(reply->total->invalid, recount->reserved.invalid);
        for (size_t i = 1; i < reply->n_buyers; i++)
                assert_true(strcmp(reply->buyers[i - 1]->buyer_siret, reply->buyers[i]->buyer_siret) < 0);
}

static void compare_associations(struct fixture *f, const Wire__Passport *actor, const struct recount *recount)
{
        Contracts__AssociationStatisticsRequest query = CONTRACTS__ASSOCIATION_STATISTICS_REQUEST__INIT;
        query.year = recount->year;
        if (actor->role != TYPES__ROLE__BUYER)
                query.buyer_siret = arena_text(&f->arena, recount->siret);
        const Contracts__AssociationStatisticsReply *reply = fixture_get(f, actor, "AssociationStatistics", &query);
        assert_int_equal(reply->total->associated, recount->association.associated);
        assert_int_equal(reply->total->not_associated, recount->association.not_associated);
        assert_int_equal(reply->total->declined, recount->association.declined);
        assert_int_equal(reply->total->resumed, recount->association.resumed);
}

static void compare(struct scene *scene, const Wire__Passport *actor, uint32_t year, const char *siret)
{
        struct arena arena scoped(arena_fini) = {0};
        struct recount recount = recount_for(scene->f, actor, year, siret, &arena);
        compare_reserved(scene->f, actor, &recount);
        if (year != 0)
                compare_associations(scene->f, actor, &recount);
        scene->compared++;
        scene->told += recount.reserved.contracts + recount.association.not_associated;
}

/* Everybody who may ask; buyer 0 is organisation 5's. */
static void compare_all(struct scene *scene)
{
        struct fixture *f = scene->f;
        const Wire__Passport *actors[] = {
                coordinator(f),
                fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31"),
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "09 65"),
                fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "62"),
        };
        for (uint32_t year = 2024; year <= 2027; year++) {
                uint32_t asked = year == 2027 ? 0 : year;
                for (size_t i = 0; i < ARRAY_SIZE(actors); i++) {
                        compare(scene, actors[i], asked, "");
                        compare(scene, actors[i], asked, buyers[year % ARRAY_SIZE(buyers)]);
                }
                compare(scene, of_organisation(f, TYPES__ROLE__BUYER, 5), asked, buyers[0]);
        }
}

/* Followed contracts, and obligations, lie under the buyer of today. */
static void check_indexes(struct scene *scene)
{
        struct arena arena scoped(arena_fini) = {0};
        struct txn *txn = txn_begin_read(engine_store(scene->f->engine), NULL);
        size_t followed = 0, rows = 0, owed = 0, owed_rows = 0;
        struct walk walk, inner;
        struct id id, obligation;
        contracts_walk_records(txn, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                followed += contract_is_followed(txn, &arena, id);
                contracts_walk_obligations_of_contract(txn, id, slice_of(NULL, 0), &inner);
                while (walk_next(&inner, &obligation))
                        owed++;
                walk_end(&inner);
        }
        walk_end(&walk);
        for (size_t i = 0; i < ARRAY_SIZE(buyers); i++) {
                followed_walk_of_buyer(txn, buyers[i], slice_of(NULL, 0), &walk);
                for (; walk_next(&walk, &id); rows++) {
                        const Contracts__ContractRecord *record = contracts_record_find(txn, &arena, id);
                        assert_true(contract_is_followed(txn, &arena, id));
                        assert_string_equal(record->buyer_siret, buyers[i]);
                        assert_int_equal(followed_year_notified(&walk),
                                         record->notified_on == NULL ? 0 : day_civil(day_of(record->notified_on)).year);
                }
                walk_end(&walk);
                contracts_walk_obligations_of_buyer(txn, buyers[i], slice_of(NULL, 0), &walk);
                for (; walk_next(&walk, &obligation); owed_rows++) {
                        const Contracts__ObligationRecorded *one = contracts_obligation_find(txn, &arena, obligation);
                        assert_string_equal(contracts_record_find(txn, &arena, id_of(one->contract_id))->buyer_siret,
                                            buyers[i]);
                }
                walk_end(&walk);
        }
        assert_int_equal(rows, followed);
        assert_int_equal(owed_rows, owed);
        txn_end_read(txn);
}

/* ---- what is done to contracts, from a seed */

static uint64_t draw(struct scene *scene, uint64_t below)
{
        return fill_random(&scene->state) % below;
}

static Contracts__ContractRecord *some_record(struct scene *scene)
{
        struct fixture *f = scene->f;
        static const char *const communes[] = {"31555", "09122", ""};
        static const char *const services[] = {"85311000-2", "45442100-8", "98133100"};
        Contracts__ContractRecord *record = a_record(f);
        size_t buyer = draw(scene, ARRAY_SIZE(buyers));
        record->number = arena_printf(&f->arena, "N-%llu", (unsigned long long)draw(scene, 1000000));
        record->buyer_siret = arena_text(&f->arena, buyers[buyer]);
        record->buyer_name = arena_text(&f->arena, names[buyer]);
        record->place->code = arena_text(&f->arena, communes[draw(scene, 2)]);
        record->cpv = arena_text(&f->arena, services[draw(scene, ARRAY_SIZE(services))]);
        record->duration_months = (uint32_t)draw(scene, 60);
        record->notified_on = a_day(f, 2024 + (int)draw(scene, 3), 1 + (int)draw(scene, 8), 5);
        record->kind = (Contracts__ContractKind)(1 + draw(scene, 3));
        return record;
}

static Types__Id *open_one(struct scene *scene)
{
        struct fixture *f = scene->f;
        static char *const territories[] = {(char *)(uintptr_t) "31", (char *)(uintptr_t) "09"};
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = some_record(scene);
        open.record->number = arena_text(&f->arena, "");
        size_t first = draw(scene, ARRAY_SIZE(territories));
        open.territories = (char **)(uintptr_t)&territories[first];
        open.n_territories = 1 + draw(scene, ARRAY_SIZE(territories) - first);
        const Contracts__OpenContractReply *reply = fixture_get(f, coordinator(f), "OpenContract", &open);
        return reply->contract_id;
}

static void say(struct scene *scene, const char *method, const void *command)
{
        scene->granted += fixture_ask(scene->f, coordinator(scene->f), method, command).body != NULL;
}

static void amend(struct scene *scene, Types__Id *contract)
{
        Contracts__AmendContract command = CONTRACTS__AMEND_CONTRACT__INIT;
        command.contract_id = contract;
        command.record = some_record(scene);
        command.reason = arena_text(&scene->f->arena, "Rectifié");
        say(scene, "AmendContract", &command);
}

static void associate(struct scene *scene, Types__Id *contract)
{
        struct fixture *f = scene->f;
        Contracts__RecordAssociation command = CONTRACTS__RECORD_ASSOCIATION__INIT;
        command.contract_id = contract;
        command.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        if (draw(scene, 3) == 0) {
                command.association = CONTRACTS__ASSOCIATION__ASSOCIATED;
                command.since = a_day(f, 2026, 2, 3);
                command.at = CONTRACTS__ASSOCIATION_STAGE__AT_DESIGN;
                command.by = arena_text(&f->arena, "Direction de la commande publique");
        }
        say(scene, "RecordAssociation", &command);
}

static void decline_or_resume(struct scene *scene, Types__Id *contract)
{
        struct fixture *f = scene->f;
        Contracts__DeclineContract decline = CONTRACTS__DECLINE_CONTRACT__INIT;
        Contracts__ResumeContract resume = CONTRACTS__RESUME_CONTRACT__INIT;
        decline.contract_id = resume.contract_id = contract;
        decline.reason = (Contracts__DeclineReason)(1 + draw(scene, 6));
        decline.text = resume.text = arena_text(&f->arena, "Par courrier");
        resume.regularised_on = a_day(f, 2026, 10, 15);
        if (draw(scene, 2) == 0)
                say(scene, "DeclineContract", &decline);
        else
                say(scene, "ResumeContract", &resume);
}

static void reserve(struct scene *scene, Types__Id *contract)
{
        struct fixture *f = scene->f;
        Contracts__RecordReserved command = CONTRACTS__RECORD_RESERVED__INIT;
        Contracts__ReservedEntry *entry = pb_new(&contracts__reserved_entry__descriptor, &f->arena);
        command.contract_id = contract;
        command.entry = entry;
        entry->lot = (uint32_t)draw(scene, 3);
        entry->grounds = arena_alloc(&f->arena, 2 * sizeof(*entry->grounds));
        entry->grounds[entry->n_grounds++] = CONTRACTS__RESERVATION_GROUND__RESERVED_ESS;
        if (draw(scene, 2) == 0)
                entry->grounds[entry->n_grounds++] = (Contracts__ReservationGround)(1 + draw(scene, 3));
        entry->involvement = (Contracts__Involvement)draw(scene, 4);
        entry->follows_persons = entry->involvement == CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP;
        entry->holder_siret = arena_text(&f->arena, holders[draw(scene, ARRAY_SIZE(holders))]);
        entry->told_in_notice = (Contracts__ReservationAnswer)draw(scene, 2);
        entry->contracting_authority = entry->meets_all_conditions = CONTRACTS__RESERVATION_ANSWER__RESERVATION_YES;
        entry->minimum_share = draw(scene, 2) == 0 ? NULL : share_to(&f->arena, share_of_millionths(600000));
        if (draw(scene, 3) != 0)
                entry->notified_on = a_day(f, 2023 + (int)draw(scene, 4), 1 + (int)draw(scene, 9), 7);
        say(scene, "RecordReserved", &command);
}

static void withdraw(struct scene *scene, Types__Id *contract)
{
        Contracts__WithdrawReserved command = CONTRACTS__WITHDRAW_RESERVED__INIT;
        command.contract_id = contract;
        command.lot = (uint32_t)draw(scene, 3);
        command.reason = arena_text(&scene->f->arena, "Saisi par erreur");
        say(scene, "WithdrawReserved", &command);
}

static void owe(struct scene *scene, size_t which)
{
        struct fixture *f = scene->f;
        struct engine_answer answer =
                fixture_ask(f, coordinator(f), "PutClause", clause_on(f, scene->contracts[which]));
        if (answer.body != NULL)
                scene->clauses[which] = ((const Contracts__PutClauseReply *)answer.body)->clause_id;
        if (scene->clauses[which] != NULL && draw(scene, 2) == 0)
                say(scene, "RecordObligation", obligation_on(f, scene->clauses[which]));
}

/* The buyer publishes a modification of what was imported, or publishes it for the first time. */
static void publish(struct scene *scene, size_t which)
{
        struct fixture *f = scene->f;
        Contracts__ContractRecord *record = a_record(f);
        record->number = arena_printf(&f->arena, "P-%zu", which);
        record->buyer_siret = arena_text(&f->arena, buyers[which % ARRAY_SIZE(buyers)]);
        record->cpv = arena_text(&f->arena, "85311000-2");
        for (uint64_t i = draw(scene, 4); i > 0; i--) {
                Types__Day *on = a_day(f, 2026, 3 + (int)i, 1);
                add_modification(f, record, (uint32_t)i, on, 1000)->duration_months = (uint32_t)(10 * i);
        }
        scene->contracts[which] = import(f, record)->contract_id;
}

static void step(struct scene *scene)
{
        size_t which = draw(scene, CONTRACTS);
        Types__Id *contract = scene->contracts[which];
        scene->f->world.now_ms_value += 1000;
        switch (draw(scene, 10)) {
        case 0:
        case 1: amend(scene, contract); return;
        case 2: associate(scene, contract); return;
        case 3: decline_or_resume(scene, contract); return;
        case 4: owe(scene, which); return;
        case 5: withdraw(scene, contract); return;
        case 6:
                if (which % 4 == 0)
                        publish(scene, which);
                return;
        default: reserve(scene, contract);
        }
}

static void test_short_rows_are_the_long_ones(void **state)
{
        struct scene scene = {.f = *state, .state = 41};
        directory_tells(scene.f, 1, 5, buyers[0]);
        for (size_t i = 0; i < CONTRACTS; i++)
                if (i % 4 == 0)
                        publish(&scene, i);
                else
                        scene.contracts[i] = open_one(&scene);
        for (size_t i = 0; i < STEPS; i++) {
                step(&scene);
                if (i % LOOK_EVERY == 0 || i + 1 == STEPS) {
                        compare_all(&scene);
                        check_indexes(&scene);
                }
        }
        (void)printf("# %zu of %d commands granted, %zu sums compared, %zu counted in them\n", scene.granted, STEPS,
                     scene.compared, scene.told);
        assert_true(scene.granted > STEPS / 3 && scene.told > scene.compared);
}

/* ---- more than could be read one by one */

static void import_many(struct fixture *f, Types__Id **ret)
{
        for (size_t first = 0; first < MANY; first += A_BATCH) {
                Contracts__ImportContracts command = CONTRACTS__IMPORT_CONTRACTS__INIT;
                Contracts__ContractRecord *records[A_BATCH];
                for (size_t i = 0; i < A_BATCH; i++) {
                        size_t n = first + i;
                        records[i] = a_record(f);
                        records[i]->number = arena_printf(&f->arena, "M-%zu", n);
                        records[i]->buyer_siret = arena_text(&f->arena, buyers[n % ARRAY_SIZE(buyers)]);
                }
                command.records = records;
                command.n_records = A_BATCH;
                const Contracts__ImportContractsReply *reply =
                        fixture_get(f, coordinator(f), "ImportContracts", &command);
                for (size_t i = 0; i < A_BATCH; i++)
                        ret[first + i] = reply->results[i]->contract_id;
        }
}

static void test_a_region_of_thousands_is_answered(void **state)
{
        struct scene scene = {.f = *state, .state = 3200};
        struct fixture *f = scene.f;
        static Types__Id *contracts[MANY];
        Contracts__AssociationStatisticsRequest associations = CONTRACTS__ASSOCIATION_STATISTICS_REQUEST__INIT;
        Contracts__ReservedStatisticsRequest reserved = CONTRACTS__RESERVED_STATISTICS_REQUEST__INIT;
        import_many(f, contracts);
        for (size_t i = 0; i < MANY; i++) {
                associate(&scene, contracts[i]);
                reserve(&scene, contracts[i]);
        }
        assert_int_equal(scene.granted, 2 * MANY);
        associations.year = 2026;
        const Contracts__AssociationStatisticsReply *told =
                fixture_get(f, coordinator(f), "AssociationStatistics", &associations);
        assert_int_equal(told->total->associated + told->total->not_associated, MANY);
        assert_int_equal(told->n_buyers, ARRAY_SIZE(buyers));
        assert_true(engine_figures(f->engine).looked_at_last < LIMIT_QUERY_ROWS);
        const Contracts__ReservedStatisticsReply *counted =
                fixture_get(f, coordinator(f), "ReservedStatistics", &reserved);
        assert_int_equal(counted->total->contracts, MANY);
        assert_int_equal(counted->total->ess, MANY);
        assert_true(engine_figures(f->engine).looked_at_last < LIMIT_QUERY_ROWS_MAX);
}

static int setup_in_memory(void **state)
{
        return fixture_open_in_memory(state, &contracts_spec, NULL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_short_rows_are_the_long_ones, setup_in_memory, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_region_of_thousands_is_answered, setup_in_memory, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
