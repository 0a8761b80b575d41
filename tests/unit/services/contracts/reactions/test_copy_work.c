/* Who worked, as tracking tells it: by ids, the same whatever the order in which partitions tell. */
#include "tests/unit/services/contracts/reactions/told_by_tracking.h"

#include "common/store/same.h"
#include "services/contracts/ledger/worked_rows.h"

#define HIRE     TYPES__MODALITY__DIRECT_HIRE
#define PROVIDED TYPES__MODALITY__STAFF_PROVIDED
#define TUTOR    TRACKING__CONTACT_WITH__WITH_TUTOR
#define PERSON   TRACKING__CONTACT_WITH__WITH_PERSON

/* What is kept of placement 1 of the obligation. */
static void assert_kept(struct fixture *f, Types__Id *obligation, const struct worked *worked,
                        const struct beside *beside)
{
        struct worked kept;
        struct beside kept_beside;
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_non_null(txn);
        worked_get(txn, id_of(obligation), id_numbered(1), &kept);
        beside_get(txn, id_numbered(1), &kept_beside);
        txn_end_read(txn);
        assert_true(id_equal(kept.person, worked->person));
        assert_int_equal(kept.hundredths, worked->hundredths);
        assert_int_equal(kept.modality, worked->modality);
        assert_int_equal(kept.is_opened, worked->is_opened);
        assert_int_equal(kept_beside.training_hundredths, beside->training_hundredths);
        assert_int_equal(kept_beside.tutor_contacts, beside->tutor_contacts);
}

static void test_hours_and_training(void **state)
{
        struct fixture *f = *state;
        struct teller t = {f, "tracking-1", 0};
        const struct told_placement told = {told_id(&t, 90), HIRE, 1, 70};
        tell_placement(&t, told);
        struct worked worked = {.person = id_numbered(70), .modality = HIRE, .is_opened = 1};
        struct beside beside = {.tutor_contacts = 0};
        tell_stated(&t, 1, 9, 100, 7);
        assert_kept(f, told.obligation, &worked, &beside); /* nobody vouched for it */
        tell_validated(&t, told, 9, 107, -1);
        worked.hundredths = 10700, beside.training_hundredths = 700;
        assert_kept(f, told.obligation, &worked, &beside);
        tell_validated(&t, told, 9, 90, 107);
        worked.hundredths = 9000;
        assert_kept(f, told.obligation, &worked, &beside);
        tell_validated(&t, told, 9, 0, 90); /* struck out, the training with it */
        worked.hundredths = 0, beside.training_hundredths = 0;
        assert_kept(f, told.obligation, &worked, &beside);
}

static void test_what_is_stated_last_holds(void **state)
{
        struct fixture *f = *state;
        struct teller t = {f, "tracking-1", 0};
        const struct told_placement told = {told_id(&t, 90), PROVIDED, 1, 70};
        tell_placement(&t, told);
        tell_stated(&t, 1, 9, 100, 20);
        tell_stated(&t, 1, 9, 100, 8);
        tell_stated(&t, 1, 8, 100, 5);
        tell_taken_back(&t, 1, 8);
        tell_stated(&t, 1, 8, 60, 0);
        tell_validated(&t, told, 8, 60, -1);
        tell_validated(&t, told, 9, 108, -1);
        assert_kept(
                f, told.obligation,
                &(struct worked){.person = id_numbered(70), .modality = PROVIDED, .is_opened = 1, .hundredths = 16800},
                &(struct beside){.training_hundredths = 800});
}

static void test_contacts_with_tutors(void **state)
{
        struct fixture *f = *state;
        struct teller t = {f, "tracking-1", 0};
        Types__Id *obligation = told_id(&t, 90);
        tell_placement(&t, (struct told_placement){obligation, HIRE, 1, 70});
        tell_contact(&t, 41, 1, TUTOR);
        tell_contact(&t, 42, 1, PERSON);
        tell_contact(&t, 43, 0, TUTOR); /* of no placement */
        const struct worked worked = {.person = id_numbered(70), .modality = HIRE, .is_opened = 1};
        assert_kept(f, obligation, &worked, &(struct beside){.tutor_contacts = 1});
        tell_contact_corrected(&t, 42, TUTOR, false);
        tell_contact_corrected(&t, 43, TUTOR, false);
        assert_kept(f, obligation, &worked, &(struct beside){.tutor_contacts = 2});
        tell_contact_corrected(&t, 41, TUTOR, true);
        assert_kept(f, obligation, &worked, &(struct beside){.tutor_contacts = 1});
        tell_contact_corrected(&t, 41, TUTOR, false);
        tell_contact_corrected(&t, 42, PERSON, false);
        assert_kept(f, obligation, &worked, &(struct beside){.tutor_contacts = 1});
}

static void test_files_of_one_person(void **state)
{
        struct fixture *f = *state;
        struct teller t = {f, "tracking-1", 0};
        tell_same_person(&t, 70, 71, true);
        tell_same_person(&t, 71, 72, true);
        tell_same_person(&t, 71, 72, false);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_true(id_equal(same_first(txn, T_SAME_PERSON, id_numbered(71)), id_numbered(70)));
        assert_true(id_equal(same_first(txn, T_SAME_PERSON, id_numbered(72)), id_numbered(72)));
        txn_end_read(txn);
}

/* A placement that moved to another partition: its later events, told first. */
static void test_the_other_partition_tells_first(void **state)
{
        struct fixture *f = *state;
        struct teller first = {f, "tracking-1", 0}, second = {f, "tracking-2", 0};
        const struct told_placement told = {told_id(&first, 90), HIRE, 1, 70};
        int64_t early = f->world.now_ms_value;
        f->world.now_ms_value += 100000;
        tell_stated(&second, 1, 9, 90, 4);
        tell_validated(&second, told, 9, 94, -1);
        tell_validated(&second, told, 8, 50, 60);
        tell_contact_corrected(&second, 41, TUTOR, false);
        f->world.now_ms_value = early;
        tell_stated(&first, 1, 9, 90, 30);
        tell_stated(&first, 1, 8, 58, 2);
        tell_contact(&first, 41, 1, PERSON);
        tell_validated(&first, told, 8, 60, -1);
        tell_placement(&first, told);
        assert_kept(f, told.obligation,
                    &(struct worked){.person = id_numbered(70), .modality = HIRE, .is_opened = 1, .hundredths = 14400},
                    &(struct beside){.training_hundredths = 600, .tutor_contacts = 1});
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_hours_and_training, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_stated_last_holds, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_contacts_with_tutors, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_files_of_one_person, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_other_partition_tells_first, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
