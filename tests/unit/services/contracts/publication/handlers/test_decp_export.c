#include "tests/unit/services/contracts/publication/full_record.h"

static Contracts__DecpExportRequest *asked(struct fixture *f)
{
        Contracts__DecpExportRequest *query = pb_new(&contracts__decp_export_request__descriptor, &f->arena);
        query->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        return query;
}

static void test_ours_are_in_it(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *lacking = a_full_record(f), *foreign = a_full_record(f);
        lacking->number = arena_text(&f->arena, "2026-900");
        lacking->ccag = arena_text(&f->arena, "");
        foreign->number = arena_text(&f->arena, "2026-500");
        (void)opened(f, a_full_record(f));
        (void)opened(f, lacking);
        (void)import(f, foreign); /* as published, and nobody here said more */

        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", asked(f));
        assert_int_equal(reply->n_entries, 2);
        assert_int_equal(reply->entries[0]->n_problems, 0);
        assert_int_equal(reply->entries[0]->record->format, CONTRACTS__RECORD_FORMAT__DECP_2022);
        assert_int_equal(reply->entries[1]->n_problems, 1);
        assert_string_equal(reply->entries[1]->problems[0]->field, "ccag");
        Contracts__DecpExportRequest *all = asked(f);
        all->with_published = true;
        reply = fixture_get(f, coordinator(f), "DecpExport", all);
        assert_int_equal(reply->n_entries, 3);
}

/* Holder and consideration that are known here from the clause and who owes its hours: not named as lacking. */
static void test_what_is_known_here_is_no_lack(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->n_social = 0;
        record->n_contractors = 0;
        Types__Id *contract = opened(f, record);
        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", asked(f));
        assert_int_equal(reply->entries[0]->n_problems, 2); /* nobody knows yet */

        Types__Id *clause = put_clause(f, clause_on(f, contract))->clause_id;
        (void)record_obligation(f, obligation_on(f, clause));
        reply = fixture_get(f, coordinator(f), "DecpExport", asked(f));
        const Contracts__DecpEntry *entry = reply->entries[0];
        assert_int_equal(entry->n_problems, 0);
        assert_int_equal(entry->record->n_social, 1);
        assert_int_equal(entry->record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        assert_int_equal(entry->record->n_contractors, 1);
        assert_string_equal(entry->record->contractors[0]->value, CONTRACTOR_SIRET);
        assert_int_equal(entry->record->contractors[0]->kind, CONTRACTS__COMPANY_ID_KIND__SIRET);
}

/* What its buyer published stays as it is; what it left out is filled in. */
static void test_a_published_consideration_stays(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *denied = a_full_record(f), *silent = a_full_record(f);
        set_social(f, denied, CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        silent->number = arena_text(&f->arena, "2026-500");
        silent->n_social = 0;
        (void)put_clause(f, clause_on(f, import(f, denied)->contract_id));
        (void)put_clause(f, clause_on(f, import(f, silent)->contract_id));
        Contracts__DecpExportRequest *all = asked(f);
        all->with_published = true;
        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", all);
        assert_int_equal(reply->entries[0]->record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
        assert_int_equal(reply->entries[0]->record->n_social, 1);
        assert_int_equal(reply->entries[1]->record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
}

static void test_private_ones_never_leave(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)opened(f, record);
        Contracts__DecpExportRequest *all = asked(f);
        all->with_published = true;
        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", all);
        assert_int_equal(reply->n_entries, 0);
}

static void test_the_day_of_publication_is_the_callers(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->published_on = NULL;
        (void)opened(f, record);
        Contracts__DecpExportRequest *query = asked(f);
        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", query);
        assert_string_equal(reply->entries[0]->problems[0]->field, "datePublicationDonnees");
        query->published_on = a_day(f, 2026, 11, 30);
        reply = fixture_get(f, coordinator(f), "DecpExport", query);
        assert_int_equal(reply->entries[0]->n_problems, 0);
        assert_int_equal(reply->entries[0]->record->published_on->days, a_day(f, 2026, 11, 30)->days);
}

static void test_a_year(void **state)
{
        struct fixture *f = *state;
        (void)opened(f, a_full_record(f));
        Contracts__DecpExportRequest *query = asked(f);
        query->year = 2025;
        const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", query);
        assert_int_equal(reply->n_entries, 0);
        query->year = 2026;
        reply = fixture_get(f, coordinator(f), "DecpExport", query);
        assert_int_equal(reply->n_entries, 1);
}

static void test_pages(void **state)
{
        struct fixture *f = *state;
        for (int i = 0; i < 5; i++) {
                Contracts__ContractRecord *record = a_full_record(f);
                record->number = arena_printf(&f->arena, "n-%d", i);
                (void)opened(f, record);
        }
        Contracts__DecpExportRequest *query = asked(f);
        query->page = pb_new(&types__page__descriptor, &f->arena);
        query->page->limit = 2;
        size_t seen = 0, pages = 0;
        do {
                const Contracts__DecpExportReply *reply = fixture_get(f, coordinator(f), "DecpExport", query);
                seen += reply->n_entries;
                query->page->after = reply->next;
        } while (query->page->after.len > 0 && ++pages < 10);
        assert_int_equal(seen, 5);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__DecpExportRequest *query = asked(f);
        query->buyer_siret = arena_text(&f->arena, "");
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "DecpExport", query, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "buyerSiret");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 9), "DecpExport", asked(f),
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_ours_are_in_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_known_here_is_no_lack, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_published_consideration_stays, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_private_ones_never_leave, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_day_of_publication_is_the_callers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_year, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_pages, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
