#include "services/directory/organisations/organisations_rows.h"

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"
#include "services/directory/organisations/names_rows.h"

const struct table_spec directory_tables[DIRECTORY_TABLE_COUNT] = {
        [T_ORGANISATION - RUNTIME_TABLES] = {"organisation", TABLE_STATE},
        [T_ORGANISATION_BY_SIRET - RUNTIME_TABLES] = {"organisation_by_siret", TABLE_STATE},
        [T_ORGANISATION_BY_KIND - RUNTIME_TABLES] = {"organisation_by_kind", TABLE_STATE},
        [T_ORGANISATION_BY_PLACE - RUNTIME_TABLES] = {"organisation_by_place", TABLE_STATE},
        [T_KIND_COUNT - RUNTIME_TABLES] = {"kind_count", TABLE_STATE},
        [T_ORGANISATION_BY_WORD - RUNTIME_TABLES] = {"organisation_by_word", TABLE_STATE},
        [T_ORGANISATION_NAME - RUNTIME_TABLES] = {"organisation_name", TABLE_STATE},
        [T_NAME_WORD - RUNTIME_TABLES] = {"name_word", TABLE_STATE},
        [T_IMPORT_BATCH - RUNTIME_TABLES] = {"import_batch", TABLE_STATE},
        [T_IMPORT_ROW - RUNTIME_TABLES] = {"import_row", TABLE_STATE},
        [T_IMPORT_SENDER - RUNTIME_TABLES] = {"import_sender", TABLE_STATE},
        [T_IMPORT_FILE - RUNTIME_TABLES] = {"import_file", TABLE_STATE},
};

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

static void rows_of_organisation(const void *record, struct index_rows *rows)
{
        const Directory__OrganisationView *row = record;
        const Directory__Organisation *o = row->organisation;
        struct id id = id_of(row->organisation_id);
        if (o->siret[0] != '\0')
                index_id(rows, T_ORGANISATION_BY_SIRET, key_of_text(o->siret), id);
        index_id(rows, T_ORGANISATION_BY_KIND, kind_key(o->kind, o->territory), id);
        index_id(rows, T_ORGANISATION_BY_PLACE, place_key(o->territory, o->kind), id);
        names_index(row, rows);
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
        names_count(txn, row, change);
}

Directory__OrganisationView *store_find_organisation(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_ORGANISATION, id_slice(&id), &directory__organisation_view__descriptor, arena);
}

void store_put_organisation(struct txn *txn, const Directory__OrganisationView *before,
                            const Directory__OrganisationView *after, struct arena *arena)
{
        if (before != NULL)
                count(txn, before, -1, arena);
        struct id id = id_of(after->organisation_id);
        txn_put_message(txn, T_ORGANISATION, id_slice(&id), after, arena);
        index_move(txn, rows_of_organisation, before, after);
        count(txn, after, +1, arena);
}

void store_delete_organisation(struct txn *txn, const Directory__OrganisationView *before, struct arena *arena)
{
        struct id id = id_of(before->organisation_id);
        count(txn, before, -1, arena);
        txn_delete(txn, T_ORGANISATION, id_slice(&id));
        index_move(txn, rows_of_organisation, before, NULL);
}

void store_walk_organisations(struct txn *txn, const struct organisation_filter *filter, struct slice after,
                              struct walk *ret)
{
        bool of_kind = filter->kind != DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN;
        struct key prefix = key_empty();
        size_t table = T_ORGANISATION;
        if (filter->siret[0] != '\0') {
                table = T_ORGANISATION_BY_SIRET;
                key_text(&prefix, filter->siret);
        } else if (filter->territory[0] != '\0') {
                table = T_ORGANISATION_BY_PLACE;
                key_text(&prefix, filter->territory);
                if (of_kind)
                        key_u32(&prefix, (uint32_t)filter->kind);
        } else if (of_kind) {
                table = T_ORGANISATION_BY_KIND;
                key_u32(&prefix, (uint32_t)filter->kind);
        }
        walk_up(txn, table, prefix, after, ret);
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
