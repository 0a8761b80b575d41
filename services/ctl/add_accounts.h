/* add_accounts.h: networks of before 2026-11-30 had accounts in their gateways, and no daemon of accounts. */
#ifndef SERVICES_CTL_ADD_ACCOUNTS_H
#define SERVICES_CTL_ADD_ACCOUNTS_H

#include <jansson.h>
#include <stdbool.h>

/* Whether the network has a gateway and no accounts: it is to be prepared anew. */
bool lacks_accounts(const json_t *network);
/* An instance "accounts-1" beside the first gateway, on the two ports behind all that the file names; a setting that
 * was the gateways' goes to it. Without ports to be had: false. */
bool add_accounts(json_t *network);

#endif
