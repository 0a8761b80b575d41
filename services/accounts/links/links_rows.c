#include "services/accounts/links/links_rows.h"

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/index.h"
#include "common/store/key.h"

Accounts__LinkRow *store_link(struct txn *txn, struct id id, struct arena *arena)
{
        return txn_get_message(txn, T_LINK, id_slice(&id), &accounts__link_row__descriptor, arena);
}

static void rows_of_link(const void *record, struct index_rows *rows)
{
        const Accounts__LinkRow *row = record;
        index_id(rows, T_LINK_OF, key_of_id(id_of(row->link->object_id)), id_of(row->link->link_id));
}

/* What a link is about never changes, so its index row stays. */
void store_put_link(struct txn *txn, const Accounts__LinkRow *row, struct arena *arena)
{
        struct id id = id_of(row->link->link_id);
        index_move(txn, rows_of_link, NULL, row);
        txn_put_message(txn, T_LINK, id_slice(&id), row, arena);
}

void store_walk_links_of(struct txn *txn, struct id object, struct slice before, struct walk *ret)
{
        struct walk_spec spec = {T_LINK_OF, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_of_id(object), before, ret);
}

void store_walk_links(struct txn *txn, struct slice before, struct walk *ret)
{
        struct walk_spec spec = {T_LINK, WALK_DOWN, CURSOR_ID};
        walk_begin(txn, spec, key_empty(), before, ret);
}
