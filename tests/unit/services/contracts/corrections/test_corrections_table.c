/* docs/CONTRACTS.md says of every kind of act how it is corrected, as the daemon does. */
#include <stdio.h>
#include <string.h>

#include "services/contracts/page/events.h"
#include "tests/unit/services/contracts/fixture.h"

enum { TABLE_MAX = 200000 };

static const char *page(struct fixture *f)
{
        char *text = arena_zalloc(&f->arena, TABLE_MAX);
        FILE *file = fopen("docs/CONTRACTS.md", "r");
        assert_non_null(file);
        size_t size = fread(text, 1, TABLE_MAX - 1, file);
        assert_true(size > 0 && size < TABLE_MAX - 1);
        assert_int_equal(fclose(file), 0);
        return text;
}

/* The second column of the act's row. */
static char *corrected_by(struct fixture *f, const char *text, const char *act)
{
        const char *row = strstr(text, arena_printf(&f->arena, "\n| `%s` | ", act));
        if (row == NULL)
                return NULL;
        const char *from = strstr(row + 1, " | ") + strlen(" | ");
        return arena_printf(&f->arena, "%.*s", (int)(strstr(from, " | ") - from), from);
}

static void test_every_act_has_its_row(void **state)
{
        struct fixture *f = *state;
        const ProtobufCMessageDescriptor *event = &contracts__event__descriptor;
        const char *text = page(f);
        for (unsigned i = 0; i < event->n_fields; i++) {
                const ProtobufCMessageDescriptor *body = event->fields[i].descriptor;
                const struct event_row *row = event_row_of((Contracts__Event__BodyCase)event->fields[i].id);
                const char *by = corrected_by(f, text, body->short_name);
                if (by == NULL)
                        fail_msg("%s: no row in the table of corrections", body->short_name);
                if ((strcmp(by, "`WithdrawAct`") == 0) != (row->remedy == NULL))
                        fail_msg("%s: « %s »; the daemon says: %s", body->short_name, by,
                                 row->remedy == NULL ? "it is withdrawn" : row->remedy);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_every_act_has_its_row, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
