/* A lot that the documents reserve is counted from its award, in the year of that; nobody enters it. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

static const Contracts__ReservedCount *figures(struct fixture *f, uint32_t year)
{
        Contracts__ReservedStatisticsRequest query = CONTRACTS__RESERVED_STATISTICS_REQUEST__INIT;
        query.year = year;
        const Contracts__ReservedStatisticsReply *reply = fixture_get(f, coordinator(f), "ReservedStatistics", &query);
        return reply->total;
}

static const Contracts__RecordReservedReply *recorded_as(struct fixture *f, Types__Id *contract,
                                                         Contracts__ReservationGround ground)
{
        Contracts__RecordReserved command = CONTRACTS__RECORD_RESERVED__INIT;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        command.contract_id = contract;
        command.entry = &entry;
        entry.lot = 1;
        entry.grounds = &ground;
        entry.n_grounds = 1;
        entry.notified_on = a_day(f, 2026, 11, 20);
        return fixture_get(f, coordinator(f), "RecordReserved", &command);
}

static Types__Id *an_award(struct fixture *f, Contracts__DraftReservation reservation)
{
        Types__Id *contract = a_consultation(f);
        Contracts__PutDraftItems *items = items_for(f, contract, 0);
        Contracts__Offer *winners = pb_new(&contracts__offer__descriptor, &f->arena);
        items->items->lever = CONTRACTS__DRAFT_LEVER__RESERVED_LEVER;
        items->items->reservation = reservation;
        (void)put_clause(f, clause_on(f, contract));
        (void)put_items(f, items);
        f->world.now_ms_value += 24 * A_DAY_MS;
        assert_int_equal(figures(f, 0)->contracts, 0); /* not yet */
        add_member(f, winners, CONTRACTOR_SIRET, "Peintures du Lauragais");
        Contracts__AwardContract *award = award_of(f, contract, NULL);
        award->winners = winners->members;
        award->n_winners = 1;
        (void)fixture_get(f, the_buyer(f), "AwardContract", award);
        return contract;
}

static void test_a_lot_counts_from_its_award(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_award(f, CONTRACTS__DRAFT_RESERVATION__TO_DISABILITY_AND_INTEGRATION);
        assert_int_equal(figures(f, 2026)->contracts, 1);
        assert_int_equal(figures(f, 2026)->iae, 1);
        assert_int_equal(figures(f, 2026)->handicap, 1);
        assert_int_equal(figures(f, 2025)->contracts, 0);

        Contracts__ReservedContractsRequest list = CONTRACTS__RESERVED_CONTRACTS_REQUEST__INIT;
        list.year = 2026;
        const Contracts__ReservedContractsReply *lines = fixture_get(f, coordinator(f), "ReservedContracts", &list);
        assert_int_equal(lines->n_lines, 1);
        assert_string_equal(lines->lines[0]->entry->holder_siret, CONTRACTOR_SIRET);
        Contracts__ContractFactsRequest page = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        page.contract_id = contract;
        const Contracts__ContractFactsReply *facts = fixture_get(f, coordinator(f), "ContractFacts", &page);
        assert_int_equal(facts->n_reservations, 1);
        assert_int_equal(facts->contract->n_social, 2); /* reserved, with a clause */

        /* What is recorded of the lot says more, and stands in its place. */
        (void)recorded_as(f, contract, CONTRACTS__RESERVATION_GROUND__RESERVED_IAE);
        assert_int_equal(figures(f, 2026)->contracts, 1);
        assert_int_equal(figures(f, 2026)->handicap, 0);
}

static void test_no_longer_where_the_award_or_the_reservation_is_gone(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_award(f, CONTRACTS__DRAFT_RESERVATION__TO_INTEGRATION);
        uint64_t act = last_act(f) - 2;                             /* then ObligationRecorded, CommitmentRecorded */
        Contracts__PutDraftItems *open = items_for(f, contract, 1); /* this lot is not */
        (void)put_items(f, open);
        assert_int_equal(figures(f, 2026)->contracts, 0);
        open->items->lever = CONTRACTS__DRAFT_LEVER__DRAFT_LEVER_UNKNOWN; /* as of all lots */
        (void)put_items(f, open);
        assert_int_equal(figures(f, 2026)->contracts, 1);
        Contracts__WithdrawAct *command = withdrawal_of(f, contract, act);
        (void)fixture_get(f, the_buyer(f), "WithdrawAct", command);
        assert_int_equal(figures(f, 0)->contracts, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_lot_counts_from_its_award, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_longer_where_the_award_or_the_reservation_is_gone, setup,
                                                fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
