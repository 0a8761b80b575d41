/* Random histories: after each, the ledger sums to zero, every balance is what its entries say, what tracking validated
 * is what is done, and replaying the log gives the tables (fixture_close() proves that). */
#include "tests/unit/services/contracts/fixture.h"

enum { STEPS = 600, CLAUSES = 4, OBLIGATIONS_MAX = 40, SOURCES = 24 };

struct history {
        struct fixture *f;
        Types__Id *clauses[CLAUSES];
        Types__Id *obligations[OBLIGATIONS_MAX];
        size_t obligation_count;
        uint64_t told; /* by tracking */
        int64_t done[SOURCES], converted[SOURCES];
        size_t of[SOURCES]; /* whose hours these are: a placement keeps its obligation */
};

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->f->world.random(&history->f->world, &value, sizeof(value));
        return value % sides;
}

static void owe(struct history *history)
{
        struct fixture *f = history->f;
        if (history->obligation_count == OBLIGATIONS_MAX)
                return;
        Contracts__RecordObligation *command = obligation_on(f, history->clauses[dice(history, CLAUSES)]);
        command->contractor_siret =
                arena_printf(&f->arena, "130025265%05u", (unsigned)history->obligation_count);
        command->hours = hours_to(&f->arena, hours_of_hundredths(1 + dice(history, 5000000)));
        history->obligations[history->obligation_count++] = record_obligation(f, command)->obligation_id;
}

static void validate(struct history *history, bool invoice)
{
        struct fixture *f = history->f;
        size_t source = dice(history, SOURCES);
        int64_t hundredths = dice(history, 8) == 0 ? 0 : dice(history, 74400);
        Types__Id *obligation = history->obligations[history->of[source]];
        if (invoice)
                invoice_converted(f, ++history->told, obligation, (uint8_t)(100 + source), hundredths);
        else
                hours_validated(f, ++history->told, obligation, (uint8_t)source, hundredths);
        (invoice ? history->converted : history->done)[source] = hundredths;
}

static void publish_again(struct history *history)
{
        Contracts__ContractRecord *record = a_record(history->f);
        add_modification(history->f, record, 1 + dice(history, 5), a_day(history->f, 2026, 6, 1),
                         100 + dice(history, 3));
        (void)import(history->f, record);
}

/* The rest of the room, at random: what is refused must leave nothing behind either. */
static void do_something(struct history *history)
{
        struct fixture *f = history->f;
        switch (dice(history, 8)) {
        case 0: owe(history); break;
        case 1: publish_again(history); break;
        case 2: (void)declare(f, coordinator(f), need_for(f, history->obligations[0])); break;
        case 3: validate(history, true); break;
        case 4:
                (void)fixture_refused(f, coordinator(f), "RecordObligation",
                                      obligation_on(f, id_to(&f->arena, id_numbered(77))),
                                      TYPES__REFUSAL_CODE__NOT_FOUND);
                break;
        default: validate(history, false); break;
        }
        f->world.now_ms_value += dice(history, 1000);
}

static void check(struct history *history, size_t number, int64_t expected_done, int64_t expected_converted)
{
        struct fixture *f = history->f;
        int64_t balance[5] = {0};
        const Contracts__ObligationView *view = see_obligation(f, history->obligations[number]);
        for (size_t i = 0; i < view->n_entries; i++) {
                balance[view->entries[i]->from] -= view->entries[i]->hours->hundredths;
                balance[view->entries[i]->to] += view->entries[i]->hours->hundredths;
        }
        assert_int_equal(view->due->hundredths, -balance[CONTRACTS__ACCOUNT__CLAUSE]);
        assert_int_equal(view->remaining->hundredths, balance[CONTRACTS__ACCOUNT__DUE]);
        assert_int_equal(view->done->hundredths, balance[CONTRACTS__ACCOUNT__DONE]);
        assert_int_equal(view->converted->hundredths, balance[CONTRACTS__ACCOUNT__CONVERTED]);
        assert_int_equal(view->done->hundredths, expected_done);
        assert_int_equal(view->converted->hundredths, expected_converted);
        assert_int_equal(ledger_sum(f, history->obligations[number]), 0);
}

static void run(struct fixture *f, uint64_t seed)
{
        struct history history = {.f = f};
        f->world.seed_state = seed;
        Types__Id *contract = a_contract(f);
        for (uint32_t i = 0; i < CLAUSES; i++) {
                Contracts__PutClause *command = clause_on(f, contract);
                command->lot = i + 1;
                history.clauses[i] = put_clause(f, command)->clause_id;
        }
        for (size_t i = 0; i < 5; i++)
                owe(&history);
        for (size_t i = 0; i < SOURCES; i++)
                history.of[i] = dice(&history, 5);
        for (size_t i = 0; i < STEPS; i++) {
                do_something(&history);
                assert_int_equal(ledger_sum(f, NULL), 0);
        }
        for (size_t i = 0; i < history.obligation_count; i++) {
                int64_t done = 0, converted = 0;
                for (size_t s = 0; s < SOURCES; s++)
                        if (history.of[s] == i) {
                                done += history.done[s];
                                converted += history.converted[s];
                        }
                check(&history, i, done, converted);
        }
}

static void test_random_history_1(void **state)
{
        run(*state, 1);
}

static void test_random_history_2(void **state)
{
        run(*state, 20261122);
}

static void test_random_history_3(void **state)
{
        run(*state, UINT64_C(0xfeedbeef12345678));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_history_1, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_2, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_3, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
