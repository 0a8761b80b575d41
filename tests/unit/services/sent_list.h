/* sent_list.h: a list as somebody sends it, whole: cells of a row are separated by '|', the header is the first row. */
#ifndef TESTS_UNIT_SERVICES_SENT_LIST_H
#define TESTS_UNIT_SERVICES_SENT_LIST_H

#include <string.h>

#include "common/codec/pb.h"
#include "types.pb-c.h"

#define ROW(NAME) TYPES__ROW_OUTCOME__ROW_##NAME

static inline char **sent_cells(struct arena *arena, const char *text, size_t *ret_count)
{
        char *rest = arena_text(arena, text), **cells = NULL, *one;
        *ret_count = 0;
        while ((one = strsep(&rest, "|")) != NULL) {
                cells = pb_append(cells, ret_count, sizeof(*cells), arena);
                cells[*ret_count - 1] = one;
        }
        return cells;
}

static inline Types__SentList *sent_list(struct arena *arena, const char *header, const char *file_name)
{
        Types__SentList *list = pb_new(&types__sent_list__descriptor, arena);
        list->header = sent_cells(arena, header, &list->n_header);
        list->file_name = arena_text(arena, file_name);
        list->is_last = true;
        return list;
}

static inline void sent_row(struct arena *arena, Types__SentList *list, const char *cells)
{
        Types__ListRow *row = pb_new(&types__list_row__descriptor, arena);
        list->rows = pb_append(list->rows, &list->n_rows, sizeof(*list->rows), arena);
        list->rows[list->n_rows - 1] = row;
        row->number = (uint32_t)list->n_rows + 1;
        row->cells = sent_cells(arena, cells, &row->n_cells);
}

static inline void sent_file(struct arena *arena, Types__SentList *list, uint8_t byte)
{
        uint8_t *hash = arena_alloc(arena, 32);
        memset(hash, byte, 32);
        list->file_hash = pb_bytes(slice_of(hash, 32));
}

static inline void sent_choice(struct arena *arena, Types__SentList *list, uint32_t number)
{
        list->only = pb_append(list->only, &list->n_only, sizeof(*list->only), arena);
        list->only[list->n_only - 1] = number;
}

#endif
