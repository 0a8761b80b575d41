/* Whose the things are that requests to a gateway name. */
#include "services/gateway/rights.h"

#define NEW_ACCOUNT "what the account will stand for, as the operator says it: it opens nothing to her"
#define ACCOUNTS    "names of accounts are read by whoever may ask this; who consents to which is the handler's rule"

static const struct right_row rows[] = {
        {"CreateUser", "organisation", RIGHT_NONE, NULL, NEW_ACCOUNT},
        {"CreateUser", "territories", RIGHT_NONE, NULL, NEW_ACCOUNT},
        {"CreateUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"ConfirmUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"RenewToken", "name", RIGHT_NONE, NULL, ACCOUNTS},
        {"RevokeUser", "name", RIGHT_NONE, NULL, ACCOUNTS},
};

const struct rights gateway_rights = {rows, ARRAY_SIZE(rows)};
