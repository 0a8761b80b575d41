#include "services/gateway/table/table_json.h"

#include "common/base/require.h"
#include "common/codec/json.h"
#include "common/codec/json_form.h"

static json_t *json_of_row(const struct table_row *row)
{
        json_t *object = json_object(), *cells = json_array();
        for (size_t i = 0; i < row->count; i++)
                require(json_array_append_new(cells, json_string(row->cells[i])) == 0);
        json_set_member(object, "number", json_integer(row->number));
        json_set_member(object, "cells", cells);
        return object;
}

json_t *table_json(const struct table *table)
{
        const char separator[] = {table->separator, '\0'};
        json_t *object = json_object(), *inner = json_object(), *rows = json_array();
        for (size_t i = 0; i < table->count; i++)
                require(json_array_append_new(rows, json_of_row(&table->rows[i])) == 0);
        json_set_member(inner, "encoding", json_string(table->encoding));
        json_set_member(inner, "separator", json_string(separator));
        json_set_member(inner, "hasMark", json_boolean(table->has_mark));
        json_set_member(inner, "fileHash", json_of_bytes(table->hash, sizeof(table->hash)));
        json_set_member(inner, "header", json_integer(table->rows[table_header(table)].number));
        json_set_member(inner, "rows", rows);
        json_set_member(object, "table", inner);
        return object;
}
