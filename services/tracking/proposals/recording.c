#include "services/tracking/proposals/recording.h"

#include <string.h>

#include "common/base/text.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/rules/wording.h"
#include "tracking/events.pb-c.h"
#include "tracking/state.pb-c.h"

#define INVALID TYPES__REFUSAL_CODE__INVALID_FIELD

const Tracking__ProposalVersion *proposal_rules(const struct work *work)
{
        return dated_on(&tracking_of(work)->proposals, work->today);
}

/* ---- what is said */

static bool holds_nir(const char *text, const char *field, struct refusal *ret)
{
        return text != NULL && text_holds_nir(text) &&
               !refuse(ret, INVALID, field,
                       "Retirez le numéro de sécurité sociale de ce texte : il ne doit pas être conservé.");
}

bool proposal_words_are_sound(const struct proposal_said *said, struct refusal *ret)
{
        if (holds_nir(said->words, "words", ret) || holds_nir(said->correction, "reason", ret))
                return false;
        if (said->code != NULL && strcmp(said->code, "OTHER") == 0 && said->correction == NULL &&
            text_is_empty(said->words))
                return refuse(ret, INVALID, "words",
                              "Dites en toutes lettres quel est cet autre motif, sans nommer la personne.");
        return true;
}

static const char *list_of(Tracking__ProposalState state)
{
        switch (state) {
        case TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN: return "proposal_refusals";
        case TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN: return "proposal_withdrawals";
        case TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED: return "proposal_postponements";
        default: return NULL;
        }
}

bool proposal_code_is_sound(const struct work *work, const struct proposal_said *said, const char *field,
                            struct refusal *ret)
{
        const char *name = list_of(said->state);
        const struct code_list *list = name == NULL ? NULL : codes_list(&tracking_of(work)->codes, name);
        char remedy[CODES_REMEDY_SIZE];
        if (list == NULL)
                return text_is_empty(said->code) ||
                       refuse(ret, INVALID, field, "Aucun motif codé n'accompagne cet état : laissez-le vide.");
        if (!text_is_empty(said->code) && codes_have(list, said->code, work->today))
                return true;
        codes_remedy(list, said->code == NULL ? "" : said->code, work->today, remedy);
        return refuse(ret, INVALID, field, "Dites pourquoi, par un code de deploy/rules/proposals.json : %s.", remedy);
}

/* ---- what follows */

Tracking__ProposalStep *proposal_step(const struct work *work, const struct proposal_said *said,
                                      struct proposal_people people)
{
        Tracking__ProposalStep *step = pb_new(&tracking__proposal_step__descriptor, work->arena);
        step->state = said->state;
        step->happened_on = day_to(work->arena, day_of(said->on));
        step->by = work->actor == NULL ? TYPES__ROLE__ROLE_NONE : work->actor->role;
        step->outcome_code = arena_text(work->arena, said->code == NULL ? "" : said->code);
        step->outcome_label = arena_text(work->arena, proposal_reason_label(proposal_rules(work), step));
        step->until = said->until == NULL ? NULL : day_to(work->arena, day_of(said->until));
        proposal_follow_up(proposal_rules(work), people, work->now_ms, step, work->arena);
        return step;
}

int proposal_seal(struct work *work, struct id proposal, struct id beneficiary, const struct proposal_said *said,
                  struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__ProposalWords words = TRACKING__PROPOSAL_WORDS__INIT;
        *ret_sealed = slice_of(NULL, 0);
        if (text_is_empty(said->words) && text_is_empty(said->correction))
                return 0;
        words.proposal_id = id_to(work->arena, proposal);
        words.state = said->state;
        words.happened_on = day_to(work->arena, day_of(said->on));
        if (said->words != NULL)
                words.words = said->words;
        if (said->correction != NULL)
                words.correction = said->correction;
        content.content_case = TRACKING__SEALED__CONTENT_PROPOSAL_WORDS;
        content.proposal_words = &words;
        return work_seal(work, beneficiary, &content, ret_sealed);
}

static Tracking__ProposalMoved *moved_of(const struct work *work, struct id id, const Tracking__ProposalRow *row,
                                         Tracking__ProposalStep *step)
{
        Tracking__ProposalMoved *moved = pb_new(&tracking__proposal_moved__descriptor, work->arena);
        moved->proposal_id = id_to(work->arena, id);
        moved->beneficiary_id = row->beneficiary_id;
        moved->need_id = row->need_id;
        moved->territory = row->territory;
        moved->prescriber = row->prescriber;
        moved->need_title = row->need_title;
        moved->is_private = row->is_private;
        moved->step = step;
        return moved;
}

struct reply proposal_reply(struct work *work, const Tracking__ProposalStep *step)
{
        Tracking__ProposalReply *reply = pb_new(&tracking__proposal_reply__descriptor, work->arena);
        reply->state = step->state;
        reply->next_actor = step->next_actor;
        reply->next_action = arena_text(work->arena, proposal_action(proposal_rules(work), step));
        reply->act_by = step->act_by;
        return reply_ok(work, reply);
}

struct reply proposal_record(struct work *work, struct id id, const Tracking__ProposalRow *row,
                             const struct proposal_said *said, struct proposal_sent_to to)
{
        struct proposal_people people = {
                .has_prescriber = row->prescriber != NULL,
                .has_company = row->company != NULL || to.company != NULL,
                .has_structure = row->structure != NULL || to.structure != NULL,
        };
        struct slice sealed;
        int err = proposal_seal(work, id, id_of(row->beneficiary_id), said, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ProposalMoved *moved = moved_of(work, id, row, proposal_step(work, said, people));
        moved->company = to.company;
        moved->structure = to.structure;
        work_record_sealed(work, &moved->base, sealed);
        return proposal_reply(work, moved->step);
}

Types__Day *proposal_not_before(const struct work *work, const Tracking__ProposalRow *row, struct day day)
{
        const Tracking__ProposalStep *last = proposal_last(row);
        return last->happened_on->days > day_number(day) ? last->happened_on : day_to(work->arena, day);
}

void proposal_record_expiry(struct work *work, struct id id, const Tracking__ProposalRow *row)
{
        struct proposal_said said = {.state = TRACKING__PROPOSAL_STATE__PROPOSAL_EXPIRED,
                                     .on = proposal_not_before(work, row, work->today)};
        Tracking__ProposalMoved *moved =
                moved_of(work, id, row, proposal_step(work, &said, (struct proposal_people){0}));
        work_record(work, &moved->base);
}

void proposal_record_need_closed(struct work *work, struct id id, const Tracking__ProposalRow *row,
                                 const Types__Day *closed_on)
{
        struct proposal_said said = {
                .state = TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN,
                .on = proposal_not_before(work, row, closed_on == NULL ? work->today : day_of(closed_on)),
                .code = "NEED_CLOSED",
        };
        Tracking__ProposalMoved *moved =
                moved_of(work, id, row, proposal_step(work, &said, (struct proposal_people){0}));
        work_record(work, &moved->base);
}

void proposal_record_company(struct work *work, struct id id, const Tracking__ProposalRow *row, Types__Id *company)
{
        Tracking__ProposalCompanyChanged changed = TRACKING__PROPOSAL_COMPANY_CHANGED__INIT;
        changed.proposal_id = id_to(work->arena, id);
        changed.beneficiary_id = row->beneficiary_id;
        changed.company = company;
        changed.need_id = row->need_id;
        changed.territory = row->territory;
        changed.need_title = row->need_title;
        changed.is_private = row->is_private;
        changed.step = (Tracking__ProposalStep *)(uintptr_t)proposal_last(row);
        work_record(work, &changed.base);
}

struct reply reply_no_proposal(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "proposal_id",
                            "Cette proposition n'existe pas ici, ou plus : relisez la liste des propositions.");
}
