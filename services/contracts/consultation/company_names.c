#include "services/contracts/consultation/company_names.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/store/index.h"
#include "services/contracts/consultation/consultation_rows.h"
#include "services/contracts/record/rows.h"

enum { WORD_KEY_MAX = 40, COMPANY_NAMES = 2 };

/* Of names whose first words begin alike a walk finds all. */
static struct key word_key(const char *folded)
{
        char word[WORD_KEY_MAX + 1];
        size_t size = strcspn(folded + 1, " ");
        size = size < WORD_KEY_MAX ? size : WORD_KEY_MAX;
        (void)memcpy(word, folded + 1, size);
        word[size] = '\0';
        return key_of_text(word);
}

struct named {
        struct id organisation;
        const Contracts__CompanyNames *names; /* NULL: none */
};

static void rows_of_named(const void *record, struct index_rows *rows)
{
        const struct named *named = record;
        const Contracts__CompanyNames *names = named->names;
        for (size_t i = 0; names != NULL && i < names->n_folded; i++) {
                struct key key = word_key(names->folded[i]), first = word_key(names->folded[0]);
                if (i == 0 || !slice_equal(key_slice(&key), key_slice(&first)))
                        index_id(rows, T_COMPANY_BY_WORD, key, named->organisation);
        }
}

static Contracts__CompanyNames *find(struct txn *txn, struct arena *arena, struct id organisation)
{
        return contracts_row_find(txn, T_COMPANY_NAMES, organisation, &contracts__company_names__descriptor, arena);
}

void company_names_put(struct txn *txn, struct arena *arena, struct id organisation, const char *name,
                       const char *legal_name)
{
        const char *const told[COMPANY_NAMES] = {name, legal_name};
        Contracts__CompanyNames names = CONTRACTS__COMPANY_NAMES__INIT;
        char *list[COMPANY_NAMES], folded[FOLDED_SIZE];
        names.folded = list;
        for (size_t i = 0; i < COMPANY_NAMES; i++) {
                name_fold(told[i] == NULL ? "" : told[i], folded);
                if (strcmp(folded, " ") != 0 && (names.n_folded == 0 || strcmp(list[0], folded) != 0))
                        list[names.n_folded++] = arena_text(arena, folded);
        }
        const struct named before = {organisation, find(txn, arena, organisation)}, now = {organisation, &names};
        index_move(txn, rows_of_named, &before, &now);
        if (names.n_folded == 0)
                contracts_row_remove(txn, T_COMPANY_NAMES, organisation);
        else
                contracts_row_put(txn, T_COMPANY_NAMES, organisation, &names, arena);
}

/* Of the companies whose name begins with this word, one that the text tells. */
static const char *told_by_word(const struct work *work, const char *word, const struct read_text *read)
{
        const char *found = NULL;
        struct walk walk;
        struct id id;
        walk_up(work->txn, T_COMPANY_BY_WORD, word_key(word), slice_of(NULL, 0), &walk);
        while (found == NULL && walk_next(&walk, &id)) {
                const Contracts__CompanyNames *names = find(work->txn, work->arena, id);
                for (size_t i = 0; names != NULL && i < names->n_folded; i++)
                        if (name_is_told(read, names->folded[i]))
                                found = names->folded[i];
        }
        walk_end(&walk);
        return found;
}

const char *company_names_told(const struct work *work, const char *text, const struct answer_guard *guard)
{
        char word[FOLDED_SIZE];
        struct read_text read;
        answer_read(text, guard, &read);
        for (const char *at = read.folded, *from = at; word_next(&at, word); from = at) {
                bool is_again = strstr(read.folded, word) < from;
                const char *found = is_again ? NULL : told_by_word(work, word, &read);
                if (found != NULL)
                        return arena_printf(work->arena, "%.*s", (int)strlen(found) - 2, found + 1);
        }
        return NULL;
}
