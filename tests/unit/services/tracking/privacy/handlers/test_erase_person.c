/* A person who is erased: what goes, what stays, who may, when not yet. That a replay of the log gives the tables is
 * proven by the teardown of each test. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <ftw.h>

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "tests/unit/services/tracking/documents/papers.h"

static Tracking__ErasePerson *erasure(struct scene *s, struct id person)
{
        Tracking__ErasePerson *command = pb_new(&tracking__erase_person__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        return command;
}

static void open_file(struct scene *s, struct id person)
{
        Tracking__OpenBeneficiaryFile *command = pb_new(&tracking__open_beneficiary_file__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "préparer l'entretien");
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        (void)fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", command);
}

/* A whole life: referred, decided, read, placed with a document, worked, ended. */
static struct id lived(struct scene *s, struct id *ret_placement)
{
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        open_file(s, person);
        (void)paper_attached(s, placement);
        scene_submit(s, placement, 4, 12000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        *ret_placement = placement;
        return person;
}

static const Tracking__ErasePersonReply *erase(struct scene *s, struct id person)
{
        return fixture_get(&s->f, s->facilitator, "ErasePerson", erasure(s, person));
}

static const Tracking__FileReadingsReply *readings_of(struct scene *s, struct id person)
{
        Tracking__FileReadings query = TRACKING__FILE_READINGS__INIT;
        query.beneficiary_id = scene_id(s, person);
        return fixture_get(&s->f, s->auditor, "FileReadings", &query);
}

static void test_her_file_is_gone(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        const Tracking__ErasePersonReply *reply = erase(s, person);
        assert_int_equal(reply->documents, 1);
        assert_int_equal(reply->sealed_parts, 5); /* referral, decision, reading, title, end */
        const Tracking__BeneficiaryErased *told = scene_last_event(s)->beneficiary_erased;
        assert_non_null(told);
        assert_string_equal(told->erasure_code, "PERSON_ASKED");
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
        assert_int_equal(paper_files(s, NULL), 0);

        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        const Tracking__BeneficiariesReply *list = fixture_get(&s->f, s->facilitator, "Beneficiaries", &query);
        assert_int_equal(list->n_beneficiaries, 0);
        list = fixture_get(&s->f, s->prescriber, "Beneficiaries", &query);
        assert_int_equal(list->n_beneficiaries, 0);
        (void)fixture_refused(&s->f, s->facilitator, "ErasePerson", erasure(s, person), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "OpenPlacement", scene_opening(s, person),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_what_counts_stays(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        const Tracking__PlacementView *before = scene_view(s, placement);
        (void)erase(s, person);
        const Tracking__PlacementView *after = scene_view(s, placement);
        assert_int_equal(after->n_months, before->n_months);
        assert_int_equal(after->months[0]->validated->hundredths, 12000);
        assert_int_equal(after->outcome, before->outcome);
        assert_string_equal(after->tutor, "M. Tuteur"); /* another person, with a key of the placement's */

        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        struct walk walk;
        tracking_anonymous_walk(txn, slice_of(NULL, 0), &walk);
        assert_true(walk_step(&walk));
        const Tracking__AnonymousRow *row = walk_message(&walk, &tracking__anonymous_row__descriptor, &s->f.arena);
        assert_string_equal(row->territory, "31");
        assert_int_equal(row->sex, TRACKING__SEX__WOMAN);
        assert_int_equal(row->age_from, 30); /* 36 */
        assert_string_equal(row->public_code, "B_RSA");
        assert_int_equal(row->year, 2026);
        assert_int_equal(row->hours_from, 100); /* of 120 */
        assert_int_equal(row->placements, 1);
        assert_int_equal(row->outcome, TRACKING__OUTCOME__DURABLE_JOB);
        assert_false(walk_step(&walk));
        walk_end(&walk);
        txn_end_read(txn);
}

/* Who had opened it, and when, can still be told; why, in words, cannot. */
static void test_readings_stay_without_words(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        (void)erase(s, person);
        const Tracking__FileReadingsReply *reply = readings_of(s, person);
        assert_int_equal(reply->n_readings, 1);
        assert_true(reply->readings[0]->reason_erased);
        assert_string_equal(reply->readings[0]->reason, "");
        assert_string_equal(reply->readings[0]->reason_code, "PLACEMENT");
}

static void test_what_had_left_is_told(void **state)
{
        static const char *const codes[] = {"PRESCRIBER", "EMPLOYER", "HOST", "READER", "FIGURES"};
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        open_file(s, person); /* once more by the same account: told once */
        const Tracking__ErasePersonReply *reply = erase(s, person);
        assert_int_equal(reply->n_left, ARRAY_SIZE(codes));
        for (size_t i = 0; i < reply->n_left; i++) {
                assert_string_equal(reply->left[i]->sharing_code, codes[i]);
                assert_true(reply->left[i]->basis[0] != '\0' && reply->left[i]->purpose[0] != '\0');
        }
        assert_true(id_equal(id_of(reply->left[0]->organisation), s->mission_locale));
        assert_true(id_equal(id_of(reply->left[1]->organisation), s->structure));
        assert_true(id_equal(id_of(reply->left[2]->organisation), s->company));
        assert_true(id_equal(id_of(reply->left[3]->account), passport_account(s->facilitator)));
}

static void test_not_while_work_goes_on_or_hours_wait(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        struct id placement = scene_open_placement(s, scene_opening(s, person));
        scene_submit(s, placement, 4, 12000);
        (void)fixture_refused(&s->f, s->facilitator, "ErasePerson", erasure(s, person),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", scene_end(s, placement));
        const Types__Refusal *refusal = fixture_refused(&s->f, s->facilitator, "ErasePerson", erasure(s, person),
                                                        TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "avril 2026"));
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        (void)erase(s, person);
}

static void test_who_may_and_why(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__ErasePerson *command = erasure(s, person);
        (void)fixture_refused(&s->f, s->stranger, "ErasePerson", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->prescriber, "ErasePerson", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->coordinator, "ErasePerson", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->erasure_code = arena_text(&s->f.arena, "PARCE_QUE");
        (void)fixture_refused(&s->f, s->facilitator, "ErasePerson", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->erasure_code = arena_text(&s->f.arena, "");
        (void)fixture_refused(&s->f, s->facilitator, "ErasePerson", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* ---- bytes */

static struct slice sought;
static size_t found;

static int look_into(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)place;
        if (type != FTW_F || status->st_size == 0)
                return 0;
        uint8_t *bytes = malloc((size_t)status->st_size);
        FILE *stream = fopen(path, "rbe");
        assert_non_null(bytes);
        assert_non_null(stream);
        size_t size = fread(bytes, 1, (size_t)status->st_size, stream);
        found += memmem(bytes, size, sought.data, sought.size) != NULL;
        assert_int_equal(fclose(stream), 0);
        free(bytes);
        return 0;
}

static size_t files_with(struct scene *s, struct slice bytes)
{
        sought = bytes;
        found = 0;
        assert_int_equal(nftw(s->f.directory, look_into, FIXTURE_DESCRIPTORS, FTW_PHYS), 0);
        return found;
}

/* Her sealed identity, as it stands in the log and in her row. */
static struct slice sealed_identity(struct scene *s, struct id person)
{
        struct txn *txn = txn_begin_read(engine_store(s->f.engine), NULL);
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, person, &s->f.arena);
        struct slice sealed = pb_slice(row->sealed_identity);
        txn_end_read(txn);
        return sealed;
}

/* No name and no plain text ever reached a file. What she was sealed in is gone from all of them once the daemon has
 * started again; the page of her key at once. */
static void test_no_file_has_a_byte_of_her(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement), other = scene_refer(s);
        char keys[128];
        struct slice sealed = sealed_identity(s, person), others = sealed_identity(s, other);
        assert_true(files_with(s, sealed) > 0);
        (void)erase(s, person);
        char directory[sizeof(s->f.directory)];
        memcpy(directory, s->f.directory, sizeof(directory));
        (void)snprintf(keys, sizeof(keys), "%.60s/keys", directory);
        sought = id_slice(&person); /* her wrapped key stood behind it */
        found = 0;
        assert_int_equal(nftw(keys, look_into, FIXTURE_DESCRIPTORS, FTW_PHYS), 0);
        assert_int_equal(found, 0);

        fixture_reopen(&s->f);
        assert_int_equal(files_with(s, sealed), 0);
        assert_true(files_with(s, others) > 0);
        assert_int_equal(files_with(s, slice_of_text("Quatrebarbes")), 0);
        assert_int_equal(files_with(s, slice_of_text("préparer l'entretien")), 0);
        assert_int_equal(files_with(s, slice_of_text("embauche en CDI chez Confidences")), 0);
        fixture_verify(&s->f);
}

/* The event is committed, the daemon dies before the key is destroyed: it is as the daemon starts again. */
static void test_a_key_that_was_left_goes_at_the_start(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        (void)erase(s, person);
        scene_key_again(s, person);
        assert_true(vault_has_key(engine_vault(s->f.engine), person));
        fixture_reopen(&s->f);
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
}

/* Nothing is half done where the disk is full. */
static void test_a_full_disk(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        s->f.world.commits_until_fault = 0;
        s->f.world.fault_errno = ENOSPC;
        (void)fixture_refused(&s->f, s->facilitator, "ErasePerson", erasure(s, person),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        s->f.world.commits_until_fault = -1;
        assert_int_equal(paper_files(s, NULL), 1);
        open_file(s, person);
        /* the event is committed, the keys' store is full: the next batch does it */
        s->f.world.commits_until_fault = 1;
        (void)erase(s, person);
        assert_true(vault_has_key(engine_vault(s->f.engine), person));
        s->f.world.commits_until_fault = -1;
        (void)scene_refer(s);
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
}

/* ---- after a restore */

struct again {
        struct id ids[2];
};

static void erase_again(struct work *work, void *argument)
{
        const struct again *again = argument;
        erasures_again(work, again->ids, ARRAY_SIZE(again->ids));
}

static void test_erased_again_after_a_restore(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        struct again again = {{scene_name("nobody here"), person}};
        struct item *item = item_new(s->f.engine);
        struct err_info info = {0};
        item->kind = ITEM_INTERNAL;
        item->fn = erase_again;
        item->argument = &again;
        assert_int_equal(engine_run(s->f.engine, item, &info), 0);
        item_free(s->f.engine, &item);
        assert_string_equal(scene_last_event(s)->beneficiary_erased->erasure_code, "RESTORED");
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
        assert_int_equal(paper_files(s, NULL), 0);
}

static void test_the_officer(void **state)
{
        struct scene *s = *state;
        struct id placement, person = lived(s, &placement);
        const Wire__Passport *elsewhere = fixture_actor(&s->f, TYPES__ROLE__DATA_PROTECTION, NULL, "75");
        (void)fixture_refused(&s->f, elsewhere, "ErasePerson", erasure(s, person), TYPES__REFUSAL_CODE__NOT_FOUND);
        const Tracking__ErasePersonReply *reply = fixture_get(&s->f, s->officer, "ErasePerson", erasure(s, person));
        assert_int_equal(reply->documents, 1);
        assert_false(vault_has_key(engine_vault(s->f.engine), person));
        assert_int_equal(scene_view(s, placement)->n_months, 1); /* hours count as before */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_her_file_is_gone),
                TEST(test_what_counts_stays),
                TEST(test_readings_stay_without_words),
                TEST(test_what_had_left_is_told),
                TEST(test_not_while_work_goes_on_or_hours_wait),
                TEST(test_who_may_and_why),
                TEST(test_the_officer),
                TEST(test_no_file_has_a_byte_of_her),
                TEST(test_a_key_that_was_left_goes_at_the_start),
                TEST(test_a_full_disk),
                TEST(test_erased_again_after_a_restore),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
