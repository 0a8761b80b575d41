#include "services/accounts/exports/exports_rows.h"

#include "common/codec/types.h"

static struct id account_of(const void *row)
{
        return id_of(((const Accounts__ExportRow *)row)->noted->account_id);
}

static int64_t at_ms_of(const void *row)
{
        return ((const Accounts__ExportRow *)row)->at->ms;
}

const struct noted exports_noted = {&T_EXPORT, &T_EXPORT_OF, &accounts__export_row__descriptor, account_of, at_ms_of};
