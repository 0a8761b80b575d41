#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "tests/unit/services/tracking/documents/papers.h"

static Tracking__RemoveDocument *removal(struct scene *s, struct id placement, struct id document)
{
        Tracking__RemoveDocument *command = pb_new(&tracking__remove_document__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->document_id = scene_id(s, document);
        return command;
}

static void test_the_file_goes_after_the_commit(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        struct id one = paper_attached(s, placement), two = paper_attached(s, placement);
        assert_int_equal(paper_files(s, NULL), 2);
        paper_reads_back(s, placement, one);
        (void)fixture_get(&s->f, s->facilitator, "RemoveDocument", removal(s, placement, one));
        assert_non_null(scene_last_event(s)->document_removed);
        assert_int_equal(paper_files(s, NULL), 1);
        assert_int_equal(paper_list(s, placement)->n_documents, 1);
        (void)fixture_refused(&s->f, s->facilitator, "DocumentPiece", paper_question(s, placement, one, 0),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "RemoveDocument", removal(s, placement, one),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        paper_reads_back(s, placement, two);
}

/* It is not removed, so it stays. */
static void test_a_commit_that_fails_takes_nothing(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        s->f.world.commits_until_fault = 0;
        s->f.world.fault_errno = ENOSPC;
        (void)fixture_refused(&s->f, s->facilitator, "RemoveDocument", removal(s, placement, document),
                              TYPES__REFUSAL_CODE__UNAVAILABLE);
        s->f.world.commits_until_fault = -1;
        assert_int_equal(paper_files(s, NULL), 1);
        paper_reads_back(s, placement, document);
}

static void test_as_many_as_may_be(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), last = {{0}};
        for (int i = 0; i < 32; i++)
                last = paper_attached(s, placement);
        (void)fixture_refused(&s->f, s->facilitator, "BeginDocument", paper_beginning(s, placement),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_get(&s->f, s->facilitator, "RemoveDocument", removal(s, placement, last));
        (void)paper_attached(s, placement);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s), document = paper_attached(s, placement);
        const Tracking__RemoveDocument *command = removal(s, placement, document);
        (void)fixture_refused(&s->f, s->stranger, "RemoveDocument", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->structure_user, "RemoveDocument", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(paper_files(s, NULL), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_open, scene_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_the_file_goes_after_the_commit),
                TEST(test_a_commit_that_fails_takes_nothing),
                TEST(test_as_many_as_may_be),
                TEST(test_whose),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
