#include "services/tracking/persons/identity_rows.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/vouched.h"

static const struct slice NOTHING = {(const uint8_t *)"", 0};

/* ---- digests */

Tracking__DigestsRow *identity_digests(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_IDENTITY_DIGESTS, id_slice(&id), &tracking__digests_row__descriptor, arena);
}

size_t digests_count(const Tracking__PersonDigests *digests)
{
        return (digests->same.len + digests->probable.len + digests->possible.len) / DIGEST_SIZE;
}

static struct key key_of_digest(const uint8_t *digest)
{
        struct key key = key_empty();
        key_bytes(&key, slice_of(digest, DIGEST_SIZE));
        return key;
}

void identity_holders(struct txn *txn, const uint8_t digest[DIGEST_SIZE], struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_PERSON_BY_DIGEST, WALK_UP, CURSOR_ID}, key_of_digest(digest),
                   slice_of(NULL, 0), ret);
}

struct held {
        struct id id;
        const Tracking__PersonDigests *digests;
};

static void add_rows(struct index_rows *rows, struct id id, ProtobufCBinaryData digests)
{
        for (size_t at = 0; at + DIGEST_SIZE <= digests.len; at += DIGEST_SIZE)
                index_id(rows, T_PERSON_BY_DIGEST, key_of_digest(digests.data + at), id);
}

static void rows_of_held(const void *record, struct index_rows *rows)
{
        const struct held *held = record;
        add_rows(rows, held->id, held->digests->same);
        add_rows(rows, held->id, held->digests->probable);
        add_rows(rows, held->id, held->digests->possible);
}

void identity_note_made_again(struct txn *txn, struct id id, struct arena *arena)
{
        Tracking__DigestsRow *row = identity_digests(txn, id, arena);
        if (row == NULL)
                return; /* the transaction has failed; its commit will tell */
        row->made_again++;
        txn_put_message(txn, T_IDENTITY_DIGESTS, id_slice(&id), row, arena);
}

/* ---- pairs */

static struct key key_of_pair(struct id id, struct id other)
{
        struct key key = key_of_id(id);
        key_id(&key, other);
        return key;
}

Tracking__DoubleRow *identity_double(struct txn *txn, struct id id, struct id other, struct arena *arena)
{
        struct key key = key_of_pair(id, other);
        return txn_get_message(txn, T_DOUBLES, key_slice(&key), &tracking__double_row__descriptor, arena);
}

static struct key key_in_territory(const char *territory, struct pair pair)
{
        struct key key = key_of_text(territory);
        key_id(&key, pair.id);
        key_id(&key, pair.other);
        return key;
}

struct placed_pair {
        struct pair pair;
        const char *territory, *other_territory;
        bool is_shown;
};

static void rows_of_pair(const void *record, struct index_rows *rows)
{
        const struct placed_pair *placed = record;
        if (!placed->is_shown)
                return;
        index_row(rows, T_DOUBLES_BY_TERRITORY, key_in_territory(placed->territory, placed->pair), NOTHING);
        if (strcmp(placed->territory, placed->other_territory) != 0)
                index_row(rows, T_DOUBLES_BY_TERRITORY, key_in_territory(placed->other_territory, placed->pair),
                          NOTHING);
}

/* False: the transaction has failed; its commit will tell. */
static bool place_pair(struct txn *txn, struct id id, struct id other, struct arena *arena, struct placed_pair *ret)
{
        bool in_order = memcmp(&id, &other, sizeof(id)) < 0;
        struct pair pair = {in_order ? id : other, in_order ? other : id};
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, pair.id, arena);
        const Tracking__BeneficiaryRow *other_row = tracking_beneficiary(txn, pair.other, arena);
        if (row == NULL || other_row == NULL)
                return false;
        *ret = (struct placed_pair){pair, row->territory, other_row->territory, .is_shown = true};
        return true;
}

/* `now` NULL: it goes. */
static void put_double(struct txn *txn, struct id id, struct id other, const Tracking__DoubleRow *now,
                       struct arena *arena)
{
        struct key key = key_of_pair(id, other), back = key_of_pair(other, id);
        struct placed_pair placed;
        if (!place_pair(txn, id, other, arena, &placed))
                return;
        struct placed_pair before = placed;
        const Tracking__DoubleRow *was = identity_double(txn, id, other, arena);
        before.is_shown = was != NULL && !was->kept_apart;
        placed.is_shown = now != NULL && !now->kept_apart;
        index_move(txn, rows_of_pair, &before, &placed);
        if (now == NULL) {
                txn_delete(txn, T_DOUBLES, key_slice(&key));
                txn_delete(txn, T_DOUBLES, key_slice(&back));
                return;
        }
        txn_put_message(txn, T_DOUBLES, key_slice(&key), now, arena);
        txn_put_message(txn, T_DOUBLES, key_slice(&back), now, arena);
}

struct id_list {
        struct id *at;
        size_t count;
};

/* Rows are not to be written while they are walked. */
static struct id_list doubles_of(struct txn *txn, struct id id, struct arena *arena)
{
        struct id_list list = {0};
        struct walk walk;
        struct id other;
        walk_begin(txn, (struct walk_spec){T_DOUBLES, WALK_UP, CURSOR_ID}, key_of_id(id), slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &other)) {
                list.at = pb_append(list.at, &list.count, sizeof(other), arena);
                list.at[list.count - 1] = other;
        }
        walk_end(&walk);
        return list;
}

static void drop_pairs(struct txn *txn, struct id id, bool is_she_gone, struct arena *arena)
{
        struct id_list others = doubles_of(txn, id, arena);
        for (size_t i = 0; i < others.count; i++) {
                const Tracking__DoubleRow *row = identity_double(txn, id, others.at[i], arena);
                if (row != NULL && (is_she_gone || !row->kept_apart))
                        put_double(txn, id, others.at[i], NULL, arena);
        }
}

void identity_move(struct txn *txn, struct id id, const char *territory, struct arena *arena)
{
        struct id_list others = doubles_of(txn, id, arena);
        for (size_t i = 0; i < others.count; i++) {
                const Tracking__DoubleRow *row = identity_double(txn, id, others.at[i], arena);
                struct placed_pair placed, moved;
                if (row == NULL || row->kept_apart || !place_pair(txn, id, others.at[i], arena, &placed))
                        continue;
                moved = placed;
                *(id_equal(placed.pair.id, id) ? &moved.territory : &moved.other_territory) = territory;
                index_move(txn, rows_of_pair, &placed, &moved);
        }
}

static void pair_with(struct txn *txn, struct id id, const Tracking__PairFound *found, struct arena *arena)
{
        Tracking__DoubleRow row = TRACKING__DOUBLE_ROW__INIT;
        struct id other = id_of(found->id);
        const Tracking__DoubleRow *was = identity_double(txn, id, other, arena);
        row.sureness = found->sureness;
        row.kept_apart = was != NULL && was->kept_apart;
        put_double(txn, id, other, &row, arena);
}

void identity_put_digests(struct txn *txn, struct id id, const Tracking__PersonDigests *digests, struct arena *arena)
{
        Tracking__DigestsRow row = TRACKING__DIGESTS_ROW__INIT;
        Tracking__PersonDigests kept = TRACKING__PERSON_DIGESTS__INIT;
        const Tracking__DigestsRow *was = identity_digests(txn, id, arena);
        const struct held before = {id, was == NULL ? NULL : was->digests}, now = {id, digests};
        index_move(txn, rows_of_held, was == NULL ? NULL : &before, digests == NULL ? NULL : &now);
        drop_pairs(txn, id, digests == NULL, arena);
        if (digests == NULL) {
                txn_delete(txn, T_IDENTITY_DIGESTS, id_slice(&id));
                return;
        }
        kept = *digests;
        kept.asked = pb_bytes(NOTHING);
        kept.n_pairs = 0;
        row.digests = &kept;
        row.made_again = was == NULL ? 0 : was->made_again;
        txn_put_message(txn, T_IDENTITY_DIGESTS, id_slice(&id), &row, arena);
        for (size_t i = 0; i < digests->n_pairs; i++)
                pair_with(txn, id, digests->pairs[i], arena);
}

void identity_keep_apart(struct txn *txn, struct id id, struct id other, struct arena *arena)
{
        Tracking__DoubleRow row = TRACKING__DOUBLE_ROW__INIT;
        const Tracking__DoubleRow *was = identity_double(txn, id, other, arena);
        if (was != NULL)
                row.sureness = was->sureness;
        row.kept_apart = true;
        put_double(txn, id, other, &row, arena);
}

void identity_doubles_walk(struct txn *txn, const char *territory, struct slice after, struct walk *ret)
{
        walk_up(txn, T_DOUBLES_BY_TERRITORY, territory[0] == '\0' ? key_empty() : key_of_text(territory), after, ret);
}

struct pair identity_pair(const struct walk *walk)
{
        struct slice key = walk->scan.key;
        return (struct pair){key_read_id(key, key.size - 2 * sizeof(struct id)),
                             key_read_id(key, key.size - sizeof(struct id))};
}

/* ---- files of one person */

struct id identity_main(struct txn *txn, struct id id)
{
        struct slice value;
        return txn_get(txn, T_MERGED, id_slice(&id), &value) ? key_read_id(value, 0) : id;
}

static void joined_walk(struct txn *txn, struct id id, struct walk *ret)
{
        walk_begin(txn, (struct walk_spec){T_MERGED_BY_MAIN, WALK_UP, CURSOR_ID}, key_of_id(id), slice_of(NULL, 0),
                   ret);
}

struct files identity_files(struct txn *txn, struct id id)
{
        struct files files = {.at = {id}, .count = 1};
        struct walk walk;
        struct slice value;
        struct id joined;
        if (!txn_get(txn, T_MERGED, id_slice(&id), &value))
                return files; /* most of them: nothing else is read */
        files.at[0] = key_read_id(value, 0);
        joined_walk(txn, files.at[0], &walk);
        while (files.count < FILES_MAX && walk_next(&walk, &joined))
                files.at[files.count++] = joined;
        walk_end(&walk);
        return files;
}

size_t identity_periods(struct txn *txn, struct id id, struct period *ret, struct arena *arena)
{
        struct files files = identity_files(txn, id);
        struct vouched vouched;
        if (files.count == 1) { /* its row tells them */
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(txn, id, arena);
                return row == NULL ? 0 : periods_of(row, ret);
        }
        vouched_of(txn, id, NULL, arena, &vouched);
        for (size_t i = 0; i < vouched.period_count; i++)
                ret[i] = vouched.periods[i];
        return vouched.period_count;
}

/* A file that nothing joins any more goes on by itself. */
static void note_alone(struct txn *txn, struct id id)
{
        struct walk walk;
        struct id joined;
        joined_walk(txn, id, &walk);
        bool is_alone = !walk_next(&walk, &joined);
        walk_end(&walk);
        if (is_alone)
                txn_delete(txn, T_MERGED, id_slice(&id));
}

static void link_file(struct txn *txn, struct id id, const struct id *into)
{
        struct key key;
        struct id was = identity_main(txn, id);
        if (!id_equal(was, id)) {
                key = key_of_pair(was, id);
                txn_delete(txn, T_MERGED_BY_MAIN, key_slice(&key));
                txn_delete(txn, T_MERGED, id_slice(&id));
                note_alone(txn, was);
        }
        if (into == NULL)
                return;
        key = key_of_pair(*into, id);
        txn_put(txn, T_MERGED, id_slice(&id), id_slice(into));
        txn_put(txn, T_MERGED, id_slice(into), id_slice(into));
        txn_put(txn, T_MERGED_BY_MAIN, key_slice(&key), NOTHING);
}

void identity_merge(struct txn *txn, struct id id, struct id into)
{
        link_file(txn, id, &into);
}

void identity_unmerge(struct txn *txn, struct id id)
{
        link_file(txn, id, NULL);
}

void identity_drop(struct txn *txn, struct id id, struct arena *arena)
{
        struct files files = identity_files(txn, id);
        bool goes_on = !id_equal(files.at[0], id);
        for (size_t i = goes_on ? files.count : 1; i < files.count; i++)
                link_file(txn, files.at[i], i == 1 ? NULL : &files.at[1]);
        link_file(txn, id, NULL);
        identity_put_digests(txn, id, NULL, arena);
}
