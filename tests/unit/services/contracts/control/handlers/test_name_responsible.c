/* NameResponsible: seen by those who see the obligation, and nowhere in the published event. */
#include "tests/unit/services/contracts/control/steps.h"

#include "common/store/eventlog.h"
#include "tests/unit/services/contracts/file/opening.h"

static Contracts__NameResponsible *naming(struct fixture *f, Types__Id *obligation)
{
        Contracts__NameResponsible *command = pb_new(&contracts__name_responsible__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->responsible = pb_new(&contracts__responsible__descriptor, &f->arena);
        command->responsible->name = arena_text(&f->arena, "Dominique Sansnom");
        command->responsible->email = arena_text(&f->arena, "clause@peintures.example");
        return command;
}

static void test_named_by_the_company(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        struct log_entry entry;
        (void)fixture_get(f, contractor(f), "NameResponsible", naming(f, c.obligation));
        const Contracts__ContractFactsReply *facts = facts_of(f, contractor(f), c.contract);
        assert_string_equal(facts->control[0]->responsible->name, "Dominique Sansnom");

        uint64_t last = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(log_get(txn, last, &entry));
        assert_null(memmem(entry.record.data, entry.record.size, "Sansnom", 7));
        assert_true(entry.sealed.size > 0);
        assert_null(memmem(entry.sealed.data, entry.sealed.size, "Sansnom", 7));
        txn_end_read(txn);
}

/* Whose key it is: that of the event. */
static struct id contact_of_last(struct fixture *f)
{
        struct log_entry entry;
        uint64_t last = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(log_get(txn, last, &entry));
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &f->arena);
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(record->body), &f->arena);
        struct id id = id_of(event->responsible_named->contact_id);
        txn_end_read(txn);
        return id;
}

static const Contracts__Responsible *shown(struct fixture *f, const struct controlled *c)
{
        return facts_of(f, contractor(f), c->contract)->control[0]->responsible;
}

/* Whoever takes her place, or asks for it, makes her name unreadable for good; the tables still follow from the log
 * (fixture_close() compares them). */
static void test_a_destroyed_key(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        struct slice plain;
        (void)fixture_get(f, contractor(f), "NameResponsible", naming(f, c.obligation));
        struct id first = contact_of_last(f);
        Contracts__NameResponsible *other = naming(f, c.obligation);
        other->responsible->name = arena_text(&f->arena, "Camille Exemple");
        (void)fixture_get(f, contractor(f), "NameResponsible", other);
        assert_string_equal(shown(f, &c)->name, "Camille Exemple");
        assert_int_equal(vault_unseal(engine_vault(f->engine), first,
                                      slice_of_text("0123456789012345678901234567890123"
                                                    "456789"),
                                      &f->arena, &plain),
                         ERR_NOT_FOUND);

        vault_destroy_key(engine_vault(f->engine), contact_of_last(f));
        assert_int_equal(vault_flush(engine_vault(f->engine), NULL), 0);
        assert_null(shown(f, &c));
        fixture_reopen(f);
        assert_null(shown(f, &c));
        vault_make_key(engine_vault(f->engine),
                       contact_of_last(f)); /* verify would miss it: no event told of its end */
        assert_int_equal(vault_flush(engine_vault(f->engine), NULL), 0);
        fixture_verify(f);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__NameResponsible *command = naming(f, c.obligation);
        command->responsible->name = arena_text(&f->arena, " ");
        assert_string_equal(
                fixture_refused(f, contractor(f), "NameResponsible", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "responsible.name");
        command = naming(f, c.obligation);
        command->responsible->email = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, contractor(f), "NameResponsible", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "responsible.email");
        command->responsible->email = arena_text(&f->arena, "clause");
        (void)fixture_refused(f, contractor(f), "NameResponsible", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, OTHER), "NameResponsible",
                              naming(f, c.obligation), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, facilitator(f), "NameResponsible", naming(f, id_to(&f->arena, id_numbered(9))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_named_by_the_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_destroyed_key, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
