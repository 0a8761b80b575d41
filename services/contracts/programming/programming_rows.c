#include "services/contracts/programming/programming_rows.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/field_rules.h"
#include "common/store/index.h"
#include "services/contracts/record/access.h"

enum { NAME_HASH_SIZE = 32 };

/* ---- lines */

Contracts__ProgrammeLineRow *programme_line_find(struct txn *txn, struct arena *arena, struct id line)
{
        return contracts_row_find(txn, T_PROGRAMME_LINE, line, &contracts__programme_line_row__descriptor, arena);
}

const char *programme_line_name(const Contracts__ProgrammeLine *line)
{
        return text_is_empty(line->reference) ? line->title : line->reference;
}

static struct key by_year(const char *siret, uint32_t year)
{
        struct key key = key_of_text(siret);
        key_u32(&key, year);
        return key;
}

static struct key by_row(const Contracts__ProgrammeLineRow *row)
{
        struct key key = by_year(row->buyer_siret, row->year);
        key_u32(&key, row->row);
        return key;
}

/* Names may be longer than keys. */
static struct key by_name(const char *siret, uint32_t year, const char *name)
{
        struct key whole = by_year(siret, year), key = key_empty();
        char folded[BOUND_CHARACTERS];
        crypto_generichash_state state;

        text_fold(name, folded, sizeof(folded));
        require(crypto_generichash_init(&state, NULL, 0, NAME_HASH_SIZE) == 0);
        require(crypto_generichash_update(&state, whole.bytes, whole.size) == 0);
        require(crypto_generichash_update(&state, (const uint8_t *)folded, strlen(folded)) == 0);
        require(crypto_generichash_final(&state, key.bytes, NAME_HASH_SIZE) == 0);
        key.size = NAME_HASH_SIZE;
        return key;
}

bool programme_line_named(struct txn *txn, const char *siret, uint32_t year, const char *name, struct id *ret)
{
        struct key key = by_name(siret, year, name);
        struct slice value;
        if (!txn_get(txn, T_PROGRAMME_BY_NAME, key_slice(&key), &value))
                return false;
        *ret = key_read_id(value, 0);
        return true;
}

static void rows_of_line(const void *record, struct index_rows *rows)
{
        const Contracts__ProgrammeLineRow *row = record;
        index_id(rows, T_PROGRAMME_BY_BUYER, by_row(row), id_of(row->line_id));
}

void programme_line_put(struct txn *txn, struct arena *arena, const Contracts__ProgrammeLineRow *row)
{
        struct id id = id_of(row->line_id);
        struct key name = by_name(row->buyer_siret, row->year, programme_line_name(row->line));
        const Contracts__ProgrammeLineRow *old = programme_line_find(txn, arena, id);
        contracts_row_put(txn, T_PROGRAMME_LINE, id, row, arena);
        index_move(txn, rows_of_line, old, row);
        txn_put(txn, T_PROGRAMME_BY_NAME, key_slice(&name), id_slice(&id)); /* the name of a line never changes */
}

void programme_line_delete(struct txn *txn, const Contracts__ProgrammeLineRow *row)
{
        struct key key = key_of_id(id_of(row->line_id));
        struct key name = by_name(row->buyer_siret, row->year, programme_line_name(row->line));
        txn_delete(txn, T_PROGRAMME_LINE, key_slice(&key));
        index_move(txn, rows_of_line, row, NULL);
        txn_delete(txn, T_PROGRAMME_BY_NAME, key_slice(&name));
}

static bool see_contacts(struct slice value, bool (*see)(void *argument, struct id id), void *argument)
{
        struct arena arena scoped(arena_fini) = {0};
        const Contracts__ProgrammeLineRow *row = pb_decode(&contracts__programme_line_row__descriptor, value, &arena);
        if (row == NULL)
                return true;
        const Types__Id *now = row->contact_id, *before = row->before == NULL ? NULL : row->before->contact_id;
        return (now == NULL || see(argument, id_of(now))) && (before == NULL || see(argument, id_of(before)));
}

bool programming_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        struct scan scan = scan_backwards(txn, T_PROGRAMME_LINE, slice_of(NULL, 0), slice_of(NULL, 0));
        bool more = true;
        while (more && scan_next(&scan))
                more = see_contacts(scan.value, see, argument);
        scan_end(&scan);
        return more;
}

/* ---- the lists that were taken */

struct batch_tables contracts_batches(void)
{
        return (struct batch_tables){T_PROGRAMME_BATCH, T_PROGRAMME_BATCH_ROW, T_PROGRAMME_SENDER, T_PROGRAMME_FILE};
}

enum standing programme_import_standing(const struct work *work, const Types__ImportBatch *batch)
{
        char siret[SIRET_TEXT_SIZE];
        switch (work->actor->role) {
        case TYPES__ROLE__BUYER:
                return access_own_siret(work, siret) && strcmp(siret, batch->sender) == 0 ? STANDING_CHANGE
                                                                                          : STANDING_UNKNOWN;
        case TYPES__ROLE__FACILITATOR:
                return passport_covers(work->actor, batch->territory) ? STANDING_CHANGE : STANDING_UNKNOWN;
        case TYPES__ROLE__COORDINATOR:
        case TYPES__ROLE__OPERATOR: return STANDING_CHANGE;
        case TYPES__ROLE__AUDITOR: return STANDING_READ;
        default: return STANDING_UNKNOWN;
        }
}

void programme_walk(struct txn *txn, const char *siret, uint32_t year, struct slice after, struct walk *ret)
{
        struct key prefix = by_year(siret, year);
        walk_up(txn, T_PROGRAMME_BY_BUYER, prefix, after, ret);
}

/* ---- what is remembered of a buyer */

Contracts__ProgrammeSettings *programme_settings_find(struct txn *txn, struct arena *arena, const char *siret)
{
        struct key key = key_of_text(siret);
        return contracts_row_find_key(txn, T_PROGRAMME_SETTINGS, &key, &contracts__programme_settings__descriptor,
                                      arena);
}

void programme_settings_put(struct txn *txn, struct arena *arena, const Contracts__ProgrammeSettings *settings)
{
        struct key key = key_of_text(settings->buyer_siret);
        contracts_row_put_key(txn, T_PROGRAMME_SETTINGS, &key, settings, arena);
}

/* ---- inclusive structures near */

static struct key of_place(const char *territory, uint32_t kind)
{
        struct key key = key_of_text(territory);
        key_u32(&key, kind);
        return key;
}

static void count(struct txn *txn, struct arena *arena, const Contracts__StructureSeen *seen, int32_t step)
{
        struct key key = of_place(seen->territory, seen->kind);
        Contracts__StructureCount row = CONTRACTS__STRUCTURE_COUNT__INIT;
        const Contracts__StructureCount *old =
                contracts_row_find_key(txn, T_STRUCTURE_COUNT, &key, &contracts__structure_count__descriptor, arena);
        uint32_t before = old == NULL ? 0 : old->open;

        row.open = step > 0 ? before + 1 : before - (before > 0); /* none only where the transaction has failed */
        if (row.open > 0)
                contracts_row_put_key(txn, T_STRUCTURE_COUNT, &key, &row, arena);
        else
                txn_delete(txn, T_STRUCTURE_COUNT, key_slice(&key));
}

void programme_structure_put(struct txn *txn, struct arena *arena, struct id organisation,
                             const Contracts__StructureSeen *seen)
{
        struct key key = key_of_id(organisation);
        const Contracts__StructureSeen *old =
                contracts_row_find(txn, T_STRUCTURE, organisation, &contracts__structure_seen__descriptor, arena);
        if (old != NULL)
                count(txn, arena, old, -1);
        if (seen != NULL) {
                count(txn, arena, seen, 1);
                contracts_row_put(txn, T_STRUCTURE, organisation, seen, arena);
        } else if (old != NULL) {
                txn_delete(txn, T_STRUCTURE, key_slice(&key));
        }
}

uint32_t programme_structures(struct txn *txn, struct arena *arena, const char *territory)
{
        struct key prefix = key_of_text(territory);
        struct scan scan = scan_from(txn, T_STRUCTURE_COUNT, key_slice(&prefix), slice_of(NULL, 0));
        uint32_t sum = 0;

        while (scan_next(&scan)) {
                const Contracts__StructureCount *row =
                        pb_decode(&contracts__structure_count__descriptor, scan.value, arena);
                sum += row == NULL ? 0 : row->open;
        }
        scan_end(&scan);
        return sum;
}
