/* What must hold when all is calm, whatever happened before. */
#include <string.h>

#include "common/base/require.h"
#include "common/store/eventlog.h"
#include "contracts/queries.pb-c.h"
#include "reporting/queries.pb-c.h"
#include "tests/sim/sim.h"
#include "tracking/queries.pb-c.h"

const void *check_ask(struct sim *sim, const struct journey *journey, const char *method, const void *request,
                      struct arena *arena)
{
        size_t node = journey_node(sim, journey, method);
        Wire__Passport *actor = pb_new(&wire__passport__descriptor, arena);
        struct engine_answer answer = {0};
        char *everywhere[] = {(char[]){"*"}};
        actor->user = arena_text(arena, "coordination");
        actor->role = TYPES__ROLE__COORDINATOR;
        actor->territories = everywhere;
        actor->n_territories = 1;
        int err = engine_call(sim->nodes[node].engine, actor, strchr(method, '.') + 1, request, NULL, arena, &answer);
        if (err != 0 || answer.body == NULL)
                sim_fail(sim, "%s: %s", method, err != 0 ? err_name(err) : answer.refusal->text);
        return answer.body;
}

/* Everything that was granted is asked once more: the same answer, and nothing is written. */
static void check_that_keys_are_remembered(struct sim *sim)
{
        uint64_t before[NODES];
        for (size_t i = 0; i < NODES; i++)
                before[i] = engine_position(sim->nodes[i].engine);
        for (size_t i = 0; i < JOURNEYS; i++)
                for (size_t n = 0; n < sim->journeys[i].stage; n++)
                        journey_post(sim, i, sim->journeys[i].kept[n].node, sim->journeys[i].kept[n].frame);
        post_deliver(sim);
        post_deliver(sim); /* the answers; journey_hear() compares them */
        for (size_t i = 0; i < NODES; i++)
                if (engine_position(sim->nodes[i].engine) != before[i])
                        sim_fail(sim, "%s did something twice", sim->nodes[i].name);
}

/* Every granted command is the cause of events in the log of its daemon, all of them in one place: one commit. */
static void check_that_it_was_done_once(struct sim *sim, const struct answer_kept *kept, const char *method)
{
        struct arena arena scoped(arena_fini) = {0};
        struct txn *txn = txn_begin_read(engine_store(sim->nodes[kept->node].engine), NULL);
        struct log_walk walk;
        struct log_entry entry;
        uint64_t last = 0, runs = 0;
        require(txn != NULL);
        log_walk_begin(txn, 1, &walk);
        while (log_walk_next(&walk, &entry)) {
                const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &arena);
                require(record != NULL);
                if (!slice_equal(pb_slice(record->cause), id_slice(&kept->key)))
                        continue;
                runs += last == 0 || entry.number != last + 1;
                last = entry.number;
        }
        log_walk_end(&walk);
        txn_end_read(txn);
        if (runs != 1)
                sim_fail(sim, "%s was granted and done %d times", method, (int)runs);
}

static void check_stores(struct sim *sim)
{
        for (size_t i = 0; i < NODES; i++) {
                struct verify_source sources[NODES];
                struct verify_report report = {0};
                struct err_info info = {0};
                size_t count = 0;
                for (size_t s = 0; s < NODES; s++)
                        if (node_follows(sim, i, s))
                                sources[count++] = (struct verify_source){sim->nodes[s].name, sim->nodes[s].spec->name,
                                                                          engine_store(sim->nodes[s].engine)};
                int err = engine_verify(sim->nodes[i].engine, sources, count, &report, &info);
                if (err != 0 || report.differences != 0)
                        sim_fail(sim, "%s: %d rows differ from the logs: %s", sim->nodes[i].name,
                                 (int)report.differences, info.text);
        }
}

/* Month by month, what tracking shows is what the model says: of one who is erased too. */
static void check_months(struct sim *sim, const struct journey *journey, int which)
{
        enum { FIRST_MONTH = 672 };
        struct arena arena scoped(arena_fini) = {0};
        const struct model *model = &journey->models[which];
        Tracking__PlacementById by_id = TRACKING__PLACEMENT_BY_ID__INIT;
        int64_t shown[HISTORY_MONTHS];
        by_id.placement_id = id_to(&arena, journey->placement_ids[which]);
        const Tracking__PlacementView *view = sim->ask(sim, journey, "tracking.PlacementById", &by_id, &arena);
        for (int month = 0; month < HISTORY_MONTHS; month++)
                shown[month] = NOTHING_STATED;
        for (size_t i = 0; i < view->n_months; i++) {
                int month = view->months[i]->month->months - FIRST_MONTH;
                if (month >= 0 && month < HISTORY_MONTHS && view->months[i]->validated != NULL)
                        shown[month] = hours_hundredths(hours_of(view->months[i]->validated));
        }
        for (int month = 0; month < HISTORY_MONTHS; month++)
                if (shown[month] != model->validated[month])
                        sim_fail(sim, "journey %zu, placement %d, month %d: %lld counts, %lld in tracking",
                                 journey->number, which + 1, month + 1, (long long)model->validated[month],
                                 (long long)shown[month]);
}

/* By the model. */
static void count(const struct sim *sim, const struct journey *contract, int64_t *ret_done, int64_t *ret_converted)
{
        *ret_done = *ret_converted = 0;
        for (size_t i = 0; i < JOURNEYS; i++) {
                const struct journey *journey = &sim->journeys[i];
                for (int n = 0; n < PLACEMENTS; n++)
                        if (journey->contracts[n] == contract && !id_is_zero(journey->placement_ids[n]))
                                *ret_done += history_counts(&journey->models[n]);
                if (journey->contracts[0] == contract)
                        *ret_converted += journey->converted;
        }
}

static const Reporting__ModalityFigures *reported(const Reporting__ContractStatementReply *told, int32_t modality)
{
        for (size_t i = 0; i < told->n_by_modality; i++)
                if ((int32_t)told->by_modality[i]->modality == modality)
                        return told->by_modality[i];
        return NULL;
}

/* What is printed of a contract, and reporting's figures: the same persons and placements, the same hours of each
 * modality. */
static void check_persons(struct sim *sim, const struct journey *contract,
                          const Reporting__ContractStatementReply *told)
{
        struct arena arena scoped(arena_fini) = {0};
        Contracts__FinalStatementRequest request = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        request.contract_id = id_to(&arena, contract->contract_id);
        const Contracts__FinalStatementReply *printed =
                sim->ask(sim, contract, "contracts.FinalStatement", &request, &arena);
        const Contracts__WorkDone *work = printed->work;
        bool are_same = work->persons == told->persons && work->placements == told->placements &&
                        work->n_by_modality == told->n_by_modality;
        for (size_t i = 0; i < work->n_by_modality && are_same; i++) {
                const Reporting__ModalityFigures *line = reported(told, (int32_t)work->by_modality[i]->modality);
                are_same = line != NULL && line->persons == work->by_modality[i]->persons &&
                           line->placements == work->by_modality[i]->placements &&
                           line->hours->hundredths == work->by_modality[i]->hours->hundredths;
        }
        if (!are_same)
                sim_fail(sim, "contract %zu: %u persons, %u placements printed, %u and %u reported, or other hours",
                         contract->number, work->persons, work->placements, told->persons, told->placements);
}

/* What the ledger holds, what reporting tells and what the journeys know are the same hours. */
static void check_hours(struct sim *sim, const struct journey *contract)
{
        struct arena arena scoped(arena_fini) = {0};
        int64_t done, converted;
        count(sim, contract, &done, &converted);
        Contracts__ObligationById by_id = CONTRACTS__OBLIGATION_BY_ID__INIT;
        by_id.obligation_id = id_to(&arena, contract->obligation_id);
        const Contracts__ObligationView *ledger = sim->ask(sim, contract, "contracts.ObligationById", &by_id, &arena);
        Reporting__ContractStatementRequest request = REPORTING__CONTRACT_STATEMENT_REQUEST__INIT;
        request.contract_id = id_to(&arena, contract->contract_id);
        const Reporting__ContractStatementReply *told =
                sim->ask(sim, contract, "reporting.ContractStatement", &request, &arena);
        const struct {
                const char *what;
                int64_t known;
                const Types__Hours *in_ledger, *reported;
        } rows[] = {{"done", done, ledger->done, told->done},
                    {"converted", converted, ledger->converted, told->converted},
                    {"due", hours_hundredths(hours_of(ledger->due)), ledger->due, told->due},
                    {"remaining", hours_hundredths(hours_of(ledger->due)) - done - converted, ledger->remaining,
                     told->remaining}};
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                if (hours_hundredths(hours_of(rows[i].in_ledger)) != rows[i].known ||
                    hours_hundredths(hours_of(rows[i].reported)) != rows[i].known)
                        sim_fail(sim, "contract %zu, hours %s: %lld known, %lld in the ledger, %lld reported",
                                 contract->number, rows[i].what, (long long)rows[i].known,
                                 (long long)hours_hundredths(hours_of(rows[i].in_ledger)),
                                 (long long)hours_hundredths(hours_of(rows[i].reported)));
        check_persons(sim, contract, told);
}

void check_sums(struct sim *sim)
{
        for (size_t i = 0; i < JOURNEYS; i++) {
                const struct journey *journey = &sim->journeys[i];
                if (!id_is_zero(journey->obligation_id))
                        check_hours(sim, journey);
                for (int n = 0; n < PLACEMENTS; n++)
                        if (!id_is_zero(journey->placement_ids[n]))
                                check_months(sim, journey, n);
        }
}

void check_all(struct sim *sim)
{
        check_that_keys_are_remembered(sim);
        for (size_t i = 0; i < JOURNEYS; i++) {
                const struct journey *journey = &sim->journeys[i];
                for (size_t n = 0; n < journey->stage; n++)
                        check_that_it_was_done_once(sim, &journey->kept[n], journey->stages[n].method);
        }
        check_sums(sim);
        check_stores(sim);
}
