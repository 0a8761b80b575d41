#include "services/tracking/outcomes/outcomes_rows.h"

#include "common/codec/pb.h"
#include "common/store/key.h"

bool tracking_placement_exit(struct txn *txn, struct id id, struct slice *ret_sealed)
{
        return txn_get(txn, T_PLACEMENT_EXIT, id_slice(&id), ret_sealed);
}

void tracking_put_placement_exit(struct txn *txn, struct id id, struct slice sealed)
{
        txn_put(txn, T_PLACEMENT_EXIT, id_slice(&id), sealed);
}

void tracking_drop_placement_exit(struct txn *txn, struct id id)
{
        txn_delete(txn, T_PLACEMENT_EXIT, id_slice(&id));
}
