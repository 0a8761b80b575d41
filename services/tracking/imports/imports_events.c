#include "services/tracking/imports/imports_rows.h"
#include "tracking/calls.h"

void apply_tracking_batch_imported(const struct change *change, const Types__BatchImported *body)
{
        struct batch_tables tables = tracking_batches();
        batch_apply_imported(change, &tables, body);
}

void apply_tracking_batch_undone(const struct change *change, const Types__BatchUndone *body)
{
        struct batch_tables tables = tracking_batches();
        batch_apply_undone(change, &tables, body);
}
