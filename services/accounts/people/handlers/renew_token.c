/* RenewToken: a new token in the place of the one before, which opens nothing from the next request on. Caller: the
 * account itself; who may consent to the membership; an operator, where the role needs no consent, or where it is the
 * very first coordinator's and has consented to nobody yet (else a token lost on the way would close the network for
 * good). Emits KeyGiven. Refuses NOT_FOUND, NOT_ALLOWED, WRONG_STATE (awaits consent, revoked). */
#include "accounts/calls.h"

#include "accounts/commands.pb-c.h"
#include "services/accounts/keys/give.h"
#include "services/accounts/people/consent.h"
#include "services/accounts/people/user.h"

static bool is_holder(const Accounts__MembershipRow *by, const struct person *person)
{
        return by != NULL && id_equal(id_of(by->what->account_id), id_of(person->account->account_id));
}

static bool may_renew(const struct work *work, const Accounts__MembershipRow *by, const struct person *person)
{
        if (is_holder(by, person) || (by != NULL && user_may_consent(by->what, person->membership->what)))
                return true;
        return work->actor->role == TYPES__ROLE__OPERATOR &&
               (!user_needs_consent(person->membership->what->role) ||
                (person->membership->first_coordinator && !person->account->has_consented));
}

static struct reply refuse_state(struct work *work, const struct person *person)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "name",
                            person->account->closed
                                    ? "Ce compte est révoqué : créez-en un autre, sous un autre nom."
                                    : "Ce compte attend d'être confirmé (ConfirmUser) : il n'a pas encore de jeton.");
}

struct reply handle_renew_token(struct work *work, const ProtobufCMessage *message)
{
        const Accounts__RenewToken *command = (const Accounts__RenewToken *)message;
        const struct search search = {consent_of(work, command->consent_token), command->name, command->membership_id,
                                      ONE_THAT_STANDS};
        struct person person;
        struct refusal refusal;

        if (!consent_find(work, &search, &person, &refusal))
                return reply_refusal(work, &refusal);
        if (person.account->closed || person.membership == NULL)
                return refuse_state(work, &person);
        /* Security: a token makes its holder that account, so it takes what consent takes. */
        if (!may_renew(work, search.by, &person))
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_ALLOWED, "consent_token",
                                    "Ce jeton est renouvelé par son titulaire, par la coordination, ou par un "
                                    "facilitateur de ces territoires : adressez-vous à eux.");
        if (person.membership->awaits_consent || person.membership->ended)
                return refuse_state(work, &person);

        Accounts__KeyGiven token;
        char *text = token_give(work, person.membership, is_holder(search.by, &person), &token);
        return reply_key(work, &token, text);
}
