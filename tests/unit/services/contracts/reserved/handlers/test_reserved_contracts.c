/* ReservedContracts: pages by year and buyer, by ground and by how the facilitator takes part. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static const Contracts__ReservedContractsReply *list(struct fixture *f, const Wire__Passport *actor,
                                                     const Contracts__ReservedContractsRequest *query)
{
        return fixture_get(f, actor, "ReservedContracts", query);
}

static void enter_one(struct fixture *f, const char *siret, const char *object, int year,
                      Contracts__ReservationGround ground)
{
        Contracts__EnterReserved *command = five_fields(f);
        command->buyer_siret = arena_text(&f->arena, siret);
        command->object = arena_text(&f->arena, object);
        command->notified_on = a_day(f, year, 6, 1);
        command->ground = ground;
        command->involvement = CONTRACTS__INVOLVEMENT__NOT_INVOLVED;
        command->holder_siret = arena_text(&f->arena, "");
        command->holder_name = arena_text(&f->arena, "Atelier du Midi");
        (void)enter(f, facilitator(f), command);
}

static void fill(struct fixture *f)
{
        enter_one(f, BUYER_SIRET, "A", 2025, IN_GROUND(IAE));
        enter_one(f, BUYER_SIRET, "B", 2026, IN_GROUND(HANDICAP));
        enter_one(f, BUYER_SIRET, "C", 2026, IN_GROUND(IAE));
        enter_one(f, "21090122900018", "D", 2026, IN_GROUND(IAE));
}

static void test_filters(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservedContractsRequest query = CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        fill(f);
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 4);
        query.year = 2026;
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 3);
        query.ground = IN_GROUND(IAE);
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 2);
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        const Contracts__ReservedContractsReply *reply = list(f, coordinator(f), &query);
        assert_int_equal(reply->n_lines, 1);
        assert_string_equal(reply->lines[0]->object, "C");
        assert_int_equal(reply->lines[0]->check->verdict, CONTRACTS__RESERVATION_VERDICT__RESERVATION_TO_CHECK);
        query.involvement = CONTRACTS__INVOLVEMENT__SOURCING;
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 0);
        query = (Contracts__ReservedContractsRequest)CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, "21090122900018"); /* of all years */
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 1);
        query.buyer_siret = arena_text(&f->arena, "2");
        (void)fixture_refused(f, coordinator(f), "ReservedContracts", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* The buyer of a contract of ours was a slip and is mended: the contract moves from one list to the other. */
static void test_a_buyer_that_changes(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservedContractsRequest query = CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        const Contracts__EnterReservedReply *entered = enter(f, facilitator(f), five_fields(f));
        Contracts__AmendContract amend = CONTRACTS__AMEND_CONTRACT__INIT;
        amend.contract_id = entered->contract_id;
        amend.record = see_facts(f, coordinator(f), entered->contract_id)->contract->record;
        amend.record->buyer_siret = arena_text(&f->arena, "21090122900018");
        amend.reason = arena_text(&f->arena, "SIRET de l'acheteur corrigé");
        (void)fixture_get(f, facilitator(f), "AmendContract", &amend);
        query.year = 2026;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 0);
        query.buyer_siret = amend.record->buyer_siret;
        assert_int_equal(list(f, coordinator(f), &query)->n_lines, 1);
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservedContractsRequest query = CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        size_t seen = 0, pages = 0;
        fill(f);
        query.page = &page;
        page.limit = 1;
        do {
                const Contracts__ReservedContractsReply *reply = list(f, coordinator(f), &query);
                seen += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0 && ++pages < 10);
        assert_int_equal(seen, 4);
        assert_int_equal(pages, 3);
}

static void test_whose(void **state)
{
        struct fixture *f = *state;
        Contracts__ReservedContractsRequest query = CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        const Wire__Passport *buyer = of_organisation(f, TYPES__ROLE__BUYER, 5);
        fill(f);
        (void)fixture_refused(f, buyer, "ReservedContracts", &query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 1, 5, BUYER_SIRET);
        query.buyer_siret = arena_text(&f->arena, "21090122900018"); /* whatever it asks */
        assert_int_equal(list(f, buyer, &query)->n_lines, 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_filters, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_that_changes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
