/* ReservedStatistics: counts by ground, by how the facilitator takes part, by buyer, by year. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static const Contracts__ReservedStatisticsReply *figures(struct fixture *f, const Wire__Passport *actor, uint32_t year)
{
        Contracts__ReservedStatisticsRequest query = CONTRACTS__RESERVED_STATISTICS_REQUEST__INIT;
        query.year = year;
        return fixture_get(f, actor, "ReservedStatistics", &query);
}

static void enter_with(struct fixture *f, const char *object, int year, Contracts__Involvement involvement)
{
        Contracts__EnterReserved *command = five_fields(f);
        command->object = arena_text(&f->arena, object);
        command->notified_on = a_day(f, year, 6, 1 + object[0] - 'A');
        command->involvement = involvement;
        command->follows_persons = involvement == CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP;
        (void)enter(f, facilitator(f), command);
}

static void test_counts(void **state)
{
        struct fixture *f = *state;
        enter_with(f, "A", 2026, CONTRACTS__INVOLVEMENT__NOT_INVOLVED);
        enter_with(f, "B", 2026, CONTRACTS__INVOLVEMENT__SOURCING);
        enter_with(f, "C", 2026, CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP);
        enter_with(f, "D", 2025, CONTRACTS__INVOLVEMENT__INVOLVEMENT_UNKNOWN);
        Contracts__ContractRecord *record = a_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        record->buyer_siret = arena_text(&f->arena, "21090122900018");
        Contracts__RecordReserved *both = an_entry(f, import(f, record)->contract_id, IN_GROUND(HANDICAP));
        add_ground(f, &both->entry->grounds, &both->entry->n_grounds, IN_GROUND(IAE));
        (void)record_reserved(f, both); /* unlawful: a concession on two grounds */

        const Contracts__ReservedStatisticsReply *reply = figures(f, auditor(f), 2026);
        assert_int_equal(reply->total->contracts, 4);
        assert_int_equal(reply->total->iae, 4);
        assert_int_equal(reply->total->handicap, 1);
        assert_int_equal(reply->total->not_involved, 1);
        assert_int_equal(reply->total->sourcing, 1);
        assert_int_equal(reply->total->follow_up, 1);
        assert_int_equal(reply->total->with_persons, 1);
        assert_int_equal(reply->total->not_told, 1);
        assert_int_equal(reply->total->invalid, 1);
        assert_int_equal(reply->n_buyers, 2);
        assert_int_equal(figures(f, auditor(f), 0)->total->contracts, 5);
        directory_tells(f, 1, 5, BUYER_SIRET);
        assert_int_equal(figures(f, of_organisation(f, TYPES__ROLE__BUYER, 5), 0)->total->contracts, 4);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_counts, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
