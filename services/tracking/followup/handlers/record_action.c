/* An adjustment of a person's work (training, mobility, mediation) or an action that prepares her for it: asked, under
 * way, done or given up, each with its day. Its hours are its own, and no obligation's. */
#include "services/tracking/followup/action.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/following.h"
#include "services/tracking/rules/safe_text.h"
#include "tracking/calls.h"

static bool kind_is_sound(const struct work *work, const Tracking__RecordAction *command, bool *ret_is_preparation,
                          struct refusal *ret)
{
        const Tracking__ActionKind *kind = following_action_kind(noting_rules(work), command->kind_code);
        *ret_is_preparation = kind != NULL && kind->is_preparation;
        if (!*ret_is_preparation || command->placement_id == NULL)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "placement_id",
                      "Une action préparatoire vient avant l'embauche : laissez le parcours vide, ou choisissez un "
                      "aménagement.");
}

/* Who referred the person, where the rules of today tell it such a state; NULL: nobody is told. */
static Types__Id *told_of(const struct work *work, const Tracking__BeneficiaryRow *person, Tracking__ActionState state)
{
        const Tracking__FollowUpVersion *rules = noting_rules(work);
        for (size_t i = 0; i < rules->n_told_to_prescriber; i++)
                if (rules->told_to_prescriber[i] == state)
                        return person->prescriber;
        return NULL;
}

static char *label_of(const struct work *work, const char *kind_code)
{
        const Tracking__ActionKind *kind = following_action_kind(noting_rules(work), kind_code);
        return kind != NULL ? kind->label : (char *)(uintptr_t) "";
}

static struct reply record_one(struct work *work, const Tracking__RecordAction *command, bool is_preparation,
                               struct slice sealed)
{
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        Tracking__ActionRecorded recorded = TRACKING__ACTION_RECORDED__INIT;
        recorded.action_id = id_to(work->arena, work_new_id(work));
        recorded.beneficiary_id = command->beneficiary_id;
        recorded.placement_id = command->placement_id;
        recorded.territory = person->territory;
        recorded.kind_code = command->kind_code;
        recorded.is_preparation = is_preparation;
        recorded.asked_on = command->asked_on;
        recorded.prescriber = told_of(work, person, TRACKING__ACTION_STATE__ACTION_ASKED);
        recorded.kind_label = label_of(work, command->kind_code);
        work_record_sealed(work, &recorded.base, sealed);
        Tracking__RecordActionReply *reply = pb_new(&tracking__record_action_reply__descriptor, work->arena);
        reply->action_id = recorded.action_id;
        reply->warning = safe_text_warning(noting_rules(work), command->text, work->arena);
        return reply_ok(work, reply);
}

/* RecordAction: an adjustment or a preparatory action is asked for. Caller: a facilitator of the person's territory.
 * Emits ActionRecorded. */
struct reply handle_record_action(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RecordAction *command = (const Tracking__RecordAction *)message;
        struct id id = id_of(command->beneficiary_id);
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;
        bool is_preparation;

        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        if (!noting_is_hers(work, id, command->placement_id, &placement, &refusal) ||
            !kind_is_sound(work, command, &is_preparation, &refusal) ||
            !follow_up_day_is_sound(command->asked_on, work->today, "asked_on", &refusal) ||
            !safe_text_may_be_kept(noting_rules(work), "text", command->text, &refusal) ||
            !noting_has_room(work, id, &refusal))
                return reply_refusal(work, &refusal);
        int err = noting_seal(work, id, &(struct said){.text = command->text}, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_one(work, command, is_preparation, sealed);
}

static struct reply record_move(struct work *work, const Tracking__MoveAction *command, const Tracking__ActionRow *row,
                                struct slice sealed)
{
        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        Tracking__ActionMoved moved = TRACKING__ACTION_MOVED__INIT;
        moved.action_id = command->action_id;
        moved.beneficiary_id = command->beneficiary_id;
        moved.territory = person->territory;
        moved.state = command->state;
        moved.happened_on = command->happened_on;
        moved.hours = command->hours;
        moved.giving_up_code = command->giving_up_code;
        moved.prescriber = told_of(work, person, command->state);
        moved.kind_label = label_of(work, row->kind_code);
        moved.is_correction = action_is_correction(row, command->state) || command->correction[0] != '\0';
        work_record_sealed(work, &moved.base, sealed);
        return reply_ok(work, pb_new(&tracking__move_action_reply__descriptor, work->arena));
}

/* MoveAction: it is under way, done, given up, or what was recorded of it is set right. Caller: a facilitator of the
 * person's territory. Emits ActionMoved. */
struct reply handle_move_action(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__MoveAction *command = (const Tracking__MoveAction *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;
        struct slice sealed;

        const Tracking__ActionRow *row = tracking_action(work->txn, id, id_of(command->action_id), work->arena);
        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "action_id",
                                    "Cette action n'est pas de cette personne : vérifiez son identifiant.");
        if (!action_may_move(row, command, &refusal) ||
            !follow_up_day_is_sound(command->happened_on, work->today, "happened_on", &refusal) ||
            !safe_text_may_be_kept(noting_rules(work), "correction", command->correction, &refusal) ||
            !noting_has_room(work, id, &refusal))
                return reply_refusal(work, &refusal);
        int err = noting_seal(work, id, &(struct said){.correction = command->correction}, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_move(work, command, row, sealed);
}
