/* consent.h: who acts on accounts, whom she may know of and vouch for, and the tokens that this gives.
 *
 * Consent is an account's, never a tool's: either the request came through a gateway with that account's key, or it
 * carries the token. So whoever holds an operator's key alone consents to nothing. */
#ifndef SERVICES_ACCOUNTS_PEOPLE_CONSENT_H
#define SERVICES_ACCOUNTS_PEOPLE_CONSENT_H

#include "accounts/state.pb-c.h"
#include "common/service/work.h"

/* The membership that acts, and stands now; NULL: none does (a tool without a token, or a token that opens nothing). */
const Accounts__MembershipRow *consent_of(struct work *work, const char *consent_token);

/* A membership with the account that has it. */
struct person {
        Accounts__AccountRow *account;
        Accounts__MembershipRow *membership; /* NULL: none of hers is meant */
};
enum which_membership { ONE_THAT_AWAITS, ONE_THAT_STANDS };

/* The account of that name and the membership of hers that is meant (`id` NULL: the only one that is so), where `by`
 * (may be NULL) or the operator who asks may know that it exists. False with *ret_refusal. */
struct search {
        const Accounts__MembershipRow *by;
        const char *name;
        const Types__Id *membership_id;
        enum which_membership which;
};
bool consent_find(struct work *work, const struct search *search, struct person *ret, struct refusal *ret_refusal);

/* Whether `by` may know of it: an operator, a coordinator, she herself, who may consent to it. */
bool consent_knows(const struct work *work, const Accounts__MembershipRow *by, const Accounts__MembershipRow *of);

/* Security: whether `by`, or the operator who asks, may have the whole account set up by who reads a mail: each role of
 * it that needs a consent is one that she may consent to. */
bool consent_hands_over(struct work *work, const Accounts__MembershipRow *by, const Accounts__AccountRow *account);

/* Records a new token of the membership, in the place of the one before where there is one. Returns its text; *ret has
 * all else. */
char *token_give(struct work *work, const Accounts__MembershipRow *membership, bool by_holder, Accounts__KeyGiven *ret);

#endif
