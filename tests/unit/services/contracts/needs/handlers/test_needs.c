/* Needs: newest first, of a territory or of all, and only those one may see. */
#include "tests/unit/services/contracts/fixture.h"

static Types__Id *need_in(struct fixture *f, Types__Id *obligation, const char *commune, uint32_t positions)
{
        Contracts__DeclareNeed *command = need_for(f, obligation);
        command->commune = arena_text(&f->arena, commune);
        command->positions = positions;
        f->world.now_ms_value += 1000; /* ids grow with time */
        return declare(f, coordinator(f), command)->need_id;
}

static const Contracts__NeedsReply *list(struct fixture *f, const Wire__Passport *actor, const char *territory)
{
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        query.territory = arena_text(&f->arena, territory);
        return fixture_get(f, actor, "Needs", &query);
}

static void test_newest_first(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        (void)need_in(f, obligation, "31555", 1);
        (void)need_in(f, obligation, "09122", 2);
        (void)need_in(f, obligation, "31069", 3);
        const Contracts__NeedsReply *all = list(f, coordinator(f), "");
        assert_int_equal(all->n_needs, 3);
        for (uint32_t i = 0; i < 3; i++)
                assert_int_equal(all->needs[i]->positions, 3 - i);
        const Contracts__NeedsReply *some = list(f, coordinator(f), "31");
        assert_int_equal(some->n_needs, 2);
        assert_int_equal(some->needs[0]->positions, 3);
        assert_int_equal(some->needs[1]->positions, 1);
}

static void test_pages(void **state)
{
        enum { NEEDS = 5 };
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        for (uint32_t i = 1; i <= NEEDS; i++)
                (void)need_in(f, obligation, "31555", i);
        static const char *const territories[] = {"", "31"};
        for (size_t t = 0; t < ARRAY_SIZE(territories); t++) {
                Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
                Types__Page page = TYPES__PAGE__INIT;
                query.territory = arena_text(&f->arena, territories[t]);
                query.page = &page;
                page.limit = 2;
                uint32_t expected = NEEDS;
                do {
                        const Contracts__NeedsReply *reply = fixture_get(f, coordinator(f), "Needs", &query);
                        for (size_t i = 0; i < reply->n_needs; i++, expected--)
                                assert_int_equal(reply->needs[i]->positions, expected);
                        page.after = reply->next;
                } while (page.after.len > 0);
                assert_int_equal(expected, 0);
        }
}

static void test_who_sees_which(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->buyer_siret = arena_text(&f->arena, "21090122900018");
        Types__Id *clause = put_clause(f, clause_on(f, import(f, record)->contract_id))->clause_id;
        Contracts__RecordObligation *command = obligation_on(f, clause);
        command->contractor_organisation = id_to(&f->arena, id_numbered(2));
        Types__Id *other = record_obligation(f, command)->obligation_id;
        (void)need_in(f, an_obligation(f), "31555", 1);
        (void)need_in(f, other, "09122", 2);
        directory_tells(f, 1, 5, BUYER_SIRET);

        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__STRUCTURE, 8), "")->n_needs, 2);
        const Contracts__NeedsReply *seen = list(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "");
        assert_int_equal(seen->n_needs, 1); /* its territory is 31 */
        assert_string_equal(seen->needs[0]->territory, "31");
        assert_int_equal(list(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "09")->n_needs, 0);
        seen = list(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "");
        assert_int_equal(seen->n_needs, 1);
        assert_int_equal(seen->needs[0]->positions, 2);
        seen = list(f, of_organisation(f, TYPES__ROLE__BUYER, 5), "");
        assert_int_equal(seen->n_needs, 1);
        assert_int_equal(seen->needs[0]->positions, 1);
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "Needs", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void fill(struct fixture *f, Types__Id *need)
{
        Contracts__CloseNeed command = CONTRACTS__CLOSE_NEED__INIT;
        command.need_id = need;
        command.state = CONTRACTS__NEED_STATE__NEED_FILLED;
        (void)fixture_get(f, coordinator(f), "CloseNeed", &command);
}

static void test_closed_ones_and_those_of_an_obligation(void **state)
{
        struct fixture *f = *state;
        Types__Id *clause = a_clause(f);
        Types__Id *obligation = record_obligation(f, obligation_on(f, clause))->obligation_id;
        Contracts__RecordObligation *second = obligation_on(f, clause);
        second->contractor_siret = arena_text(&f->arena, "38012986646850");
        second->hours = whole_hours(f, 100);
        Types__Id *other = record_obligation(f, second)->obligation_id;
        fill(f, need_in(f, obligation, "31555", 1));
        (void)need_in(f, obligation, "31555", 2);
        (void)need_in(f, other, "31555", 3);
        assert_int_equal(list(f, coordinator(f), "")->n_needs, 2);
        assert_int_equal(list(f, coordinator(f), "31")->n_needs, 2);
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        query.closed_too = true;
        const Contracts__NeedsReply *reply = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(reply->n_needs, 3);
        assert_int_equal(reply->needs[2]->state, CONTRACTS__NEED_STATE__NEED_FILLED);
        assert_int_equal(reply->needs[2]->filled, 1);
        query.obligation_id = obligation;
        reply = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(reply->n_needs, 2);
        assert_int_equal(reply->needs[0]->positions, 2);
        query.closed_too = false;
        query.obligation_id = other;
        reply = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(reply->n_needs, 1);
        Contracts__ContractFactsRequest page = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        page.contract_id = see_obligation(f, obligation)->contract_id;
        const Contracts__ContractFactsReply *facts = fixture_get(f, coordinator(f), "ContractFacts", &page);
        assert_int_equal(facts->n_needs, 3);
        assert_int_equal(facts->needs[0]->positions, 3); /* newest first */
}

static void test_one_by_its_id(void **state)
{
        struct fixture *f = *state;
        Contracts__NeedById query = CONTRACTS__NEED_BY_ID__INIT;
        Types__Id *obligation = an_obligation(f);
        query.need_id = need_in(f, obligation, "31555", 4);
        fill(f, query.need_id);
        const Contracts__NeedView *need =
                fixture_get(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "NeedById", &query);
        assert_int_equal(need->positions, 4);
        assert_int_equal(need->state, CONTRACTS__NEED_STATE__NEED_FILLED); /* closed ones too */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 99), "NeedById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        query.need_id = need_in(f, obligation, "09122", 2); /* not of the prescriber's territory */
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 8), "NeedById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_a_territory_that_is_none(void **state)
{
        struct fixture *f = *state;
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        query.territory = arena_text(&f->arena, "Toulouse");
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "Needs", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "territory");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_newest_first, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_sees_which, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_closed_ones_and_those_of_an_obligation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_by_its_id, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_territory_that_is_none, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
