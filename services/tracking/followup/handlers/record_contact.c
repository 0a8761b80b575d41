/* A contact with a person, her tutor, her referent or her prescriber: recorded, set right, withdrawn. What is said
 * of it is sealed with her key, and turned away where no follow-up of work needs it (rules/safe_text.h). */
#include "services/tracking/followup/action.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/rules/following.h"
#include "services/tracking/rules/safe_text.h"
#include "tracking/calls.h"

/* What the rules make of it. */
struct noted {
        bool breaks_silence;
        Types__Day *visit_on; /* NULL: it is no planned visit */
};

static bool is_sound(const struct work *work, const Tracking__FollowUpContact *contact, struct refusal *ret)
{
        return follow_up_day_is_sound(contact->happened_on, work->today, "contact.happened_on", ret) &&
               safe_text_may_be_kept(noting_rules(work), "contact.text", contact->text, ret);
}

/* The planned visit that is nearest to its day and has not taken place, but as this contact. */
static Types__Day *visit_of(const struct work *work, const Types__Id *placement, struct day happened_on, struct id own)
{
        const Tracking__FollowUpVersion *rules = noting_rules(work);
        struct walk walk;
        int32_t nearest = INT32_MAX, found = 0;
        visits_walk(work->txn, id_of(placement), &walk);
        while (walk_step(&walk)) {
                int32_t planned = day_number(visits_walk_day(&walk)), day = day_number(happened_on);
                int32_t distance = day > planned ? day - planned : planned - day;
                struct id contact = visits_walk_contact(&walk);
                if ((!id_is_zero(contact) && !id_equal(contact, own)) || distance >= nearest ||
                    day < planned - (int32_t)rules->visit_early_days)
                        continue;
                nearest = distance;
                found = planned;
        }
        walk_end(&walk);
        return nearest == INT32_MAX ? NULL : day_to(work->arena, day_of_number(found));
}

static struct noted note(const struct work *work, const Types__Id *placement, const Tracking__FollowUpContact *contact,
                         struct id own)
{
        const Tracking__FollowUpVersion *rules = noting_rules(work);
        const Tracking__ContactKind *kind = following_contact_kind(rules, contact->kind_code);
        const Tracking__ContactResult *result = following_contact_result(rules, contact->result_code);
        struct noted noted = {.breaks_silence = result != NULL && result->breaks_silence};
        if (placement != NULL && noted.breaks_silence && kind != NULL && kind->is_visit)
                noted.visit_on = visit_of(work, placement, day_of(contact->happened_on), own);
        return noted;
}

/* ---- recorded */

static struct reply record_one(struct work *work, const Tracking__RecordContact *command, struct slice sealed)
{
        const Tracking__FollowUpContact *contact = command->contact;
        struct id id = work_new_id(work);
        struct noted noted = note(work, command->placement_id, contact, id);
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        Tracking__ContactRecorded recorded = TRACKING__CONTACT_RECORDED__INIT;
        recorded.contact_id = id_to(work->arena, id);
        recorded.beneficiary_id = command->beneficiary_id;
        recorded.placement_id = command->placement_id;
        recorded.territory = person->territory;
        recorded.happened_on = contact->happened_on;
        recorded.kind_code = contact->kind_code;
        recorded.met_with = contact->met_with;
        recorded.result_code = contact->result_code;
        recorded.breaks_silence = noted.breaks_silence;
        recorded.visit_on = noted.visit_on;
        work_record_sealed(work, &recorded.base, sealed);
        Tracking__RecordContactReply *reply = pb_new(&tracking__record_contact_reply__descriptor, work->arena);
        reply->contact_id = recorded.contact_id;
        reply->warning = safe_text_warning(noting_rules(work), contact->text, work->arena);
        reply->visit_on = noted.visit_on;
        return reply_ok(work, reply);
}

/* RecordContact: a contact took place, or was tried. Caller: a facilitator of the person's territory.
 * Emits ContactRecorded. */
struct reply handle_record_contact(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordContact *command = (const Tracking__RecordContact *)message;
        struct id id = id_of(command->beneficiary_id);
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        if (!noting_is_hers(work, id, command->placement_id, &placement, &refusal) ||
            !is_sound(work, command->contact, &refusal) || !noting_has_room(work, id, &refusal))
                return reply_refusal(work, &refusal);
        int err = noting_seal(work, id, &(struct said){.text = command->contact->text}, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_one(work, command, sealed);
}

/* ---- set right */

static struct reply record_correction(struct work *work, const Tracking__CorrectContact *command,
                                      const Tracking__ContactRow *row, struct slice sealed)
{
        const Tracking__FollowUpContact *contact = command->contact;
        struct noted noted = note(work, row->placement_id, contact, id_of(command->contact_id));
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        Tracking__ContactCorrected corrected = TRACKING__CONTACT_CORRECTED__INIT;
        corrected.contact_id = command->contact_id;
        corrected.beneficiary_id = command->beneficiary_id;
        corrected.territory = person->territory;
        corrected.happened_on = contact->happened_on;
        corrected.kind_code = contact->kind_code;
        corrected.met_with = contact->met_with;
        corrected.result_code = contact->result_code;
        corrected.withdrawn = command->withdrawn;
        corrected.breaks_silence = noted.breaks_silence && !command->withdrawn;
        corrected.visit_on = command->withdrawn ? NULL : noted.visit_on;
        work_record_sealed(work, &corrected.base, sealed);
        Tracking__CorrectContactReply *reply = pb_new(&tracking__correct_contact_reply__descriptor, work->arena);
        reply->warning = safe_text_warning(noting_rules(work), contact->text, work->arena);
        return reply_ok(work, reply);
}

/* CorrectContact: a contact is told again, all of it, or withdrawn; what was said before stays, sealed. Caller: a
 * facilitator of the person's territory. Emits ContactCorrected. */
struct reply handle_correct_contact(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__CorrectContact *command = (const Tracking__CorrectContact *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;
        struct slice sealed;

        const Tracking__ContactRow *row = tracking_contact(work->txn, id, id_of(command->contact_id), work->arena);
        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "contact_id",
                                    "Ce contact n'est pas de cette personne : vérifiez son identifiant.");
        if (row->presence != TRACKING__PRESENCE__PRESENCE_UNKNOWN)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "contact_id",
                                    "C'est une réponse de l'employeur : elle se retire (WithdrawPresence), et se "
                                    "donne de nouveau (StatePresence).");
        if (!is_sound(work, command->contact, &refusal) ||
            !follow_up_correction_is_sound(command->correction, &refusal) ||
            !safe_text_may_be_kept(noting_rules(work), "correction", command->correction, &refusal) ||
            !noting_has_room(work, id, &refusal))
                return reply_refusal(work, &refusal);
        const struct said said = {.text = command->contact->text, .correction = command->correction};
        int err = noting_seal(work, id, &said, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_correction(work, command, row, sealed);
}
