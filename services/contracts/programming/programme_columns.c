#include "services/contracts/programming/programme_columns.h"

#include "common/codec/pb.h"

_Static_assert((int)PROGRAMME_FIELDS <= (int)COLUMN_FIELDS_MAX, "columns.h has room for the fields of a programme");

#define FIELD(NAME) [CONTRACTS__PROGRAMME_FIELD__COLUMN_##NAME]

const char *const programme_fields[PROGRAMME_FIELDS] = {
        FIELD(UNKNOWN) = "",
        FIELD(REFERENCE) = "reference",
        FIELD(TITLE) = "title",
        FIELD(CPV) = "cpv",
        FIELD(AMOUNT) = "amount",
        FIELD(DURATION) = "duration",
        FIELD(LAUNCH) = "launch",
        FIELD(NATURE) = "nature",
        FIELD(PLACE) = "place",
        FIELD(LOTS) = "lots",
        FIELD(CONSIDERATION) = "consideration",
        FIELD(CONTACT) = "contact",
        FIELD(DEFENCE) = "defence",
};

const Types__ListWordsVersion *programme_list_words(const Contracts__ProgrammeWordsVersion *words, struct arena *arena)
{
        Types__ListWordsVersion *list = pb_new(&types__list_words_version__descriptor, arena);
        list->columns = words->columns;
        list->n_columns = words->n_columns;
        list->empty = words->empty;
        list->n_empty = words->n_empty;
        return list;
}
