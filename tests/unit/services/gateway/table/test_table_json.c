/* A table as the page gets it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "services/gateway/table/table_json.h"

static void rows_and_what_the_file_was_written_in(void **state)
{
        static const char bytes[] = "Relev\xe9 de novembre\r\nPlacement;Mois;Heures\r\nA-1;11/2026;\"12,5\"\r\n";
        scoped(arena_fini) struct arena arena = {0};
        struct table table;
        struct err_info info = {0};
        (void)state;
        assert_int_equal(table_read(slice_of(bytes, sizeof(bytes) - 1), &arena, &table, &info), 0);
        json_t *json = table_json(&table);
        char *text = json_dumps(json, JSON_COMPACT);
        assert_non_null(text);
        const char *rows = strstr(text, "\"rows\":");
        assert_non_null(rows);
        assert_string_equal(rows,
                            "\"rows\":[{\"number\":1,\"cells\":[\"Relevé de novembre\"]},{\"number\":2,\"cells\":["
                            "\"Placement\",\"Mois\",\"Heures\"]},{\"number\":3,\"cells\":[\"A-1\",\"11/2026\","
                            "\"12,5\"]}]}}");
        assert_memory_equal(text, "{\"table\":{\"encoding\":\"Windows-1252\",\"separator\":\";\",\"hasMark\":false,",
                            67);
        assert_non_null(strstr(text, "\"header\":2,"));
        const char *hash = json_string_value(json_object_get(json_object_get(json, "table"), "fileHash"));
        assert_int_equal(strlen(hash), 44); /* 32 bytes in base64 */
        free(text);
        json_decref(json);
}

int main(void)
{
        const struct CMUnitTest tests[] = {cmocka_unit_test(rows_and_what_the_file_was_written_in)};
        return cmocka_run_group_tests(tests, NULL, NULL);
}
