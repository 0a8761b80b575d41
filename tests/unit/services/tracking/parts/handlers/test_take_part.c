/* What one tracking process asks of another is nobody else's to ask; an operator names parts that are there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static void test_nobody_else_asks(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPart opening = TRACKING__OPEN_PART__INIT;
        Tracking__PutPartRecords records = TRACKING__PUT_PART_RECORDS__INIT;
        Tracking__PutPartDocument document = TRACKING__PUT_PART_DOCUMENT__INIT;
        Tracking__TakePart taking = TRACKING__TAKE_PART__INIT;
        Tracking__ClosePart closing = TRACKING__CLOSE_PART__INIT;
        const struct {
                const char *method;
                const void *request;
        } asked[] = {
                {"OpenPart", &opening}, {"PutPartRecords", &records}, {"PutPartDocument", &document},
                {"TakePart", &taking},  {"ClosePart", &closing},
        };
        const Wire__Passport *operator_of = fixture_actor(&s->f, TYPES__ROLE__OPERATOR, NULL, "*");
        for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
                (void)fixture_refused(&s->f, s->facilitator, asked[i].method, asked[i].request,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
                (void)fixture_refused(&s->f, operator_of, asked[i].method, asked[i].request,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        }
}

static void test_of_parts_that_are_there(void **state)
{
        struct scene *s = *state;
        Tracking__CancelPart cancelling = TRACKING__CANCEL_PART__INIT;
        const Wire__Passport *operator_of = fixture_actor(&s->f, TYPES__ROLE__OPERATOR, NULL, "*");
        cancelling.part_id = scene_id(s, scene_name("no part"));
        (void)fixture_refused(&s->f, operator_of, "CancelPart", &cancelling, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(&s->f, s->facilitator, "CancelPart", &cancelling, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_nobody_else_asks, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_of_parts_that_are_there, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
