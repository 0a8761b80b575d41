/* "Is she still at work?": the answer of the company where she works, or of who employs her; a facilitator may write
 * one down. It ends no placement: who is said to be gone is in the list of what facilitators are to do. What is said in
 * words, and why she left, is sealed with her key. */
#include "common/base/text.h"
#include "services/tracking/followup/action.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/following.h"
#include "services/tracking/rules/safe_text.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

static bool day_is_sound(const Types__Day *day, const struct placement *placement, struct refusal *ret)
{
        char text[DAY_WORDING_SIZE];
        if (day->days >= day_number(placement->starts_on))
                return true;
        day_wording(placement->starts_on, text);
        return refuse(ret, INVALID, "happened_on", "Le parcours commence le %s : donnez un jour à partir de celui-là.",
                      text);
}

static bool why_is_sound(const Tracking__StatePresence *command, struct refusal *ret)
{
        bool is_gone = command->answer == TRACKING__PRESENCE__GONE;
        if (is_gone == !text_is_empty(command->reason_code))
                return true;
        return refuse(ret, INVALID, "reason_code",
                      is_gone ? "Dites pourquoi elle n'est plus là, par un motif de la liste."
                              : "Elle est toujours là : retirez le motif de départ.");
}

static bool may_be_stated(const struct work *work, const Tracking__StatePresence *command,
                          const struct placement *placement, struct refusal *ret)
{
        if (placement->ended) {
                char text[DAY_WORDING_SIZE];
                day_wording(placement->ended_on, text);
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "placement_id",
                              "Ce parcours a pris fin le %s : il n'y a plus rien à dire. Si c'est une erreur, le "
                              "facilitateur du territoire la corrige.",
                              text);
        }
        return day_is_sound(command->happened_on, placement, ret) && why_is_sound(command, ret) &&
               safe_text_may_be_kept(noting_rules(work), "text", command->text, ret) &&
               noting_has_room(work, placement->beneficiary, ret);
}

/* Who acts for an organisation answers for it. */
static Types__Id *answering(const struct work *work)
{
        return work->actor->role == TYPES__ROLE__FACILITATOR ? NULL : work->actor->organisation;
}

static struct reply record_statement(struct work *work, const Tracking__StatePresence *command,
                                     const struct placement *placement, struct slice sealed)
{
        const Tracking__PresenceRule *rule = following_presence(noting_rules(work), command->answer);
        Tracking__PresenceStated stated = TRACKING__PRESENCE_STATED__INIT;
        stated.presence_id = id_to(work->arena, work_new_id(work));
        stated.beneficiary_id = id_to(work->arena, placement->beneficiary);
        stated.placement_id = command->placement_id;
        stated.territory = arena_text(work->arena, placement->territory);
        stated.answer = command->answer;
        stated.happened_on = command->happened_on;
        stated.breaks_silence = rule->breaks_silence;
        stated.organisation = answering(work);
        stated.is_private = placement->is_private;
        if (rule->act_within_days > 0)
                stated.act_by =
                        day_to(work->arena, day_of_number(day_number(work->today) + (int32_t)rule->act_within_days));
        work_record_sealed(work, &stated.base, sealed);

        Tracking__StatePresenceReply *reply = pb_new(&tracking__state_presence_reply__descriptor, work->arena);
        reply->presence_id = stated.presence_id;
        reply->warning = safe_text_warning(noting_rules(work), command->text, work->arena);
        reply->acts_next = rule->acts_next;
        return reply_ok(work, reply);
}

/* StatePresence. Caller: the company or structure of the placement, a facilitator of its territory. Emits
 * PresenceStated. Refuses NOT_FOUND, INVALID_FIELD (happened_on, reason_code, text), WRONG_STATE (it has ended). */
struct reply handle_state_presence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__StatePresence *command = (const Tracking__StatePresence *)message;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement) ||
            tracking_beneficiary(work->txn, placement.beneficiary, work->arena) == NULL)
                return reply_no_placement(work); /* erased: nothing of hers is kept any more */
        if (!may_be_stated(work, command, &placement, &refusal))
                return reply_refusal(work, &refusal);
        const struct said said = {.text = command->text, .reason_code = command->reason_code};
        int err = noting_seal(work, placement.beneficiary, &said, &sealed);
        return err != 0 ? reply_sealed(work, err) : record_statement(work, command, &placement, sealed);
}

/* Security: an organisation takes back what it said itself, and learns of no other answer. */
static bool may_take_back(const struct work *work, const Tracking__ContactRow *row)
{
        return work->actor->role == TYPES__ROLE__FACILITATOR ||
               (row->organisation != NULL && passport_is_organisation(work->actor, id_of(row->organisation)));
}

static const Tracking__ContactRow *find_statement(const struct work *work, const Tracking__WithdrawPresence *command,
                                                  const struct placement *placement, struct refusal *ret)
{
        const Tracking__ContactRow *row =
                tracking_contact(work->txn, placement->beneficiary, id_of(command->presence_id), work->arena);
        if (row == NULL || row->presence == TRACKING__PRESENCE__PRESENCE_UNKNOWN || !may_take_back(work, row) ||
            !id_equal(id_of(row->placement_id), id_of(command->placement_id))) {
                (void)refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "presence_id",
                             "Cette réponse n'est pas de ce parcours, ou n'est pas de vous : relisez le parcours.");
                return NULL;
        }
        if (row->withdrawn) {
                (void)refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "presence_id",
                             "Cette réponse est déjà retirée : donnez-en une autre (StatePresence).");
                return NULL;
        }
        return row;
}

static bool correction_may_be_kept(const struct work *work, const Tracking__WithdrawPresence *command,
                                   const struct placement *placement, struct refusal *ret)
{
        return follow_up_correction_is_sound(command->correction, ret) &&
               safe_text_may_be_kept(noting_rules(work), "correction", command->correction, ret) &&
               noting_has_room(work, placement->beneficiary, ret);
}

/* WithdrawPresence. Caller: who said it, a facilitator of the placement's territory. Emits PresenceWithdrawn. Refuses
 * NOT_FOUND, WRONG_STATE (withdrawn already), INVALID_FIELD (correction). */
struct reply handle_withdraw_presence(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__WithdrawPresence *command = (const Tracking__WithdrawPresence *)message;
        Tracking__PresenceWithdrawn withdrawn = TRACKING__PRESENCE_WITHDRAWN__INIT;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id_of(command->placement_id), &placement) ||
            tracking_beneficiary(work->txn, placement.beneficiary, work->arena) == NULL)
                return reply_no_placement(work);
        if (find_statement(work, command, &placement, &refusal) == NULL ||
            !correction_may_be_kept(work, command, &placement, &refusal))
                return reply_refusal(work, &refusal);
        int err = noting_seal(work, placement.beneficiary, &(struct said){.correction = command->correction}, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        withdrawn.presence_id = command->presence_id;
        withdrawn.beneficiary_id = id_to(work->arena, placement.beneficiary);
        withdrawn.placement_id = command->placement_id;
        withdrawn.territory = arena_text(work->arena, placement.territory);
        work_record_sealed(work, &withdrawn.base, sealed);
        return reply_ok(work, pb_new(&tracking__withdraw_presence_reply__descriptor, work->arena));
}
