#include "services/tracking/persons/referral.h"

#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/rules/wording.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

bool referral_may_be_given(const struct work *work, const char *territory, const Types__Id *prescriber,
                           struct refusal *ret)
{
        if (!homes_has_territory(work, territory))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "territory",
                              "Le département %s n'est pas suivi par ce service : adressez la demande au service "
                              "qui le "
                              "suit.",
                              territory);
        if (!passport_covers(work->actor, territory))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "territory",
                              "Vous n'agissez pas dans le département %s : choisissez un des vôtres.", territory);
        if (work->actor->role != TYPES__ROLE__PRESCRIBER)
                return true;
        if (work->actor->organisation == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "prescriber",
                              "Votre compte n'est rattaché à aucune organisation : demandez son rattachement.");
        if (prescriber != NULL && !passport_is_organisation(work->actor, id_of(prescriber)))
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

int referral_record(struct work *work, const Tracking__ReferBeneficiary *command, Tracking__PersonDigests *digests,
                    const Types__Id *batch, struct id *ret_id)
{
        Tracking__BeneficiaryReferred referred = TRACKING__BENEFICIARY_REFERRED__INIT;
        struct slice sealed;
        Tracking__ReferredParts parts = TRACKING__REFERRED_PARTS__INIT;
        *ret_id = work_new_id(work);
        int err = seal_identity(work, *ret_id, command->identity, &sealed);
        if (err != 0)
                return err;
        referred.beneficiary_id = id_to(work->arena, *ret_id);
        referred.territory = command->territory;
        referred.prescriber = command->prescriber != NULL ? command->prescriber : work->actor->organisation;
        referred.need_id = command->need_id;
        referred.batch_id = (Types__Id *)(uintptr_t)batch;
        referred.keyed = true;
        referred.referred_on = command->referred_on;
        parts.sealed_identity = pb_bytes(sealed);
        parts.digests = digests;
        work_record_sealed(work, &referred.base, pb_encode(&parts, work->arena));
        return 0;
}
