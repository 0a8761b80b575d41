#include "services/directory/store.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

const struct table_spec directory_tables[DIRECTORY_TABLE_COUNT] = {
        [T_ORGANISATION - RUNTIME_TABLES] = {"organisation", TABLE_STATE},
        [T_ORGANISATION_BY_SIRET - RUNTIME_TABLES] = {"organisation_by_siret", TABLE_STATE},
        [T_ORGANISATION_BY_KIND - RUNTIME_TABLES] = {"organisation_by_kind", TABLE_STATE},
        [T_ORGANISATION_BY_PLACE - RUNTIME_TABLES] = {"organisation_by_place", TABLE_STATE},
        [T_KIND_COUNT - RUNTIME_TABLES] = {"kind_count", TABLE_STATE},
};

enum { ID_SIZE = sizeof(struct id) };

static struct key place_key(const char *territory, Directory__OrganisationKind kind)
{
        struct key key = key_of_text(territory);
        key_u32(&key, (uint32_t)kind);
        return key;
}

static struct key kind_key(Directory__OrganisationKind kind, const char *territory)
{
        struct key key = key_empty();
        key_u32(&key, (uint32_t)kind);
        key_text(&key, territory);
        return key;
}

/* The keys of an organisation's index rows. The first, by SIRET, is empty where it has none. */
struct index_keys {
        struct key by_siret, by_kind, by_place;
};

static struct index_keys index_keys_of(const Directory__OrganisationView *row)
{
        const Directory__Organisation *o = row->organisation;
        struct index_keys keys = {
                .by_siret = o->siret[0] == '\0' ? key_empty() : key_of_text(o->siret),
                .by_kind = kind_key(o->kind, o->territory),
                .by_place = place_key(o->territory, o->kind),
        };
        struct id id = id_of(row->organisation_id);
        if (keys.by_siret.size > 0)
                key_id(&keys.by_siret, id);
        key_id(&keys.by_kind, id);
        key_id(&keys.by_place, id);
        return keys;
}

static void delete_index(struct txn *txn, const Directory__OrganisationView *row)
{
        struct index_keys keys = index_keys_of(row);
        if (keys.by_siret.size > 0)
                txn_delete(txn, T_ORGANISATION_BY_SIRET, key_slice(&keys.by_siret));
        txn_delete(txn, T_ORGANISATION_BY_KIND, key_slice(&keys.by_kind));
        txn_delete(txn, T_ORGANISATION_BY_PLACE, key_slice(&keys.by_place));
}

static void put_index(struct txn *txn, const Directory__OrganisationView *row)
{
        struct slice nothing = slice_of("", 0);
        struct index_keys keys = index_keys_of(row);
        if (keys.by_siret.size > 0)
                txn_put(txn, T_ORGANISATION_BY_SIRET, key_slice(&keys.by_siret), nothing);
        txn_put(txn, T_ORGANISATION_BY_KIND, key_slice(&keys.by_kind), nothing);
        txn_put(txn, T_ORGANISATION_BY_PLACE, key_slice(&keys.by_place), nothing);
}

/* Counts the organisation once more (+1) or once less (-1). A count that falls to nothing loses its row. */
static void count(struct txn *txn, const Directory__OrganisationView *row, int change, struct arena *arena)
{
        struct key key = place_key(row->organisation->territory, row->organisation->kind);
        Directory__KindCount *kept =
                txn_get_message(txn, T_KIND_COUNT, key_slice(&key), &directory__kind_count__descriptor, arena);
        if (kept == NULL) {
                kept = pb_new(&directory__kind_count__descriptor, arena);
                kept->kind = row->organisation->kind;
        }
        uint32_t *which = row->closed ? &kept->closed : &kept->open;
        *which = (uint32_t)((int64_t)*which + change);
        if (kept->open == 0 && kept->closed == 0)
                txn_delete(txn, T_KIND_COUNT, key_slice(&key));
        else
                txn_put_message(txn, T_KIND_COUNT, key_slice(&key), kept, arena);
}

Directory__OrganisationView *store_find_organisation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ORGANISATION, id_slice(&id), &directory__organisation_view__descriptor, arena);
}

void store_put_organisation(struct txn *txn, const Directory__OrganisationView *before,
                            const Directory__OrganisationView *after, struct arena *arena)
{
        if (before != NULL) {
                delete_index(txn, before);
                count(txn, before, -1, arena);
        }
        struct id id = id_of(after->organisation_id);
        txn_put_message(txn, T_ORGANISATION, id_slice(&id), after, arena);
        put_index(txn, after);
        count(txn, after, +1, arena);
}

/* The table to walk and the part of it that the filter bounds. Every one of them ends its keys with the id. */
static size_t index_of(const struct organisation_filter *filter, struct key *ret_prefix)
{
        bool of_kind = filter->kind != DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN;
        *ret_prefix = key_empty();
        if (filter->siret[0] != '\0') {
                key_text(ret_prefix, filter->siret);
                return T_ORGANISATION_BY_SIRET;
        }
        if (filter->territory[0] != '\0') {
                key_text(ret_prefix, filter->territory);
                if (of_kind)
                        key_u32(ret_prefix, (uint32_t)filter->kind);
                return T_ORGANISATION_BY_PLACE;
        }
        if (of_kind) {
                key_u32(ret_prefix, (uint32_t)filter->kind);
                return T_ORGANISATION_BY_KIND;
        }
        return T_ORGANISATION;
}

/* For the walk by SIRET, which the other two fields do not bound. */
static bool matches(const struct organisation_filter *filter, const Directory__Organisation *o)
{
        return (filter->territory[0] == '\0' || strcmp(filter->territory, o->territory) == 0) &&
               (filter->kind == DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN || filter->kind == o->kind);
}

bool store_list_organisations(struct txn *txn, const struct organisation_filter *filter,
                              Directory__OrganisationsReply *reply, struct arena *arena)
{
        struct slice after = filter->after;
        struct key prefix;
        size_t table = index_of(filter, &prefix);
        if (after.size > 0 &&
            (after.size < ID_SIZE || after.size >= KEY_SIZE_MAX || !slice_starts_with(after, key_slice(&prefix))))
                return false;

        /* the first key behind `after` is `after` with a zero byte more */
        struct key from = key_empty();
        if (after.size > 0) {
                memcpy(from.bytes, after.data, after.size);
                from.size = (uint8_t)after.size;
                key_u8(&from, 0);
        }
        struct slice last = slice_of("", 0);
        struct scan scan = scan_from(txn, table, key_slice(&prefix), key_slice(&from));
        while (scan_next(&scan)) {
                struct id id = key_read_id(scan.key, scan.key.size - ID_SIZE);
                if (last.size > 0 && (reply->n_organisations == filter->limit || txn_page_is_spent(txn))) {
                        reply->next = pb_bytes(last); /* there is more */
                        break;
                }
                last = arena_copy_slice(arena, scan.key);
                Directory__OrganisationView *row = store_find_organisation(txn, id, arena);
                if (row == NULL || !matches(filter, row->organisation))
                        continue;
                reply->organisations = pb_append(reply->organisations, &reply->n_organisations, sizeof(row), arena);
                reply->organisations[reply->n_organisations - 1] = row;
        }
        scan_end(&scan);
        return true;
}

static Directory__KindCount *count_of(Directory__CountsByKindReply *reply, Directory__OrganisationKind kind)
{
        for (size_t i = 0; i < reply->n_counts; i++) {
                if (reply->counts[i]->kind == kind)
                        return reply->counts[i];
        }
        return NULL;
}

static void add_count(Directory__CountsByKindReply *reply, Directory__KindCount *more, struct arena *arena)
{
        Directory__KindCount *sum = count_of(reply, more->kind);
        if (sum != NULL) {
                sum->open += more->open;
                sum->closed += more->closed;
                return;
        }
        reply->counts = pb_append(reply->counts, &reply->n_counts, sizeof(more), arena);
        size_t at = reply->n_counts - 1; /* kinds ascending */
        for (; at > 0 && reply->counts[at - 1]->kind > more->kind; at--)
                reply->counts[at] = reply->counts[at - 1];
        reply->counts[at] = more;
}

void store_count_by_kind(struct txn *txn, const char *territory, Directory__CountsByKindReply *reply,
                         struct arena *arena)
{
        struct key prefix = territory[0] == '\0' ? key_empty() : key_of_text(territory);
        struct scan scan = scan_prefix(txn, T_KIND_COUNT, key_slice(&prefix));
        while (scan_next(&scan)) {
                Directory__KindCount *kept = pb_decode(&directory__kind_count__descriptor, scan.value, arena);
                if (kept != NULL)
                        add_count(reply, kept, arena);
        }
        scan_end(&scan);
}
