#include "services/directory/organisations/names_rows.h"

#include <stdio.h>
#include <string.h>

#include "common/codec/types.h"
#include "common/store/key.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/words/asked.h"

enum {
        KIND_BYTES = 4,
        HEAD_BYTES = KIND_BYTES + 1, /* and whether it is closed */
        WORDS_LOOKED_AT_MAX = 200,   /* of the vocabulary, to see how rare a beginning is */
        WORDS_MEANT_MAX = 20000,     /* the same, to see which may be meant */
};

/* ---- of a row */

static void text_of(const Directory__Organisation *o, char ret_folded[FOLDED_SIZE])
{
        char whole[2 * FOLDED_SIZE];
        (void)snprintf(whole, sizeof(whole), "%s %s %s", o->name, o->legal_name, o->city);
        asked_fold(whole, ret_folded);
}

static struct key word_key(const char *territory, const char *beginning)
{
        struct key key = key_of_text(territory);
        key_bytes(&key, slice_of(beginning, strlen(beginning)));
        return key;
}

static void index_word(const Directory__OrganisationView *row, const char *word, struct index_rows *rows)
{
        const char *places[] = {"", row->organisation->territory};
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                struct key key = key_of_text(places[i]);
                key_text(&key, word);
                if (i == 0 || places[i][0] != '\0')
                        index_id(rows, T_ORGANISATION_BY_WORD, key, id_of(row->organisation_id));
        }
}

/* The next word of a folded text, cut to what a key may hold. */
static bool next_word(char **text, char ret_word[WORD_SIZE])
{
        char *word = strsep(text, " ");
        if (word == NULL)
                return false;
        (void)snprintf(ret_word, WORD_SIZE, "%s", word);
        return true;
}

void names_index(const Directory__OrganisationView *row, struct index_rows *rows)
{
        char value[HEAD_BYTES + FOLDED_SIZE], folded[FOLDED_SIZE], word[WORD_SIZE], *left = folded;
        struct key head = key_empty();
        key_u32(&head, (uint32_t)row->organisation->kind);
        key_u8(&head, row->closed ? 1 : 0);
        text_of(row->organisation, folded);
        memcpy(value, head.bytes, HEAD_BYTES);
        memcpy(value + HEAD_BYTES, folded, strlen(folded) + 1);
        index_row(rows, T_ORGANISATION_NAME, key_of_id(id_of(row->organisation_id)),
                  slice_of(value, HEAD_BYTES + strlen(folded) + 1));
        while (next_word(&left, word))
                if (word[0] != '\0')
                        index_word(row, word, rows);
}

void names_count(struct txn *txn, const Directory__OrganisationView *row, int change)
{
        char folded[FOLDED_SIZE], word[WORD_SIZE], *left = folded;
        text_of(row->organisation, folded);
        while (next_word(&left, word)) {
                struct key key = key_of_text(word);
                struct slice value;
                if (word[0] == '\0')
                        continue;
                uint32_t count = txn_get(txn, T_NAME_WORD, key_slice(&key), &value) ? key_read_u32(value, 0) : 0;
                struct key now = key_empty();
                key_u32(&now, (uint32_t)((int64_t)count + change));
                if (count + (uint32_t)change == 0)
                        txn_delete(txn, T_NAME_WORD, key_slice(&key));
                else
                        txn_put(txn, T_NAME_WORD, key_slice(&key), key_slice(&now));
        }
}

/* ---- looking for */

static struct scan words_that_begin(struct txn *txn, const char *beginning)
{
        return scan_prefix(txn, T_NAME_WORD, slice_of(beginning, strlen(beginning)));
}

/* How many rows the words have that begin so, everywhere; of more words than are looked at, too many. */
static uint64_t rows_of(struct txn *txn, const char *beginning)
{
        struct scan scan = words_that_begin(txn, beginning);
        uint64_t sum = 0;
        size_t looked = 0;
        while (scan_next(&scan))
                sum = ++looked > WORDS_LOOKED_AT_MAX ? UINT64_MAX / 2 : sum + key_read_u32(scan.value, 0);
        scan_end(&scan);
        return sum;
}

/* The word that a key has behind `offset`; NULL: none, in a damaged store. */
static const char *word_in(struct slice key, size_t offset)
{
        const char *word = (const char *)key.data + offset;
        return offset < key.size && strnlen(word, key.size - offset) < key.size - offset ? word : NULL;
}

/* The commonest of the words that may be meant. */
static void mend(struct txn *txn, char word[WORD_SIZE])
{
        char first[2] = {word[0], '\0'}, meant[WORD_SIZE] = "";
        uint32_t most = 0;
        size_t looked = 0;
        struct scan scan = words_that_begin(txn, first);
        while (looked++ < WORDS_MEANT_MAX && scan_next(&scan)) {
                uint32_t count = key_read_u32(scan.value, 0);
                const char *one = word_in(scan.key, 0);
                if (one == NULL || count <= most || !asked_meant(word, one, strlen(one)))
                        continue;
                most = count;
                (void)snprintf(meant, sizeof(meant), "%s", one);
        }
        scan_end(&scan);
        if (meant[0] != '\0')
                (void)snprintf(word, WORD_SIZE, "%s", meant);
}

/* The rarest word; what begins nothing is mended first. */
static const char *rarest(struct txn *txn, struct asked *asked)
{
        const char *best = asked->words[0];
        uint64_t fewest = UINT64_MAX;
        for (size_t i = 0; i < asked->count; i++) {
                uint64_t rows = rows_of(txn, asked->words[i]);
                if (rows == 0) {
                        mend(txn, asked->words[i]);
                        rows = rows_of(txn, asked->words[i]);
                }
                if (rows < fewest) {
                        fewest = rows;
                        best = asked->words[i];
                }
        }
        return best;
}

/* A name that has two words with one beginning is walked to twice: the first of them counts. */
static bool is_first(const char *folded, const char *beginning, const char *word)
{
        size_t size = strlen(beginning), length = strlen(word);
        for (const char *at = folded; at != NULL; at = strchr(at, ' ')) {
                at += *at == ' ' ? 1 : 0;
                if (strncmp(at, beginning, size) == 0)
                        return strncmp(at, word, length) == 0 &&
                               (at[length] == ' ' || at[length] == '\0' || length == WORD_SIZE - 1); /* cut */
        }
        return false;
}

/* One row of the walk, offered where it fits. */
struct looking {
        struct txn *txn;
        const struct names_wish *wish;
        const struct asked *asked;
        const char *beginning;
        struct arena *arena;
        struct best *best;
};

static void look_at(const struct looking *looking, const char *word, struct id id)
{
        char folded[FOLDED_SIZE];
        struct slice value;
        if (!txn_get(looking->txn, T_ORGANISATION_NAME, id_slice(&id), &value) || value.size < HEAD_BYTES)
                return;
        bool is_of_kind = looking->wish->kind == DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN ||
                          key_read_u32(value, 0) == (uint32_t)looking->wish->kind;
        (void)snprintf(folded, sizeof(folded), "%.*s", (int)(value.size - HEAD_BYTES),
                       (const char *)value.data + HEAD_BYTES);
        if (!is_of_kind || !asked_fits(looking->asked, folded) || !is_first(folded, looking->beginning, word))
                return;
        struct offer offer = {
                .thing = arena_copy(looking->arena, &id, sizeof(id)),
                .name = arena_text(looking->arena, folded),
                .rank = asked_rank(looking->asked, folded),
                .weight = ((const uint8_t *)value.data)[KIND_BYTES] == 0 ? 1 : 0,
        };
        best_offer(looking->best, &offer);
}

void names_find(struct txn *txn, const struct names_wish *wish, struct arena *arena, struct best *ret)
{
        struct asked asked;
        size_t looked = 0;
        asked_read(wish->words, &asked);
        *ret = (struct best){.most = wish->most < BEST_MAX ? wish->most : BEST_MAX};
        if (asked.count == 0)
                return;
        struct looking looking = {txn, wish, &asked, rarest(txn, &asked), arena, ret};
        struct key prefix = word_key(wish->territory, looking.beginning);
        struct scan scan = scan_prefix(txn, T_ORGANISATION_BY_WORD, key_slice(&prefix));
        while (scan_next(&scan)) {
                if (looked++ == NAMES_LOOKED_AT_MAX) {
                        ret->more = true;
                        break;
                }
                const char *word = word_in(scan.key, strlen(wish->territory) + 1);
                if (word != NULL)
                        look_at(&looking, word, key_read_id(scan.key, scan.key.size - sizeof(struct id)));
        }
        scan_end(&scan);
}
