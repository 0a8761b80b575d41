#include "tests/unit/services/reporting/fixture.h"

#include "common/base/local_time.h"

static void test_a_contract_counts_in_its_year_and_department(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .department = "31"});
        tell_contract(f, (struct published){.contract = 3, .department = "31"});
        tell_contract(f, (struct published){.contract = 4, .year = 2025});
        assert_int_equal(demand_of(f, 2025, "31").contracts, 2);
        assert_int_equal(demand_of(f, 0, "31").contracts, 1);  /* no day of notification was published */
        assert_int_equal(demand_of(f, 2025, "").contracts, 1); /* no place */
}

static void test_each_consideration_counts_and_unknown_is_not_none(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1,
                                            .year = 2025,
                                            .social = {SOCIAL(SOCIAL_CLAUSE), SOCIAL(SOCIAL_CRITERION)}});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .social = {SOCIAL(NO_SOCIAL)}});
        tell_contract(f, (struct published){.contract = 3, .year = 2025});
        struct demand demand = demand_of(f, 2025, "");
        assert_int_equal(demand.contracts, 3);
        assert_int_equal(demand.by_consideration[SOCIAL(SOCIAL_CLAUSE)], 1);
        assert_int_equal(demand.by_consideration[SOCIAL(SOCIAL_CRITERION)], 1);
        assert_int_equal(demand.by_consideration[SOCIAL(NO_SOCIAL)], 1);
        assert_int_equal(demand.by_consideration[SOCIAL(SOCIAL_UNKNOWN)], 1);
        assert_int_equal(demand.by_consideration[SOCIAL(RESERVED)], 0);
}

static void test_a_contract_published_again_leaves_where_it_was_counted(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){
                                 .contract = 1, .year = 2024, .department = "31", .social = {SOCIAL(SOCIAL_CLAUSE)}});
        tell_clause(f, 1);
        tell_contract(
                f,
                (struct published){
                        .contract = 1, .year = 2025, .department = "09", .social = {SOCIAL(RESERVED)}, .again = true});
        static const struct demand nothing;
        struct demand before = demand_of(f, 2024, "31"), after = demand_of(f, 2025, "09");
        assert_memory_equal(&before, &nothing, sizeof(before));
        assert_int_equal(after.contracts, 1);
        assert_int_equal(after.with_clause, 1);                             /* what was put on it stays on it */
        assert_int_equal(after.by_consideration[SOCIAL(SOCIAL_CLAUSE)], 1); /* of ours, whatever is published */
        assert_int_equal(after.by_consideration[SOCIAL(RESERVED)], 1);
}

/* New Year's Eve: at half past eleven in UTC it is the next year in Paris, in Cayenne it is not; at nine in the
 * evening it is in Saint-Denis. */
static void test_the_year_is_that_of_the_territory(void **state)
{
        static const struct {
                int hour, minute;
                const char *territory;
                int year;
        } vectors[] = {{23, 30, "31", 2027}, {23, 30, "973", 2026}, {21, 0, "974", 2027}, {21, 0, "31", 2026}};
        struct fixture *f = *state;
        int64_t eve_ms = (int64_t)day_number(date(2026, 12, 31)) * 86400000;
        for (uint32_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                uint32_t year = (uint32_t)vectors[i].year;
                f->world.now_ms_value = eve_ms + (vectors[i].hour * 60 + vectors[i].minute) * INT64_C(60000);
                struct demand before = demand_of(f, year, vectors[i].territory);
                tell_obligation(f, (struct obliged){1, 10 + i, 100, vectors[i].territory});
                tell_need(f, vectors[i].territory, 3);
                struct demand after = demand_of(f, year, vectors[i].territory);
                if (after.obligations != before.obligations + 1 || after.needs != before.needs + 1)
                        fail_msg("%02d:%02d in %s is not of %d", vectors[i].hour, vectors[i].minute,
                                 vectors[i].territory, vectors[i].year);
        }
}

static void test_an_amended_need_moves_its_positions(void **state)
{
        struct fixture *f = *state;
        uint32_t year = year_of_day(local_day("31", FIXTURE_NOW_MS));
        tell_need(f, "31", 3);
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__NeedAmended amended = CONTRACTS__NEED_AMENDED__INIT;
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        amended.need_id = id_to(&f->arena, id_derived(FIXTURE_NOW_MS, slice_of("need", 4)));
        amended.contract_id = id_message(f, CONTRACT, 1);
        amended.need = &need;
        need.need_id = amended.need_id;
        need.contract_id = amended.contract_id;
        amended.former_territory = (char *)"31";
        amended.former_positions = 3;
        need.territory = (char *)"09";
        need.positions = 4;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_AMENDED;
        event.need_amended = &amended;
        tell(f, "contracts-1", &event);
        assert_int_equal(demand_of(f, year, "31").positions, 0);
        assert_int_equal(demand_of(f, year, "09").positions, 4);
        assert_int_equal(demand_of(f, year, "31").needs, 0);
        assert_int_equal(demand_of(f, year, "09").needs, 1);
}

/* A need goes with its contract, whose kind was set right: whatever the need's own event said of it. */
static void test_needs_follow_the_kind_of_their_contract(void **state)
{
        struct fixture *f = *state;
        uint32_t year = year_of_day(local_day("", FIXTURE_NOW_MS));
        tell_private(f, 1, NULL);
        tell_need(f, "31", 3); /* of before events said whose it is */
        assert_int_equal(demand_of(f, year, "31").needs, 0);
        tell_kind(f, 1, CONTRACTS__CONTRACT_KIND__MARKET);
        assert_int_equal(demand_of(f, year, "31").needs, 1);
        assert_int_equal(demand_of(f, year, "31").positions, 3);
        tell_kind(f, 1, CONTRACTS__CONTRACT_KIND__PRIVATE);
        assert_int_equal(demand_of(f, year, "31").needs, 0);
        assert_int_equal(demand_of(f, year, "31").positions, 0);
}

static void test_an_amendment_changes_what_is_due(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        uint32_t year = year_of_day(local_day("", FIXTURE_NOW_MS));
        int64_t before = demand_of(f, year, "31").due_hundredths;
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__CLAUSE, CONTRACTS__ACCOUNT__DUE, -2000});
        assert_int_equal(demand_of(f, year, "31").due_hundredths, before - 2000);
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__WAIVED, 500});
        assert_int_equal(demand_of(f, year, "31").due_hundredths, before - 2000); /* demanded all the same */
        assert_int_equal(demand_of(f, year, "31").obligations, 1);
        tell_parts(f, 1, 1, 700); /* of tranches and renewals, by each of their three kinds of event */
        assert_int_equal(demand_of(f, year, "31").due_hundredths, before - 2000 + 3 * 700);
}

/* What a member that left leaves behind passes to another, or is owed no more. */
static void test_a_member_that_left(void **state)
{
        struct fixture *f = *state;
        uint32_t year = year_of_day(local_day("", FIXTURE_NOW_MS));
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        tell_obligation(f, (struct obliged){1, 2, 10000, "31"});
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__MemberLeft left = CONTRACTS__MEMBER_LEFT__INIT;
        Contracts__Posting out = CONTRACTS__POSTING__INIT, *postings[] = {&out};
        out.contract_id = id_message(f, CONTRACT, 1);
        out.obligation_id = id_message(f, OBLIGATION, 2);
        out.from = CONTRACTS__ACCOUNT__DUE;
        out.to = CONTRACTS__ACCOUNT__WAIVED;
        out.hours = hours_to(&f->arena, hours_of_hundredths(4000));
        left.postings = postings, left.n_postings = 1;
        event.body_case = CONTRACTS__EVENT__BODY_MEMBER_LEFT;
        event.member_left = &left;
        tell(f, "contracts-1", &event);
        assert_int_equal(demand_of(f, year, "31").remaining_hundredths, 56000);
        assert_int_equal(demand_of(f, year, "31").waived_hundredths, 4000);
}

/* One contract's surplus pays no other's debt; what was waived is owed no more; the rest of the ledger owes nothing. */
static void test_what_remains_is_summed_obligation_by_obligation(void **state)
{
        struct fixture *f = *state;
        uint32_t year = year_of_day(local_day("", FIXTURE_NOW_MS));
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        tell_obligation(f, (struct obliged){2, 2, 10000, "31"});
        tell_posted(f, 2, 15000); /* more than it owed */
        tell_posted(f, 1, 20000);
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__WAIVED, 500});
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__PLANNED, CONTRACTS__ACCOUNT__FORECAST, 77700});
        struct demand demand = demand_of(f, year, "31");
        assert_int_equal(demand.due_hundredths, 60000);
        assert_int_equal(demand.remaining_hundredths, 50000 - 20000 - 500);
        assert_int_equal(demand.surplus_hundredths, 5000);
        assert_int_equal(demand.waived_hundredths, 500);
        tell_posted(f, 2, -7000); /* a correction */
        demand = demand_of(f, year, "31");
        assert_int_equal(demand.remaining_hundredths, 50000 - 20000 - 500 + 2000);
        assert_int_equal(demand.surplus_hundredths, 0);
}

static void withdraw_clause(struct fixture *f, uint32_t contract, uint32_t clause)
{
        Contracts__Event act = CONTRACTS__EVENT__INIT;
        Contracts__ClausePut put = CONTRACTS__CLAUSE_PUT__INIT;
        put.contract_id = id_message(f, CONTRACT, contract);
        put.clause_id = id_message(f, CLAUSE, clause);
        act.body_case = CONTRACTS__EVENT__BODY_CLAUSE_PUT;
        act.clause_put = &put;
        tell_withdrawn(f, &act, "autre contrat");
}

/* Put anew it is the same clause: two withdrawals, one of each act, take it away, and one does not. */
static void test_a_clause_that_is_put_again_is_one_clause(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_clause(f, 1);
        tell_clause(f, 1);
        tell_clause_of(f, 1, 9);
        withdraw_clause(f, 1, 9);
        withdraw_clause(f, 1, 9); /* nothing more to withdraw */
        assert_int_equal(demand_of(f, 2025, "31").with_clause, 1);
        withdraw_clause(f, 1, 1);
        assert_int_equal(demand_of(f, 2025, "31").with_clause, 1);
        withdraw_clause(f, 1, 1);
        assert_int_equal(demand_of(f, 2025, "31").with_clause, 0);
        assert_int_equal(demand_of(f, 2025, "31").contracts, 1);
}

static void test_a_contract_with_two_clauses_has_a_clause(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        assert_int_equal(demand_of(f, 2025, "31").with_clause, 0);
        tell_clause(f, 1);
        tell_clause_of(f, 1, 9); /* another lot */
        assert_int_equal(demand_of(f, 2025, "31").with_clause, 1);
        assert_int_equal(demand_of(f, 2025, "31").contracts, 1);
}

/* Neither "not told" nor "none" where a clause of ours hangs on it, or a lot is known to be reserved. */
static void test_what_is_known_here_is_told(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025});
        tell_contract(f, (struct published){.contract = 2, .year = 2025, .social = {SOCIAL(NO_SOCIAL)}});
        tell_clause(f, 1);
        tell_clause(f, 2);
        struct demand demand = demand_of(f, 2025, "");
        assert_int_equal(demand.by_consideration[SOCIAL(SOCIAL_UNKNOWN)], 0);
        assert_int_equal(demand.by_consideration[SOCIAL(NO_SOCIAL)], 0);
        assert_int_equal(demand.by_consideration[SOCIAL(SOCIAL_CLAUSE)], 2);
}

static void test_a_reserved_lot_is_told(void **state)
{
        struct fixture *f = *state;
        tell_contract(f, (struct published){.contract = 1, .year = 2025});
        tell_reserved(f, 1, 2, true);
        tell_reserved(f, 1, 3, true);
        tell_reserved(f, 1, 3, true); /* put anew */
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .again = true});
        tell_reserved(f, 1, 3, false);
        assert_int_equal(demand_of(f, 2025, "").by_consideration[SOCIAL(RESERVED)], 1);
        assert_int_equal(demand_of(f, 2025, "").by_consideration[SOCIAL(SOCIAL_UNKNOWN)], 0);
        tell_drafted(f, 1, true);
        tell_reserved(f, 1, 2, false);
        assert_int_equal(demand_of(f, 2025, "").by_consideration[SOCIAL(RESERVED)], 1); /* its documents say it */
        tell_drafted(f, 1, false);
        assert_int_equal(demand_of(f, 2025, "").by_consideration[SOCIAL(RESERVED)], 0);
        assert_int_equal(demand_of(f, 2025, "").by_consideration[SOCIAL(SOCIAL_UNKNOWN)], 1);
}

static void test_obligations_and_needs_count_in_the_year_of_their_event(void **state)
{
        struct fixture *f = *state;
        tell_obligation(f, (struct obliged){1, 1, 83300, "31"});
        tell_obligation(f, (struct obliged){1, 2, 10000, NULL});
        tell_need(f, "31", 2);
        f->world.now_ms_value += INT64_C(366) * 86400000;
        tell_need(f, "31", 3);
        assert_int_equal(demand_of(f, 2026, "31").obligations, 1);
        assert_int_equal(demand_of(f, 2026, "31").due_hundredths, 83300);
        assert_int_equal(demand_of(f, 2026, "").due_hundredths, 10000);
        assert_int_equal(demand_of(f, 2026, "31").needs, 1);
        assert_int_equal(demand_of(f, 2026, "31").positions, 2);
        assert_int_equal(demand_of(f, 2027, "31").needs, 1);
        assert_int_equal(demand_of(f, 2027, "31").positions, 3);
}

static void test_what_is_not_known_changes_nothing(void **state)
{
        struct fixture *f = *state;
        Contracts__Event later = CONTRACTS__EVENT__INIT;
        tell_unknown(f, "contracts-1", &later);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        for (size_t table = RUNTIME_TABLES; table < REPORTING_TABLES_END; table++)
                assert_int_equal(txn_count(txn, table), 0);
        txn_end_read(txn);
}

/* A private contract is none of the public ones, with its clause or without; its hours are work all the same. */
static void test_a_private_contract_is_not_counted(void **state)
{
        struct fixture *f = *state;
        static const struct demand nothing;
        tell_private(f, 1, NULL);
        tell_clause(f, 1);
        tell_obligation(f, (struct obliged){1, 1, 50000, "31"});
        tell_posted(f, 1, 20000);
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__CLAUSE, CONTRACTS__ACCOUNT__DUE, 10000});
        tell_moved(f, (struct moved){1, 1, CONTRACTS__ACCOUNT__DUE, CONTRACTS__ACCOUNT__WAIVED, 500});
        struct demand demand = demand_of(f, 2026, "31");
        assert_memory_equal(&demand, &nothing, sizeof(demand));

        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__ContractAmended amended = CONTRACTS__CONTRACT_AMENDED__INIT;
        struct published published = {.contract = 1, .year = 2026, .department = "31"};
        amended.contract_id = id_message(f, CONTRACT, 1);
        amended.record = record_of(f, &published);
        amended.record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_AMENDED;
        event.contract_amended = &amended;
        tell(f, "contracts-1", &event); /* its kind was a slip */
        assert_int_equal(demand_of(f, 2026, "31").contracts, 1);
        assert_int_equal(demand_of(f, 2026, "31").with_clause, 1);
        assert_int_equal(demand_of(f, 2026, "31").obligations, 1); /* and so was that nothing of it was counted */
        assert_int_equal(demand_of(f, 2026, "31").due_hundredths, 60000);
        assert_int_equal(demand_of(f, 2026, "31").remaining_hundredths, 39500);
        assert_int_equal(demand_of(f, 2026, "31").waived_hundredths, 500);
        amended.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        tell(f, "contracts-1", &event);
        tell_posted(f, 1, 5000);
        demand = demand_of(f, 2026, "31");
        assert_memory_equal(&demand, &nothing, sizeof(demand));
}

static void tell_joined(struct fixture *f, uint32_t contract, uint32_t twin, bool joined)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        Contracts__PublicationsJoined join = CONTRACTS__PUBLICATIONS_JOINED__INIT;
        Contracts__PublicationsSeparated separate = CONTRACTS__PUBLICATIONS_SEPARATED__INIT;
        join.contract_id = separate.contract_id = id_message(f, CONTRACT, contract);
        join.twin_id = separate.twin_id = id_message(f, CONTRACT, twin);
        event.body_case =
                joined ? CONTRACTS__EVENT__BODY_PUBLICATIONS_JOINED : CONTRACTS__EVENT__BODY_PUBLICATIONS_SEPARATED;
        if (joined)
                event.publications_joined = &join;
        else
                event.publications_separated = &separate;
        tell(f, "contracts-1", &event);
}

/* An import of running contracts is taken back: all that it told of one is one act. */
static void test_an_opening_that_is_withdrawn(void **state)
{
        struct fixture *f = *state;
        Contracts__Event opening = CONTRACTS__EVENT__INIT, clause = CONTRACTS__EVENT__INIT,
                         event = CONTRACTS__EVENT__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__ClausePut put = CONTRACTS__CLAUSE_PUT__INIT;
        Contracts__ActWithdrawn withdrawn = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__WithdrawnAct acts[2] = {CONTRACTS__WITHDRAWN_ACT__INIT, CONTRACTS__WITHDRAWN_ACT__INIT};
        Contracts__WithdrawnAct *all[] = {&acts[0], &acts[1]};
        struct published published = {.contract = 1, .year = 2026, .department = "31"};
        opened.contract_id = put.contract_id = withdrawn.contract_id = id_message(f, CONTRACT, 1);
        opened.record = record_of(f, &published);
        put.clause_id = id_message(f, CLAUSE, 1);
        opening.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        opening.contract_opened = &opened;
        clause.body_case = CONTRACTS__EVENT__BODY_CLAUSE_PUT;
        clause.clause_put = &put;
        tell(f, "contracts-1", &opening);
        tell(f, "contracts-1", &clause);
        const Reporting__ConsolidationReply *reply = consolidation(f, 2026, "31");
        assert_int_equal(reply->contracts, 1);
        assert_int_equal(reply->contracts_with_clause, 1);

        acts[0].event = pb_bytes(pb_encode(&opening, &f->arena));
        acts[1].event = pb_bytes(pb_encode(&clause, &f->arena));
        withdrawn.acts = all;
        withdrawn.n_acts = 2;
        withdrawn.reason = arena_text(&f->arena, "Import annulé");
        withdrawn.withdrawn_on = day_to(&f->arena, date(2026, 10, 1));
        event.body_case = CONTRACTS__EVENT__BODY_ACT_WITHDRAWN;
        event.act_withdrawn = &withdrawn;
        tell(f, "contracts-1", &event);
        reply = consolidation(f, 2026, "31");
        assert_int_equal(reply->contracts, 0);
        assert_int_equal(reply->contracts_with_clause, 0);
}

static void test_what_was_published_twice_counts_once(void **state)
{
        struct fixture *f = *state;
        struct published twin = {.contract = 2, .year = 2025, .department = "31", .social = {SOCIAL(SOCIAL_CLAUSE)}};
        tell_contract(f, (struct published){.contract = 1, .year = 2025, .department = "31"});
        tell_contract(f, twin);
        tell_joined(f, 1, 2, true);
        assert_int_equal(demand_of(f, 2025, "31").contracts, 1);
        assert_int_equal(demand_of(f, 2025, "31").by_consideration[SOCIAL(SOCIAL_CLAUSE)], 0);
        twin.again = true;
        tell_contract(f, twin); /* published again, it is still the same one */
        assert_int_equal(demand_of(f, 2025, "31").contracts, 1);
        tell_joined(f, 1, 2, false);
        assert_int_equal(demand_of(f, 2025, "31").contracts, 2);
        assert_int_equal(demand_of(f, 2025, "31").by_consideration[SOCIAL(SOCIAL_CLAUSE)], 1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_contract_counts_in_its_year_and_department, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_each_consideration_counts_and_unknown_is_not_none, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contract_published_again_leaves_where_it_was_counted, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_an_opening_that_is_withdrawn, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_was_published_twice_counts_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_year_is_that_of_the_territory, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_amended_need_moves_its_positions, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_needs_follow_the_kind_of_their_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_amendment_changes_what_is_due, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_known_here_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_reserved_lot_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contract_with_two_clauses_has_a_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_clause_that_is_put_again_is_one_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_obligations_and_needs_count_in_the_year_of_their_event, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_contract_is_not_counted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_not_known_changes_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_member_that_left, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_remains_is_summed_obligation_by_obligation, setup,
                                                fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
