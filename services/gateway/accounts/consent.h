/* consent.h: who vouches for an account, and the tokens that this gives. Shared by ConfirmUser and RenewToken.
 *
 * Consent is an account's, never a tool's: either the request came through this gateway with that account's token, or
 * it carries the token. So whoever holds an operator's key alone consents to nothing. */
#ifndef SERVICES_GATEWAY_ACCOUNTS_CONSENT_H
#define SERVICES_GATEWAY_ACCOUNTS_CONSENT_H

#include "common/service/work.h"
#include "gateway/state.pb-c.h"

/* The account that acts, now; NULL: none does (a tool without a token, or a token that opens nothing). */
const Gateway__AccountRow *consent_account(const struct work *work, const char *consent_token);

/* The account of that name, where `by` (may be NULL) or the operator who asks may know that it exists. False with
 * *ret_refusal. */
bool consent_find(const struct work *work, const Gateway__AccountRow *by, const char *name,
                  const Gateway__AccountRow **ret, struct refusal *ret_refusal);

/* A new token for the account: its text and, for the event, its hash and its end. */
struct given_token {
        char *text;
        ProtobufCBinaryData hash;
        Types__Instant *ends;
};
struct given_token token_give(struct work *work, uint32_t token_days);

struct reply reply_token(struct work *work, const Gateway__AccountRow *account, const struct given_token *token);

#endif
