#include "services/notifications/notice.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/base/local_time.h"
#include "services/notifications/words.h"

/* --- words ------------------------------------------------------------------------------------------------------- */

/* NULL: it is not said which. */
static const char *modality_of(const Texts__TextVersion *texts, Types__Modality modality, struct arena *arena)
{
        static const char *const names[] = {
                [TYPES__MODALITY__DIRECT_HIRE] = "modality_direct_hire",
                [TYPES__MODALITY__STAFF_PROVIDED] = "modality_staff_provided",
                [TYPES__MODALITY__SUBCONTRACTING] = "modality_subcontracting",
        };
        if ((size_t)modality >= ARRAY_SIZE(names) || names[modality] == NULL)
                return NULL;
        return words_merge(texts, names[modality], NULL, 0, arena).title;
}

/* Its title is what it is, its text what the prescriber may do now. */
static struct words outcome_of(const Texts__TextVersion *texts, Tracking__Outcome outcome, struct arena *arena)
{
        static const char *const names[] = {
                [TRACKING__OUTCOME__OUTCOME_UNKNOWN] = "outcome_unknown",
                [TRACKING__OUTCOME__DURABLE_JOB] = "outcome_durable_job",
                [TRACKING__OUTCOME__TRANSITION_JOB] = "outcome_transition_job",
                [TRACKING__OUTCOME__POSITIVE_EXIT] = "outcome_positive_exit",
                [TRACKING__OUTCOME__OTHER_EXIT] = "outcome_other_exit",
                [TRACKING__OUTCOME__WITHDRAWN] = "outcome_withdrawn",
        };
        return words_merge(texts, (size_t)outcome < ARRAY_SIZE(names) ? names[outcome] : names[0], NULL, 0, arena);
}

/* The text on one line, cut to NOTICE_QUOTE_LENGTH_MAX characters; NULL where it says nothing. */
static const char *quote(struct arena *arena, const char *text)
{
        if (text_is_empty(text))
                return NULL;
        size_t size = strlen(text);
        char *line = arena_alloc(arena, size + sizeof("…"));
        size_t length = 0, at = 0;
        for (; at < size; at++) {
                bool starts = ((unsigned char)text[at] & 0xc0) != 0x80;
                if (starts && ++length > NOTICE_QUOTE_LENGTH_MAX)
                        break;
                bool control = (unsigned char)text[at] < 0x20 || text[at] == 0x7f;
                line[at] = control ? ' ' : text[at];
        }
        memcpy(line + at, at < size ? "…" : "", at < size ? sizeof("…") : 1);
        return line;
}

static const char *date(struct arena *arena, struct day day)
{
        struct civil civil = day_civil(day);
        return arena_printf(arena, "%02d/%02d/%04d", civil.day, civil.month, civil.year);
}

static const char *date_said(struct arena *arena, const Types__Day *day)
{
        return day == NULL ? NULL : date(arena, day_of(day));
}

static const char *reference(struct arena *arena, const Types__Id *id)
{
        char *text = arena_alloc(arena, ID_TEXT_SIZE);
        id_format(id_of(id), text);
        return text;
}

/* The day on which the person was referred, which the id of the file holds; NULL where it was made otherwise. */
static const char *referral_day(struct arena *arena, const Types__Id *beneficiary, const char *territory)
{
        struct id id = id_of(beneficiary);
        int64_t at_ms = 0;
        for (int i = 0; i < 6; i++)
                at_ms = at_ms << 8 | id.b[i];
        int32_t day = day_number(day_of_instant_ms(at_ms));
        if (day < day_number(day_of_civil((struct civil){2000, 1, 1})) ||
            day > day_number(day_of_civil((struct civil){2200, 1, 1})))
                return NULL;
        return date(arena, local_day(territory, at_ms));
}

/* --- notices ----------------------------------------------------------------------------------------------------- */

/* What a notice is about, and the text that says it. */
struct saying {
        Notifications__NoticeKind kind;
        const char *territory;
        Types__Id *subject;
        const char *text;
};

static Notifications__NoticePosted *said(const struct saying *saying, const Texts__TextVersion *texts,
                                         const struct text_field *fields, size_t count, struct arena *arena)
{
        Notifications__NoticePosted *notice = pb_new(&notifications__notice_posted__descriptor, arena);
        struct words words = words_merge(texts, saying->text, fields, count, arena);
        notice->kind = saying->kind;
        notice->territory = arena_text(arena, saying->territory);
        notice->subject_id = saying->subject;
        notice->title = words.title;
        notice->text = words.text;
        return notice;
}

/* Security: a need without a company's name is a private contract's: neither its site nor its partner is told. */
Notifications__NoticePosted *notice_of_need(const Texts__TextVersion *texts, const Contracts__NeedDeclared *need,
                                            struct arena *arena)
{
        static const Contracts__NeedConditions none = CONTRACTS__NEED_CONDITIONS__INIT;
        const Contracts__NeedConditions *conditions = need->conditions != NULL ? need->conditions : &none;
        bool is_private = need->contractor_name[0] == '\0';
        bool has_partner = !is_private && need->partner != NULL &&
                           need->partner->choice == CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        const char *week =
                conditions->weekly_hours == NULL ? NULL : french_hours(arena, hours_of(conditions->weekly_hours));
        const struct text_field fields[] = {
                {"positions", arena_printf(arena, "%u", need->positions)},
                {"several", need->positions > 1 ? "oui" : NULL},
                {"trade", quote(arena, need->title)},
                {"rome", quote(arena, need->rome_code)},
                {"starts", date_said(arena, need->starts_on)},
                {"company", quote(arena, need->contractor_name)},
                {"commune", quote(arena, need->commune)},
                {"territory", need->territory},
                {"modality", modality_of(texts, need->modality, arena)},
                {"ends", date_said(arena, need->ends_on)},
                {"site", is_private ? NULL : quote(arena, need->place)},
                {"week", week},
                {"schedule", quote(arena, conditions->schedule)},
                {"licence", quote(arena, conditions->driving_licence)},
                {"physical", conditions->physical ? "oui" : NULL},
                {"other", quote(arena, conditions->other)},
                {"partner", has_partner ? quote(arena, need->partner->name) : NULL},
                {"need", reference(arena, need->need_id)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__NEED_OPENED, need->territory, need->need_id,
                                      "need_opened"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_eligibility(const Texts__TextVersion *texts,
                                                   const Tracking__EligibilityDecided *decided, struct arena *arena)
{
        const struct text_field fields[] = {
                {"file", reference(arena, decided->beneficiary_id)},
                {"referred", referral_day(arena, decided->beneficiary_id, decided->territory)},
                {"until", date_said(arena, decided->valid_until)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__ELIGIBILITY_KNOWN, decided->territory,
                                      decided->beneficiary_id,
                                      decided->eligible ? "eligibility_yes" : "eligibility_no"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

/* "35,50 h" */
static const char *weekly(struct arena *arena, const Types__Hours *hours)
{
        char text[QUANTITY_TEXT_SIZE];
        if (hours == NULL)
                return NULL;
        hours_format(hours_of(hours), text);
        char *comma = strchr(text, '.');
        if (comma != NULL)
                *comma = ',';
        return arena_printf(arena, "%s h", text);
}

Notifications__NoticePosted *notice_of_placement(const Texts__TextVersion *texts,
                                                 const Tracking__PlacementOpened *opened, struct arena *arena)
{
        const struct text_field fields[] = {
                {"file", reference(arena, opened->beneficiary_id)},
                {"referred", referral_day(arena, opened->beneficiary_id, opened->territory)},
                {"employer", quote(arena, opened->employer_name)},
                {"modality", modality_of(texts, opened->modality, arena)},
                {"work_contract", quote(arena, opened->work_contract)},
                {"starts", date_said(arena, opened->starts_on)},
                {"ends", date_said(arena, opened->ends_on)},
                {"week", weekly(arena, opened->weekly_hours)},
                {"rome", quote(arena, opened->rome_code)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_STARTED, opened->territory,
                                      opened->placement_id, "placement_started"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_change(const Texts__TextVersion *texts,
                                              const Tracking__PlacementChanged *changed, struct arena *arena)
{
        const Tracking__PlacementTerms *terms = changed->terms;
        const struct text_field fields[] = {
                {"file", reference(arena, changed->beneficiary_id)},
                {"referred", referral_day(arena, changed->beneficiary_id, changed->territory)},
                {"from", date_said(arena, terms->changed_on)},
                {"contract", quote(arena, terms->work_contract)},
                {"until", date_said(arena, terms->ends_on)},
                {"week", weekly(arena, terms->weekly_hours)},
                {"corrected", terms->is_correction ? "oui" : NULL},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_STARTED, changed->territory,
                                      changed->placement_id, "placement_changed"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_outcome(const Texts__TextVersion *texts, const Tracking__PlacementEnded *ended,
                                               struct arena *arena)
{
        struct words outcome = outcome_of(texts, ended->outcome, arena);
        const struct text_field fields[] = {
                {"file", reference(arena, ended->beneficiary_id)},
                {"referred", referral_day(arena, ended->beneficiary_id, ended->territory)},
                {"ended", date_said(arena, ended->ended_on)},
                {"outcome", outcome.title},
                {"next", outcome.text},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED, ended->territory,
                                      ended->placement_id, "placement_finished"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_corrected_end(const Texts__TextVersion *texts,
                                                     const Tracking__PlacementEndCorrected *corrected,
                                                     struct arena *arena)
{
        struct words outcome = outcome_of(texts, corrected->now->outcome, arena);
        bool is_other_day = corrected->ended_on->days != corrected->was_ended_on->days;
        const struct text_field fields[] = {
                {"file", reference(arena, corrected->beneficiary_id)},
                {"referred", referral_day(arena, corrected->beneficiary_id, corrected->territory)},
                {"ended", date_said(arena, corrected->ended_on)},
                {"was_ended", is_other_day ? date_said(arena, corrected->was_ended_on) : NULL},
                {"outcome", outcome.title},
                {"next", outcome.text},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED, corrected->territory,
                                      corrected->placement_id, "placement_end_corrected"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_reopening(const Texts__TextVersion *texts,
                                                 const Tracking__PlacementReopened *reopened, struct arena *arena)
{
        const struct text_field fields[] = {
                {"file", reference(arena, reopened->beneficiary_id)},
                {"referred", referral_day(arena, reopened->beneficiary_id, reopened->territory)},
                {"was_ended", date_said(arena, reopened->was_ended_on)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED, reopened->territory,
                                      reopened->placement_id, "placement_reopened"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_relocation(const Texts__TextVersion *texts,
                                                  const Tracking__BeneficiaryRelocated *relocated, struct arena *arena)
{
        const struct text_field fields[] = {
                {"file", reference(arena, relocated->beneficiary_id)},
                {"referred", referral_day(arena, relocated->beneficiary_id, relocated->from_territory)},
                {"from", relocated->from_territory},
                {"to", relocated->to_territory},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__FILE_RELOCATED, relocated->from_territory,
                                      relocated->beneficiary_id, "file_relocated"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

static const char *moment_of(const Texts__TextVersion *texts, Tracking__OutcomeMoment at, struct arena *arena)
{
        static const char *const names[] = {
                [TRACKING__OUTCOME_MOMENT__AT_EXIT] = "moment_exit",
                [TRACKING__OUTCOME_MOMENT__AT_SIX_MONTHS] = "moment_six_months",
                [TRACKING__OUTCOME_MOMENT__AT_TWELVE_MONTHS] = "moment_twelve_months",
        };
        bool is_known = (size_t)at < ARRAY_SIZE(names) && names[at] != NULL;
        return words_merge(texts, is_known ? names[at] : "moment_exit", NULL, 0, arena).title;
}

Notifications__NoticePosted *notice_of_told_outcome(const Texts__TextVersion *texts,
                                                    const Tracking__OutcomeRecorded *recorded, struct arena *arena)
{
        struct words outcome = outcome_of(texts, recorded->now->outcome, arena);
        const struct text_field fields[] = {
                {"file", reference(arena, recorded->beneficiary_id)},
                {"referred", referral_day(arena, recorded->beneficiary_id, recorded->territory)},
                {"ended", date_said(arena, recorded->ended_on)},
                {"moment", moment_of(texts, recorded->now->at, arena)},
                {"outcome", outcome.title},
                {"next", outcome.text},
        };
        const struct saying told = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED, recorded->territory,
                                    recorded->placement_id, "outcome_recorded"};
        const struct saying not_reached = {NOTIFICATIONS__NOTICE_KIND__PLACEMENT_FINISHED, recorded->territory,
                                           recorded->placement_id, "outcome_not_reached"};
        if (recorded->goes_on)
                return NULL;
        /* The words on an outcome are the last two. */
        return recorded->now->not_reached ? said(&not_reached, texts, fields, ARRAY_SIZE(fields) - 2, arena)
                                          : said(&told, texts, fields, ARRAY_SIZE(fields), arena);
}

/* Which text says a step, and the words of a state in a correction; NULL: it is not told here. */
static const struct proposal_words {
        const char *text, *now;
} proposal_words[] = {
        [TRACKING__PROPOSAL_STATE__PROPOSAL_PROPOSED] = {"proposal_made", "proposée, pas encore envoyée"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_SENT] = {"proposal_sent", "envoyée, sans réponse encore"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_MET] = {"proposal_met", "rencontrée"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW] = {"proposal_no_show", "pas venue"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_TAKEN] = {"proposal_taken", "retenue"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_NOT_TAKEN] = {"proposal_not_taken", "non retenue"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_POSTPONED] = {"proposal_postponed", "reportée"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN] = {"proposal_withdrawn", "retirée"},
        [TRACKING__PROPOSAL_STATE__PROPOSAL_EXPIRED] = {"proposal_expired", "sans réponse"},
};

/* Security: the trade alone of a need, never whose it is; a private contract's need has no more here. */
Notifications__NoticePosted *notice_of_proposal(const Texts__TextVersion *texts, const struct proposal_told *told,
                                                struct arena *arena)
{
        size_t state = (size_t)told->step->state;
        if (state >= ARRAY_SIZE(proposal_words) || proposal_words[state].text == NULL)
                return NULL;
        const struct text_field fields[] = {
                {"file", reference(arena, told->beneficiary_id)},
                {"referred", referral_day(arena, told->beneficiary_id, told->territory)},
                {"need", quote(arena, told->need_title)},
                {"day", date_said(arena, told->step->happened_on)},
                {"reason", quote(arena, told->step->outcome_label)},
                {"until", date_said(arena, told->step->until)},
                {"now", proposal_words[state].now},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PROPOSAL_STEP, told->territory, told->need_id,
                                      told->is_corrected ? "proposal_corrected" : proposal_words[state].text};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

/* Which text says a step to who is asked; NULL: it is nobody's news, or its own act. */
static const char *const evidence_texts[] = {
        [TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED] = "evidence_asked",
        [TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED] = "evidence_disputed",
        [TRACKING__EVIDENCE_STATE__EVIDENCE_CONFIRMED] = "evidence_confirmed",
        [TRACKING__EVIDENCE_STATE__EVIDENCE_NOT_PROVEN] = "evidence_not_proven",
};

static const char *listed(struct arena *arena, char *const *names, size_t count)
{
        const char *list = "";
        for (size_t i = 0; i < count; i++)
                list = arena_printf(arena, "%s%s%s", list, i > 0 ? " ; " : "", names[i]);
        return count == 0 ? "les pièces que le facilitateur vous dira" : list;
}

/* Security: the placement by its number, which its employer reads; nobody's name and no criterion. */
Notifications__NoticePosted *notice_of_evidence(const Texts__TextVersion *texts, const Tracking__EvidenceMoved *moved,
                                                struct arena *arena)
{
        const Tracking__EvidenceStep *step = moved->step;
        size_t state = (size_t)step->state;
        if (state >= ARRAY_SIZE(evidence_texts) || evidence_texts[state] == NULL)
                return NULL;
        const struct text_field fields[] = {
                {"placement", reference(arena, moved->placement_id)},
                {"evidence", listed(arena, moved->evidence, moved->n_evidence)},
                {"by", date_said(arena, step->act_by)},
                {"day", date_said(arena, step->happened_on)},
                {"reason", quote(arena, step->label)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__EVIDENCE_WANTED, moved->territory,
                                      moved->placement_id, evidence_texts[state]};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_evidence_taken_back(const Texts__TextVersion *texts,
                                                           const Tracking__EvidenceTakenBack *taken_back,
                                                           struct arena *arena)
{
        static const char *const states[] = {
                [TRACKING__EVIDENCE_STATE__EVIDENCE_DRAWN] = "rien ne vous est demandé",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ASKED] = "les justificatifs restent à transmettre",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED] = "ils sont transmis, et à l'examen",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_DISPUTED] = "la phase contradictoire est ouverte",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_ANSWERED_AGAIN] = "ils sont transmis de nouveau, et à l'examen",
                [TRACKING__EVIDENCE_STATE__EVIDENCE_TO_CONFIRM] = "ils sont à l'examen",
        };
        size_t now = (size_t)taken_back->now, before = (size_t)taken_back->before;
        if (before >= ARRAY_SIZE(evidence_texts) || evidence_texts[before] == NULL || now >= ARRAY_SIZE(states) ||
            states[now] == NULL)
                return NULL;
        const struct text_field fields[] = {
                {"placement", reference(arena, taken_back->placement_id)},
                {"now", states[now]},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__EVIDENCE_WANTED, taken_back->territory,
                                      taken_back->placement_id, "evidence_taken_back"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_received_proposal(const Texts__TextVersion *texts,
                                                         const struct received_proposal *received, struct arena *arena)
{
        struct id id = id_of(received->proposal_id);
        const uint8_t *tail = id.b + sizeof(id.b) - 3; /* as tracking's lists call it */
        const struct text_field fields[] = {
                {"label", arena_printf(arena, "%02X%02X%02X", tail[0], tail[1], tail[2])},
                {"need", quote(arena, received->need_title)},
                {"day", date_said(arena, received->step->happened_on)},
                {"by", date_said(arena, received->step->act_by)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PROPOSAL_RECEIVED, received->territory,
                                      received->need_id,
                                      received->is_inherited ? "proposal_inherited" : "proposal_received"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_action(const Texts__TextVersion *texts, const struct action_told *told,
                                              struct arena *arena)
{
        static const char *const names[] = {
                [TRACKING__ACTION_STATE__ACTION_ASKED] = "action_asked",
                [TRACKING__ACTION_STATE__ACTION_UNDER_WAY] = "action_under_way",
                [TRACKING__ACTION_STATE__ACTION_DONE] = "action_done",
                [TRACKING__ACTION_STATE__ACTION_GIVEN_UP] = "action_given_up",
        };
        const char *name = (size_t)told->state < ARRAY_SIZE(names) ? names[told->state] : NULL;
        const struct text_field fields[] = {
                {"file", reference(arena, told->beneficiary_id)},
                {"referred", referral_day(arena, told->beneficiary_id, told->territory)},
                {"action", quote(arena, told->kind_label)},
                {"day", date_said(arena, told->day)},
        };
        if (name == NULL)
                return NULL;
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__ACTION_STEP, told->territory, told->beneficiary_id,
                                      name};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

/* --- who --------------------------------------------------------------------------------------------------------- */

size_t notice_chunk(Notifications__Recipient *const *recipients, size_t count)
{
        size_t bytes = 0, taken = 0;
        while (taken < count && taken < NOTICE_RECIPIENTS_MAX) {
                bytes += notifications__recipient__get_packed_size(recipients[taken]);
                if (taken > 0 && bytes > NOTICE_RECIPIENTS_BYTES_MAX)
                        break;
                taken++;
        }
        return taken;
}

Notifications__NoticePosted *notice_of_gone(const Texts__TextVersion *texts, const Tracking__PresenceStated *stated,
                                            struct arena *arena)
{
        const struct text_field fields[] = {
                {"placement", reference(arena, stated->placement_id)},
                {"day", date_said(arena, stated->happened_on)},
                {"by", date_said(arena, stated->act_by)},
        };
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__PERSON_GONE, stated->territory, stated->placement_id,
                                      "presence_gone"};
        return said(&saying, texts, fields, ARRAY_SIZE(fields), arena);
}

/* ---- links */

static Notifications__NoticePosted *of_link(const struct saying *saying, const Texts__TextVersion *texts,
                                            const Accounts__Link *link, struct arena *arena)
{
        const char *asked = french_value(&accounts__link_purpose__descriptor, (int32_t)link->purpose);
        const struct text_field fields[] = {
                {"asked", asked == NULL ? "répondre" : asked},
                {"month", link->month == NULL ? NULL : french_month(arena, month_of(link->month))},
        };
        return said(saying, texts, fields, ARRAY_SIZE(fields), arena);
}

Notifications__NoticePosted *notice_of_link(const Texts__TextVersion *texts, const Accounts__Link *link,
                                            struct arena *arena)
{
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__LINK_SENT, link->territory, link->object_id,
                                      "link_sent"};
        return of_link(&saying, texts, link, arena);
}

Notifications__NoticePosted *notice_of_disowned_link(const Texts__TextVersion *texts, const Accounts__Link *link,
                                                     struct arena *arena)
{
        const struct saying saying = {NOTIFICATIONS__NOTICE_KIND__LINK_NOT_MINE, link->territory, link->object_id,
                                      "link_not_mine"};
        return of_link(&saying, texts, link, arena);
}
