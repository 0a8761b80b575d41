/* AssociationStatistics: of one year, by buyer and reason. */
#include "tests/unit/services/contracts/association/association_fixture.h"

#define OTHER_BUYER "26310012500016"

static Types__Id *contract_of(struct fixture *f, const char *siret, unsigned number)
{
        Contracts__ContractRecord *record = a_record(f);
        record->buyer_siret = arena_text(&f->arena, siret);
        record->number = arena_printf(&f->arena, "2026-%03u", number);
        return import(f, record)->contract_id;
}

static const Contracts__AssociationStatisticsReply *of_year(struct fixture *f, const Wire__Passport *actor,
                                                            uint32_t year)
{
        Contracts__AssociationStatisticsRequest query = CONTRACTS__ASSOCIATION_STATISTICS_REQUEST__INIT;
        query.year = year;
        return fixture_get(f, actor, "AssociationStatistics", &query);
}

static void test_by_buyer_and_reason(void **state)
{
        struct fixture *f = *state;
        (void)fixture_get(f, facilitator(f), "RecordAssociation", associated(f, contract_of(f, BUYER_SIRET, 1)));
        decline(f, contract_of(f, BUYER_SIRET, 2));
        Types__Id *resumed = contract_of(f, OTHER_BUYER, 3);
        decline(f, resumed);
        (void)fixture_get(f, facilitator(f), "ResumeContract", resuming(f, resumed));

        const Contracts__AssociationStatisticsReply *all = of_year(f, coordinator(f), 2026);
        assert_int_equal(all->n_buyers, 2);
        assert_string_equal(all->buyers[0]->buyer_siret, BUYER_SIRET);
        assert_int_equal(all->buyers[0]->associated, 1);
        assert_int_equal(all->buyers[0]->not_associated, 1);
        assert_int_equal(all->buyers[0]->declined, 1);
        assert_int_equal(all->buyers[0]->resumed, 0);
        assert_int_equal(all->buyers[1]->resumed, 1);
        assert_int_equal(all->total->declined, 2);
        assert_int_equal(all->total->not_associated, 2);
        assert_int_equal(all->total->n_reasons, 1);
        assert_int_equal(all->total->reasons[0]->reason, CONTRACTS__DECLINE_REASON__NAMED_WITHOUT_NOTICE);
        assert_int_equal(all->total->reasons[0]->contracts, 2);
        assert_int_equal(of_year(f, coordinator(f), 2025)->n_buyers, 0);
}

/* Said in one year, declined in the next: it counts where it was declined. */
static void test_the_year_of_the_decline(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = contract_of(f, BUYER_SIRET, 1);
        (void)fixture_get(f, facilitator(f), "RecordAssociation", not_associated(f, contract));
        assert_int_equal(of_year(f, coordinator(f), 2026)->total->not_associated, 1);
        f->world.now_ms_value += INT64_C(100) * 86400000;
        (void)fixture_get(f, facilitator(f), "DeclineContract", declining(f, contract));
        assert_int_equal(of_year(f, coordinator(f), 2026)->n_buyers, 0);
        assert_int_equal(of_year(f, coordinator(f), 2027)->total->declined, 1);
}

static void test_a_buyer_reads_its_own(void **state)
{
        struct fixture *f = *state;
        decline(f, contract_of(f, BUYER_SIRET, 1));
        decline(f, contract_of(f, OTHER_BUYER, 2));
        directory_tells(f, 1, 5, OTHER_BUYER);
        const Contracts__AssociationStatisticsReply *own = of_year(f, of_organisation(f, TYPES__ROLE__BUYER, 5), 2026);
        assert_int_equal(own->n_buyers, 1);
        assert_string_equal(own->buyers[0]->buyer_siret, OTHER_BUYER);
        assert_int_equal(own->total->declined, 1);
        Contracts__AssociationStatisticsRequest query = CONTRACTS__ASSOCIATION_STATISTICS_REQUEST__INIT;
        (void)fixture_refused(f, coordinator(f), "AssociationStatistics", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.year = 2026;
        query.buyer_siret = arena_text(&f->arena, "213");
        (void)fixture_refused(f, coordinator(f), "AssociationStatistics", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        query.buyer_siret = arena_text(&f->arena, "");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "AssociationStatistics", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_by_buyer_and_reason, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_year_of_the_decline, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_reads_its_own, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
