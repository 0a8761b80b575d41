/* Who reads a document, and that it leaves a trace: OpenDocument, DocumentPiece, and what FileReadings tells. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/documents/papers.h"

static void test_no_piece_before_it_is_opened(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        const Tracking__DocumentPiece *query = paper_question(s, placement, document, 0);
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", query, TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "OpenDocument", paper_opening(s, placement, document));
        (void)fixture_get(&s->f, s->facilitator, "DocumentPiece", query);
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece",
                              paper_question(s, placement, document, PAPER_PIECES), TYPES__REFUSAL_CODE__INVALID_FIELD);

        Types__Id *own = s->facilitator->account;
        s->facilitator->account = scene_id(s, scene_name("a colleague")); /* who says nothing of why */
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", query, TYPES__REFUSAL_CODE__WRONG_STATE);
        s->facilitator->account = own;
        s->f.world.now_ms_value += 60 * 60 * 1000;
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", query, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        const Tracking__OpenDocument *command = paper_opening(s, placement, document);
        const Tracking__DocumentPiece *query = paper_question(s, placement, document, 0);
        (void)fixture_refused(&s->f, s->stranger, "OpenDocument", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "OpenDocument", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(&s->f, s->facilitator, "OpenDocument", command);
        (void)fixture_refused(&s->f, s->stranger, "DocumentPiece", query, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->coordinator, "DocumentPiece", query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->company_user, "DocumentPiece", query, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        struct id other = scene_placement(s); /* through another's placement it is not found */
        (void)fixture_refused(&s->f, s->facilitator, "OpenDocument", paper_opening(s, other, document),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", paper_question(s, other, document, 0),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_each_opening_is_told(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        Tracking__OpenDocument *command = paper_opening(s, placement, document);
        command->reason = arena_text(&s->f.arena, "x");
        assert_string_equal(
                fixture_refused(&s->f, s->facilitator, "OpenDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD)
                        ->field,
                "reason");
        (void)fixture_get(&s->f, s->facilitator, "OpenDocument", paper_opening(s, placement, document));
        const Tracking__DocumentOpened *opened = scene_last_event(s)->document_opened;
        assert_non_null(opened);

        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        query.beneficiary_id = opened->beneficiary_id;
        const Tracking__FileReadingsReply *told = fixture_get(&s->f, s->auditor, "FileReadings", &query);
        assert_int_equal(told->n_readings, 1);
        assert_true(id_equal(id_of(told->readings[0]->document_id), document));
        assert_string_equal(told->readings[0]->reason, "vérifier la date du contrat");
        assert_string_equal(told->readings[0]->reason_code, "PLACEMENT");
}

/* Her key is destroyed: rows and figures stay, the document is nothing any more. */
static void test_without_her_key(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        (void)fixture_get(&s->f, s->facilitator, "OpenDocument", paper_opening(s, placement, document));
        struct id person = id_of(scene_last_event(s)->document_opened->beneficiary_id);
        vault_destroy_key(engine_vault(s->f.engine), person);
        assert_int_equal(vault_flush(engine_vault(s->f.engine), NULL), 0);
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", paper_question(s, placement, document, 0),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "OpenDocument", paper_opening(s, placement, document),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(&s->f, s->facilitator, "BeginDocument", paper_beginning(s, placement),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        const Tracking__DocumentsReply *list = paper_list(s, placement);
        assert_int_equal(list->n_documents, 1);
        assert_true(list->documents[0]->erased);
        assert_string_equal(list->documents[0]->title, "");
        scene_key_again(s, person);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_no_piece_before_it_is_opened),
                TEST(test_whose),
                TEST(test_each_opening_is_told),
                TEST(test_without_her_key),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
