#include "services/tracking/followup/noting.h"

#include "common/base/text.h"
#include "common/codec/dated.h"
#include "services/tracking/followup/action.h"
#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/state.pb-c.h"

const Tracking__FollowUpVersion *noting_rules(const struct work *work)
{
        return dated_on(&tracking_of(work)->followup, work->today);
}

bool noting_is_hers(const struct work *work, struct id beneficiary, const Types__Id *placement, struct placement *ret,
                    struct refusal *ret_refusal)
{
        if (placement == NULL)
                return true;
        if (tracking_placement(work->txn, id_of(placement), ret) && id_equal(ret->beneficiary, beneficiary))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "placement_id",
                      "Ce parcours n'est pas celui de cette personne : vérifiez l'un ou l'autre identifiant.");
}

bool noting_may_be_seen(const struct work *work, const Types__Id *placement)
{
        struct placement row;
        return placement == NULL ||
               (tracking_placement(work->txn, id_of(placement), &row) && scope_reads_placement(work, &row));
}

bool noting_has_room(const struct work *work, struct id beneficiary, struct refusal *ret)
{
        struct walk walk;
        size_t contacts = 0, actions = 0, notes = 0;
        contacts_walk(work->txn, beneficiary, slice_of(NULL, 0), &walk);
        while (walk_step(&walk)) {
                const Tracking__ContactRow *row = walk_message(&walk, &tracking__contact_row__descriptor, work->arena);
                contacts++;
                notes += row->n_sealed_notes;
        }
        walk_end(&walk);
        actions_walk(work->txn, beneficiary, &walk);
        while (walk_step(&walk)) {
                const Tracking__ActionRow *row = walk_message(&walk, &tracking__action_row__descriptor, work->arena);
                actions++;
                notes += row->n_sealed_notes;
        }
        walk_end(&walk);
        if (contacts < CONTACTS_MAX && actions < ACTIONS_MAX && notes < NOTES_MAX)
                return true;
        return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                      "Le suivi de cette personne est plein (%d contacts, %d actions, %d textes au plus) : prévenez "
                      "l'exploitant du réseau.",
                      CONTACTS_MAX, ACTIONS_MAX, NOTES_MAX);
}

int noting_seal(struct work *work, struct id beneficiary, const struct said *said, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__FollowUpNote note = TRACKING__FOLLOW_UP_NOTE__INIT;
        if (text_is_empty(said->text) && text_is_empty(said->correction) && text_is_empty(said->reason_code)) {
                *ret_sealed = slice_of(NULL, 0);
                return 0;
        }
        note.text = said->text;
        note.correction = said->correction;
        note.reason_code = said->reason_code;
        note.by = work->actor->user;
        note.by_account = id_to(work->arena, passport_account(work->actor));
        note.at = instant_to(work->arena, work->now_ms);
        content.content_case = TRACKING__SEALED__CONTENT_FOLLOW_UP;
        content.follow_up = &note;
        return work_seal(work, beneficiary, &content, ret_sealed);
}
