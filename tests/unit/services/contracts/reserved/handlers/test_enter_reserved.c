/* EnterReserved: five fields are enough; a contract that is known is found, not doubled. */
#include "tests/unit/services/contracts/reserved/reserved_fixture.h"

static void assert_needed(struct fixture *f, const Contracts__EnterReserved *command, const char *field)
{
        Types__RefusalCode code = TYPES__REFUSAL_CODE__INVALID_FIELD;
        assert_string_equal(fixture_refused(f, facilitator(f), "EnterReserved", command, code)->field, field);
}

static void test_five_fields(void **state)
{
        struct fixture *f = *state;
        const Contracts__EnterReservedReply *reply = enter(f, facilitator(f), five_fields(f));
        assert_true(reply->opened);
        assert_int_equal(reply->check->verdict, CONTRACTS__RESERVATION_VERDICT__RESERVATION_TO_CHECK);

        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), reply->contract_id);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__STAGE_UNKNOWN); /* counted, not followed */
        assert_false(facts->without_agreement);
        assert_int_equal(facts->file->n_territories, 2); /* the facilitator's own */
        assert_int_equal(facts->contract->record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        assert_string_equal(facts->contract->record->contractors[0]->value, CONTRACTOR_SIRET);
        assert_int_equal(facts->file->reserved->n_entries, 1);
        assert_int_equal(facts->n_reservations, 1);
        assert_int_equal(facts->n_history, 2);
        assert_non_null(strstr(facts->history[0]->text, "Contrat réservé (insertion par l'activité économique)"));

        (void)fixture_refused(f, facilitator(f), "EnterReserved", five_fields(f), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_each_of_them_is_needed(void **state)
{
        struct fixture *f = *state;
        Contracts__EnterReserved *command = five_fields(f);
        command->buyer_siret = arena_text(&f->arena, "213");
        assert_needed(f, command, "buyerSiret");
        command = five_fields(f);
        command->object = arena_text(&f->arena, " ");
        assert_needed(f, command, "object");
        command = five_fields(f);
        command->holder_siret = arena_text(&f->arena, "");
        assert_needed(f, command, "holderSiret");
        command->holder_name = arena_text(&f->arena, "Les Jardins de l'Autan");
        command->ground = CONTRACTS__RESERVATION_GROUND__RESERVATION_GROUND_UNKNOWN;
        assert_needed(f, command, "ground");
        command->ground = IN_GROUND(HANDICAP);
        command->notified_on = NULL;
        assert_needed(f, command, "notifiedOn");
        command->notified_on = a_day(f, 2026, 9, 1);
        command->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        assert_needed(f, command, "kind");
        command->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        (void)enter(f, facilitator(f), command); /* a name will do for the holder */
}

/* What was published is the same contract: by its holder, or by its object. */
static void test_a_published_one_is_found(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        Contracts__CompanyId holder = CONTRACTS__COMPANY_ID__INIT, *holders[] = {&holder};
        holder.kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        holder.value = arena_text(&f->arena, CONTRACTOR_SIRET);
        record->contractors = holders;
        record->n_contractors = 1;
        const Contracts__ImportContractReply *imported = import(f, record);
        Contracts__EnterReserved *command = five_fields(f);
        command->notified_on = record->notified_on;
        const Contracts__EnterReservedReply *reply = enter(f, facilitator(f), command);
        assert_false(reply->opened);
        assert_true(id_equal(id_of(reply->contract_id), id_of(imported->contract_id)));

        record->number = arena_text(&f->arena, "2026-032"); /* two lots of one award */
        (void)import(f, record);
        (void)fixture_refused(f, facilitator(f), "EnterReserved", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_territories(void **state)
{
        struct fixture *f = *state;
        Contracts__EnterReserved *command = five_fields(f);
        Types__RefusalCode code = TYPES__REFUSAL_CODE__INVALID_FIELD;
        assert_string_equal(fixture_refused(f, coordinator(f), "EnterReserved", command, code)->field, "territories");
        char *elsewhere[] = {arena_text(&f->arena, "65")};
        command->territories = elsewhere;
        command->n_territories = 1;
        (void)fixture_refused(f, facilitator(f), "EnterReserved", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_true(enter(f, coordinator(f), command)->opened);
        command->n_territories = 0;
        (void)fixture_refused(f, facilitator(f), "EnterReserved", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Published in another territory: whoever follows it there says so. */
static void test_somebody_elses(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        (void)import(f, record);
        Contracts__EnterReserved *command = five_fields(f);
        command->object = record->object;
        command->notified_on = record->notified_on;
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "EnterReserved", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Of a private one of the same buyer, day, holder and object nobody elsewhere is told: it is as if there were none. */
static void test_a_private_one_is_not_told_of(void **state)
{
        struct fixture *f = *state;
        Contracts__EnterReserved *command = five_fields(f);
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        Contracts__CompanyId holder = CONTRACTS__COMPANY_ID__INIT, *holders[] = {&holder};
        open.record = a_record(f);
        open.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        open.record->object = command->object;
        open.record->notified_on = command->notified_on;
        holder.kind = CONTRACTS__COMPANY_ID_KIND__SIRET;
        holder.value = command->holder_siret;
        open.record->contractors = holders;
        open.record->n_contractors = 1;
        const Contracts__OpenContractReply *opened = fixture_get(f, facilitator(f), "OpenContract", &open);
        char *elsewhere[] = {arena_text(&f->arena, "65")};
        command->territories = elsewhere;
        command->n_territories = 1;
        const Wire__Passport *stranger = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65");
        const Contracts__EnterReservedReply *reply = enter(f, stranger, command);
        assert_true(reply->opened);
        assert_false(id_equal(id_of(reply->contract_id), id_of(opened->contract_id)));
}

static void test_followed_at_once(void **state)
{
        struct fixture *f = *state;
        Contracts__EnterReserved *command = five_fields(f);
        command->involvement = CONTRACTS__INVOLVEMENT__SOURCING_AND_FOLLOW_UP;
        command->follows_persons = true;
        const Contracts__ContractFactsReply *facts =
                see_facts(f, coordinator(f), enter(f, facilitator(f), command)->contract_id);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_true(facts->without_agreement);
        assert_non_null(strstr(facts->history[0]->text, "suit l'exécution et les personnes"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_five_fields, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_of_them_is_needed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_published_one_is_found, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_somebody_elses, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_one_is_not_told_of, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_followed_at_once, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
