/* OpenContract: a contract before it is published, or that never will be. */
#include "tests/unit/services/contracts/file/opening.h"

static Contracts__Lot *add_lot(struct fixture *f, Contracts__OpenContract *command, uint32_t number)
{
        Contracts__Lot *lot = pb_new(&contracts__lot__descriptor, &f->arena);
        lot->number = number;
        command->lots = pb_append(command->lots, &command->n_lots, sizeof(*command->lots), &f->arena);
        command->lots[command->n_lots - 1] = lot;
        return lot;
}

static void test_opened(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = opening(f);
        add_lot(f, command, 1)->title = arena_text(&f->arena, "Peinture");
        add_lot(f, command, 2);
        command->record->format = CONTRACTS__RECORD_FORMAT__DECP_2022; /* what it is not */
        Types__Id *contract = open_it(f, command);

        const Contracts__ContractFactsReply *facts = facts_of(f, facilitator(f), contract);
        assert_int_equal(facts->contract->record->format, CONTRACTS__RECORD_FORMAT__OURS);
        assert_string_equal(facts->contract->record->number, "");
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_PREPARATION);
        assert_int_equal(facts->file->n_lots, 2);
        assert_string_equal(facts->file->lots[0]->title, "Peinture");
        assert_int_equal(facts->file->n_territories, 1);
        assert_string_equal(facts->file->territories[0], "31"); /* of the place */
        assert_null(facts->published);
        /* everything that rests on a contract rests on it too */
        (void)record_obligation(f, obligation_on(f, put_clause(f, clause_on(f, contract))->clause_id));
}

static void refuse_it(struct fixture *f, Contracts__OpenContract *command, const char *field)
{
        const Types__Refusal *refusal =
                fixture_refused(f, coordinator(f), "OpenContract", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, field);
}

static void test_what_it_must_say(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = opening(f);
        command->record = NULL;
        refuse_it(f, command, "record");
        command = opening(f);
        command->record->kind = CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN;
        refuse_it(f, command, "record.kind");
        command = opening(f);
        command->record->object = arena_text(&f->arena, "  ");
        refuse_it(f, command, "record.object");
        command = opening(f);
        command->record->place->kind = CONTRACTS__PLACE_KIND__REGION;
        refuse_it(f, command, "territories");
        command = opening(f);
        (void)add_lot(f, command, 0);
        refuse_it(f, command, "lots[0].number");
        command = opening(f);
        (void)add_lot(f, command, 3);
        (void)add_lot(f, command, 3);
        refuse_it(f, command, "lots.number");
        command = opening(f);
        add_lot(f, command, 1)->amount = euros(f, -1);
        refuse_it(f, command, "lots[0].amount");
}

static void test_whose_territory(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = opening(f);
        command->record->place->code = arena_text(&f->arena, "66136");
        (void)fixture_refused(f, facilitator(f), "OpenContract", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, coordinator(f), "OpenContract", command);
}

static void test_ours_is_not_imported(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportContract command = CONTRACTS__IMPORT_CONTRACT__INIT;
        command.record = a_record(f);
        command.record->format = CONTRACTS__RECORD_FORMAT__OURS;
        (void)fixture_refused(f, coordinator(f), "ImportContract", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command.record = a_record(f);
        command.record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)fixture_refused(f, coordinator(f), "ImportContract", &command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* The same contract opened twice would count its hours twice. */
static void test_the_same_twice(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = opening(f);
        command->is_another = false;
        (void)open_it(f, command);
        command->record->object = arena_text(&f->arena, "REFECTION DE L'ECOLE JEAN JAURES - LOT PEINTURE");
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "OpenContract", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_non_null(strstr(refusal->text, "isAnother"));
        command->is_another = true; /* that of another year */
        (void)open_it(f, command);
        command->is_another = false;
        command->record->number = arena_text(&f->arena, "2026-032");
        (void)fixture_refused(f, facilitator(f), "OpenContract", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        command->record->object = arena_text(&f->arena, "Réfection du gymnase");
        (void)open_it(f, command);
}

/* Of a private contract that one may not see nothing is told. */
static void test_a_private_one_is_not_given_away(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = opening(f);
        command->record->kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        (void)open_it(f, command);
        command->record->kind = CONTRACTS__CONTRACT_KIND__MARKET;
        command->record->place->code = arena_text(&f->arena, "65440");
        command->is_another = false;
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65"), "OpenContract", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_opened, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_it_must_say, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose_territory, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_ours_is_not_imported, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_twice, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_one_is_not_given_away, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
