/* LinkPublication, UnlinkPublication: what was published stands beside our own truth, on the page of facts too. */
#include "tests/unit/services/contracts/publication/full_record.h"

static Contracts__LinkPublication *link_of(struct fixture *f, Types__Id *ours, Types__Id *published)
{
        Contracts__LinkPublication *command = pb_new(&contracts__link_publication__descriptor, &f->arena);
        command->contract_id = ours;
        command->published_contract_id = published;
        return command;
}

static const Contracts__ContractFactsReply *facts(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, coordinator(f), "ContractFacts", &query);
}

static void test_both_are_kept(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_full_record(f);
        ours->amount = euros(f, 1200000);
        Types__Id *contract = opened(f, ours), *published = import(f, a_full_record(f))->contract_id;
        linked(f, contract, published);

        const Contracts__ContractFactsReply *page = facts(f, contract);
        assert_int_equal(page->contract->record->amount->cents, 120000000);
        assert_int_equal(page->published->amount->cents, 100000000);
        assert_true(id_equal(id_of(page->published_contract_id), id_of(published)));
        assert_int_equal(page->n_differences, 1);
        assert_string_equal(page->differences[0]->field, "montant");
        assert_non_null(strstr(page->history[0]->text, "rapproché de sa publication n° 2026-031"));
        assert_int_equal(page->n_calendar, 1);
        assert_int_equal(page->calendar[0]->state, CONTRACTS__CALENDAR_STATE__KEPT);

        uint64_t position = engine_position(f->engine);
        linked(f, contract, published); /* again: nothing happens */
        assert_int_equal(engine_position(f->engine), position);
}

/* A later file completes the publication; the link shows it. */
static void test_the_publication_goes_on(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, a_full_record(f)), *published = import(f, a_full_record(f))->contract_id;
        linked(f, contract, published);
        Contracts__ContractRecord *more = a_full_record(f);
        add_modification(f, more, 1, a_day(f, 2026, 6, 1), 1200000);
        (void)import(f, more);
        assert_int_equal(facts(f, contract)->published->n_modifications, 1);
        assert_int_equal(facts(f, contract)->contract->record->n_modifications, 0);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, a_full_record(f)), *published = import(f, a_full_record(f))->contract_id;
        Contracts__ContractRecord *foreign = a_full_record(f);
        foreign->buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        Types__Id *of_another = import(f, foreign)->contract_id, *unknown = id_to(&f->arena, id_numbered(77));

        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, unknown, published),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, contract, unknown),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, published, contract),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, contract, contract),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, contract, of_another),
                                TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_non_null(strstr(refusal->text, "autre acheteur"));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "LinkPublication",
                              link_of(f, contract, published), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_one_publication_a_contract(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *second = a_full_record(f);
        second->number = arena_text(&f->arena, "2026-032");
        Types__Id *one = opened(f, a_full_record(f)), *two = opened(f, second);
        Types__Id *first_published = import(f, a_full_record(f))->contract_id;
        Types__Id *second_published = import(f, second)->contract_id;
        linked(f, one, first_published);
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, one, second_published),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, two, first_published),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        linked(f, two, second_published);
}

static void test_a_private_one_has_no_publication(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        Types__Id *contract = opened(f, record), *published = import(f, a_full_record(f))->contract_id;
        (void)fixture_refused(f, facilitator(f), "LinkPublication", link_of(f, contract, published),
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_int_equal(facts(f, contract)->n_calendar, 0);
}

/* Two months after the notification of 2 March 2026, from 40,000 € on; the fixture's today is in October. */
static void test_the_law_sets_a_date(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *small = a_full_record(f);
        small->amount = euros(f, 39999);
        assert_int_equal(facts(f, opened(f, small))->n_calendar, 0);
        Contracts__ContractRecord *record = a_full_record(f);
        add_modification(f, record, 1, a_day(f, 2026, 9, 30), 1200000);
        const Contracts__ContractFactsReply *page = facts(f, opened(f, record));
        assert_int_equal(page->n_calendar, 2);
        assert_int_equal(page->calendar[0]->on->days, a_day(f, 2026, 5, 2)->days);
        assert_int_equal(page->calendar[0]->state, CONTRACTS__CALENDAR_STATE__LATE);
        assert_non_null(strstr(page->calendar[0]->source, "R2196-1"));
        assert_int_equal(page->calendar[1]->on->days, a_day(f, 2026, 11, 30)->days);
        assert_int_equal(page->calendar[1]->state, CONTRACTS__CALENDAR_STATE__COMING);
        assert_non_null(strstr(page->calendar[1]->what, "modification n° 1 notifiée"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_both_are_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_publication_goes_on, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_one_publication_a_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_one_has_no_publication, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_law_sets_a_date, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
