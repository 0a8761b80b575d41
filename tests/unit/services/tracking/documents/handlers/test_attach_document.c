/* BeginDocument, PutDocumentPiece and AttachDocument, which are one act, and the list that shows it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "tests/unit/services/tracking/documents/papers.h"

static void test_in_pieces_to_the_list_and_back(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        uint64_t before = engine_position(s->f.engine);
        struct id upload = paper_uploaded(s, placement);
        assert_int_equal(engine_position(s->f.engine), before); /* nothing has happened yet */
        const Tracking__AttachDocumentReply *reply =
                fixture_get(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload));
        struct id document = id_of(reply->document_id);

        const Tracking__DocumentAttached *attached = scene_last_event(s)->document_attached;
        assert_non_null(attached);
        assert_true(id_equal(id_of(attached->document_id), document));
        assert_int_equal(attached->size, PAPER_SIZE);
        assert_int_equal(attached->address.len, BLOB_ADDRESS_SIZE);
        const Tracking__DocumentsReply *list = paper_list(s, placement);
        assert_int_equal(list->n_documents, 1);
        assert_string_equal(list->documents[0]->title, "Attestation d'embauche");
        assert_int_equal(list->documents[0]->size, PAPER_SIZE);
        assert_false(list->documents[0]->erased);
        paper_reads_back(s, placement, document);
        assert_int_equal(paper_files(s, NULL), 1);
}

/* Neither what is in it nor what it is called leaves, or lies in clear. */
static void test_nothing_of_it_is_told(void **state)
{
        struct scene *s = *state;
        char path[256];
        static char bytes[2 * PAPER_SIZE];
        (void)paper_attached(s, scene_placement(s));
        struct slice published = engine_events_after(s->f.engine, 0, 0, &s->f.arena);
        assert_null(memmem(published.data, published.size, "embauche", strlen("embauche")));
        assert_int_equal(paper_files(s, path), 1);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        size_t size = fread(bytes, 1, sizeof(bytes), file);
        assert_int_equal(fclose(file), 0);
        assert_true(size > PAPER_SIZE);
        assert_null(memmem(bytes, size, "confidentielle", strlen("confidentielle")));
}

/* The line is cut, the daemon starts anew: the same command by its key says where to go on. */
static void test_goes_on_after_a_cut(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), key = id_new(&s->f.world, FIXTURE_NOW_MS, 0);
        struct engine_answer answer;
        const Tracking__BeginDocumentReply *begun;
        for (uint32_t i = 0; i <= PAPER_PIECES; i++) {
                s->f.world.now_ms_value += 60000;
                assert_int_equal(engine_call(s->f.engine, s->facilitator, "BeginDocument",
                                             &paper_beginning(s, placement)->base, &key, &s->f.arena, &answer),
                                 0);
                begun = (const void *)answer.body;
                assert_non_null(begun);
                assert_int_equal(begun->next_piece, i);
                if (i < PAPER_PIECES)
                        (void)paper_put(s, placement, id_of(begun->upload_id), i);
                fixture_reopen(&s->f);
        }
        (void)fixture_get(&s->f, s->facilitator, "AttachDocument",
                          paper_attachment(s, placement, id_of(begun->upload_id)));
        paper_reads_back(s, placement, id_of(begun->upload_id));
}

static void refused(struct scene *s, const char *method, const void *command, Types__RefusalCode code,
                    const char *field)
{
        assert_string_equal(fixture_refused(&s->f, s->facilitator, method, command, code)->field, field);
}

static void test_what_does_not_begin(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__BeginDocument *command = paper_beginning(s, placement);
        (void)fixture_refused(&s->f, s->stranger, "BeginDocument", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->company_user, "BeginDocument", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->auditor, "BeginDocument", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->size = LIMIT_BLOB_BYTES + 1;
        refused(s, "BeginDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD, "size");
        command->size = 0;
        refused(s, "BeginDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD, "size");
        command->size = PAPER_SIZE;
        command->media_type = TYPES__MEDIA_TYPE__MEDIA_UNKNOWN;
        refused(s, "BeginDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD, "mediaType");
        command->media_type = (Types__MediaType)17;
        (void)fixture_refused(&s->f, s->facilitator, "BeginDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        for (int i = 0; i < LIMIT_UPLOADS_OF_ONE; i++)
                (void)paper_begin(s, placement);
        refused(s, "BeginDocument", paper_beginning(s, placement), TYPES__REFUSAL_CODE__WRONG_STATE, "");
        s->f.world.now_ms_value += LIMIT_UPLOAD_LIFE_MS + BLOBS_LOOK_MS; /* they are forgotten */
        scene_submit(s, placement, 4, 100);
        (void)paper_begin(s, placement);
}

static void test_pieces_that_are_wrong(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), upload = paper_begin(s, placement);
        Tracking__PutDocumentPiece *piece = paper_piece(s, placement, upload, 1);
        refused(s, "PutDocumentPiece", piece, TYPES__REFUSAL_CODE__WRONG_STATE, "index");
        piece->index = PAPER_PIECES;
        refused(s, "PutDocumentPiece", piece, TYPES__REFUSAL_CODE__INVALID_FIELD, "index");
        piece = paper_piece(s, placement, upload, 0);
        piece->content.len--;
        refused(s, "PutDocumentPiece", piece, TYPES__REFUSAL_CODE__INVALID_FIELD, "content");
        piece->content.len++;
        memcpy(piece->content.data, "MZ\x90\0", 4); /* a program that says it is a PDF */
        refused(s, "PutDocumentPiece", piece, TYPES__REFUSAL_CODE__INVALID_FIELD, "content");
        piece = paper_piece(s, placement, scene_name("no upload"), 0);
        refused(s, "PutDocumentPiece", piece, TYPES__REFUSAL_CODE__NOT_FOUND, "uploadId");
        assert_int_equal(paper_put(s, placement, upload, 0), 1);
        assert_int_equal(paper_put(s, placement, upload, 0), 1);
        refused(s, "AttachDocument", paper_attachment(s, placement, upload), TYPES__REFUSAL_CODE__WRONG_STATE,
                "uploadId");
        s->facilitator->account = scene_id(s, scene_name("another account"));
        refused(s, "PutDocumentPiece", paper_piece(s, placement, upload, 1), TYPES__REFUSAL_CODE__NOT_FOUND,
                "uploadId");
}

static void test_what_is_not_attached(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), upload = paper_uploaded(s, placement);
        Tracking__AttachDocument *command = paper_attachment(s, placement, upload);
        command->title = arena_text(&s->f.arena, "n° 2 90 05 31 555 123 45");
        refused(s, "AttachDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD, "title");
        command->title = arena_text(&s->f.arena, " ");
        refused(s, "AttachDocument", command, TYPES__REFUSAL_CODE__INVALID_FIELD, "title");
        struct id other = scene_placement(s); /* another person's: her key is not the one that it is sealed with */
        refused(s, "AttachDocument", paper_attachment(s, other, upload), TYPES__REFUSAL_CODE__WRONG_STATE, "uploadId");
        (void)fixture_get(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload));
        refused(s, "AttachDocument", paper_attachment(s, placement, upload), TYPES__REFUSAL_CODE__ALREADY_EXISTS,
                "uploadId");
}

/* The commit finds no room: nothing has happened, and the same command does it later. */
static void test_a_commit_that_fails(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), upload = paper_uploaded(s, placement);
        s->f.world.commits_until_fault = 0;
        s->f.world.fault_errno = ENOSPC;
        (void)fixture_refused(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        s->f.world.commits_until_fault = -1;
        assert_int_equal(paper_list(s, placement)->n_documents, 0);
        assert_int_equal(paper_files(s, NULL), 0); /* no waste either */
        (void)fixture_get(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload));
        paper_reads_back(s, placement, upload);
}

static int full(struct world *world)
{
        (void)world;
        return ENOSPC;
}

static void test_a_full_disk_is_told(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), upload = paper_begin(s, placement);
        int (*fault)(struct world *) = s->f.world.file_fault;
        s->f.world.file_fault = full;
        (void)fixture_refused(&s->f, s->facilitator, "BeginDocument", paper_beginning(s, placement),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        (void)fixture_refused(&s->f, s->facilitator, "PutDocumentPiece", paper_piece(s, placement, upload, 0),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        s->f.world.file_fault = fault;
        for (uint32_t i = 0; i < PAPER_PIECES; i++)
                (void)paper_put(s, placement, upload, i);
        s->f.world.file_fault = full;
        (void)fixture_refused(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        s->f.world.file_fault = fault;
        (void)fixture_get(&s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, upload));
}

static const struct tracking_config no_room = {.territories = "31,81", .rules = "deploy/rules"};

static int open_without_room(void **state)
{
        return scene_open_as(state, &no_room, SCENE_PARTITION);
}

static void test_a_full_store_is_told(void **state)
{
        struct scene *s = *state;
        const Types__Refusal *refusal =
                fixture_refused(&s->f, s->facilitator, "BeginDocument", paper_beginning(s, scene_placement(s)),
                                TYPES__REFUSAL_CODE__UNAVAILABLE);
        assert_non_null(strstr(refusal->text, "documents_mib_max"));
}

/* verify says what is missing or damaged, and counts what nothing names. */
static void test_verify_reads_them(void **state)
{
        struct scene *s = *state;
        struct verify_report report;
        struct err_info info = {0};
        char path[256], kept[300], orphan[300];
        (void)paper_attached(s, scene_placement(s));
        assert_int_equal(paper_files(s, path), 1);
        assert_int_equal(engine_verify(s->f.engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.documents, 1);
        assert_int_equal(report.orphans, 0);
        assert_int_equal(report.differences, 0);

        (void)snprintf(kept, sizeof(kept), "%s.kept", path);
        assert_int_equal(rename(path, kept), 0);
        assert_int_equal(engine_verify(s->f.engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.differences, 1);
        assert_non_null(strstr(info.text, "missing"));
        assert_int_equal(rename(kept, path), 0);

        FILE *file = fopen(path, "r+b");
        assert_non_null(file);
        assert_int_equal(fseek(file, 1000, SEEK_SET), 0);
        int byte = fgetc(file);
        assert_int_equal(fseek(file, 1000, SEEK_SET), 0);
        assert_int_equal(fputc(byte ^ 1, file), byte ^ 1);
        assert_int_equal(fflush(file), 0);
        assert_int_equal(engine_verify(s->f.engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.differences, 1);
        assert_non_null(strstr(info.text, "damaged"));
        assert_int_equal(fseek(file, 1000, SEEK_SET), 0);
        assert_int_equal(fputc(byte, file), byte);
        assert_int_equal(fclose(file), 0);

        (void)snprintf(orphan, sizeof(orphan), "%s", path);
        orphan[strlen(orphan) - 1] = orphan[strlen(orphan) - 1] == '0' ? '1' : '0';
        assert_int_equal(link(path, orphan), 0);
        assert_int_equal(engine_verify(s->f.engine, NULL, 0, &report, &info), 0);
        assert_int_equal(report.differences, 0);
        assert_int_equal(report.orphans, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_in_pieces_to_the_list_and_back),
                TEST(test_nothing_of_it_is_told),
                TEST(test_goes_on_after_a_cut),
                TEST(test_what_does_not_begin),
                TEST(test_pieces_that_are_wrong),
                TEST(test_what_is_not_attached),
                TEST(test_a_commit_that_fails),
                TEST(test_a_full_disk_is_told),
                cmocka_unit_test_setup_teardown(test_a_full_store_is_told, open_without_room, scene_close),
                TEST(test_verify_reads_them),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
