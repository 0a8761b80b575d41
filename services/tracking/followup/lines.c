#include "services/tracking/followup/lines.h"

#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/tracking/rules/following.h"

Tracking__ContactLine *line_of_contact(struct arena *arena, struct id id, const Tracking__ContactRow *row,
                                       const Tracking__FollowUpVersion *rules)
{
        const Tracking__ContactKind *kind = following_contact_kind(rules, row->kind_code);
        const Tracking__ContactResult *result = following_contact_result(rules, row->result_code);
        Tracking__ContactLine *line = pb_new(&tracking__contact_line__descriptor, arena);
        Tracking__FollowUpContact *contact = pb_new(&tracking__follow_up_contact__descriptor, arena);
        contact->happened_on = row->happened_on;
        contact->kind_code = row->kind_code;
        contact->met_with = row->met_with;
        contact->result_code = row->result_code;
        line->contact_id = id_to(arena, id);
        line->placement_id = row->placement_id;
        line->contact = contact;
        line->kind_label = kind == NULL ? row->kind_code : kind->label;
        line->result_label = result == NULL ? row->result_code : result->label;
        line->recorded_by = row->recorded_by;
        line->recorded_at = instant_to(arena, row->recorded_at_ms);
        line->withdrawn = row->withdrawn;
        line->version = row->version;
        line->presence = row->presence;
        if (row->presence != TRACKING__PRESENCE__PRESENCE_UNKNOWN) {
                line->kind_label = arena_text(arena, "réponse de l'employeur");
                line->result_label =
                        arena_text(arena, french_value(&tracking__presence__descriptor, (int32_t)row->presence));
        }
        return line;
}

Tracking__ActionLine *line_of_action(struct arena *arena, struct id id, const Tracking__ActionRow *row,
                                     const Tracking__FollowUpVersion *rules)
{
        Tracking__ActionLine *line = pb_new(&tracking__action_line__descriptor, arena);
        const Tracking__ActionKind *kind = following_action_kind(rules, row->kind_code);
        line->action_id = id_to(arena, id);
        line->placement_id = row->placement_id;
        line->kind_code = row->kind_code;
        line->kind_label = kind == NULL ? row->kind_code : kind->label;
        line->is_preparation = row->is_preparation;
        line->state = row->state;
        line->asked_on = row->asked_on;
        line->began_on = row->began_on;
        line->ended_on = row->ended_on;
        line->hours = row->hours;
        line->giving_up_code = row->giving_up_code;
        line->version = row->version;
        return line;
}
