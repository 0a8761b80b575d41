/* Rows and keys of the read models, and the promise of store.h: the order in which sources come does not matter. */
#include "tests/unit/services/reporting/taken_over.h"

static void test_a_row_that_is_not_there_is_zeros(void **state)
{
        struct fixture *f = *state;
        struct demand demand;
        struct key key = scope_key(2026, "31");
        memset(&demand, 0xff, sizeof(demand));
        read_row(f, T_DEMAND, &key, &demand, sizeof(demand));
        assert_int_equal(demand.contracts, 0);
        assert_int_equal(demand.due_hundredths, 0);
}

static void test_scopes_are_read_back(void **state)
{
        (void)state;
        struct key key = scope_key(2026, "2A");
        key_u32(&key, 7);
        assert_int_equal(scope_year(key_slice(&key)), 2026);
        assert_string_equal(scope_territory(key_slice(&key)), "2A");
        struct key nowhere = scope_key(0, "");
        assert_int_equal(scope_year(key_slice(&nowhere)), 0);
        assert_string_equal(scope_territory(key_slice(&nowhere)), "");
}

static void test_contracts_keep_their_text(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 4, .year = 2025, .department = "09"});
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Reporting__ContractRow *row = contract_get(txn, id_n(CONTRACT, 4), &f->arena);
        assert_string_equal(row->number, "M-4");
        assert_string_equal(row->buyer_siret, BUYER_SIRET);
        assert_string_equal(row->territory, "09");
        assert_int_equal(row->year, 2025);
        assert_null(contract_get(txn, id_n(CONTRACT, 5), &f->arena));
        txn_end_read(txn);
}

/* --- two histories that differ by the order of their sources only --------------------------------------------------
 */

enum { SOURCES = 4, STEPS = 120 };

static uint32_t draw(uint32_t source, uint32_t step, uint32_t what)
{
        uint32_t x = source * 2654435761u + step * 40503u + what * 97u + 1;
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        return x >> 3;
}

static void step_contracts(struct fixture *f, uint32_t i)
{
        uint32_t contract = i % 9;
        int year = draw(0, i, 1) % 3 == 0 ? 0 : 2024 + (int)(draw(0, i, 2) % 3);
        switch (i < 9 ? 0 : draw(0, i, 0) % 5) {
        case 0:
                tell_contract(f, (struct published){.contract = contract,
                                                    .year = year,
                                                    .department = i % 2 == 0 ? "31" : NULL,
                                                    .social = {(int32_t)(draw(0, i, 3) % 5), SOCIAL(RESERVED)},
                                                    .again = i >= 9});
                return;
        case 1: tell_clause(f, contract); return;
        case 2: tell_obligation(f, (struct obliged){contract, i, 100 * draw(0, i, 4) % 90000, "31"}); return;
        case 4: /* of the persons of either partition, and of her own */
                tell_taken_over(f, (struct taken){.person = 1000 + draw(0, i, 6) % 14,
                                                  .year = 2024 + (int)(draw(0, i, 7) % 3),
                                                  .month = 1 + (int)(draw(0, i, 8) % 12),
                                                  .modality = (int32_t)(draw(0, i, 9) % MODALITIES),
                                                  .hundredths = draw(0, i, 10) % 15167,
                                                  .former = draw(0, i, 11) % 2000});
                return;
        case 3:
                tell_need(f, "09", 1 + draw(0, i, 5) % 4);
                tell_moved(f, (struct moved){contract, i, CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__WAIVED, 500});
                return;
        }
}

static void step_tracking(struct fixture *f, uint32_t source, uint32_t i)
{
        const char *names[] = {"tracking-1", "tracking-2"};
        const char *name = names[source - 1], *territory = source == 1 ? "31" : "09";
        uint32_t person = source * 1000 + draw(source, i, 1) % 12, obligation = draw(source, i, 2) % STEPS;
        int year = 2024 + (int)(draw(source, i, 3) % 3), month = 1 + (int)(draw(source, i, 4) % 12);
        int32_t modality = (int32_t)(draw(source, i, 5) % MODALITIES);
        if (i % 7 == 3) /* of those of either partition, and sometimes not after all, or first of all */
                tell_same(f, name, 1000 + draw(source, i, 8) % 12, 1000 * (1 + i % 2) + draw(source, i, 9) % 12,
                          draw(source, i, 10) % 4 == 0 ? -1 : 1);
        switch (draw(source, i, 0) % 5) {
        case 0:
                tell_placement(f, (struct placed){name, person, obligation, modality, territory, date(year, month, 3)});
                return;
        case 1: tell_invoice(f, (struct invoiced){name, obligation, territory, date(year, month, 9), 12345}); return;
        case 2: tell_end(f, (struct ended){name, (int32_t)(i % OUTCOMES), territory, date(year, month, 28)}); return;
        default:
                tell_hours(f, (struct validated){name, person, obligation, modality, territory, year, month,
                                                 draw(source, i, 6) % 15167, draw(source, i, 7) % 2000});
                return;
        }
}

static void step_directory(struct fixture *f, uint32_t i)
{
        if (draw(3, i, 0) % 4 == 0)
                tell_closed(f, draw(3, i, 1) % 20);
        else
                tell_organisation(f, draw(3, i, 1) % 20, i % 2 == 0 ? BUYER_SIRET : "");
}

static void step_of(struct fixture *f, uint32_t source, uint32_t i)
{
        f->world.now_ms_value = FIXTURE_NOW_MS + (int64_t)i * 86400000 * 7; /* an event has its instant from its log */
        if (source == 0)
                step_contracts(f, i);
        else if (source == 3)
                step_directory(f, i);
        else
                step_tracking(f, source, i);
}

static void assert_same_rows(struct fixture *a, struct fixture *b)
{
        struct txn *left = txn_begin_read(engine_store(a->engine), NULL);
        struct txn *right = txn_begin_read(engine_store(b->engine), NULL);
        for (size_t table = RUNTIME_TABLES; table < REPORTING_TABLES_END; table++) {
                struct scan one = scan_prefix(left, table, slice_of(NULL, 0));
                struct scan other = scan_prefix(right, table, slice_of(NULL, 0));
                assert_int_equal(txn_count(left, table) > 0,
                                 reporting_tables[table - RUNTIME_TABLES].kind == TABLE_COPY);
                while (scan_next(&one)) {
                        assert_true(scan_next(&other));
                        assert_true(slice_equal(one.key, other.key));
                        assert_true(slice_equal(one.value, other.value));
                }
                assert_false(scan_next(&other));
                scan_end(&one);
                scan_end(&other);
        }
        txn_end_read(left);
        txn_end_read(right);
}

static void test_the_order_of_sources_does_not_matter(void **state)
{
        struct fixture *f = *state;
        void *second = NULL;
        assert_int_equal(setup(&second), 0);
        struct fixture *g = second;

        for (uint32_t source = 0; source < SOURCES; source++)
                for (uint32_t i = 0; i < STEPS; i++)
                        step_of(f, source, i);
        uint32_t at[SOURCES] = {0};
        for (uint32_t turn = 0, left = SOURCES * STEPS; left > 0; turn++) {
                uint32_t source = draw(9, turn, 0) % SOURCES;
                if (at[source] == STEPS)
                        continue;
                step_of(g, source, at[source]++);
                left--;
        }
        assert_same_rows(f, g);
        assert_int_equal(fixture_close(&second), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_row_that_is_not_there_is_zeros, setup, fixture_close),
                cmocka_unit_test(test_scopes_are_read_back),
                cmocka_unit_test_setup_teardown(test_contracts_keep_their_text, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_order_of_sources_does_not_matter, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
