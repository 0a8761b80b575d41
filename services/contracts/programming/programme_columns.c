#include "services/contracts/programming/programme_columns.h"

#include "common/codec/pb.h"

_Static_assert((int)PROGRAMME_FIELDS <= (int)COLUMN_FIELDS_MAX, "columns.h has room for the fields of a programme");

static struct mapping mapping_of(struct programme_mapping from, struct arena *arena)
{
        struct mapping mapping = {arena_alloc(arena, (from.count + 1) * sizeof(*mapping.at)), from.count};
        for (size_t i = 0; i < from.count; i++)
                mapping.at[i] = (struct column_field){from.at[i]->column, (int)from.at[i]->field};
        return mapping;
}

bool programme_columns_resolve(const Contracts__ProgrammeWordsVersion *words, const struct programme_mappings *mappings,
                               struct arena *arena, struct columns *columns, struct refusal *ret_refusal)
{
        struct words_of_field *rows = arena_alloc(arena, (words->n_columns + 1) * sizeof(*rows));
        for (size_t i = 0; i < words->n_columns; i++)
                rows[i] = (struct words_of_field){(int)words->columns[i]->field, words->columns[i]->words,
                                                  words->columns[i]->n_words};
        struct mapping told = mapping_of(mappings->told, arena), remembered = mapping_of(mappings->remembered, arena);
        struct column_words of_programmes = {rows, words->n_columns};
        columns->fields = PROGRAMME_FIELDS;
        return columns_resolve(of_programmes, columns, told, remembered, ret_refusal) &&
               columns_need(columns, CONTRACTS__PROGRAMME_FIELD__COLUMN_TITLE, "l'intitulé du marché", ret_refusal);
}

struct programme_mapping programme_columns_applied(const struct columns *columns, struct arena *arena)
{
        struct mapping from = columns_applied(columns, arena);
        struct programme_mapping applied = {arena_alloc(arena, (from.count + 1) * sizeof(*applied.at)), from.count};
        for (size_t i = 0; i < from.count; i++) {
                applied.at[i] = pb_new(&contracts__column_mapping__descriptor, arena);
                applied.at[i]->column = (char *)(uintptr_t)from.at[i].column;
                applied.at[i]->field = (Contracts__ProgrammeField)from.at[i].field;
        }
        return applied;
}
