#include "services/tracking/placements/placements_rows.h"

#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "services/tracking/persons/identity_rows.h"

bool tracking_placement(struct txn *txn, struct id id, struct placement *ret)
{
        struct slice row;
        if (!txn_get(txn, T_PLACEMENT, id_slice(&id), &row))
                return false;
        require(row.size == sizeof(*ret));
        memcpy(ret, row.data, sizeof(*ret));
        return true;
}

void tracking_put_placement(struct txn *txn, struct id id, const struct placement *row)
{
        txn_put(txn, T_PLACEMENT, id_slice(&id), slice_of(row, sizeof(*row)));
}

/* What the index rows of a placement are made of. */
struct placed {
        struct id id;
        const struct placement *row;
};

static void rows_of_placement(const void *record, struct index_rows *rows)
{
        const struct placed *placed = record;
        const struct placement *row = placed->row;
        index_id(rows, T_PLACEMENT_BY_BENEFICIARY, key_of_id(row->beneficiary), placed->id);
        index_id(rows, T_PLACEMENT_BY_OBLIGATION, key_of_id(row->obligation), placed->id);
        if (!id_is_zero(row->employer))
                index_id(rows, T_PLACEMENT_BY_ORGANISATION, key_of_id(row->employer), placed->id);
        if (!id_is_zero(row->host))
                index_id(rows, T_PLACEMENT_BY_ORGANISATION, key_of_id(row->host), placed->id);
}

void tracking_index_placement(struct txn *txn, struct id id, const struct placement *row)
{
        index_move(txn, rows_of_placement, NULL, &(struct placed){id, row});
}

void tracking_drop_placement(struct txn *txn, struct id id, const struct placement *row)
{
        index_move(txn, rows_of_placement, &(struct placed){id, row}, NULL);
        txn_delete(txn, T_PLACEMENT, id_slice(&id));
        txn_delete(txn, T_PLACEMENT_FILE, id_slice(&id));
        txn_delete(txn, T_PLACEMENT_NEXT, id_slice(&id));
        txn_delete(txn, T_EMPLOYER_REFERENCE, id_slice(&id));
}

bool tracking_placement_next(struct txn *txn, struct id id, struct id *ret)
{
        struct slice next;
        if (!txn_get(txn, T_PLACEMENT_NEXT, id_slice(&id), &next))
                return false;
        *ret = key_read_id(next, 0);
        return true;
}

void tracking_put_placement_next(struct txn *txn, struct id id, struct id next)
{
        if (id_is_zero(next))
                txn_delete(txn, T_PLACEMENT_NEXT, id_slice(&id));
        else
                txn_put(txn, T_PLACEMENT_NEXT, id_slice(&id), id_slice(&next));
}

bool tracking_employer_reference(struct txn *txn, struct id id, struct slice *ret_sealed)
{
        return txn_get(txn, T_EMPLOYER_REFERENCE, id_slice(&id), ret_sealed);
}

void tracking_put_employer_reference(struct txn *txn, struct id id, struct slice sealed)
{
        if (sealed.size == 0)
                txn_delete(txn, T_EMPLOYER_REFERENCE, id_slice(&id));
        else
                txn_put(txn, T_EMPLOYER_REFERENCE, id_slice(&id), sealed);
}

Tracking__PlacementFile *tracking_placement_file(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_PLACEMENT_FILE, id_slice(&id), &tracking__placement_file__descriptor, arena);
}

void tracking_put_placement_file(struct txn *txn, struct id id, const Tracking__PlacementFile *row, struct arena *arena)
{
        txn_put_message(txn, T_PLACEMENT_FILE, id_slice(&id), row, arena);
}

static Tracking__PlacementTerms *terms_of_opening(const Tracking__PlacementOpened *opened, struct arena *arena)
{
        Tracking__PlacementTerms *terms = pb_new(&tracking__placement_terms__descriptor, arena);
        terms->changed_on = opened->starts_on;
        terms->starts_on = opened->starts_on;
        terms->ends_on = opened->ends_on;
        terms->weekly_hours = opened->weekly_hours;
        terms->rome_code = opened->rome_code;
        terms->work_contract = opened->work_contract;
        return terms;
}

size_t placement_terms(const Tracking__PlacementFile *file, struct arena *arena, Tracking__PlacementTerms ***ret)
{
        if (file->n_terms > 0) {
                *ret = file->terms;
                return file->n_terms;
        }
        *ret = arena_alloc(arena, sizeof(**ret));
        (*ret)[0] = terms_of_opening(file->opened, arena);
        return 1;
}

static bool has_sealed_contacts(struct slice value)
{
        struct arena arena scoped(arena_fini) = {0};
        const Tracking__PlacementFile *file = pb_decode(&tracking__placement_file__descriptor, value, &arena);
        return file != NULL && (file->sealed_contacts.len > 0 || file->n_namings > 0);
}

void placements_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument)
{
        bool more = true;
        struct scan scan = scan_backwards(txn, T_PLACEMENT_FILE, slice_of(NULL, 0), slice_of(NULL, 0));
        while (more && scan_next(&scan))
                more = !has_sealed_contacts(scan.value) || see(argument, key_read_id(scan.key, 0));
        scan_end(&scan);
}

void placements_walk(struct txn *txn, enum placements_list list, struct key part, struct slice after, struct walk *ret)
{
        const size_t tables[] = {
                [LIST_PLACEMENTS] = T_PLACEMENT,
                [LIST_PLACEMENTS_OF_BENEFICIARY] = T_PLACEMENT_BY_BENEFICIARY,
                [LIST_PLACEMENTS_OF_OBLIGATION] = T_PLACEMENT_BY_OBLIGATION,
                [LIST_PLACEMENTS_OF_ORGANISATION] = T_PLACEMENT_BY_ORGANISATION,
        };
        walk_begin(txn, (struct walk_spec){tables[list], WALK_UP, CURSOR_ID}, part, after, ret);
}

/* Of one file of hers; zero: none. */
static struct id met_in(struct txn *txn, struct id file, const struct stay *stay, struct id own)
{
        struct walk walk;
        struct id id, found = {0};
        struct placement placement;
        placements_walk(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(file), slice_of(NULL, 0), &walk);
        while (id_is_zero(found) && walk_next(&walk, &id))
                if (!id_equal(id, own) && tracking_placement(txn, id, &placement) &&
                    placement_overlaps(&placement, stay->obligation, stay->starts_on, stay->ends_on))
                        found = id;
        walk_end(&walk);
        return found;
}

bool placement_stands_alone(struct txn *txn, const struct stay *stay, struct id own, struct refusal *ret)
{
        struct files files = identity_files(txn, stay->beneficiary);
        struct id found = {0};
        char text[ID_TEXT_SIZE];
        for (size_t i = 0; id_is_zero(found) && i < files.count; i++)
                found = met_in(txn, files.at[i], stay, own);
        if (id_is_zero(found))
                return true;
        id_format(found, text);
        return refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "starts_on",
                      "La personne a déjà un parcours ouvert sur cette obligation à ces dates (%s) : terminez-le "
                      "d'abord, ou changez les dates.",
                      text);
}
