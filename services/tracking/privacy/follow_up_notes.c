#include "services/tracking/privacy/follow_up_notes.h"

#include "services/tracking/followup/followup_rows.h"
#include "services/tracking/followup/lines.h"
#include "services/tracking/followup/noting.h"
#include "services/tracking/privacy/person_file.h"

/* What a row has sealed, in its order. */
struct opened_notes {
        const ProtobufCBinaryData *sealed;
        size_t count;
        Tracking__FollowUpNote **notes;
};

static int open_notes(const struct work *work, struct id id, struct opened_notes *opened)
{
        opened->notes = arena_alloc(work->arena, (opened->count + 1) * sizeof(Tracking__FollowUpNote *));
        for (size_t i = 0; i < opened->count; i++) {
                Tracking__Sealed *content;
                int err = person_file_content(work, id, pb_slice(opened->sealed[i]),
                                              TRACKING__SEALED__CONTENT_FOLLOW_UP, &content);
                if (err != 0)
                        return err;
                opened->notes[i] = content->follow_up;
        }
        return 0;
}

/* The text that holds is the last one; what came before it is history. */
static int add_contact(const struct work *work, struct id id, struct id contact, const Tracking__ContactRow *row,
                       Tracking__FollowUpNotes *notes)
{
        struct opened_notes opened = {row->sealed_notes, row->n_sealed_notes, NULL};
        Tracking__ContactLine *line = line_of_contact(work->arena, contact, row, noting_rules(work));
        int err = open_notes(work, id, &opened);
        if (err != 0)
                return err;
        line->notes = opened.notes;
        line->n_notes = opened.count;
        if (opened.count > 0)
                line->contact->text = opened.notes[opened.count - 1]->text;
        notes->contacts = pb_append(notes->contacts, &notes->n_contacts, sizeof(line), work->arena);
        notes->contacts[notes->n_contacts - 1] = line;
        return 0;
}

/* What was asked is said once; later notes say why something was corrected. */
static int add_action(const struct work *work, struct id id, struct id action, const Tracking__ActionRow *row,
                      Tracking__FollowUpNotes *notes)
{
        struct opened_notes opened = {row->sealed_notes, row->n_sealed_notes, NULL};
        Tracking__ActionLine *line = line_of_action(work->arena, action, row, noting_rules(work));
        int err = open_notes(work, id, &opened);
        if (err != 0)
                return err;
        line->notes = opened.notes;
        line->n_notes = opened.count;
        if (opened.count > 0)
                line->text = opened.notes[0]->text;
        notes->actions = pb_append(notes->actions, &notes->n_actions, sizeof(line), work->arena);
        notes->actions[notes->n_actions - 1] = line;
        return 0;
}

/* Security: what hangs on a private contract is told to who may read it, and to her. */
static bool is_told(const struct work *work, const Types__Id *placement, enum notes_for whom)
{
        return whom == NOTES_FOR_HER || noting_may_be_seen(work, placement);
}

int follow_up_notes(const struct work *work, struct id beneficiary, enum notes_for whom, Tracking__FollowUpNotes **ret)
{
        Tracking__FollowUpNotes *notes = pb_new(&tracking__follow_up_notes__descriptor, work->arena);
        struct walk walk;
        int err = 0;
        contacts_walk(work->txn, beneficiary, slice_of(NULL, 0), &walk);
        while (err == 0 && walk_step(&walk)) {
                const Tracking__ContactRow *row = walk_message(&walk, &tracking__contact_row__descriptor, work->arena);
                if (is_told(work, row->placement_id, whom))
                        err = add_contact(work, beneficiary, walk_id(&walk), row, notes);
        }
        walk_end(&walk);
        actions_walk(work->txn, beneficiary, &walk);
        while (err == 0 && walk_step(&walk)) {
                const Tracking__ActionRow *row = walk_message(&walk, &tracking__action_row__descriptor, work->arena);
                if (is_told(work, row->placement_id, whom))
                        err = add_action(work, beneficiary, walk_id(&walk), row, notes);
        }
        walk_end(&walk);
        *ret = notes;
        return err;
}
