/* A store of before lists were batches (version 6): its events told the mapping with what is remembered of the buyer,
 * and contacts lay beside them in clear. Today's program makes it one of today, and goes on from there. */
#include "tests/unit/services/contracts/programming/steps.h"

#include "common/base/attr.h"
#include "services/contracts/dispatch.h"
#include "services/contracts/programming/programming_rows.h"

static struct service_spec old;
static struct dispatch_row old_rows[200];

/* What ImportProgramme recorded. */
static struct reply old_import(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportProgramme *command = (const Contracts__ImportProgramme *)message;
        Contracts__ColumnMapping launch = CONTRACTS__COLUMN_MAPPING__INIT, *mapping[] = {&launch};
        Contracts__ProgrammeSettings settings = CONTRACTS__PROGRAMME_SETTINGS__INIT;
        Contracts__ProgrammeImported imported = CONTRACTS__PROGRAMME_IMPORTED__INIT;
        Contracts__ProgrammeLinePut put = CONTRACTS__PROGRAMME_LINE_PUT__INIT;
        Contracts__ProgrammeLine line = CONTRACTS__PROGRAMME_LINE__INIT;
        Contracts__LineContact contact = CONTRACTS__LINE_CONTACT__INIT;

        launch.column = arena_text(work->arena, "Vague");
        launch.field = CONTRACTS__PROGRAMME_FIELD__COLUMN_LAUNCH;
        settings.buyer_siret = command->buyer_siret;
        settings.territory = command->territory;
        settings.mapping = mapping;
        settings.n_mapping = 1;
        imported.settings = &settings;
        imported.year = command->year;
        work_record(work, &imported.base);

        line.reference = arena_text(work->arena, "A2");
        line.title = arena_text(work->arena, "Nettoyage des locaux");
        put.line_id = id_to(work->arena, work_new_id(work));
        put.buyer_siret = command->buyer_siret;
        put.year = command->year;
        put.row = 3;
        put.line = &line;
        contact.contact = arena_text(work->arena, "Mme Rivière");
        work_record_sealed(work, &put.base, pb_encode(&contact, work->arena));
        return reply_ok(work, pb_new(&contracts__import_programme_reply__descriptor, work->arena));
}

static int open_old(void **state)
{
        old = contracts_spec;
        old.store_version = 6;
        old.dispatch = old_rows;
        assert_true(old.dispatch_count <= ARRAY_SIZE(old_rows));
        for (size_t i = 0; i < old.dispatch_count; i++) {
                old_rows[i] = contracts_spec.dispatch[i];
                if (strcmp(old_rows[i].method, "ImportProgramme") == 0)
                        old_rows[i].handle = old_import;
        }
        int result = fixture_open(state, &old, NULL);
        struct fixture *f = *state;
        (void)fixture_get(f, facilitator(f), "ImportProgramme", two_lines(f));
        f->world.now_ms_value++;
        f->spec = &contracts_spec;
        fixture_reopen(f);
        return result;
}

static void test_the_mapping_is_remembered_as_any_list_is(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = a_list(f, "Vague|Besoins de la ville|Montant");
        add_row(f, command, "T2|Peinture du stade|100 k€");
        const Types__ListReport *report = import_list(f, command);
        assert_int_equal(report->created, 1);
        assert_string_equal(report->mapping[0]->column, "Vague");
        assert_string_equal(report->mapping[0]->field, "launch");
        assert_int_equal(programme(f, facilitator(f), false)->settings->n_mapping, 0);
}

static void test_a_contact_in_clear_is_shown_and_comes_back_with_a_key(void **state)
{
        struct fixture *f = *state;
        assert_string_equal(programme(f, facilitator(f), false)->lines[0]->contact, "Mme Rivière");
        Contracts__ImportProgramme *command = a_list(f, LIST_HEADER);
        add_row(f, command,
                "A2|Nettoyage des locaux|90910000|950 000 €|4 ans|01/03/2027|Services|31000 Toulouse|M. Fabre");
        const Types__UndoReport *report = undo_list(f, import_list(f, command)->batch_id);
        assert_int_equal(report->taken_back, 1);
        const Contracts__ProgrammeLineView *line = programme(f, facilitator(f), false)->lines[0];
        assert_string_equal(line->contact, "Mme Rivière");
        assert_null(line->line->amount);

        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Contracts__ProgrammeLineRow *row = programme_line_find(txn, &f->arena, id_of(line->line_id));
        txn_end_read(txn);
        assert_string_equal(row->contact, "");
        assert_non_null(row->contact_id);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_mapping_is_remembered_as_any_list_is, open_old, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contact_in_clear_is_shown_and_comes_back_with_a_key, open_old,
                                                fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
