/* ReferBeneficiary: a prescriber sends a person. The identity is sealed at once with a key of its own.
 * Caller: a prescriber for its organisation, a facilitator of the territory. Emits BeneficiaryReferred. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"
#include "tracking/state.pb-c.h"
#include "tracking/calls.h"

/* Security: the territory is one that the actor acts in, and a prescriber speaks for itself alone. */
static bool may_refer(const struct work *work, const Tracking__ReferBeneficiary *command, struct refusal *ret)
{
        if (!territory_listed(tracking_of(work)->territories, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département %s n'est pas suivi par ce service : adressez la demande au service "
                              "qui le "
                              "suit.",
                              command->territory);
        if (!passport_covers(work->actor, command->territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Vous n'agissez pas dans le département %s : choisissez un des vôtres.",
                              command->territory);
        if (work->actor->role != TYPES__ROLE__PRESCRIBER)
                return true;
        if (work->actor->organisation == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "prescriber",
                              "Votre compte n'est rattaché à aucune organisation : demandez son rattachement.");
        if (command->prescriber != NULL && !passport_is_organisation(work->actor, id_of(command->prescriber)))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "prescriber",
                              "Vous orientez pour votre organisation seulement : laissez le prescripteur vide.");
        return true;
}

static int seal_identity(struct work *work, struct id id, Tracking__Identity *identity, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_IDENTITY;
        content.identity = identity;
        work_make_key(work, id);
        return work_seal(work, id, &content, ret_sealed);
}

struct reply handle_refer_beneficiary(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ReferBeneficiary *command = (const Tracking__ReferBeneficiary *)message;
        struct refusal refusal;
        struct slice sealed;

        if (!referral_is_sound(command, work->today, &refusal) || !may_refer(work, command, &refusal))
                return reply_refusal(work, &refusal);
        struct id id = work_new_id(work);
        int err = seal_identity(work, id, command->identity, &sealed);
        if (err != 0)
                return reply_sealed(work, err);

        Tracking__BeneficiaryReferred referred = TRACKING__BENEFICIARY_REFERRED__INIT;
        referred.beneficiary_id = id_to(work->arena, id);
        referred.territory = command->territory;
        referred.prescriber = command->prescriber != NULL ? command->prescriber : work->actor->organisation;
        referred.need_id = command->need_id;
        work_record_sealed(work, &referred.base, sealed);

        Tracking__ReferBeneficiaryReply *reply = pb_new(&tracking__refer_beneficiary_reply__descriptor, work->arena);
        reply->beneficiary_id = referred.beneficiary_id;
        return reply_ok(work, reply);
}
